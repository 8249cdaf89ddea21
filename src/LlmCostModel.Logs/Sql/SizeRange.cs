using System.Collections.Immutable;

namespace LlmCostModel.Logs;

/// <summary>Between which sizes of a call the same rules hold: for each <see cref="TokenBasis"/> the least and the greatest number of
/// tokens.</summary>
/// <param name="From">The least number of tokens, by basis.</param>
/// <param name="To">The greatest number, by basis; <see langword="null"/> for no end.</param>
internal sealed record SizeRange(ImmutableArray<long> From, ImmutableArray<long?> To)
{
    private static readonly TokenBasis[] Bases = [TokenBasis.TotalInput, TokenBasis.FreshInput, TokenBasis.Output];

    /// <summary>All ranges between the thresholds of rules, one of which every call is in.</summary>
    internal static IEnumerable<SizeRange> Between(IEnumerable<TokenThreshold> thresholds)
    {
        (long From, long? To)[][] ranges = [.. Bases.Select(basis => RangesOf([.. LimitsOf(thresholds, basis)]))];
        return from total in ranges[0]
               from fresh in ranges[1]
               from output in ranges[2]
               select new SizeRange([total.From, fresh.From, output.From], [total.To, fresh.To, output.To]);
    }

    /// <summary>A usage in the range that has a token of each of some buckets; <see langword="null"/> when there is none.</summary>
    internal TokenUsage? UsageWith(params IEnumerable<TokenBucket> buckets)
    {
        TokenUsage usage = default;
        foreach (TokenBucket bucket in buckets)
        {
            usage = usage.With(bucket, 1);
        }

        // Fresh input is part of the total, and cached input of the total alone.
        usage = Raise(usage, TokenBucket.Input, From[1] - usage.FreshInput);
        usage = Raise(usage, TokenBucket.CacheRead, From[0] - usage.TotalInput);
        usage = Raise(usage, TokenBucket.Output, From[2] - usage.TotalOutput);
        return usage.TotalInput <= (To[0] ?? long.MaxValue)
            && usage.FreshInput <= (To[1] ?? long.MaxValue)
            && usage.TotalOutput <= (To[2] ?? long.MaxValue) ? usage : null;
    }

    private static TokenUsage Raise(TokenUsage usage, TokenBucket bucket, long by) =>
        by <= 0 ? usage : usage.With(bucket, usage[bucket] + by);

    /// <summary>Every comparison is one of "more than a limit" or its opposite.</summary>
    private static IEnumerable<long> LimitsOf(IEnumerable<TokenThreshold> thresholds, TokenBasis basis) =>
        thresholds.Where(threshold => threshold.Basis == basis)
            .Select(threshold => threshold.Comparison is ThresholdComparison.Above or ThresholdComparison.UpTo
                ? threshold.Tokens
                : threshold.Tokens - 1)
            .Where(limit => limit >= 0)
            .Distinct()
            .Order();

    private static (long From, long? To)[] RangesOf(long[] limits) =>
    [
        .. limits.Select((limit, index) => (index == 0 ? 0 : limits[index - 1] + 1, (long?)limit)),
        (limits.Length == 0 ? 0 : limits[^1] + 1, null),
    ];
}
