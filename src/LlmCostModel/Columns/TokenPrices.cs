namespace LlmCostModel;

/// <summary>The prices of single tokens, for calls that need not be looked at one by one.</summary>
internal static class TokenPrices
{
    /// <summary>Gets the price of one token of each bucket that some calls use, as whole numbers of 10^-scale of the currency.</summary>
    /// <param name="row">The prices of all of them; null where they have several.</param>
    /// <param name="largest">At least what any of them consumed.</param>
    /// <param name="scale">The scale.</param>
    /// <param name="prices">Receives the prices by bucket.</param>
    /// <returns>Whether all are known, and none of the calls can cost more than 63 bits hold.</returns>
    internal static bool TryGet(PriceRow? row, in TokenUsage largest, int scale, Span<long> prices)
    {
        if (row?.Scale is not { } own || own > scale)
        {
            return false;
        }

        UInt128 most = 0;
        for (int i = 0; i < TokenBuckets.Count; i++)
        {
            prices[i] = 0;
            long count = largest[(TokenBucket)i];
            if (count == 0)
            {
                continue;
            }

            UInt128 price = row.PriceOf((TokenBucket)i, scale);
            if (row.IsUnknown((TokenBucket)i) || price > long.MaxValue || (most += price * (ulong)count) > long.MaxValue)
            {
                return false;
            }

            prices[i] = (long)price;
        }

        return true;
    }
}
