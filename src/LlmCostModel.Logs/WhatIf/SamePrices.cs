namespace LlmCostModel.Logs;

/// <summary>Finds for a call the instant at which it has the price list of another instant, with its own hour of the week where the hour
/// matters.</summary>
/// <param name="estimator">What knows the prices.</param>
/// <param name="at">The instant of the price list.</param>
internal sealed class SamePrices(ICostEstimator estimator, DateTimeOffset at)
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    private readonly Dictionary<(string Model, string? Provider), IReadOnlyList<PricePeriod>> _known = [];

    /// <summary>Finds the instant.</summary>
    /// <param name="model">The model.</param>
    /// <param name="provider">Who bills it; <see langword="null"/> for the model's own.</param>
    /// <param name="own">When the call was made.</param>
    public DateTimeOffset Find(string model, string? provider, DateTimeOffset own)
    {
        if (!_known.TryGetValue((model, provider), out IReadOnlyList<PricePeriod>? periods))
        {
            _known[(model, provider)] = periods = PeriodsOf(model, provider);
        }

        if (periods.Count == 0)
        {
            return at;
        }

        // The same time of the week before, or after where the list is newer than that.
        TimeSpan past = TimeSpan.FromTicks((((at - own).Ticks % Week.Ticks) + Week.Ticks) % Week.Ticks);
        foreach (DateTimeOffset instant in (ReadOnlySpan<DateTimeOffset>)[at - past, at - past + Week])
        {
            foreach (PricePeriod period in periods)
            {
                if (period.From <= instant && instant < period.Until)
                {
                    return instant;
                }
            }
        }

        return at;
    }

    /// <summary>The times around the instant that have its price list; none where they all have the same prices.</summary>
    private PricePeriod[] PeriodsOf(string model, string? provider)
    {
        if (!estimator.TryGetModel(model, out PricedModel? found, provider))
        {
            return [];
        }

        IReadOnlyList<PricePeriod> all = found.GetPricePeriods(at - Week, at + Week + Week);
        PricePeriod now = all.First(period => period.From <= at && at < period.Until);
        PricePeriod[] same = [.. all.Where(period => ReferenceEquals(period.Version, now.Version) || period.Version == now.Version)];
        return Array.TrueForAll(same, now.HasSamePricesAs) ? [] : same;
    }
}
