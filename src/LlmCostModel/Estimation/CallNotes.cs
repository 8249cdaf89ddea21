namespace LlmCostModel;

/// <summary>Says what decided a price besides what the response states: defaults, and where it contradicts what was asked for.</summary>
internal static class CallNotes
{
    internal static IEnumerable<string> Of(ModelCall call, in CallContext known)
    {
        List<string> notes = [];
        if (call.Reading.Status == UsageStatus.NotBilled)
        {
            return notes; // nothing decided that nothing is nothing
        }

        CallContext served = call.Reading.Served;
        CallContext asked = call.Asked;
        if (known.At is null)
        {
            notes.Add("The call states no time, so the prices are those of now.");
        }

        if (served.Tier is { Length: > 0 }
            && asked.Tier is not null
            && !IsSameTier(served.Tier, asked.Tier)
            && !IsSameTier(ServiceTiers.Batch, asked.Tier))
        {
            notes.Add($"Tier '{asked.Tier}' was asked for, and '{served.Tier}' served: the response counts.");
        }

        if (served.Batch is false && (asked.Batch is true || (asked.Tier is not null && IsSameTier(ServiceTiers.Batch, asked.Tier))))
        {
            notes.Add("A batch was asked for, and the response states that it was none.");
        }

        if (served.Region is { Length: > 0 }
            && asked.Region is not null
            && !served.Region.Equals(asked.Region, StringComparison.OrdinalIgnoreCase))
        {
            notes.Add($"Region '{asked.Region}' was asked for, and '{served.Region}' served: the response counts.");
        }

        if (call.Reading.Model is null && call.RequestedModel is not null)
        {
            notes.Add($"The response names no model; '{call.RequestedModel}' was asked for.");
        }

        return notes;
    }

    private static bool IsSameTier(string served, string asked) =>
        ServiceTiers.Normalize(served).Equals(ServiceTiers.Normalize(asked), StringComparison.OrdinalIgnoreCase);
}
