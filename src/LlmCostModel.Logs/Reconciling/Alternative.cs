namespace LlmCostModel.Logs;

/// <summary>Another way in which the calls of a day and model may have been billed.</summary>
/// <param name="Kind">What would be other.</param>
/// <param name="Text">It in a sentence.</param>
/// <param name="Price">What the calls of a sum would cost then; <see langword="null"/> where that is not known.</param>
internal sealed record Alternative(ReconciliationCauseKind Kind, string Text, Func<LogSum, SumPrice?> Price)
{
    /// <summary>Whether it may concern some of the calls, those that were made in one way, and not the others.</summary>
    public bool MayBeOfSome { get; init; }
}
