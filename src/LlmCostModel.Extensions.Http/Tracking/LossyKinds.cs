namespace LlmCostModel;

/// <summary>What the counts of a client can mean that does not say which of them are audio, images or video, or which tier served: from the
/// cheapest that the model sells to the most expensive.</summary>
internal static class LossyKinds
{
    /// <summary>A kind of input, with what is read of it from a cache.</summary>
    private static readonly (TokenBucket Fresh, TokenBucket Read)[] Inputs =
    [
        (TokenBucket.AudioInput, TokenBucket.AudioCacheRead),
        (TokenBucket.ImageInput, TokenBucket.ImageCacheRead),
        (TokenBucket.VideoInput, TokenBucket.VideoCacheRead),
    ];

    private static readonly TokenBucket[] Outputs = [TokenBucket.AudioOutput, TokenBucket.ImageOutput, TokenBucket.VideoOutput];

    /// <summary>The tiers by which a single call may be served.</summary>
    private static readonly string[] Tiers = [ServiceTiers.Flex, ServiceTiers.Priority];

    /// <summary>The least that the call cost, where that is not what its counts say as they are.</summary>
    internal static PricedCall Bound(PricedCall priced, ClientAdapterOptions row, Func<ModelCall, PricedCall> price)
    {
        if (priced is not { Status: CostStatus.Priced, Total: { } said })
        {
            return priced;
        }

        // What the input is costs nothing of the output, and a tier multiplies both, so that each is chosen for itself.
        (PricedCall floor, PricedCall ceiling) = (priced, priced);
        if (row.OmitsCachedTokens)
        {
            floor = LossyCounts.AllAs(TokenBucket.CacheRead, floor, price) ?? floor;
        }

        Func<ModelCall, IEnumerable<ModelCall>>[] choices = (row.OmitsModalities, row.OmitsTier && priced.Context.Tier is null) switch
        {
            (true, true) => [OfInput, OfOutput, OfTier],
            (true, false) => [OfInput, OfOutput],
            (false, true) => [OfTier],
            _ => [],
        };
        foreach (Func<ModelCall, IEnumerable<ModelCall>> others in choices)
        {
            floor = Priced(floor, others, price).MinBy(Amount)!;
            ceiling = Priced(ceiling, others, price).MaxBy(Amount)!;
        }

        return Amount(floor) == said.Amount && Amount(ceiling) == said.Amount ? priced : price(LossyCounts.Partial(
            floor.Call,
            $"{row.Client.TrimEnd('.')} leaves out {What(row)}: the call cost at least {floor.Total}, {said} if the counts are all, "
                + $"and {ceiling.Total} at most. Bodies say it: a CostTrackingHandler below the client reads them."));
    }

    private static decimal Amount(PricedCall priced) => priced.Total!.Value.Amount;

    private static string What(ClientAdapterOptions row) => string.Join(" and ", ((string?[])
    [
        row.OmitsModalities ? "what was audio, images or video" : null,
        row.OmitsCachedTokens ? "what was read from a cache" : null,
        row.OmitsTier ? "the tier that served" : null,
    ]).OfType<string>());

    /// <summary>A call, and it with other meanings, as far as the model sells them.</summary>
    private static IEnumerable<PricedCall> Priced(
        PricedCall one, Func<ModelCall, IEnumerable<ModelCall>> others, Func<ModelCall, PricedCall> price) =>
    [
        one,
        .. others(one.Call).Select(price).Where(other => other is { Status: CostStatus.Priced, Total: { } total }
            && total.Currency == one.Total!.Value.Currency),
    ];

    private static IEnumerable<ModelCall> OfInput(ModelCall call)
    {
        TokenUsage usage = call.Reading.Usage!.Value;
        foreach ((TokenBucket fresh, TokenBucket read) in Inputs.Where(kind => usage[kind.Fresh] == 0))
        {
            TokenUsage moved = usage.Move(usage.Input, TokenBucket.Input, fresh);
            yield return With(call, moved);
            yield return With(call, moved.Move(usage.CacheRead, TokenBucket.CacheRead, read));
        }
    }

    private static IEnumerable<ModelCall> OfOutput(ModelCall call)
    {
        TokenUsage usage = call.Reading.Usage!.Value;
        return Outputs.Where(kind => usage.Output > 0 && usage[kind] == 0)
            .Select(kind => With(call, usage.Move(usage.Output, TokenBucket.Output, kind)));
    }

    private static IEnumerable<ModelCall> OfTier(ModelCall call) =>
        Tiers.Select(tier => call with { Asked = call.Asked with { Tier = tier } });

    private static ModelCall With(ModelCall call, in TokenUsage usage) => call with { Reading = call.Reading with { Usage = usage } };
}
