using System.Collections.Immutable;

namespace LlmCostModel.Planning;

/// <summary>The prices of a line over all months, and how much of each month's traffic has which: changes, peak hours, discounts at
/// night.</summary>
internal sealed class LinePrices
{
    private readonly CallPrice[] _prices;
    private readonly (int Price, decimal Weight)[][] _months;
    private readonly decimal[] _weights;
    private readonly decimal _factor;

    private LinePrices(
        string currency,
        decimal factor,
        CallPrice[] prices,
        (int Price, decimal Weight)[][] months,
        ImmutableArray<TokenThreshold> thresholds)
    {
        _factor = factor;
        Currency = currency;
        Thresholds = thresholds;
        _prices = prices;
        _months = months;
        _weights = [.. months.Select(month => month.Sum(price => price.Weight))];
    }

    internal string Currency { get; }

    /// <summary>How much a call of the model may hold; <see langword="null"/> when it is not known.</summary>
    internal ModelLimits? Limits { get; private init; }

    /// <summary>The sizes on which a price depends.</summary>
    internal ImmutableArray<TokenThreshold> Thresholds { get; }

    internal int Count => _prices.Length;

    /// <summary>The most prices of one month.</summary>
    internal int MostOfAMonth => _months.Max(month => month.Length);

    /// <summary>Finds the prices.</summary>
    /// <param name="estimator">The prices.</param>
    /// <param name="line">The traffic.</param>
    /// <param name="edges">The first instant of every month and the first instant after the last.</param>
    /// <exception cref="UnpricedException">Something has no price during a part of the time.</exception>
    internal static LinePrices Of(ICostEstimator estimator, ForecastLine line, DateTimeOffset[] edges)
    {
        PricedModel model = estimator.GetModel(line.Model, line.Context.Provider);
        LineBuckets buckets = new(line);
        LengthSpread prompts = LengthSpread.Of(line.PromptVariation ?? 0, line.PromptLengths);
        LengthSpread outputs = LengthSpread.Of(line.OutputVariation ?? 0, []);
        List<(PricePeriod Period, CallContext Context)> known = [];
        (int Price, decimal Weight)[][] months = new (int, decimal)[edges.Length - 1][];
        for (int month = 0; month < months.Length; month++)
        {
            months[month] = line.Context.At is { } at
                ? [(IndexOf(model.GetPricePeriods(at, at.AddTicks(1), line.Context)[0], line.Context), 1)]
                : WeightsOf(line, PeriodsOf(model, line, edges[month], edges[month + 1]), period =>
                    IndexOf(period, line.Context with { At = period.From }));
        }

        ImmutableArray<TokenThreshold> thresholds = [.. known.SelectMany(price => price.Period.Thresholds).Distinct()];
        SizeCell[] cells = SizeCell.Of(thresholds);
        CallPrice[] prices =
        [
            .. known.Select(price => price.Period.IsLinear
                ? (CallPrice)LinearCallPrice.Of(model, price.Context, buckets, prompts, outputs, cells)
                : new SampledCallPrice(model, price.Context, buckets, prompts, outputs)),
        ];
        CallContext first = known[0].Context;
        string currency = model.Estimate(default, in first).GetRequiredTotal().Currency;
        return new(currency, line.PriceFactor, prices, months, thresholds) { Limits = model.Limits };

        int IndexOf(PricePeriod period, CallContext context)
        {
            int index = known.FindIndex(price => price.Period.HasSamePricesAs(period));
            if (index < 0)
            {
                index = known.Count;
                known.Add((period, context));
            }

            return index;
        }
    }

    /// <summary>What a call costs on average at each price.</summary>
    internal void Price(in CallMeans means, Span<decimal> amounts)
    {
        for (int i = 0; i < _prices.Length; i++)
        {
            amounts[i] = _prices[i].GetMean(in means) * _factor;
        }
    }

    /// <summary>The variance of what a single call costs over the square of its mean, at the price of a month that most calls
    /// have.</summary>
    internal double GetVariance(int month, in CallMeans means) =>
        _prices[_months[month].MaxBy(price => price.Weight).Price].GetVariance(in means);

    /// <summary>What a month's calls cost.</summary>
    /// <param name="month">The month.</param>
    /// <param name="perCall">What a call costs at each price.</param>
    /// <param name="calls">The calls of a month as long as the first.</param>
    /// <param name="length">How many times as long the month is.</param>
    internal decimal GetAmount(int month, ReadOnlySpan<decimal> perCall, decimal calls, (decimal Times, decimal Over) length)
    {
        (int Price, decimal Weight)[] prices = _months[month];
        if (prices.Length == 1)
        {
            decimal amount = perCall[prices[0].Price] * calls;
            return length.Times == length.Over ? amount : amount * length.Times / length.Over;
        }

        decimal sum = 0;
        foreach ((int price, decimal weight) in prices)
        {
            sum += perCall[price] * weight;
        }

        return sum * calls * length.Times / (_weights[month] * length.Over);
    }

    /// <summary>The periods of a month, each with that whose prices it has.</summary>
    private static IEnumerable<(DateTimeOffset From, DateTimeOffset Until, PricePeriod Prices)> PeriodsOf(
        PricedModel model, ForecastLine line, DateTimeOffset from, DateTimeOffset until)
    {
        DateTimeOffset end = line.PricesUntil is { } last && last < until ? last : until;
        if (end > from)
        {
            foreach (PricePeriod period in model.GetPricePeriods(from, end, line.Context))
            {
                yield return (period.From, period.Until, period);
            }
        }

        if (end < until)
        {
            PricePeriod stays = model.GetPricePeriods(end.AddTicks(-1), end, line.Context)[0];
            yield return (end > from ? end : from, until, stays);
        }
    }

    private static (int Price, decimal Weight)[] WeightsOf(
        ForecastLine line,
        IEnumerable<(DateTimeOffset From, DateTimeOffset Until, PricePeriod Prices)> periods,
        Func<PricePeriod, int> indexOf)
    {
        SortedDictionary<int, (long Ticks, double Weight)> weights = [];
        foreach ((DateTimeOffset from, DateTimeOffset until, PricePeriod prices) in periods)
        {
            int price = indexOf(prices);
            (long ticks, double weight) = weights.GetValueOrDefault(price);
            weights[price] = (ticks + (until - from).Ticks, weight + (line.Profile?.GetWeight(from, until) ?? 0));
        }

        if (line.Profile is { IsEven: false } && weights.Values.Any(value => value.Weight > 0))
        {
            return [.. weights.Where(price => price.Value.Weight > 0).Select(price => (price.Key, (decimal)price.Value.Weight))];
        }

        // In lowest terms a day's six hours of peak weigh 1 to 3, so that a weighted amount gains few digits and stays exact.
        long unit = weights.Values.Aggregate(0L, (divisor, value) => GreatestCommonDivisor(divisor, value.Ticks));
        return [.. weights.Select(price => (price.Key, (decimal)(price.Value.Ticks / unit)))];
    }

    private static long GreatestCommonDivisor(long left, long right) => right == 0 ? left : GreatestCommonDivisor(right, left % right);
}
