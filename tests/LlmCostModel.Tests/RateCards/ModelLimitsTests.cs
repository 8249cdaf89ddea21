namespace LlmCostModel.Tests.RateCards;

/// <summary>How much one call of a model may hold: data of the rate card, which no price depends on.</summary>
public class ModelLimitsTests
{
    private const string All =
        """{"ContextWindow":400000,"MaxInputTokens":272000,"MaxOutputTokens":128000,"ReasoningInOutput":true,"Source":"https://example.com","AsOf":"2026-11-10","Basis":"page"}""";

    private static string Card(string limits) =>
        $$"""{ "Currency": "USD", "Models": { "m": { "Limits": {{limits}}, "PerMillionTokens": { "Input": 1 } } } }""";

    [Fact]
    public void Limits_Read_AreWrittenTheSame()
    {
        RateCard card = Assert.Single(RateCardJson.Parse(Card(All), "card"));

        Assert.Equal(
            new ModelLimits
            {
                ContextWindow = 400_000,
                MaxInputTokens = 272_000,
                MaxOutputTokens = 128_000,
                ReasoningInOutput = true,
                Source = "https://example.com",
                AsOf = new DateOnly(2026, 11, 10),
                Basis = PriceBasis.Page,
            },
            card.Models[0].Limits);
        Assert.Equal(All, card.Models[0].Limits!.ToString());
        Assert.Equal(card.Models[0], Assert.Single(RateCardJson.Parse(RateCardJson.Write(card), "again")).Models[0]);
    }

    [Theory]
    [InlineData("""{ "AsOf": "2026-11-10" }""", "card:Models:m:Limits: has no limits.")]
    [InlineData("""{ "ContextWindow": 0 }""", "card:Models:m:Limits:ContextWindow: '0' is not a number of tokens of 1 or more.")]
    [InlineData("""{ "ContextWindow": -1 }""", "card:Models:m:Limits:ContextWindow: '-1' is not a whole number of tokens")]
    [InlineData("""{ "ContextWindow": 10, "MaxInputTokens": 11 }""", "card:Models:m:Limits:MaxInputTokens: '11' is more than ContextWindow")]
    [InlineData("""{ "ContextWindow": 10, "MaxOutputTokens": 11 }""", "card:Models:m:Limits:MaxOutputTokens: '11' is more than ContextWindow")]
    [InlineData("""{ "ContextWindow": 10, "ReasoningInOutput": true }""", "card:Models:m:Limits:ReasoningInOutput: is given without MaxOutputTokens.")]
    [InlineData("""{ "MaxTokens": 10 }""", "card:Models:m:Limits:MaxTokens: the name 'MaxTokens' is not known.")]
    public void Limits_ThatMakeNoSense_AreFaults(string limits, string fault) =>
        Assert.StartsWith(fault, Assert.Throws<RateCardException>(() => RateCardJson.Parse(Card(limits), "card")).Message, StringComparison.Ordinal);

    [Fact]
    public void Limits_BelowOne_AreRefusedInCode() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ModelLimits { ContextWindow = 0 });

    /// <summary>Of 400,000 tokens, 300,000 of input leave 100,000; of 200,000, where the model gives no more than 128,000.</summary>
    [Theory]
    [InlineData(300_000, true, 100_000L)]
    [InlineData(200_000, true, 128_000L)]
    [InlineData(500_000, true, 0L)]
    [InlineData(200_000, false, 200_000L)] // reasoning comes on top of the 128,000, but not of the window
    [InlineData(200_000, null, 200_000L)]
    public void GetLongestOutput_Window_LeavesWhatTheInputDoesNotTake(long input, bool? reasoning, long most) =>
        Assert.Equal(most, new ModelLimits { ContextWindow = 400_000, MaxOutputTokens = 128_000, ReasoningInOutput = reasoning }.GetLongestOutput(input));

    [Fact]
    public void GetLongestOutput_WithoutAWindow_IsKnownWhereReasoningCounts()
    {
        Assert.Equal(128_000, new ModelLimits { MaxOutputTokens = 128_000, ReasoningInOutput = true }.GetLongestOutput(9_000_000));
        Assert.Null(new ModelLimits { MaxOutputTokens = 128_000 }.GetLongestOutput(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ModelLimits().GetLongestOutput(-1));
    }

    [Fact]
    public void GetModel_Limits_AreThoseOfItsRateCard()
    {
        ModelPricing stated = ModelPricing.Create("m", input: 1, output: 2) with { Limits = new() { ContextWindow = 970 } };
        CostEstimator estimator = new(new RateCard { Name = "c", Currency = "USD", Models = [stated, ModelPricing.Create("n", 1, 2)] });

        Assert.Equal(970, estimator.GetModel("m").Limits!.ContextWindow);
        Assert.Null(estimator.GetModel("n").Limits);
    }
}
