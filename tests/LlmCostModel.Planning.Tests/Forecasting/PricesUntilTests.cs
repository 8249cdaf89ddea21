namespace LlmCostModel.Planning.Tests;

/// <summary>Where a price ends during a plan, the time before has its own, and only what comes after the last one's.</summary>
public sealed class PricesUntilTests
{
    private static readonly DateTimeOffset January = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>2 until January 11, 1 until February 8, then none; announced is 4.</summary>
    private static readonly CostEstimator Estimator = new(new RateCard
    {
        Name = "acme",
        Provider = "acme",
        Currency = "USD",
        Models =
        [
            new ModelPricing
            {
                Id = "m",
                Limits = new() { ContextWindow = 100_000, MaxInputTokens = 90_000, MaxOutputTokens = 8_000, ReasoningInOutput = true },
                Versions =
                [
                    new() { Until = January.AddDays(10), PerMillionTokens = new() { Input = 2, Output = 2 } },
                    new() { From = January.AddDays(10), Until = January.AddDays(38), PerMillionTokens = new() { Input = 1, Output = 1 } },
                    new() { From = January.AddDays(38), Status = PriceStatus.Announced, PerMillionTokens = new() { Input = 4, Output = 4 } },
                ],
            },
        ],
    });

    /// <summary>310,000 requests of 100 tokens in January, 10,000 a day, so a day is a million tokens: 10 days at 2 and 21 at 1 are 41;
    /// February has 28 at 1, of which the last 21 have no price of their own; March 31.</summary>
    [Fact]
    public void Run_PriceThatEnds_StaysFromThenOnAlone()
    {
        ForecastPlan plan = Plan(January.AddDays(38));

        Forecast forecast = Forecaster.Run(Estimator, plan);

        Assert.Equal([41, 28, 31], forecast.Months.Select(month => month.Mean));
        Assert.Contains("From 2026-02-08T00:00:00Z on, the last prices before stay.", forecast.Assumptions);
        Assert.Throws<UnpricedException>(() => Forecaster.Run(Estimator, Plan(null)));
    }

    [Fact]
    public void Run_PriceThatEndedBeforeThePlan_HoldsForAllOfIt()
    {
        ForecastPlan plan = Plan(January.AddDays(10)) with { Months = 1 };

        Assert.Equal(62, Forecaster.Run(Estimator, plan with { Start = January }).Total.Mean); // 31 at 2
        Assert.Equal(56, Forecaster.Run(Estimator, plan with { Start = January.AddMonths(1), Lines = [plan.Lines[0] with { Requests = 280_000 }] }).Total.Mean);
    }

    [Fact]
    public void PricesUntil_Json_IsReadBack()
    {
        ForecastLine line = Plan(January.AddDays(38)).Lines[0];

        Assert.Equal(line, System.Text.Json.JsonSerializer.Deserialize<ForecastLine>(line.ToString()));
    }

    [Fact]
    public void Run_MoreThanTheModelTakes_IsSaid()
    {
        ForecastPlan plan = Plan(January.AddDays(38));

        Forecast forecast = Forecaster.Run(Estimator, plan with { Lines = [plan.Lines[0] with { PromptTokens = 95_000, OutputTokens = 9_000 }] });

        Assert.Contains("m: a prompt has 95,000 tokens on average, and the model takes 90,000 at most: calls would fail.", forecast.Notes);
        Assert.Contains("m: an output has 9,000 tokens on average, and the model writes 5,000 at most.", forecast.Notes); // 100,000 - 95,000
    }

    private static ForecastPlan Plan(DateTimeOffset? until) => new()
    {
        Start = January,
        Months = 3,
        Lines = [new() { Model = "m", Requests = 310_000, PromptTokens = 100, PricesUntil = until }],
    };
}
