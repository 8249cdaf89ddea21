namespace LlmCostModel;

/// <summary>What a client's counts leave out makes their cost a bound, or at least a note.</summary>
internal static class LossyCounts
{
    /// <summary>
    /// Prices what the counts can mean at least: all text input read from a cache. Where that costs as much, nothing is left open; a model
    /// without a price of reads does not sell any.
    /// </summary>
    internal static PricedCall Bound(PricedCall priced, ClientAdapterOptions row, Func<ModelCall, PricedCall> price)
    {
        string client = row.Client.TrimEnd('.');
        PricedCall bounded = row.OmitsModalities || row.OmitsTier ? LossyKinds.Bound(priced, row, price)
            : row.OmitsCachedTokens ? WithReads(priced, client, price)
            : priced;
        bounded = row.OmitsCacheWrites ? WithWrites(bounded, client, price) : bounded;
        return row.Omits is { } omitted && bounded.Status != CostStatus.Unpriced
            ? bounded with { Notes = [.. bounded.Notes, $"{client} leaves out {omitted}: the rest of the price assumes none."] }
            : bounded;
    }

    private static PricedCall WithReads(PricedCall priced, string client, Func<ModelCall, PricedCall> price)
    {
        if (AllAs(TokenBucket.CacheRead, priced, price) is not { } floor || floor.Total!.Value.Amount >= priced.Total!.Value.Amount)
        {
            return priced;
        }

        return price(Partial(floor.Call, $"{client} leaves out how much of the input was read from a cache. All of it is counted as read: "
            + $"the call cost at least {floor.Total}, and {priced.Total} if nothing was."));
    }

    private static PricedCall WithWrites(PricedCall priced, string client, Func<ModelCall, PricedCall> price)
    {
        if (AllAs(TokenBucket.CacheWrite, priced, price) is not { } ceiling || ceiling.Total!.Value.Amount <= priced.Total!.Value.Amount)
        {
            return priced;
        }

        return price(Partial(priced.Call, $"{client} leaves out how much of the input was written to a cache. None of it is counted as "
            + $"written: the call cost at least {priced.Total}, and {ceiling.Total} if all of it was."));
    }

    /// <summary>The call with all its text input in another bucket; <see langword="null"/> where that leaves anything open.</summary>
    internal static PricedCall? AllAs(TokenBucket bucket, PricedCall priced, Func<ModelCall, PricedCall> price)
    {
        UsageReading reading = priced.Call.Reading;
        if (priced is not { Status: CostStatus.Priced, Total: not null }
            || reading.Usage is not { Input: > 0 } usage
            || usage[bucket] != 0)
        {
            return null;
        }

        TokenUsage moved = usage.Move(usage.Input, TokenBucket.Input, bucket);
        PricedCall other = price(priced.Call with { Reading = reading with { Usage = moved } });
        return other is { Status: CostStatus.Priced, Total: { } total } && total.Currency == priced.Total.Value.Currency
            ? other
            : null;
    }

    internal static ModelCall Partial(ModelCall call, string reason) =>
        call with { Reading = call.Reading with { Status = UsageStatus.Partial, Reason = reason } };
}
