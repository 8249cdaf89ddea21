namespace LlmCostModel.Logs;

/// <summary>The sums of one currency.</summary>
public sealed class ReconciliationTotal
{
    internal ReconciliationTotal(string currency) => Currency = currency;

    /// <summary>Gets the ISO 4217 code of the amounts.</summary>
    public string Currency { get; }

    /// <summary>Gets what the calls of the log cost.</summary>
    public decimal Log { get; internal init; }

    /// <summary>Gets what the bill charges for use: without credits, discounts and taxes, which are lines of their own.</summary>
    public decimal Bill { get; internal init; }

    /// <summary>Gets how much more the bill charges; negative where it charges less.</summary>
    public decimal Difference => Bill - Log;

    /// <summary>Gets how many days and models there are.</summary>
    public int Days { get; internal init; }

    /// <summary>Gets how many of them are equal.</summary>
    public int Equal { get; internal init; }

    /// <summary>Gets how much of the difference each cause explains, and of how many days and models; one with several causes counts for
    /// the first of them. Without the equal ones.</summary>
    public IReadOnlyList<(ReconciliationCauseKind Kind, int Days, decimal Difference)> Explained { get; internal init; } = [];

    /// <summary>Gets the difference that no cause explains.</summary>
    public decimal Unexplained { get; internal init; }
}
