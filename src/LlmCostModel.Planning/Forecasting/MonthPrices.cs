namespace LlmCostModel.Planning;

/// <summary>
/// The prices that apply during a month, each with the share of the month during which it does:
/// prices that change, peak hours and discounts at night.
/// </summary>
internal sealed class MonthPrices
{
    private readonly PricedModel _model;
    private readonly (CallContext Context, long Weight)[] _prices;
    private readonly decimal _weights;

    private MonthPrices(PricedModel model, (CallContext Context, long Weight)[] prices)
    {
        _model = model;
        _prices = prices;
        _weights = prices.Sum(price => price.Weight);
    }

    /// <summary>How many different prices the month has.</summary>
    internal int Count => _prices.Length;

    /// <summary>The currency of the prices; <see langword="null"/> when the month begins without any.</summary>
    internal string? Currency => _model.Estimate(default, in _prices[0].Context).Total?.Currency;

    /// <summary>Groups the periods of a month by their prices. An instant in the context decides for all of it.</summary>
    internal static MonthPrices Of(PricedModel model, CallContext context, DateTimeOffset from, DateTimeOffset until)
    {
        if (context.At is not null)
        {
            return new(model, [(context, 1)]);
        }

        List<(PricePeriod Period, long Ticks)> groups = [];
        foreach (PricePeriod period in model.GetPricePeriods(from, until, in context))
        {
            int known = groups.FindIndex(group => group.Period.HasSamePricesAs(period));
            if (known < 0)
            {
                groups.Add((period, period.Duration.Ticks));
            }
            else
            {
                groups[known] = (groups[known].Period, groups[known].Ticks + period.Duration.Ticks);
            }
        }

        // In lowest terms a day's six hours of peak weigh 1 to 3, so that a weighted amount gains few digits and stays exact.
        long unit = groups.Aggregate(0L, (divisor, group) => GreatestCommonDivisor(divisor, group.Ticks));
        return new(model, [.. groups.Select(group => (context with { At = group.Period.From }, group.Ticks / unit))]);
    }

    /// <summary>What requests of one usage, spread evenly over the month, cost.</summary>
    /// <exception cref="UnpricedException">Something has no price during a part of the month.</exception>
    internal decimal GetAmount(in TokenUsage usage, decimal requests)
    {
        decimal sum = 0;
        foreach ((CallContext context, long weight) in _prices)
        {
            sum += _model.Estimate(in usage, in context).GetRequiredTotal().Amount * weight;
        }

        return sum * requests / _weights;
    }

    private static long GreatestCommonDivisor(long left, long right) => right == 0 ? left : GreatestCommonDivisor(right, left % right);
}
