namespace LlmCostModel.Planning.Tests;

public sealed class ScenariosTests
{
    private static readonly ForecastPlan Plan = Plans.Of(
        new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
        new() { Model = "m", Requests = Uncertain.Uniform(0, 1_000), PromptTokens = Uncertain.Uniform(0, 10) }) with
    { Samples = 1_000 };

    /// <summary>Every thousandth of the range has one scenario, in its middle: 0.5, 1.5, ... 999.5, correlated or not.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(0.7)]
    [InlineData(1)]
    public void Draw_UniformInput_HasTheMiddleOfEveryStratum(double correlation)
    {
        Scenarios scenarios = Scenarios.Draw(Plan with { Correlation = correlation });

        Assert.Equal(
            Enumerable.Range(0, 1_000).Select(i => i + 0.5),
            scenarios.Uncertain.First().Samples.Order().Select(value => Math.Round(value, 9)));
    }

    /// <summary>Ranks of a Gaussian copula correlate with 6/pi arcsin(r/2): 0.3 gives 0.2876, 0.7 gives 0.6829.</summary>
    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.3, 0.2876)]
    [InlineData(0.7, 0.6829)]
    [InlineData(1, 1)]
    public void Draw_CorrelatedInputs_GoTogetherAsStated(double correlation, double ranks)
    {
        (int, string, double[] Samples)[] inputs = [.. Scenarios.Draw(Plan with { Correlation = correlation, Samples = 20_000 }).Uncertain];

        // Both are uniform, so that the correlation of their values is that of their ranks; sampling error 1/sqrt(20,000) = 0.007.
        Assert.Equal(ranks, Correlation(inputs[0].Samples, inputs[1].Samples), 0.03);
    }

    /// <summary>Tails beyond what can be are cut: fewer than no requests, a hit rate above 1, a shrinkage below nothing.</summary>
    [Fact]
    public void Run_TailsBeyondTheirRange_AreCut()
    {
        CostEstimator estimator = new(Prices.Card("acme", ("m", new() { Input = 1, CacheRead = 0, Output = 0 })));
        ForecastLine line = new()
        {
            Model = "m",
            Requests = 1,
            PromptTokens = 1_000_000,
            HitRate = Uncertain.Uniform(-0.04, 0.96),
            Growth = Uncertain.Uniform(-1.04, -0.04),
        };

        Forecast forecast = Forecaster.Run(estimator, Plans.Of(Plan.Start, line, months: 2) with { Samples = 100 });

        // A call costs 1 USD less the share that is read: with a share of -4% still 1.
        Assert.True(forecast.Months[0].P99 <= 1 && forecast.Months[1].P5 >= 0);
    }

    private static double Correlation(double[] left, double[] right)
    {
        double x = left.Average(), y = right.Average();
        return left.Zip(right, (a, b) => (a - x) * (b - y)).Sum()
            / Math.Sqrt(left.Sum(a => (a - x) * (a - x)) * right.Sum(b => (b - y) * (b - y)));
    }
}
