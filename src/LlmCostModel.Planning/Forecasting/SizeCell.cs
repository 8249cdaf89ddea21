namespace LlmCostModel.Planning;

/// <summary>The calls between two neighboring thresholds of every size: within them each token of a bucket costs the same.</summary>
internal readonly record struct SizeCell(SizeRange Input, SizeRange Fresh, SizeRange Output)
{
    /// <summary>All cells that thresholds make.</summary>
    internal static SizeCell[] Of(IEnumerable<TokenThreshold> thresholds)
    {
        TokenThreshold[] all = [.. thresholds];
        return
        [
            .. from input in SizeRange.Of(all, TokenBasis.TotalInput)
               from fresh in SizeRange.Of(all, TokenBasis.FreshInput)
               from output in SizeRange.Of(all, TokenBasis.Output)
               select new SizeCell(input, fresh, output),
        ];
    }
}

/// <summary>Counts above one limit and up to another.</summary>
internal readonly record struct SizeRange(long Above, long UpTo)
{
    internal bool Has(double count) => count > Above && count <= UpTo;

    internal static SizeRange[] Of(IEnumerable<TokenThreshold> thresholds, TokenBasis basis)
    {
        long[] limits =
        [
            -1,
            .. thresholds.Where(threshold => threshold.Basis == basis).Select(LimitOf).Where(limit => limit >= 0).Distinct().Order(),
            long.MaxValue,
        ];
        return [.. limits.Zip(limits.Skip(1), (above, upTo) => new SizeRange(above, upTo))];
    }

    /// <summary>Every comparison is one of "more than a limit" or its opposite.</summary>
    private static long LimitOf(TokenThreshold threshold) =>
        threshold.Comparison is ThresholdComparison.Above or ThresholdComparison.UpTo ? threshold.Tokens : threshold.Tokens - 1;
}
