using LlmCostModel.Cli.Records;
using LlmCostModel.Logs;

namespace LlmCostModel.Cli.Commands.Catalog;

/// <summary>What a log costs with one set of rates and with another. Records that either set does not wholly price count in neither
/// sum.</summary>
internal sealed class RepricedLog
{
    private readonly SortedDictionary<string, CostChange> _totals = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Model, string Currency), CostChange> _models = [];

    public IReadOnlyDictionary<string, CostChange> ByCurrency => _totals;

    /// <summary>By the model's id as the log has it; what moves most comes first.</summary>
    public IEnumerable<(string Model, string Currency, CostChange Change)> ByModel =>
        _models
            .OrderByDescending(pair => Math.Abs(pair.Value.Difference))
            .ThenBy(pair => pair.Key.Model, StringComparer.Ordinal)
            .Select(pair => (pair.Key.Model, pair.Key.Currency, pair.Value));

    public int Records { get; private set; }

    public int Unpriced { get; private set; }

    public bool IsComplete => Unpriced == 0;

    public static RepricedLog Price(string log, CommandHost host, CostEstimator before, CostEstimator after, DateTimeOffset at)
    {
        RepricedLog totals = new();
        using LogInputs inputs = LogInputs.Find([log], agents: null, host);
        using RejectList rejects = new(host, file: null, mayWrite: false);
        LogReader reader = new();
        foreach (LogRecord record in inputs.Logs.SelectMany(input => reader.Read(input.Open(), input.Name)))
        {
            totals.Records++;
            totals.Add(record, rejects, before, after, at);
        }

        rejects.Finish();

        return totals;
    }

    private void Add(LogRecord record, RejectList rejects, CostEstimator before, CostEstimator after, DateTimeOffset at)
    {
        if (record.Call is null)
        {
            Unpriced++;
            rejects.Add(record, isSaid: false);
            return;
        }

        ModelCall call = record.Call with { Asked = record.Call.Asked with { At = record.Call.Asked.At ?? at } };
        PricedCall first = before.Price(call);
        PricedCall second = after.Price(call);
        if (first is not { Status: CostStatus.Priced, Total: { } one }
            || second is not { Status: CostStatus.Priced, Total: { } other }
            || one.Currency != other.Currency)
        {
            Unpriced++;
            PricedCall missing = first.Status != CostStatus.Priced ? first : second;
            rejects.Add(
                record with
                {
                    Fault = missing.Issues.IsEmpty
                        ? $"{first.Total?.Currency} before, {second.Total?.Currency} after"
                        : IssueText.Of(missing.Issues),
                },
                isSaid: false);
            return;
        }

        (string Model, string Currency) key = (call.Reading.Model ?? "", one.Currency);
        _totals[one.Currency] = _totals.GetValueOrDefault(one.Currency).Plus(one.Amount, other.Amount);
        _models[key] = _models.GetValueOrDefault(key).Plus(one.Amount, other.Amount);
    }
}
