namespace LlmCostModel.Planning;

/// <summary>The price of the calls of one cell: an amount for every call and one for each token and unit.</summary>
internal sealed class CellPrice
{
    private readonly decimal _perCall;
    private readonly decimal[] _perToken;
    private readonly decimal[] _perUnit;

    private CellPrice(SizeCell cell, decimal perCall, decimal[] perToken, decimal[] perUnit)
    {
        Cell = cell;
        _perCall = perCall;
        _perToken = perToken;
        _perUnit = perUnit;
    }

    internal SizeCell Cell { get; }

    /// <summary>The price, <see langword="null"/> where no call of the line can be of such a size.</summary>
    /// <exception cref="UnpricedException">Something has no price.</exception>
    internal static CellPrice? Of(PricedModel model, CallContext context, LineBuckets buckets, SizeCell cell)
    {
        if (SmallestOf(buckets, cell) is not { } least)
        {
            return null;
        }

        decimal Amount(in TokenUsage usage, MeteredQuantities? meters = null) =>
            model.Estimate(in usage, in context, meters).GetRequiredTotal().Amount;

        decimal amount = Amount(in least);
        decimal[] perToken = [.. buckets.Used.Select(bucket => Amount(least.With(bucket, least[bucket] + 1)) - amount)];
        decimal[] perUnit =
        [
            .. buckets.Meters.Select((meter, i) =>
                buckets.IsMeterUsed[i] ? Amount(in least, MeteredQuantities.Empty.With(meter, 1)) - amount : 0),
        ];
        decimal perCall = amount - buckets.Used.Zip(perToken, (bucket, rate) => least[bucket] * rate).Sum();
        return new(cell, perCall, perToken, perUnit);
    }

    /// <summary>What a part of the calls costs: how much of the mean prompt and output they have, and their share of the calls.</summary>
    internal decimal GetAmount(LineBuckets buckets, in CallMeans means, double prompt, double output, double share)
    {
        decimal sum = _perCall * (decimal)share;
        for (int i = 0; i < _perToken.Length; i++)
        {
            sum += _perToken[i] * (decimal)buckets.MeanOf(buckets.Used[i], in means, prompt, output, share);
        }

        for (int i = 0; i < _perUnit.Length; i++)
        {
            sum += _perUnit[i] * (decimal)(buckets.UnitsOf(i, in means) * share);
        }

        return sum;
    }

    /// <summary>What a call costs whatever its length, and what grows with its prompt and its output, in statistics.</summary>
    internal (double Constant, double PerPrompt, double PerOutput) GetParts(LineBuckets buckets, in CallMeans means) => (
        (double)GetAmount(buckets, in means, 0, 0, 1),
        (double)(GetAmount(buckets, in means, 1, 0, 0)),
        (double)(GetAmount(buckets, in means, 0, 1, 0)));

    /// <summary>A call of the cell to which a token of any bucket can be added without leaving it.</summary>
    private static TokenUsage? SmallestOf(LineBuckets buckets, SizeCell cell)
    {
        TokenBucketInfo[] used = [.. buckets.Used.Select(TokenBuckets.Get)];
        TokenBucketInfo? fresh = used.FirstOrDefault(bucket => LineBuckets.Counts(TokenBasis.FreshInput, bucket));
        TokenBucketInfo? cached = used.FirstOrDefault(bucket =>
            LineBuckets.Counts(TokenBasis.TotalInput, bucket) && !LineBuckets.Counts(TokenBasis.FreshInput, bucket));
        TokenBucketInfo? output = used.FirstOrDefault(bucket => LineBuckets.Counts(TokenBasis.Output, bucket));
        long freshTokens = cell.Fresh.Above + 1;
        long inputTokens = Math.Max(cell.Input.Above + 1, freshTokens);
        long outputTokens = cell.Output.Above + 1;
        freshTokens = cached is null ? inputTokens : freshTokens;
        return
            freshTokens > 0 && fresh is null ? null
            : inputTokens > freshTokens && cached is null ? null
            : outputTokens > 0 && output is null ? null
            : !HasRoom(cell.Input, inputTokens) || !HasRoom(cell.Fresh, freshTokens) || !HasRoom(cell.Output, outputTokens) ? null
            : With(With(With(default, fresh, freshTokens), cached, inputTokens - freshTokens), output, outputTokens);

        static bool HasRoom(SizeRange range, long count) => count < range.UpTo;

        static TokenUsage With(TokenUsage usage, TokenBucketInfo? bucket, long tokens) =>
            bucket is null ? usage : usage.With(bucket.Bucket, tokens);
    }
}
