namespace LlmCostModel;

/// <summary>Context-size conditions as the whole numbers of tokens for which they hold, both ends inclusive.</summary>
internal readonly record struct TokenInterval(long Lowest, long Highest)
{
    internal static long First(TokenThreshold lower) =>
        lower.Comparison == ThresholdComparison.Above && lower.Tokens < long.MaxValue ? lower.Tokens + 1 : lower.Tokens;

    internal static long Last(TokenThreshold upper) => upper.Comparison == ThresholdComparison.Below ? upper.Tokens - 1 : upper.Tokens;

    internal static TokenInterval Of(IEnumerable<TokenThreshold> thresholds)
    {
        TokenInterval interval = new(0, long.MaxValue);
        foreach (TokenThreshold threshold in thresholds)
        {
            interval = threshold.IsLower
                ? interval with { Lowest = Math.Max(interval.Lowest, First(threshold)) }
                : interval with { Highest = Math.Min(interval.Highest, Last(threshold)) };
        }

        return interval;
    }
}
