namespace LlmCostModel;

/// <summary>A model's prices through time: which version and which dated or timed rules are in force, and when that can change.</summary>
internal sealed class PriceTimeline
{
    private readonly CompiledPricing _pricing;
    private readonly bool _includeAnnounced;

    internal PriceTimeline(CompiledPricing pricing, bool includeAnnounced)
    {
        _pricing = pricing;
        _includeAnnounced = includeAnnounced;
    }

    /// <summary>
    /// The periods between two instants, without gaps. Neighbors always differ:
    /// an edge that changes nothing, such as that between two windows that meet, ends no period.
    /// </summary>
    internal List<PricePeriod> Between(DateTimeOffset from, DateTimeOffset until)
    {
        DateTimeOffset end = until.ToUniversalTime();
        List<(long At, PriceMoment Prices)> moments = Moments(from.UtcTicks, end.UtcTicks);
        List<PricePeriod> periods = new(moments.Count);
        for (int i = 0; i < moments.Count; i++)
        {
            DateTimeOffset begin = new(moments[i].At, TimeSpan.Zero);
            periods.Add(new PricePeriod(begin, i + 1 < moments.Count ? new(moments[i + 1].At, TimeSpan.Zero) : end, moments[i].Prices));
        }

        return periods;
    }

    /// <summary>The same as instants in UTC ticks, each with what holds from then on.</summary>
    internal List<(long At, PriceMoment Prices)> Moments(long from, long until)
    {
        List<(long At, PriceMoment Prices)> moments = [(from, At(from))];
        for (long at = NextEdge(from, moments[0].Prices); at < until; at = NextEdge(at, moments[^1].Prices))
        {
            PriceMoment next = At(at);
            if (next != moments[^1].Prices)
            {
                moments.Add((at, next));
            }
        }

        return moments;
    }

    private PriceMoment At(long utcTicks)
    {
        CompiledVersion? version = _pricing.At(utcTicks, _includeAnnounced);
        CompiledRule[] rules = version?.Rules ?? [];
        RuleSet inForce = default;
        for (int i = 0; i < rules.Length; i++)
        {
            inForce = DependsOnTime(rules[i]) && rules[i].Condition.HoldsAt(utcTicks) ? inForce.With(i) : inForce;
        }

        return new PriceMoment(version, inForce);
    }

    /// <summary>The first later instant at which the prices may change, in UTC ticks; <see cref="long.MaxValue"/> for none.</summary>
    private long NextEdge(long utcTicks, PriceMoment prices)
    {
        long next = long.MaxValue;
        foreach (CompiledVersion version in _pricing.Versions)
        {
            next = Earlier(next, version.Version.From, utcTicks);
            next = Earlier(next, version.Version.Until, utcTicks);
        }

        foreach (CompiledRule rule in prices.Version?.Rules ?? [])
        {
            next = Math.Min(next, rule.Condition.NextEdge(utcTicks)); // the end of time, where time decides nothing
        }

        return next;
    }

    /// <summary>Whether time decides about a rule that can apply at all: an announced one may not.</summary>
    private bool DependsOnTime(CompiledRule rule) =>
        rule.Condition.DependsOnTime && (_includeAnnounced || rule.Rule.Status == PriceStatus.Confirmed);

    private static long Earlier(long next, DateTimeOffset? edge, long after) =>
        edge is { } instant && instant.UtcTicks > after ? Math.Min(next, instant.UtcTicks) : next;
}
