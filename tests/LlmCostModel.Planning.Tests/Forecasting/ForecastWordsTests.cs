namespace LlmCostModel.Planning.Tests;

/// <summary>What a forecast says of itself, whole.</summary>
public sealed class ForecastWordsTests
{
    private static readonly CostEstimator Estimator = new(Prices.Card("acme", ("m", new() { Input = 1, Output = 2 })));

    private static readonly ForecastPlan Plan = Plans.Of(
        new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), new() { Model = "m", Requests = 31_000, PromptTokens = 1_000 }, months: 2);

    /// <summary>31,000 requests of a thousand tokens at 1 a million are 31 in January and, 28 days long, 28 in February.</summary>
    [Fact]
    public void Run_NothingUncertain_SaysSo()
    {
        Forecast forecast = Forecaster.Run(Estimator, Plan with { Budget = 1 });

        Assert.Equal(
            "requests: 31000, promptTokens: 1000, Months have the requests of their days., Requests grow by the same share every month., "
            + "There are no bursts., Every call has the mean length., Each month has the prices of that month., "
            + "The inputs are independent of each other., Nothing is uncertain: one scenario, priced exactly.",
            string.Join(", ", forecast.Assumptions));
        Assert.Equal(
            "m for 2 months in USD, from 2026-01-01T00:00:00Z: mean 59, 5% below 59, half below 59, 95% below 59, 99% below 59; 100% exceed the budget",
            forecast.ToString());
        Assert.EndsWith("99% below 59", Forecaster.Run(Estimator, Plan).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_SomethingUncertainAtAnInstant_SaysBoth()
    {
        Forecast forecast = Forecaster.Run(Estimator, Plan.Line(line => line with { Requests = Uncertain.Uniform(0, 10), Context = new() { At = Plan.Start } }) with { Samples = 100, Seed = 3 });

        Assert.Equal(
            ["requests: anywhere from 0 to 10", "promptTokens: 1000"],
            forecast.Assumptions.Take(2));
        Assert.Equal(
            ["The prices are those of 2026-01-01 00:00:00Z.", "The inputs are independent of each other.", "100 scenarios, seed 3."],
            forecast.Assumptions.TakeLast(3));
        Assert.Equal("requests: 100% of the uncertainty", Assert.Single(forecast.Drivers).ToString());
    }

    [Fact]
    public void Create_RateCardOfAMachine_NotesWhatItIsMadeOf()
    {
        ServingNode node = new() { HourlyCost = 16, InputTokensPerSecond = 2_000, OutputTokensPerSecond = 500, Utilization = 0.5m };
        RateCard card = SelfHostedRateCard.Create(node, "m");

        Assert.Equal("16 an hour, 2000 input and 500 output tokens a second, busy 0.5 of the time", card.Models[0].Versions[0].Note);
        Assert.Equal(("self-hosted m", "self-hosted", "USD"), (card.Name, card.Provider, card.Currency));
    }
}
