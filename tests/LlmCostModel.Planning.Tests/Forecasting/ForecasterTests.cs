namespace LlmCostModel.Planning.Tests;

public sealed class ForecasterTests
{
    private static readonly ForecastPlan Exact = Plans.Of(
        new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
        new()
        {
            Model = "deepseek-reasoner",
            Requests = 1_000_000,
            PromptTokens = 1_000,
            OutputTokens = 100,
            ReasoningTokens = 200,
            HitRate = 0.6,
        });

    [Fact]
    public void Run_NothingUncertain_IsTheExactPrice()
    {
        Forecast forecast = Forecaster.Run(Prices.Estimator, Exact with { Months = 2, Budget = 2_000 });

        // A million requests of 400 x 0.55 + 600 x 0.14 + 300 x 2.19 millionths: 220 + 84 + 657 = 961 in the 31 days of January, 961 x 28 / 31 = 868
        // in February.
        Assert.True(forecast.IsExact);
        Assert.Equal([961m, 868m], forecast.Months.Select(month => month.P50));
        Assert.Equal(new ForecastRange { From = Exact.Start, Mean = 1_829, P5 = 1_829, P50 = 1_829, P95 = 1_829, P99 = 1_829 }, forecast.Total);
        Assert.Equal(0, forecast.ProbabilityOverBudget);
        Assert.Empty(forecast.Drivers);
        Assert.Equal("USD", forecast.Currency);
    }

    [Fact]
    public void Run_RetriesAndGrowth_MultiplyTheRequests()
    {
        Forecast forecast = Forecaster.Run(Prices.Estimator, Exact.Line(line => line with { RetryRate = 0.1, Growth = 0.5 }) with { Months = 3 });

        // 961 x 1.1 = 1057.1, x 1.5 x 28 / 31 = 1432.2, x 1.5 x 1.5 = 2378.475 in the 31 days of March
        Assert.Equal([1_057.1m, 1_432.2m, 2_378.475m], forecast.Months.Select(month => month.Mean));
    }

    [Fact]
    public void Run_WriteBucket_BillsWhatIsNotReadAsWritten()
    {
        CostEstimator estimator = new(Prices.Card("acme", ("m", new() { Input = 1, CacheRead = 0.1m, CacheWrite5m = 1.25m, CacheWrite1h = 2, Output = 0 })));
        decimal Total(TokenBucket? bucket) => Forecaster.Run(estimator, Exact.Line(line => line with { Model = "m", WriteBucket = bucket }) with { Months = 1 }).Total.Mean;

        // 600 x 0.1 + 400 x 1, x 1.25, x 2
        Assert.Equal((460m, 560m, 860m), (Total(null), Total(TokenBucket.CacheWrite5m), Total(TokenBucket.CacheWrite1h)));
    }

    [Fact]
    public void Run_TwoLogNormals_AgreesWithTheClosedForm()
    {
        // Volume and output tokens uncertain, nothing else priced: check N31, whose percentiles are known without sampling.
        LogNormal requests = LogNormal.FromMedian(1_000_000, 1_000_000 * Math.Exp(1.6448536269514722 * 0.20));
        LogNormal output = LogNormal.FromMedian(10_000, 10_000 * Math.Exp(1.6448536269514722 * 0.30));
        Forecast forecast = Forecaster.Run(Prices.Estimator, Exact.Line(line => line with { PromptTokens = 0, ReasoningTokens = 0, Requests = Uncertain.FromMedian(1_000_000, requests.GetQuantile(0.95)), OutputTokens = Uncertain.FromMedian(10_000, output.GetQuantile(0.95)) }) with { Months = 1, Samples = 100_000 });
        decimal median = 21_900; // 10^6 x 10^4 x 2.19 millionths

        Assert.InRange(forecast.Total.P50 / median, 0.99m, 1.01m);
        Assert.InRange(forecast.Total.P5 / median, 0.55263m * 0.99m, 0.55263m * 1.01m); // 1 / 1.80952: as far below the median as P95 is above
        Assert.InRange(forecast.Total.P95 / median, 1.80952m * 0.99m, 1.80952m * 1.01m);
        Assert.InRange(forecast.Total.P99 / median, 2.31354m * 0.98m, 2.31354m * 1.02m);
        Assert.InRange(forecast.Total.Mean / median, 1.06716m * 0.995m, 1.06716m * 1.005m);
        // 0.3^2 and 0.2^2 of 0.13
        Assert.Equal(["outputTokens", "requests"], forecast.Drivers.Select(driver => driver.Input));
        Assert.InRange(forecast.Drivers[0].Share, 0.67, 0.71);
        Assert.Equal(1, forecast.Drivers.Sum(driver => driver.Share), 9);
    }

    [Fact]
    public void Run_OneUniformInput_PercentilesAreThoseOfTheInput()
    {
        Forecast forecast = Forecaster.Run(Prices.Estimator, Exact.Line(line => line with { Requests = Uncertain.Uniform(0, 2_000_000) }) with { Months = 1, Samples = 1_000, Budget = 961 });

        // Stratified: scenario k has (k + 0.5) / 1000 x 2,000,000 requests at 961 a million; the 950th has 1,899,000, the 50th 99,000.
        Assert.Equal(1_899_000 * 961m / 1_000_000, forecast.Total.P95);
        Assert.Equal(99_000 * 961m / 1_000_000, forecast.Total.P5);
        Assert.Equal(999_000 * 961m / 1_000_000, forecast.Total.P50);
        Assert.Equal(961m, forecast.Total.Mean);
        Assert.Equal(0.5, forecast.ProbabilityOverBudget);
        Assert.Equal(new ForecastDriver { Input = "requests", Share = 1 }, Assert.Single(forecast.Drivers));
    }

    [Fact]
    public void Run_SameSeed_SameForecastAndAnotherSeedAnother()
    {
        ForecastPlan plan = Exact.Line(line => line with { Requests = Uncertain.Between(500_000, 2_000_000), HitRate = Uncertain.Uniform(0.2, 0.9) }) with { Samples = 1_000 };

        Assert.Equal(Forecaster.Run(Prices.Estimator, plan).Total, Forecaster.Run(Prices.Estimator, plan).Total);
        Assert.NotEqual(Forecaster.Run(Prices.Estimator, plan).Total, Forecaster.Run(Prices.Estimator, plan with { Seed = 1 }).Total);
    }

    [Fact]
    public void Run_PriceChangesDuringThePeriod_EachMonthHasItsOwn()
    {
        RateCard card = Prices.Card("acme", ("m", new() { Input = 1, Output = 0 }));
        PriceVersion first = card.Models[0].Versions[0];
        CostEstimator estimator = new(card with
        {
            Models = [card.Models[0] with { Versions = [first with { Until = new(2026, 2, 1, 0, 0, 0, TimeSpan.Zero) }, first with { From = new(2026, 2, 1, 0, 0, 0, TimeSpan.Zero), PerMillionTokens = new() { Input = 3, Output = 0 } }] }],
        });
        ForecastPlan plan = Plans.Of(Exact.Start, new() { Model = "m", Requests = 1_000, PromptTokens = 1_000 }, months: 2);

        // In the 28 days of February 3 x 28 / 31.
        Assert.Equal([1m, 84m / 31], Forecaster.Run(estimator, plan).Months.Select(month => month.Mean));
    }

    [Fact]
    public void Run_DiscountAtNight_IsWeighedByItsHours()
    {
        // Half price from 18:00 to 24:00, a quarter of the time: 1 x 0.75 + 0.5 x 0.25 = 0.875 per million, of 10^6 requests of 1000 tokens = 875.
        CostEstimator estimator = EstimatorOf(0.5m, """ "Daily": [ "18:00-24:00" ], "TimeZone": "UTC" """);
        ForecastPlan plan = Prompts(1_000_000, 1_000);

        Assert.Equal(875m, Forecaster.Run(estimator, plan).Total.Mean);
        Assert.Equal(500m, Forecaster.Run(estimator, plan.Line(line => line with { Context = new() { At = Exact.Start.AddHours(20) } })).Total.Mean);
    }

    /// <summary>
    /// A rule that joins hours and size, and a prompt length that may be on either side of the size:
    /// half of every day, prompts above 200,000 tokens cost three times as much, so two times as much on average.
    /// A thousand requests of L tokens at 1 USD per million cost 0.001 L, and above the size as much again. L is anywhere from 100,000 to 300,000:
    /// half of the time it is 150,000 on average, half of the time 250,000, and the mean is 0.5 x 150 + 0.5 x 250 x 2 = 325.
    /// The sampling error: a sample is the middle of one of 101 strata, each about 1,980 tokens wide. On a straight line the middle is the mean.
    /// Only the stratum in which the surcharge begins is not straight; there it is between 0 and 0.001 x 202,000 = 202, so its sample is wrong by 202
    /// at most, and the mean of all 101 by 202 / 101 = 2. A length in whole tokens is wrong by half a token, so by 0.001 at most.
    /// </summary>
    [Fact]
    public void Run_PriceByHoursAndSize_HasOneMeanForEverySeed()
    {
        CostEstimator estimator = EstimatorOf(3, """ "Daily": "00:00-12:00", "TotalInputAbove": 200000 """);
        ForecastPlan plan = Prompts(1_000, Uncertain.Uniform(100_000, 300_000)) with { Samples = 101 };
        const decimal SamplingError = (202m / 101) + 0.001m;

        decimal[] means = [.. Enumerable.Range(0, 100).Select(seed => Forecaster.Run(estimator, plan with { Seed = seed }).Total.Mean)];

        // The seed only orders the strata, and one uncertain input has nothing to be ordered against.
        Assert.InRange(Assert.Single(means.Distinct()), 325 - SamplingError, 325 + SamplingError);
    }

    [Fact]
    public void Run_PriceChangesWithinAMonth_IsWeighedToTheTick()
    {
        // A tenth of January's 31 days is 3.1 days, until the 4th at 02:24: 0.1 x 1 + 0.9 x 3 = 2.8 per million, in 1,000 requests.
        CostEstimator estimator = EstimatorOf(3, """ "From": "2026-01-04T02:24:00Z" """);
        ForecastPlan plan = Prompts(1_000, 1_000);

        Assert.Equal(2.8m, Forecaster.Run(estimator, plan).Total.Mean);
    }

    [Fact]
    public void Run_FourMinutesWithoutAPrice_Throws()
    {
        RateCard card = Prices.Card("acme", ("m", new() { Input = 1, Output = 0 }));
        PriceVersion price = card.Models[0].Versions[0];
        PriceVersion[] versions = [price with { Until = Exact.Start.AddMinutes(1) }, price with { From = Exact.Start.AddMinutes(5) }];
        CostEstimator estimator = new(card with { Models = [card.Models[0] with { Versions = [.. versions] }] });
        ForecastPlan plan = Prompts(1_000, 1_000);

        Assert.Throws<UnpricedException>(() => Forecaster.Run(estimator, plan));
    }

    [Fact]
    public void Run_UnknownModelOrPrice_Throws()
    {
        Assert.Throws<UnpricedException>(() => Forecaster.Run(Prices.Estimator, Exact.Line(line => line with { Model = "nobody-1" })));
        Assert.Throws<UnpricedException>(() => Forecaster.Run(Prices.Estimator, Exact.Line(line => line with { Model = "half-priced" })));
    }

    [Fact]
    public void MeanOf_Observations_IsAsSureAsTheyAreMany()
    {
        Uncertain few = Uncertain.FromObservations([.. Enumerable.Range(0, 20).Select(i => (double)i)]);
        Uncertain many = Uncertain.FromObservations([.. Enumerable.Range(0, 2_000).Select(i => (double)(i % 20))]);

        // The mean of 0..19 is 9.5, their deviation sqrt(35), its standard error sqrt(35 / 20) = 1.323 and 0.129; Student's 95% of 19 degrees of freedom
        // is 1.729, of 1,999 it is 1.646. Above the mean the range of the logarithm is wider: 9.5 exp(1.729 x 1.323 / 9.5) = 12.09.
        Assert.Equal(9.5 - (1.729 * 1.323), few.GetQuantile(0.05), 0.02);
        Assert.Equal(12.09, few.GetQuantile(0.95), 0.02);
        Assert.InRange(many.GetQuantile(0.95) - many.GetQuantile(0.05), 2 * 1.645 * 0.1289 * 0.9, 2 * 1.645 * 0.1289 * 1.1);
        Assert.InRange(many.GetQuantile(0.5), 9.4, 9.6);
        Assert.Equal(7, Uncertain.FromObservations([7, 7, 7]).Exact);
        Assert.Throws<ArgumentException>(() => Uncertain.FromObservations([]));
    }

    [Fact]
    public void Plan_ValuesOutOfRange_CannotBeBuilt()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Exact with { Months = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => Exact with { Samples = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => Exact with { Budget = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => Exact.Line(line => line with { WriteBucket = TokenBucket.Output }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Uncertain.Uniform(2, 1));
    }

    private static ForecastPlan Prompts(int requests, Uncertain tokens) =>
        Plans.Of(Exact.Start, new() { Model = "m", Requests = requests, PromptTokens = tokens }, months: 1);

    /// <summary>A model "m" at 1 USD per million tokens of input, with a rule that multiplies it.</summary>
    private static CostEstimator EstimatorOf(decimal factor, string when)
    {
        string json = FormattableString.Invariant($$"""
            { "Provider": "acme", "Currency": "USD", "Models": { "m": { "PerMillionTokens": { "Input": 1, "Output": 0 }, "Rules": [
              { "Name": "rule", "Multiply": {{factor}}, "When": { {{when}} } } ] } } }
            """);
        return new(RateCardJson.Parse(System.Text.Encoding.UTF8.GetBytes(json), "acme"));
    }
}
