namespace LlmCostModel.Logs;

/// <summary>The sums of a group. A copy goes its own way, so that a call is added wholly or not at all.</summary>
internal struct GroupSums
{
    public long Calls;
    public long NestedCalls;
    public long Priced;
    public long Partial;
    public long InDoubt;
    public long Unpriced;
    public TokenUsage Usage;
    public MeteredQuantities? Meters;
    public MoneySum Total;
    public MoneySum CacheSaved;
    public MoneySum Reported;
    public MoneySum Calculated;
    public MoneySum Covered;
    public MoneySum Paid;
    public bool IsPaidOpen;

    /// <summary>Counts a call by its status, or the calls that it is the sum of; one where it is not stated of how many.</summary>
    public void Count(PricedCall call)
    {
        long calls = call.Call.Reading.Calls ?? 1;
        Calls += calls;
        switch (call.Status)
        {
            case CostStatus.Priced:
                Priced += calls;
                break;
            case CostStatus.Partial:
                Partial += calls;
                InDoubt += IsInDoubt(call) ? calls : 0;
                break;
            default:
                Unpriced += calls;
                break;
        }
    }

    /// <summary>Adds what a part of a call consumed.</summary>
    /// <exception cref="OverflowException">A sum does not hold it.</exception>
    public void Consume(PricedPart part)
    {
        if (part.Usage is { } usage)
        {
            Usage += usage;
            _ = checked(Usage.TotalInput + Usage.TotalOutput);
        }

        if (part.Meters.Count > 0)
        {
            Meters = (Meters ?? MeteredQuantities.Empty) + part.Meters;
        }
    }

    private static bool IsInDoubt(PricedCall call)
    {
        foreach (CostIssue issue in call.Issues)
        {
            if (issue.Kind == CostIssueKind.UnknownUsage)
            {
                return true;
            }
        }

        return false;
    }
}
