namespace LlmCostModel.Planning;

/// <summary>Reads when requests come: <c>weekdays</c> (7 weights, Monday first), <c>hours</c> (24) and <c>timeZone</c>.</summary>
internal static class ProfileReader
{
    internal static TrafficProfile? Read(PlanReader reader, ConfigNode? node)
    {
        if (node is null || node.IsEmpty)
        {
            return null;
        }

        reader.Values.ReportUnknownKeys(node, ["weekdays", "hours", "timeZone"]);
        TrafficProfile profile = TrafficProfile.Even;
        if (node["weekdays"] is { } weekdays)
        {
            profile = reader.Set(weekdays, profile, () => profile with { Weekdays = [.. Weights(weekdays)] });
        }

        if (node["hours"] is { } hours)
        {
            profile = reader.Set(hours, profile, () => profile with { Hours = [.. Weights(hours)] });
        }

        if (reader.Values.ReadText(node["timeZone"]) is { } id)
        {
            if (TimeZoneInfo.TryFindSystemTimeZoneById(id, out TimeZoneInfo? zone))
            {
                return profile with { TimeZone = zone };
            }

            reader.Fault(node["timeZone"]!, "is not a known time zone.", "Write an IANA name such as Europe/Berlin, or UTC.");
        }

        return profile;

        double[] Weights(ConfigNode list) =>
            [.. reader.Values.ReadParts(list, "a list of weights").Select(weight => reader.Statistic(weight) ?? 1)];
    }
}
