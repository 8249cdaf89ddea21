namespace LlmCostModel.Planning;

/// <summary>The prices that apply during a month, each with the share of the month during which it does: prices that change, peak hours and discounts at night.</summary>
internal sealed class MonthPrices
{
    /// <summary>Price windows begin and end at quarters of an hour.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(15);

    private readonly PricedModel _model;
    private readonly (CallContext Context, int Steps)[] _periods;
    private readonly int _steps;

    private MonthPrices(PricedModel model, (CallContext Context, int Steps)[] periods)
    {
        _model = model;
        _periods = periods;
        _steps = periods.Sum(period => period.Steps);
    }

    /// <summary>How many different prices the month has.</summary>
    internal int Count => _periods.Length;

    /// <summary>The currency of the prices.</summary>
    internal string? Currency { get; private init; }

    /// <summary>Finds the prices of a month by pricing one usage at every step of it.</summary>
    internal static MonthPrices Of(PricedModel model, CallContext context, DateTimeOffset from, DateTimeOffset until, TokenUsage usage)
    {
        if (context.At is not null)
        {
            return new(model, [(context, 1)]) { Currency = model.Estimate(in usage, in context).Currency };
        }

        Dictionary<(decimal?, decimal?, decimal?, decimal?, decimal?, decimal?), (CallContext Context, int Steps)> periods = [];
        string? currency = null;
        for (DateTimeOffset at = from; at < until; at += Step)
        {
            CallContext then = context with { At = at };
            CostEstimate estimate = model.Estimate(in usage, in then);
            currency ??= estimate.Currency;
            var prices = (
                estimate.TotalAmount,
                estimate.AmountOf(TokenBucket.Input),
                estimate.AmountOf(TokenBucket.CacheRead),
                TokenBuckets.CacheWrites.Aggregate((decimal?)0, (sum, bucket) => sum + estimate.AmountOf(bucket)),
                estimate.AmountOf(TokenBucket.Output),
                estimate.AmountOf(TokenBucket.Reasoning));
            periods[prices] = periods.TryGetValue(prices, out (CallContext Context, int Steps) known) ? (known.Context, known.Steps + 1) : (then, 1);
        }

        return new(model, [.. periods.Values]) { Currency = currency };
    }

    /// <summary>What requests of one usage, spread evenly over the month, cost.</summary>
    /// <exception cref="UnpricedException">Something has no price during a part of the month.</exception>
    internal decimal AmountOf(in TokenUsage usage, decimal requests)
    {
        if (_periods.Length == 1)
        {
            return _model.Estimate(in usage, in _periods[0].Context).GetTotalAmount() * requests;
        }

        decimal sum = 0;
        foreach ((CallContext context, int steps) in _periods)
        {
            sum += _model.Estimate(in usage, in context).GetTotalAmount() * steps;
        }

        return sum * requests / _steps;
    }
}
