using System.Globalization;
using System.Text;
using CsCheck;

namespace LlmCostModel.Planning.Tests;

/// <summary>Ways in which forecasts once gave a wrong number without a word, each with the number worked out by hand.</summary>
public sealed class ForecastFaultTests
{
    private static readonly DateTimeOffset Start = new(2026, 12, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Prices that double for input and rise by half for output above 200,000 tokens of input.</summary>
    private static readonly CostEstimator Tiered = EstimatorOf("""
        { "PerMillionTokens": { "Input": 1.25, "CacheRead": 0.125, "Output": 10 }, "Rules": [
          { "Name": "long", "When": { "TotalInputAbove": 200000 }, "PerMillionTokens": { "Input": 2.5, "CacheRead": 0.25, "Output": 15 } } ] }
        """);

    /// <summary>1,000,000 requests of X output tokens at 10 USD per million cost 10 X, fractions included.</summary>
    [Theory]
    [InlineData(1.4, 14)]
    [InlineData(2.5, 25)]
    [InlineData(0.4, 4)]
    [InlineData(0.000001, 0.00001)]
    public void Run_FractionsOfTokens_AreNotRounded(double output, decimal amount)
    {
        CostEstimator estimator = new(Prices.Card("acme", ("m", new() { Input = 2.5m, Output = 10 })));
        Forecast forecast = Forecaster.Run(estimator, Plan(new() { Model = "m", Requests = 1_000_000, PromptTokens = 0, OutputTokens = output }));

        Assert.Equal(amount, forecast.Total.Mean);
        Assert.True(forecast.IsExact);
    }

    /// <summary>The same for any bucket: the amount is requests x tokens x rate.</summary>
    [Fact]
    public void Run_AnyMeans_CostTheirProduct() => Gen.Select(Gen.Int[0, 5_000_000], Gen.Int[0, 9_999], Gen.Int[0, 9_999], Gen.Int[0, 100]).Sample(
        (requests, prompt, output, hits) =>
        {
            CostEstimator estimator = new(Prices.Card("acme", ("m", new() { Input = 3, CacheRead = 0.3m, Output = 15 })));
            ForecastLine line = new()
            {
                Model = "m",
                Requests = requests,
                PromptTokens = prompt / 10.0,
                OutputTokens = output / 1_000.0,
                HitRate = hits / 100.0,
            };
            decimal read = prompt / 10m * hits / 100m, fresh = (prompt / 10m) - read;
            decimal expected = requests * ((fresh * 3) + (read * 0.3m) + (output / 1_000m * 15)) / 1_000_000;

            Assert.InRange(Forecaster.Run(estimator, Plan(line)).Total.Mean, expected * (1 - Rounding), expected * (1 + Rounding));
        });

    /// <summary>
    /// 100,000 requests of 150,000 tokens, which differ by 0.6 of it: sigma^2 = ln 1.36 = 0.30748, sigma 0.55451. Above 200,000 tokens lie
    /// 1 - Phi((ln(4/3) + sigma^2/2) / sigma) = 1 - Phi(0.79607) = 21.30% of the calls with 1 - Phi(0.24157) = 40.46% of the tokens. So the input costs
    /// 100,000 x 0.15 x 1.25 x (1 + 0.4046) = 26,336 and 1,000 tokens of output each 1,000 x (1 + 0.2130 / 2) = 1,106.5. The mean length alone
    /// would cost 18,750 + 1,000.
    /// </summary>
    [Fact]
    public void Run_LengthsAroundAThreshold_ArePricedByTheirDistribution()
    {
        ForecastLine line = new() { Model = "m", Requests = 100_000, PromptTokens = 150_000, OutputTokens = 1_000, PromptVariation = 0.6 };

        Forecast forecast = Forecaster.Run(Tiered, Plan(line));

        Assert.Equal(27_442, (double)forecast.Total.Mean, 15.0);
        Assert.False(forecast.IsExact);
        Assert.Empty(forecast.Notes);
        Forecast alike = Forecaster.Run(Tiered, Plan(line with { PromptVariation = null }));
        Assert.Equal(19_750m, alike.Total.Mean);
        Assert.Contains("calls have other prices where TotalInputAbove 200000", Assert.Single(alike.Notes), StringComparison.Ordinal);
        Assert.Empty(Forecaster.Run(Tiered, Plan(line with { PromptVariation = 0 })).Notes);
    }

    /// <summary>Lengths as observed: of 50,000, 100,000 and 300,000 tokens a third each, the last costs twice as much a token.</summary>
    [Fact]
    public void Run_ObservedLengths_ArePricedOneByOne()
    {
        ForecastLine line = new() { Model = "m", Requests = 3_000, PromptTokens = 150_000, PromptLengths = [50, 100, 300] };

        // 1,000 x (0.05 + 0.1) x 1.25 + 1,000 x 0.3 x 2.5 = 187.5 + 750
        Assert.Equal(937.5, (double)Forecaster.Run(Tiered, Plan(line)).Total.Mean, 2.0);
    }

    /// <summary>Whatever the spread, thresholds and hit rate: the mean is that of many calls priced one by one.</summary>
    [Fact]
    public void Run_AnySpreadOfLengths_IsTheMeanOfSingleCalls()
    {
        CostEstimator estimator = EstimatorOf("""
            { "PerMillionTokens": { "Input": 1, "CacheRead": 0.1, "Output": 5 }, "Rules": [
              { "Name": "long", "When": { "TotalInputAbove": 30000 }, "PerMillionTokens": { "Input": 3, "CacheRead": 0.5 } },
              { "Name": "fresh", "When": { "FreshInputFrom": 20000 }, "Multiply": 1.5, "On": [ "Input" ] },
              { "Name": "talkative", "When": { "OutputAbove": 900 }, "Multiply": 2, "On": [ "Output" ] } ] }
            """);
        Gen.Select(Gen.Int[5, 120], Gen.Int[1, 20], Gen.Int[0, 10], Gen.Int[100, 2_000]).Sample(
            (prompt, variation, hits, output) =>
            {
                ForecastLine line = new()
                {
                    Model = "m",
                    Requests = 1,
                    PromptTokens = prompt * 1_000,
                    OutputTokens = output,
                    HitRate = hits / 10.0,
                    PromptVariation = variation / 10.0,
                    OutputVariation = 0.5,
                };
                CallMeans means = new(prompt * 1_000, hits / 10.0, output, 0, []);
                LinePrices prices = LinePrices.Of(estimator, line, [Start, Start.AddMonths(1)]);
                decimal[] amounts = new decimal[prices.Count];
                prices.Price(in means, amounts);

                Assert.Equal(MeanOfCalls(estimator, line, means), (double)amounts[0], 0.02 * (double)amounts[0]);
            },
            iter: 60);
    }

    /// <summary>February has 28 days and March 31: as many requests a day cost 31 / 28 as much.</summary>
    [Theory]
    [InlineData(2026, 2, new[] { 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 31 })]
    [InlineData(2028, 2, new[] { 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 31 })]
    public void Run_Months_HaveTheRequestsOfTheirDays(int year, int month, int[] days)
    {
        CostEstimator estimator = new(Prices.Card("acme", ("m", new() { Input = 1, Output = 0 })));
        ForecastPlan plan = new()
        {
            Start = new(year, month, 1, 0, 0, 0, TimeSpan.Zero),
            Lines = [new() { Model = "m", Requests = days[0] * 1_000_000, PromptTokens = 1 }],
        };

        Assert.Equal(days.Select(count => (decimal)count), Forecaster.Run(estimator, plan).Months.Select(range => range.Mean));
    }

    /// <summary>December 2026 has 23 weekdays and 8 days of weekends, January 2027 has 21 and 10: a weekday of 4, a weekend day of 1.</summary>
    [Fact]
    public void Run_Weekdays_AreCounted()
    {
        CostEstimator estimator = new(Prices.Card("acme", ("m", new() { Input = 1, Output = 0 })));
        ForecastLine line = new()
        {
            Model = "m",
            Requests = 100_000_000,
            PromptTokens = 1,
            Profile = new() { Weekdays = [4, 4, 4, 4, 4, 1, 1] },
        };

        // 23 x 4 + 8 = 100 in December, 21 x 4 + 10 = 94 in January.
        Assert.Equal([100m, 94m], Forecaster.Run(estimator, Plan(line) with { Months = 2 }).Months.Select(range => range.Mean));
    }

    /// <summary>Twice the price from 9 to 17 o'clock in Berlin on weekdays: all requests of an office pay it, a third of 8 in 24 where they are spread
    /// evenly over weekdays.</summary>
    [Fact]
    public void Run_PeakHours_AreWeighedByWhenRequestsCome()
    {
        CostEstimator estimator = EstimatorOf("""
            { "PerMillionTokens": { "Input": 1, "Output": 0 }, "Rules": [
              { "Name": "peak", "Multiply": 2, "When": { "Days": "Mon-Fri", "Daily": [ "09:00-17:00" ], "TimeZone": "Europe/Berlin" } } ] }
            """);
        TrafficProfile weekdays = new() { Weekdays = [1, 1, 1, 1, 1, 0, 0], TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin") };
        TrafficProfile office = weekdays with { Hours = [.. Enumerable.Range(0, 24).Select(hour => hour is >= 9 and < 17 ? 1.0 : 0)] };
        ForecastLine line = new() { Model = "m", Requests = 1_000_000, PromptTokens = 3 };
        decimal Total(TrafficProfile? profile) => decimal.Round(Forecaster.Run(estimator, Plan(line with { Profile = profile })).Total.Mean, 6);

        // The month begins at midnight UTC: at 01:00 in Berlin on Tuesday, and ends at 01:00 on Friday, which costs no peak hour.
        Assert.Equal(6m, Total(office));
        Assert.Equal(4m, Total(weekdays), 0);
        Assert.Contains("the price depends on when calls are made", Assert.Single(Forecaster.Run(estimator, Plan(line)).Notes), StringComparison.Ordinal);
    }

    /// <summary>5% and 200k mean in a file what people mean by them.</summary>
    [Fact]
    public void Read_SharesAndQuantities_AreReadAsPeopleWriteThem()
    {
        ForecastLine line = Read("""
            "model": "m", "requests": "200k", "promptTokens": { "p5": "1k", "p95": "1.5M" }, "outputTokens": "1_200", "hitRate": "60%",
            "growth": "-5%", "retryRate": { "low": "1%", "high": "2%" }, "bursts": { "probability": "10%", "factor": 3 }, "growthNoise": "15%"
            """.Replace("\"1_200\"", "1200", StringComparison.Ordinal)).Lines[0];

        Assert.Equal((200_000, 0.6, -0.05, 0.15), (line.Requests.Exact, line.HitRate.Exact, line.Growth.Exact, line.GrowthNoise));
        Assert.Equal("lognormal, 5% below 1000, 95% below 1500000", line.PromptTokens.Description);
        Assert.Equal("10% of the months have 3 times the requests", line.Bursts!.ToString());
    }

    /// <summary>Two models in one plan: their costs add up scenario by scenario, so the sum of their 95% lies above the 95% of the sum.</summary>
    [Fact]
    public void Run_SeveralLines_AddUpByScenario()
    {
        CostEstimator estimator = new(Prices.Card("acme", ("a", new() { Input = 1, Output = 0 }), ("b", new() { Input = 2, Output = 0 })));
        ForecastLine a = new() { Model = "a", Requests = Uncertain.Between(1_000_000, 2_000_000), PromptTokens = 1_000 };
        ForecastLine b = a with { Model = "b", Name = "second" };
        Forecast forecast = Forecaster.Run(estimator, Plan(a) with { Lines = [a, b], Months = 2 });
        Forecast together = Forecaster.Run(estimator, Plan(a) with { Lines = [a, b], Months = 2, Correlation = 1 });

        Assert.Equal(["a", "second"], forecast.Lines.Select(line => line.Name));
        Assert.Equal(forecast.Total.Mean, forecast.Lines.Sum(line => line.Total.Mean), 4);
        Assert.Equal(forecast.Months[1].Mean, forecast.Lines.Sum(line => line.MonthlyMeans[1]), 4);
        Assert.True(forecast.Total.P95 < 0.99m * forecast.Lines.Sum(line => line.Total.P95));
        Assert.Equal(together.Total.P95, together.Lines.Sum(line => line.Total.P95), 6);
        Assert.Equal(["a: requests", "second: requests"], forecast.Drivers.Select(driver => driver.Input).Order(StringComparer.Ordinal));
    }

    /// <summary>Small volumes without a word on single calls are noticed.</summary>
    [Fact]
    public void Run_FewRequests_SaysThatChanceIsLeftOut()
    {
        CostEstimator estimator = new(Prices.Card("acme", ("m", new() { Input = 1, Output = 0 })));
        ForecastLine line = new() { Model = "m", Requests = 200, PromptTokens = 1_000 };

        Assert.Contains("with 200 requests a month, chance shows", Assert.Single(Forecaster.Run(estimator, Plan(line)).Notes), StringComparison.Ordinal);
        Assert.Empty(Forecaster.Run(estimator, Plan(line with { PromptVariation = 1 })).Notes);
        Assert.Empty(Forecaster.Run(estimator, Plan(line with { Requests = 1_000_000 })).Notes);
    }

    /// <summary>Audio and searches are paid as well: 1,000 x (100 x 10 / 1,000,000 + 0.2 x 0.01).</summary>
    [Fact]
    public void Run_OtherTokensAndMeters_ArePriced()
    {
        CostEstimator estimator = EstimatorOf("""{ "PerMillionTokens": { "Input": 1, "Output": 2, "AudioInput": 10 }, "PerMeter": { "webSearch": 0.01 } }""");
        ForecastPlan plan = Read("""
            "model": "m", "requests": 1000, "promptTokens": 0, "otherTokens": { "audioInput": 100 }, "meters": { "webSearch": 0.2 }
            """);

        Assert.Equal(1m + 2m, Forecaster.Run(estimator, plan).Total.Mean);
    }

    /// <summary>A charge of at least 0.01 a call: of prompts of 1,000 and 100,000 tokens at 1 a million the short ones pay 0.01, the long 0.1.</summary>
    [Fact]
    public void Run_MinimumCharge_IsPaidByShortCalls()
    {
        CostEstimator estimator = EstimatorOf("""{ "PerMillionTokens": { "Input": 1, "Output": 0 }, "MinimumCharge": 0.01 }""");
        ForecastLine line = new() { Model = "m", Requests = 1_000, PromptTokens = 50_500, PromptLengths = [1, 100] };

        Assert.Equal(1_000 * (0.01 + 0.1) / 2, (double)Forecaster.Run(estimator, Plan(line)).Total.Mean, 1.0);
    }

    /// <summary>The same forecast however many processors compute it.</summary>
    [Fact]
    public void Run_Twice_IsTheSame()
    {
        ForecastLine line = new()
        {
            Model = "m",
            Requests = Uncertain.Between(1_000, 9_000),
            PromptTokens = Uncertain.Between(100_000, 200_000),
            PromptVariation = 1,
            GrowthNoise = 0.2,
            Noise = 0.1,
            Bursts = new() { Probability = 0.1, Factor = 2 },
        };

        Assert.Equal(Forecaster.Run(Tiered, Plan(line) with { Months = 6 }), Forecaster.Run(Tiered, Plan(line) with { Months = 6 }));
    }

    /// <summary>Twice as many calls as can be counted, named instead of a Decimal's own words.</summary>
    [Fact]
    public void Run_MoreThanCanBeCounted_SaysSo()
    {
        ForecastLine line = new() { Model = "m", Requests = 1e18, PromptTokens = 1, Growth = 1 };

        Assert.Contains(
            "more requests or costs more than can be counted",
            Assert.Throws<OverflowException>(() => Forecaster.Run(Tiered, Plan(line) with { Months = 120 })).Message,
            StringComparison.Ordinal);
    }

    /// <summary>The means of a plan are of floating point.</summary>
    private const decimal Rounding = 1e-12m;

    private static double MeanOfCalls(CostEstimator estimator, ForecastLine line, CallMeans means)
    {
        // As fine in both lengths: the pairs are spread evenly over the square, as the golden ratio spreads them.
        const int Calls = 10_946, Stride = 6_765;
        double[] prompts = LengthSpread.Of(line.PromptVariation!.Value, []).Sample(Calls);
        double[] outputs = LengthSpread.Of(line.OutputVariation!.Value, []).Sample(Calls);
        CallContext context = new() { At = Start };
        double sum = 0;
        for (int call = 0; call < Calls; call++)
        {
            long tokens = (long)(means.Prompt * prompts[call]), read = (long)(means.Prompt * prompts[call] * means.HitRate);
            TokenUsage usage = new()
            {
                CacheRead = read,
                Input = tokens - read,
                Output = (long)(means.Output * outputs[(int)((long)call * Stride % Calls)]),
            };
            sum += (double)estimator.Estimate("m", usage, in context).Total!.Value.Amount;
        }

        return sum / Calls;
    }

    private static ForecastPlan Plan(ForecastLine line) => Plans.Of(Start, line, months: 1);

    private static ForecastPlan Read(string members) => WorkloadFile.Read(
        Encoding.UTF8.GetBytes($$"""{ "forecast": { "start": "2026-12-01", "months": 1, {{members}} } }"""), _ => []).Plan!;

    private static CostEstimator EstimatorOf(string model) => new(RateCardJson.Parse(
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""{ "Provider": "acme", "Currency": "USD", "Models": { "m": {{model}} } }""")), "acme"));
}
