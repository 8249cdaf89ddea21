namespace LlmCostModel.Cli.Records;

/// <summary>The sums of one group of records.</summary>
internal sealed class CostGroup(IReadOnlyList<KeyValuePair<string, string?>> key)
{
    public IReadOnlyList<KeyValuePair<string, string?>> Key { get; } = key;

    public int Requests { get; private set; }

    public int Priced { get; private set; }

    public int Partial { get; private set; }

    public int Unpriced { get; private set; }

    /// <summary>What was priced; null when nothing was.</summary>
    public Money? Total => Sum.Shown;

    /// <summary>The exact sum of what was priced, and that which is shown.</summary>
    public (ExactSum Exact, Money? Shown) Sum { get; private set; }

    public TokenUsage Usage { get; private set; }

    public MeteredQuantities Meters { get; private set; } = MeteredQuantities.Empty;

    /// <summary>The distinct reasons why something is not priced.</summary>
    public SortedSet<string> Reasons { get; } = new(StringComparer.Ordinal);

    /// <summary>Counts a call, without its amounts.</summary>
    /// <exception cref="OverflowException">A sum does not hold its counts; no sum has changed.</exception>
    public void Add(PricedCall call)
    {
        TokenUsage usage = Usage;
        MeteredQuantities meters = Meters;
        foreach (PricedPart part in call.Parts.Where(part => part.Model == call.Main.Model))
        {
            usage += part.Usage ?? default;
            meters += part.Meters;
        }

        _ = checked(usage.TotalInput + usage.TotalOutput);
        (Usage, Meters) = (usage, meters);
        Requests++;
        Priced += call.Status == CostStatus.Priced ? 1 : 0;
        Partial += call.Status == CostStatus.Partial ? 1 : 0;
        Unpriced += call.Status == CostStatus.Unpriced ? 1 : 0;
        Reasons.UnionWith(call.Issues.Select(issue => issue.Message));
    }

    /// <summary>Takes amounts back that were added.</summary>
    public void Reset((ExactSum Exact, Money? Shown) sum) => Sum = sum;

    /// <summary>Adds an amount of a call, in the currency of the group.</summary>
    /// <exception cref="OverflowException">No decimal is as large; the sum has not changed.</exception>
    public void Add(Money amount)
    {
        ExactSum sum = Sum.Exact;
        sum.Add(amount.Amount);
        Sum = (sum, amount with { Amount = sum.ToDecimal(out _) });
    }
}
