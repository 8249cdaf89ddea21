using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace LlmCostModel.Extensions.AI.Tests.Tracking;

/// <summary>What was served wins over what was asked, and parts of a call stay apart: the same calls as the command line's, with the same amounts.</summary>
public sealed class ServedCallTests
{
    private static readonly CostEstimator Estimator = new(RateCardJson.Parse(
        """
        { "openai": { "Provider": "openai", "Currency": "USD", "Models": {
            "gpt-served": { "PerMillionTokens": { "Input": 2, "Output": 10 }, "Rules": [
              { "Name": "flex", "When": { "Tier": "flex" }, "Multiply": 0.5 },
              { "Name": "priority", "When": { "Tier": "priority" }, "Multiply": 2 } ] },
            "claude-served": { "PerMillionTokens": { "Input": 3, "Output": 15 }, "Rules": [
              { "Name": "fast", "When": { "Tier": "fast" }, "Multiply": 6 },
              { "Name": "us", "When": { "Region": "us" }, "Multiply": 1.1 } ] },
            "advisor": { "PerMillionTokens": { "Input": 5, "Output": 25 } } } },
          "yuan": { "Currency": "CNY", "Models": { "advisor-cn": { "PerMillionTokens": { "Input": 2, "Output": 8 } } } } }
        """u8.ToArray(),
        "served.json"));

    [Theory]
    [InlineData("\"service_tier\":\"flex\",", "0.0015 USD")] // 1,000 x 2 + 100 x 10 = 3,000 millionths; half
    [InlineData("\"service_tier\":\"priority\",", "0.006 USD")]
    [InlineData("\"service_tier\":\"default\",", "0.003 USD")]
    [InlineData("", "0.006 USD")] // silence: as asked
    public async Task GetCost_AskedForPriority_IsThatOfTheTierThatServed(string tier, string total)
    {
        CallCost cost = await CallAsync(
            $$$"""{"object":"chat.completion","model":"gpt-served",{{{tier}}}"usage":{"prompt_tokens":1000,"completion_tokens":100,"total_tokens":1100}}""",
            new CallContext { Tier = "priority" });

        Assert.Equal(total, cost.Total.ToString());
    }

    [Fact]
    public async Task GetCost_AskedForFastInTheUs_IsThatOfTheStandardSpeedServedAnywhere()
    {
        CallCost cost = await CallAsync(
            """{"type":"message","model":"claude-served","usage":{"input_tokens":1000,"output_tokens":100,"service_tier":"standard","speed":"standard","inference_geo":"global"}}""",
            new CallContext { Tier = "fast", Region = "us" });

        Assert.Equal("0.0045 USD", cost.Total.ToString()); // 1,000 x 3 + 100 x 15
        Assert.Equal(UsageOrigin.Provider, cost.Priced.Call.Reading.Origin);
    }

    [Fact]
    public async Task GetCost_MainModelWithoutPrice_KeepsWhatTheAdvisorCost()
    {
        CallCost cost = await CallAsync(Advised("nobody-knows", "advisor"));

        Assert.Equal((CostStatus.Partial, "0.011 USD"), (cost.Status, cost.Total.ToString())); // 2,000 x 5 + 40 x 25
    }

    [Fact]
    public async Task GetCost_TwoCurrencies_AreTwoAmounts()
    {
        CostTotals totals = CostTotals.None.Add(await CallAsync(Advised("gpt-served", "advisor-cn")));

        Assert.Equal("0.00432 CNY + 0.003 USD (1 call)", totals.ToString()); // 2,000 x 2 + 40 x 8; 1,000 x 2 + 100 x 10
    }

    [Fact]
    public async Task GetCost_CountsOfTheAdapter_SayWhoseTheyAre()
    {
        CallCost cost = await CallAsync(null);

        Assert.Equal((UsageOrigin.Adapter, "0.003 USD"), (cost.Priced.Call.Reading.Origin, cost.Total.ToString()));
    }

    [Fact]
    public async Task GetCost_AnswerOfASnapshot_HasTheUsersPriceOfTheModel()
    {
        CostEstimator estimator = new(RateCardJson.Parse(
            """{ "contract": { "Currency": "USD", "Models": { "gpt-4o": { "PerMillionTokens": { "Input": 1, "Output": 4 } } } } }"""u8.ToArray(), "own.json"));
        using IChatClient client = new ScriptedChatClient(_ => ScriptedChatClient.Answer(1_000, 100, "gpt-4o-2024-08-06")).AsBuilder()
            .UseCostTracking(estimator).Build();

        CallCost cost = Assert.Single((await client.GetResponseAsync("Hello?", new ChatOptions { ModelId = "gpt-4o" })).GetCallCosts());

        Assert.Equal("0.0014 USD", cost.Total.ToString()); // 1,000 x 1 + 100 x 4
        Assert.Contains("'gpt-4o-2024-08-06' is a dated snapshot of 'gpt-4o'", Assert.Single(cost.Priced.Notes), StringComparison.Ordinal);
    }

    private static string Advised(string model, string advisor) =>
        $$$"""{"type":"message","model":"{{{model}}}","usage":{"input_tokens":1000,"output_tokens":100,"iterations":[{"type":"advisor_message","model":"{{{advisor}}}","input_tokens":2000,"output_tokens":40}]}}""";

    /// <summary>A call whose client leaves the provider's body in the response, or only its own counts.</summary>
    private static async Task<CallCost> CallAsync(string? body, CallContext asked = default)
    {
        ChatResponse answer = ScriptedChatClient.Answer(1_000, 100, body is null ? "gpt-served" : null);
        answer.RawRepresentation = body is null ? null : JsonDocument.Parse(Encoding.UTF8.GetBytes(body)).RootElement;
        using IChatClient client = new ScriptedChatClient(_ => answer).AsBuilder().UseCostTracking(Estimator, options => options.Context = asked).Build();
        return Assert.Single((await client.GetResponseAsync("Hello?")).GetCallCosts());
    }
}
