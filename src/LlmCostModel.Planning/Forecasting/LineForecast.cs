namespace LlmCostModel.Planning;

/// <summary>One line of a plan with its prices, its traffic and its samples.</summary>
internal sealed class LineForecast
{
    /// <summary>The decimals of what a call costs where it is a sample.</summary>
    private const int Decimals = 15;

    private const int Requests = 0, Prompt = 1, Output = 2, Reasoning = 3, HitRate = 4, Retries = 5, Growth = 6, Others = 7;

    private readonly Scenarios _scenarios;
    private readonly int _number;
    private readonly Traffic _traffic;
    private readonly double[] _variances;

    /// <summary>What a call costs at each price, where it is the same in all scenarios.</summary>
    private readonly decimal[]? _perCall;

    internal LineForecast(ICostEstimator estimator, ForecastPlan plan, int number, Scenarios scenarios, DateTimeOffset[] edges)
    {
        Line = plan.Lines[number];
        _scenarios = scenarios;
        _number = number;
        Prices = LinePrices.Of(estimator, Line, edges);
        Middle = MiddleOf([.. Line.Inputs.Select(input => input.Value.Exact ?? input.Value.GetQuantile(0.5))]);
        _traffic = new(Line, number, plan.Seed, edges);
        CallMeans middle = Middle;
        if (Line.Inputs.Where((_, i) => i is not (Requests or Retries or Growth)).All(input => input.Value.Exact is not null))
        {
            _perCall = new decimal[Prices.Count];
            Prices.Price(in middle, _perCall);
        }

        _variances = new double[edges.Length - 1];
        for (int month = 0; _traffic.HasChance && month < _variances.Length; month++)
        {
            _variances[month] = Prices.GetVariance(month, in middle);
        }
    }

    internal ForecastLine Line { get; }

    internal LinePrices Prices { get; }

    /// <summary>The call in the middle of what is known.</summary>
    internal CallMeans Middle { get; }

    internal Traffic Traffic => _traffic;

    internal CallMeans MeansOf(int scenario)
    {
        if (_perCall is not null)
        {
            return Middle;
        }

        double[] others = Line.OtherTokens.Count + Line.Meters.Count is > 0 and var count ? new double[count] : [];
        for (int i = 0; i < others.Length; i++)
        {
            others[i] = Math.Max(0, _scenarios.Get(_number, Others + i, scenario));
        }

        return new(
            Math.Max(0, _scenarios.Get(_number, Prompt, scenario)),
            Math.Clamp(_scenarios.Get(_number, HitRate, scenario), 0, 1),
            Math.Max(0, _scenarios.Get(_number, Output, scenario)),
            Math.Max(0, _scenarios.Get(_number, Reasoning, scenario)),
            others);
    }

    /// <summary>What a call costs at each price.</summary>
    internal ReadOnlySpan<decimal> Price(in CallMeans means, decimal[] amounts)
    {
        if (_perCall is not null)
        {
            return _perCall;
        }

        // Samples are known to a few digits; decimals of 28 take four times as long to multiply.
        Prices.Price(in means, amounts);
        for (int i = 0; i < amounts.Length; i++)
        {
            amounts[i] = decimal.Round(amounts[i], Decimals);
        }

        return amounts;
    }

    /// <summary>The calls of every month, and those that chance makes of them.</summary>
    internal void Fill(int scenario, Span<double> expected, Span<double> paid)
    {
        double requests = Math.Max(0, _scenarios.Get(_number, Requests, scenario));
        double retries = Math.Max(0, _scenarios.Get(_number, Retries, scenario));
        _traffic.Fill(scenario, requests * (1 + retries), _scenarios.Get(_number, Growth, scenario), _variances, expected, paid);
    }

    private static CallMeans MiddleOf(double[] inputs) =>
        new(inputs[Prompt], Math.Clamp(inputs[HitRate], 0, 1), inputs[Output], inputs[Reasoning], inputs[Others..]);
}
