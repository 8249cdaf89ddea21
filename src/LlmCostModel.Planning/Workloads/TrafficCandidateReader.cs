using System.Collections.Immutable;

namespace LlmCostModel.Planning;

/// <summary>Reads one of the <c>candidates</c> for traffic: a model as for any workload, <c>roles</c> with one each, or both.</summary>
internal static class TrafficCandidateReader
{
    internal static TrafficCandidate Read(PlanReader reader, ConfigNode node, ConversationTraffic? traffic)
    {
        if (node["roles"] is not { } roles)
        {
            return new() { Label = reader.Values.ReadText(node["label"]), Default = CandidateReader.Read(reader, node) };
        }

        bool hasDefault = node["model"] is not null;
        if (!hasDefault)
        {
            reader.Values.ReportUnknownKeys(node, ["label", "roles"]);
        }

        KeyValuePair<string, WorkloadCandidate>[] models =
        [
            .. reader.Values.ReadParts(roles, "the names of roles with the model of each")
                .Select(role => KeyValuePair.Create(role.Key, CandidateReader.Read(reader, role)!)),
        ];
        if (traffic is not null)
        {
            string known = string.Join(", ", traffic.Roles.Select(role => role.Name));
            foreach (ConfigNode role in roles.Children.Where(role => traffic.Roles.All(one => one.Name != role.Key)))
            {
                reader.Fault(role, "is not a role of the traffic.", $"Its roles: {known}.");
            }

            foreach (TrafficRole role in traffic.Roles.Where(role => !hasDefault && roles[role.Name] is null))
            {
                reader.Missing(roles, role.Name, "Name the model of this role, or give the candidate a model for all.");
            }
        }

        return new()
        {
            Label = reader.Values.ReadText(node["label"]),
            Default = hasDefault ? CandidateReader.Read(reader, node, "roles") : null,
            Roles = models.ToImmutableSortedDictionary(StringComparer.Ordinal),
        };
    }
}
