namespace LlmCostModel.Logs;

/// <summary>Why calls of a group are not wholly priced: one reason, however often it occurs.</summary>
public sealed class SummaryReason
{
    internal SummaryReason(CostIssue issue, string? model) =>
        (Kind, Model, Text) = (issue.Kind, model, VisibleText.Short(issue.Message, 400));

    /// <summary>Gets the kind.</summary>
    public CostIssueKind Kind { get; }

    /// <summary>Gets the model of the calls, as it was priced; <see langword="null"/> when none is known.</summary>
    public string? Model { get; }

    /// <summary>Gets the reason in a sentence, as the first of the calls gave it.</summary>
    public string Text { get; }

    /// <summary>Gets how many calls it concerns.</summary>
    public long Count { get; private set; }

    /// <summary>Gets the instant of the earliest of them; <see langword="null"/> when none states its time.</summary>
    public DateTimeOffset? First { get; private set; }

    /// <summary>Gets the instant of the latest of them; <see langword="null"/> when none states its time.</summary>
    public DateTimeOffset? Last { get; private set; }

    internal void Add(DateTimeOffset? at)
    {
        Count++;
        First = First is null || at < First ? at ?? First : First;
        Last = Last is null || at > Last ? at ?? Last : Last;
    }

    /// <summary>Shows how often it occurs, and the reason.</summary>
    /// <returns>Such as <c>12 times: No price for model 'acme-1'.</c>.</returns>
    public override string ToString() => Count == 1 ? Text : $"{AmountFormat.ToText(Count)} times: {Text}";
}
