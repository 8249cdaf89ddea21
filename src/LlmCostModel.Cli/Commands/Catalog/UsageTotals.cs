using LlmCostModel.Cli.Records;

namespace LlmCostModel.Cli.Commands.Catalog;

/// <summary>What a log costs with one set of rates and with another. Records that either set does not wholly price count in neither sum.</summary>
internal sealed class UsageTotals
{
    private readonly SortedDictionary<string, MovedMoney> _totals = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Model, string Currency), MovedMoney> _models = [];

    public IReadOnlyDictionary<string, MovedMoney> ByCurrency => _totals;

    /// <summary>By the model's id as the log has it; what moves most comes first.</summary>
    public IEnumerable<(string Model, string Currency, MovedMoney Moved)> ByModel =>
        _models.OrderByDescending(pair => Math.Abs(pair.Value.Difference)).ThenBy(pair => pair.Key.Model, StringComparer.Ordinal).Select(pair => (pair.Key.Model, pair.Key.Currency, pair.Value));

    public int Records { get; private set; }

    public int Unpriced { get; private set; }

    public bool IsComplete => Unpriced == 0;

    public static UsageTotals Price(string log, CommandHost host, CostEstimator before, CostEstimator after, DateTimeOffset at)
    {
        UsageTotals totals = new();
        CallContext context = default;
        using Stream stream = RecordFile.Open(log, host);
        foreach (string text in RecordFile.Records(stream))
        {
            totals.Add(UsageRecordReader.Read(text, ++totals.Records, in context), host, before, after, at);
        }

        return totals;
    }

    private void Add(PriceRecord record, CommandHost host, CostEstimator before, CostEstimator after, DateTimeOffset at)
    {
        if (record.Rejection is not null)
        {
            Unpriced++;
            host.Error.WriteLine($"record {record.Number}: {record.Rejection}");
            return;
        }

        CallContext context = record.Context with { At = record.Context.At ?? at };
        CostEstimate first = before.Estimate(record.Model, record.Usage, context, record.Meters);
        CostEstimate second = after.Estimate(record.Model, record.Usage, context, record.Meters);
        if (first.Status != CostStatus.Priced || second.Status != CostStatus.Priced || first.Currency != second.Currency)
        {
            Unpriced++;
            CostEstimate missing = first.Status != CostStatus.Priced ? first : second;
            host.Error.WriteLine($"record {record.Number}: {(missing.Issues.Count > 0 ? string.Join(" ", missing.Issues) : $"{first.Currency} before, {second.Currency} after")}");
            return;
        }

        (decimal one, decimal other) = (first.GetTotalAmount(), second.GetTotalAmount());
        _totals[first.Currency!] = _totals.GetValueOrDefault(first.Currency!).Plus(one, other);
        _models[(record.Model, first.Currency!)] = _models.GetValueOrDefault((record.Model, first.Currency!)).Plus(one, other);
    }
}
