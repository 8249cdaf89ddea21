namespace LlmCostModel;

/// <summary>What a client's counts leave out makes their cost a bound, or at least a note.</summary>
internal static class LossyCounts
{
    /// <summary>
    /// Prices what the counts can mean at least: all text input read from a cache. Where that costs as much, nothing is left open; a model
    /// without a price of reads does not sell any.
    /// </summary>
    internal static PricedCall Bound(PricedCall priced, ClientAdapter row, Func<ModelCall, PricedCall> price)
    {
        string client = row.Client.TrimEnd('.');
        PricedCall bounded = row.OmitsCachedTokens ? WithReads(priced, client, price) : priced;
        return row.Omits is { } omitted && bounded.Status != CostStatus.Unpriced
            ? bounded with { Notes = [.. bounded.Notes, $"{client} leaves out {omitted}: the rest of the price assumes none."] }
            : bounded;
    }

    private static PricedCall WithReads(PricedCall priced, string client, Func<ModelCall, PricedCall> price)
    {
        UsageReading reading = priced.Call.Reading;
        if (priced.Status != CostStatus.Priced || reading.Usage is not { Input: > 0, CacheRead: 0 } usage)
        {
            return priced;
        }

        TokenUsage least = usage.Move(usage.Input, TokenBucket.Input, TokenBucket.CacheRead);
        PricedCall floor = price(priced.Call with { Reading = reading with { Usage = least } });
        if (floor.Status != CostStatus.Priced || floor.Total is not { } low || priced.Total is not { } high || low.Amount >= high.Amount)
        {
            return priced;
        }

        return price(priced.Call with
        {
            Reading = reading with
            {
                Usage = least,
                Status = UsageStatus.Partial,
                Reason = $"{client} leaves out how much of the input was read from a cache. All of it is counted as read: "
                    + $"the call cost at least {low}, and {high} if nothing was.",
            },
        });
    }
}
