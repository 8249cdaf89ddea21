namespace LlmCostModel.Logs;

/// <summary>Kinds of tokens as both sides can have them: a bill has the reasoning in the output and need not tell images from
/// text.</summary>
internal static class TokenKinds
{
    /// <summary>The kinds of a log and a bill side by side.</summary>
    public static List<ReconciledTokens> Of(LogDay log, BillDay bill)
    {
        SortedDictionary<TokenBucket, (decimal Log, long LogTokens, decimal Bill, decimal? BillTokens)> kinds = [];
        foreach (LogSum sum in log.Sums)
        {
            foreach (TokenBucketInfo row in TokenBuckets.All)
            {
                if (sum.Usage[row.Bucket] is not 0 and var count)
                {
                    TokenBucket kind = KindOf(row, bill);
                    (decimal amount, long tokens, decimal billed, decimal? billTokens) = kinds.GetValueOrDefault(kind, (0, 0, 0, 0));
                    kinds[kind] = (amount + sum.AmountOf(row.Bucket), tokens + count, billed, billTokens);
                }
            }
        }

        foreach ((TokenBucket bucket, (decimal charged, decimal? count)) in bill.Tokens)
        {
            TokenBucket kind = KindOf(TokenBuckets.Get(bucket), bill);
            (decimal amount, long tokens, decimal billed, decimal? billTokens) = kinds.GetValueOrDefault(kind, (0, 0, 0, 0));
            kinds[kind] = (amount, tokens, billed + charged, billTokens + count);
        }

        bool statesTokens = bill.Tokens.Values.All(kind => kind.Tokens is not null);
        return
        [
            .. kinds.Select(kind => new ReconciledTokens(kind.Key)
            {
                Log = kind.Value.Log,
                LogTokens = kind.Value.LogTokens,
                Bill = kind.Value.Bill,
                BillTokens = statesTokens ? kind.Value.BillTokens : null,
            }),
        ];
    }

    /// <summary>Whether prices by kind are what the bill charges for each.</summary>
    public static bool AreBilled(IReadOnlyDictionary<TokenBucket, decimal> prices, BillDay bill, decimal tolerance)
    {
        Dictionary<TokenBucket, decimal> differences = [];
        foreach ((TokenBucket bucket, decimal amount) in prices)
        {
            TokenBucket kind = KindOf(TokenBuckets.Get(bucket), bill);
            differences[kind] = differences.GetValueOrDefault(kind) + amount;
        }

        foreach ((TokenBucket bucket, (decimal amount, _)) in bill.Tokens)
        {
            TokenBucket kind = KindOf(TokenBuckets.Get(bucket), bill);
            differences[kind] = differences.GetValueOrDefault(kind) - amount;
        }

        return differences.Values.All(difference => Math.Abs(difference) <= tolerance);
    }

    private static TokenBucket KindOf(TokenBucketInfo row, BillDay bill) =>
        row.CacheRole == CacheRole.Write ? TokenBucket.CacheWrite
        : bill.Tokens.ContainsKey(row.Bucket) ? row.Bucket
        : row.Side == TokenSide.Output ? TokenBucket.Output
        : row.CacheRole == CacheRole.Read ? TokenBucket.CacheRead
        : TokenBucket.Input;
}
