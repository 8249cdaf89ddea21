namespace LlmCostModel.Logs;

/// <summary>The sums of the calls that have something in common.</summary>
public sealed class SummaryGroup
{
    private readonly Dictionary<(CostIssueKind Kind, string? Model, string Subject), SummaryReason> _reasons = [];

    internal SummaryGroup(IReadOnlyList<KeyValuePair<string, string?>> key) => Key = key;

    /// <summary>Gets what they have in common: the names of the keys and their values, <see langword="null"/> where the records do not
    /// say.</summary>
    public IReadOnlyList<KeyValuePair<string, string?>> Key { get; }

    /// <summary>Gets how many calls there are.</summary>
    public long Calls { get; private set; }

    /// <summary>Gets how many of them are wholly priced.</summary>
    public long Priced { get; private set; }

    /// <summary>Gets how many are priced in part.</summary>
    public long Partial { get; private set; }

    /// <summary>Gets how many of <see cref="Partial"/> state counts that may be wrong or lack something, so that they may have cost more
    /// or less than is summed up.</summary>
    public long InDoubt { get; private set; }

    /// <summary>Gets how many have no price.</summary>
    public long Unpriced { get; private set; }

    /// <summary>Gets what was priced; <see langword="null"/> when nothing was.</summary>
    public Money? Total => Sum.Currency is { } currency ? new Money(Sum.Exact.ToDecimal(out _), currency) : null;

    /// <summary>Gets what the models that answered consumed.</summary>
    public TokenUsage Usage { get; private set; }

    /// <summary>Gets what they consumed besides tokens.</summary>
    public MeteredQuantities Meters { get; private set; } = MeteredQuantities.Empty;

    /// <summary>Gets why calls are not wholly priced, each reason once, the most frequent first.</summary>
    public IReadOnlyList<SummaryReason> Reasons =>
        [.. _reasons.Values.OrderByDescending(reason => reason.Count).ThenBy(reason => reason.Text, StringComparer.Ordinal)];

    /// <summary>The exact sum of what was priced, which is rounded only when it is read; without a currency when nothing was.</summary>
    internal (ExactSum Exact, string? Currency) Sum { get; private set; }

    /// <summary>Counts a call, without its amounts.</summary>
    /// <exception cref="OverflowException">A sum does not hold its counts; no sum has changed.</exception>
    internal void Add(PricedCall call)
    {
        TokenUsage usage = Usage;
        MeteredQuantities meters = Meters;
        string? model = call.Main.Model;
        foreach (PricedPart part in call.Parts)
        {
            if (part.Model == model)
            {
                usage += part.Usage ?? default;
                meters = part.Meters.Count == 0 ? meters : meters + part.Meters;
            }
        }

        _ = checked(usage.TotalInput + usage.TotalOutput);
        (Usage, Meters) = (usage, meters);
        Calls++;
        Priced += call.Status == CostStatus.Priced ? 1 : 0;
        Partial += call.Status == CostStatus.Partial ? 1 : 0;
        InDoubt += call.Status == CostStatus.Partial && call.Issues.Any(issue => issue.Kind == CostIssueKind.UnknownUsage) ? 1 : 0;
        Unpriced += call.Status == CostStatus.Unpriced ? 1 : 0;
        foreach (CostIssue issue in call.Issues)
        {
            (CostIssueKind, string?, string) key = (issue.Kind, call.Main.Model, issue.Subject);
            if (!_reasons.TryGetValue(key, out SummaryReason? reason))
            {
                _reasons[key] = reason = new(issue, call.Main.Model);
            }

            reason.Add(call.Call.Context.At);
        }
    }

    /// <summary>Takes amounts back that were added.</summary>
    internal void Reset((ExactSum Exact, string? Currency) sum) => Sum = sum;

    /// <summary>Adds an amount of a call, in the currency of the group.</summary>
    /// <exception cref="OverflowException">No decimal is as large; the sum has not changed.</exception>
    internal void Add(Money amount)
    {
        ExactSum sum = Sum.Exact;
        sum.Add(amount.Amount);
        if (sum.IsAtLimit)
        {
            _ = sum.ToDecimal(out _);
        }

        Sum = (sum, amount.Currency);
    }
}
