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
    public Money? Total { get; private set; }

    public TokenUsage Usage { get; private set; }

    public MeteredQuantities Meters { get; private set; } = MeteredQuantities.Empty;

    /// <summary>The distinct reasons why something is not priced.</summary>
    public SortedSet<string> Reasons { get; } = new(StringComparer.Ordinal);

    public void Add(PriceRecord record, RecordCost cost)
    {
        Requests++;
        Priced += cost.Status == CostStatus.Priced ? 1 : 0;
        Partial += cost.Status == CostStatus.Partial ? 1 : 0;
        Unpriced += cost.Status == CostStatus.Unpriced ? 1 : 0;
        Usage += record.Usage;
        Meters += record.Meters;
        if (cost.Total is { } total)
        {
            Total = Total is { } sum ? sum + total : total;
        }

        Reasons.UnionWith(cost.Reasons);
    }
}
