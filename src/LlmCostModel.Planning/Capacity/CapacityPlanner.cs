using System.Collections.Immutable;
using System.Numerics;

namespace LlmCostModel.Planning;

/// <summary>From tokens to machines: how many a load needs, on average and at its peak, and what they cost beside an API.</summary>
/// <remarks>
/// A machine's <see cref="ServingNode.Utilization"/> is how busy it may be at the peak: below 1 it leaves room for waiting requests.
/// Prefill and decode add up, as they do where machines of each kind stand apart, or one machine does both in turn.
/// </remarks>
public static class CapacityPlanner
{
    private const int OrdinaryTokens = 1_000;

    /// <summary>Sizes machines for one period.</summary>
    /// <param name="node">A machine.</param>
    /// <param name="load">The tokens of the period.</param>
    /// <param name="apiCost">What an API charges for them; <see langword="null"/> for no comparison.</param>
    /// <returns>The machines and their cost.</returns>
    /// <exception cref="InvalidOperationException">The API is paid in another currency than the machine.</exception>
    /// <exception cref="OverflowException">A number is beyond its range.</exception>
    public static CapacityNeed Size(ServingNode node, TokenLoad load, Money? apiCost = null)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(load);
        if (apiCost is { } api)
        {
            CurrencyName.Same([node.Currency, api.Currency], "The machine and the API");
        }

        bool isApart = node.CachedTokensPerSecond is not null;
        Rational prefill = Nodes(load.FreshInput + (isApart ? 0 : load.CachedInput), 0, 0);
        Rational cached = Nodes(0, isApart ? load.CachedInput : 0, 0);
        Rational decode = Nodes(0, 0, load.TotalOutput);
        Rational mean = prefill + cached + decode;
        Rational peak = mean * Rational.From(load.PeakToMean);
        long fleet = Ceiling(peak);
        Rational hours = Rational.From(load.Period.Ticks) / Rational.From(TimeSpan.TicksPerHour);
        Rational hourly = Rational.From(node.HourlyCost) * hours;
        return new()
        {
            Load = load,
            PrefillNodes = prefill.ToDecimal(out _),
            CachedNodes = cached.ToDecimal(out _),
            DecodeNodes = decode.ToDecimal(out _),
            PeakNodes = peak.ToDecimal(out _),
            Fleet = fleet,
            FleetCost = new((hourly * Rational.From(fleet)).ToDecimal(out _), node.Currency),
            ElasticCost = new((hourly * mean).ToDecimal(out _), node.Currency),
            ApiCost = apiCost,
        };

        Rational Nodes(decimal fresh, decimal hits, decimal output) => node.NodesFor(node.BusySeconds(fresh, hits, output), load.Period);
    }

    /// <summary>Sizes machines for several periods, such as the months of a forecast, beside an API that is paid by token.</summary>
    /// <param name="node">A machine.</param>
    /// <param name="loads">The tokens of each period, in order.</param>
    /// <param name="estimator">The prices of the API.</param>
    /// <param name="model">The model at the API.</param>
    /// <param name="context">What else decides the price.</param>
    /// <returns>The machines and their costs, in the same order.</returns>
    /// <exception cref="InvalidOperationException">The API is paid in another currency than the machine.</exception>
    /// <exception cref="UnpricedException">Something is not priced.</exception>
    public static ImmutableArray<CapacityNeed> Size(
        ServingNode node,
        IEnumerable<TokenLoad> loads,
        ICostEstimator estimator,
        string model,
        CallContext context = default)
    {
        ArgumentNullException.ThrowIfNull(loads);
        ArgumentNullException.ThrowIfNull(estimator);
        ArgumentNullException.ThrowIfNull(model);
        return [.. loads.Select(load => Size(node, load, Price(estimator, model, load, context)))];
    }

    /// <summary>What an API charges for a load.</summary>
    /// <param name="estimator">The prices.</param>
    /// <param name="model">The model.</param>
    /// <param name="load">The tokens. They are priced as <see cref="TokenLoad.Requests"/> calls of nearly the same length, without losing a
    /// token; where their number is not known, as calls of about 1,000 tokens, which no price for long prompts meets.</param>
    /// <param name="context">What else decides the price.</param>
    /// <returns>The amount.</returns>
    /// <exception cref="UnpricedException">Something is not priced.</exception>
    public static Money Price(ICostEstimator estimator, string model, TokenLoad load, CallContext context = default)
    {
        ArgumentNullException.ThrowIfNull(estimator);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(load);
        TokenUsage all = load.ToUsage();
        long requests = Math.Max(1, (long)decimal.Ceiling(load.Requests ?? (load.Total / OrdinaryTokens)));
        TokenBucket[] buckets = [TokenBucket.Input, TokenBucket.CacheRead, TokenBucket.Output, TokenBucket.Reasoning];
        long[] steps = [.. buckets.Select(bucket => all[bucket] % requests).Append(requests).Where(step => step > 0).Distinct().Order()];
        Money? sum = null;
        long from = 0;
        foreach (long until in steps)
        {
            // The first calls have a token more, as many of each bucket as its division leaves over.
            TokenUsage call = default;
            foreach (TokenBucket bucket in buckets)
            {
                call = call.With(bucket, (all[bucket] / requests) + (from < all[bucket] % requests ? 1 : 0));
            }

            Money part = estimator.Estimate(model, call, context).GetRequiredTotal() * (until - from);
            sum = sum is { } before ? before + part : part;
            from = until;
        }

        return sum!.Value;
    }

    private static long Ceiling(Rational value)
    {
        BigInteger quotient = BigInteger.DivRem(value.Numerator, value.Denominator, out BigInteger rest);
        return (long)(rest.IsZero ? quotient : quotient + 1);
    }
}
