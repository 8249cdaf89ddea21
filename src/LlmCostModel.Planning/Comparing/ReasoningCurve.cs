using System.Collections.Immutable;

namespace LlmCostModel.Planning;

/// <summary>What longer reasoning costs and what it brings.</summary>
public static class ReasoningCurve
{
    /// <summary>Prices a task at several lengths of reasoning.</summary>
    /// <param name="estimator">The prices.</param>
    /// <param name="model">The model id.</param>
    /// <param name="usage">What a task consumes beside reasoning; its own reasoning is replaced.</param>
    /// <param name="levels">The lengths of reasoning.</param>
    /// <param name="context">What else decides the price.</param>
    /// <returns>The points, from the shortest reasoning to the longest.</returns>
    /// <exception cref="UnpricedException">Something is not priced.</exception>
    public static ImmutableArray<ReasoningPoint> Compute(
        ICostEstimator estimator,
        string model,
        TokenUsage usage,
        IEnumerable<ReasoningLevel> levels,
        CallContext context = default)
    {
        ArgumentNullException.ThrowIfNull(estimator);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(levels);
        (ReasoningLevel Level, TaskAttempt Attempt)[] priced =
        [
            .. levels.OrderBy(level => level.ReasoningTokens).Select(level => (level, new TaskAttempt
            {
                Amount = estimator.Estimate(model, usage with { Reasoning = level.ReasoningTokens }, context).GetRequiredTotal().Amount,
                SolveRate = level.Quality,
            })),
        ];
        IReadOnlyList<(ReasoningLevel Level, TaskAttempt Attempt)> frontier = ParetoFrontier.Find(
            priced,
            point => point.Attempt.Amount,
            point => point.Attempt.SolveRate);
        return
        [
            .. priced.Select((point, i) => new ReasoningPoint
            {
                Level = point.Level,
                Attempt = point.Attempt,
                AmountPerExtraSolved = i == 0 ? null : priced[i - 1].Attempt.GetAmountPerExtraSolved(point.Attempt),
                OnFrontier = frontier.Contains(point),
            }),
        ];
    }
}
