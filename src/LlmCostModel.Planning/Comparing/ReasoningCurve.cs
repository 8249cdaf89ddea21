using System.Collections.Immutable;

namespace LlmCostModel.Planning;

/// <summary>What longer reasoning costs and what it brings.</summary>
public static class ReasoningCurve
{
    /// <summary>How many standard errors chance exceeds one time in twenty.</summary>
    private const double Certainty = 1.96;

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
        ReasoningPoint[] points =
        [
            .. levels.OrderBy(level => level.ReasoningTokens).Select(level => new ReasoningPoint
            {
                Level = level,
                Attempt = TaskAttempt.Combine(
                    level.Quality,
                    estimator.Estimate(model, usage with { Reasoning = level.ReasoningTokens }, context).GetRequiredTotal()),
            }),
        ];
        return MarkFrontier(points);
    }

    /// <summary>From the lowest cost up: one is on the frontier that is better than the last one there, by more than
    /// chance.</summary>
    private static ImmutableArray<ReasoningPoint> MarkFrontier(ReasoningPoint[] points)
    {
        ReasoningPoint? best = null;
        foreach (int i in Enumerable.Range(0, points.Length)
            .OrderBy(i => points[i].Attempt.Amount)
            .ThenByDescending(i => points[i].Attempt.SolveRate))
        {
            bool isSame = best is not null && IsWithinError(best.Level, points[i].Level);
            bool isBetter = best is null || points[i].Attempt.SolveRate > best.Attempt.SolveRate;
            points[i] = points[i] with
            {
                OnFrontier = isBetter && !isSame,
                WithinErrorOf = isSame ? best!.Level.Label : null,
                AmountPerExtraSolved = best?.Attempt.GetAmountPerExtraSolved(points[i].Attempt),
            };
            best = points[i].OnFrontier ? points[i] : best;
        }

        return [.. points];
    }

    private static bool IsWithinError(ReasoningLevel one, ReasoningLevel other) =>
        (one.StandardError, other.StandardError) is ({ } first, { } second)
        && Math.Abs((double)(one.Quality - other.Quality)) <= Certainty * Math.Sqrt((first * first) + (second * second));
}
