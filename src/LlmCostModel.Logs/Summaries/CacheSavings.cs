namespace LlmCostModel.Logs;

/// <summary>What a cache saved of a call: what the call would have cost more with all of its input fresh.</summary>
/// <param name="estimator">What priced the calls.</param>
internal sealed class CacheSavings(ICostEstimator estimator)
{
    private readonly List<(PricedPart Part, Money? Saved)> _known = [];
    private PricedCall? _call;

    /// <summary>The savings of a part of a call, worked out once for all summaries that add the call.</summary>
    public Money? Of(PricedCall call, PricedPart part)
    {
        if (!ReferenceEquals(call, _call))
        {
            _known.Clear();
            _call = call;
        }

        foreach ((PricedPart known, Money? saved) in _known)
        {
            if (ReferenceEquals(known, part))
            {
                return saved;
            }
        }

        Money? found = Of(estimator, call, part);
        _known.Add((part, found));
        return found;
    }

    /// <summary>The savings of a call that is priced in one part; several threads may ask.</summary>
    public Money? Of(in TokenUsage usage, in CostEstimate estimate, in CallContext context) =>
        Of(estimator, in usage, in estimate, in context, MeteredQuantities.Empty);

    private static Money? Of(ICostEstimator estimator, PricedCall call, PricedPart part) =>
        part.Usage is { } usage ? Of(estimator, in usage, part.Estimate, call.Context, part.Meters) : null;

    /// <summary>The savings of a part of a call; <see langword="null"/> when it used no cache, is not wholly priced, or its price cannot be
    /// found again by its counts alone.</summary>
    private static Money? Of(
        ICostEstimator estimator, in TokenUsage usage, in CostEstimate estimate, in CallContext call, MeteredQuantities meters)
    {
        if ((usage.TotalCacheRead == 0 && usage.TotalCacheWrite == 0)
            || estimate is not { Status: CostStatus.Priced, Model: { } model, Total: { } total })
        {
            return null;
        }

        CallContext context = call with { Provider = estimate.Provider };
        MeteredQuantities? consumed = meters.Count == 0 ? null : meters;
        try
        {
            return estimator.Estimate(model, in usage, in context, consumed).Total == total
                && estimator.Estimate(model, usage.WithoutCache(), in context, consumed) is { Status: CostStatus.Priced } without
                    ? without.Total!.Value - total
                    : null;
        }
        catch (OverflowException)
        {
            return null;
        }
    }
}
