namespace LlmCostModel.Logs;

/// <summary>Why the amounts of a day and model differ: what was found by computing what the calls would have cost.</summary>
public sealed class ReconciliationCause
{
    internal ReconciliationCause(ReconciliationCauseKind kind, string text) => (Kind, Text) = (kind, text);

    /// <summary>Gets the kind.</summary>
    public ReconciliationCauseKind Kind { get; }

    /// <summary>Gets the cause in a sentence.</summary>
    public string Text { get; }

    /// <summary>Shows the sentence.</summary>
    /// <returns>Such as <c>The bill charges cache reads as fresh input.</c>.</returns>
    public override string ToString() => Text;
}
