namespace LlmCostModel.Logs;

/// <summary>What a cache saved of a call: what the call would have cost more with all of its input fresh.</summary>
internal static class CacheSavings
{
    /// <summary>The savings of a part of a call; <see langword="null"/> when it used no cache, is not wholly priced, or its price cannot be
    /// found again by its counts alone.</summary>
    public static Money? Of(ICostEstimator? estimator, PricedCall call, PricedPart part)
    {
        if (estimator is null
            || part.Usage is not { } usage
            || (usage.TotalCacheRead == 0 && usage.TotalCacheWrite == 0)
            || part.Estimate is not { Status: CostStatus.Priced, Model: { } model, Total: { } total })
        {
            return null;
        }

        CallContext context = call.Context with { Provider = part.Estimate.Provider };
        try
        {
            return estimator.Estimate(model, in usage, in context, part.Meters).Total == total
                && estimator.Estimate(model, usage.WithoutCache(), in context, part.Meters) is { Status: CostStatus.Priced } without
                    ? without.Total!.Value - total
                    : null;
        }
        catch (OverflowException)
        {
            return null;
        }
    }
}
