namespace LlmCostModel.Planning;

/// <summary>Reads one of the <c>candidates</c> of a workload file.</summary>
internal static class CandidateReader
{
    private static readonly string[] Known = ["model", "label", "provider", "tier", "region", "at", "cache", "tokenRatio", "reasoningRatio", "quality"];

    internal static WorkloadCandidate? Read(PlanReader reader, RateNode node)
    {
        reader.Values.OnlyKnown(node, Known);
        string? model = reader.Values.Text(node["model"]);
        if (model is null && node["model"] is not { IsEmpty: false })
        {
            reader.Missing(node, "model", "Name the model.");
        }

        WorkloadCandidate candidate = new()
        {
            Model = model ?? "",
            Label = reader.Values.Text(node["label"]),
            Context = new()
            {
                Provider = reader.Values.Text(node["provider"]),
                Tier = reader.Values.Text(node["tier"]),
                Region = reader.Values.Text(node["region"]),
                At = reader.Values.Instant(node["at"]),
            },
            Cache = Policy(reader, node["cache"]),
        };
        candidate = Set("tokenRatio", value => candidate with { TokenRatio = value });
        candidate = Set("reasoningRatio", value => candidate with { ReasoningRatio = value });
        candidate = Set("quality", value => candidate with { Quality = value });
        return candidate;

        WorkloadCandidate Set(string key, Func<decimal, WorkloadCandidate> change) =>
            reader.Values.Quantity(node[key]) is { } value ? reader.Set(node[key], candidate, () => change(value)) : candidate;
    }

    private static CachePolicy? Policy(PlanReader reader, RateNode? node)
    {
        if (node?.Value is { } name)
        {
            if (!CachePolicies.TryGet(name, out CachePolicy? policy))
            {
                reader.Fault(node, "is not a known policy.", $"Known: {string.Join(", ", CachePolicies.All.Keys.Order(StringComparer.Ordinal))}.");
            }

            return policy;
        }

        return node is null || node.IsEmpty ? null : CachePolicyJson.Read(reader, node);
    }
}
