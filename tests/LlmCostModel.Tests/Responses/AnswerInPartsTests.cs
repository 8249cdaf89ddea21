using LlmCostModel.Tests.Support;

namespace LlmCostModel.Tests.Responses;

/// <summary>Calls that a body states one by one are priced one by one; the sum beside them is compared, and not added.</summary>
public sealed class AnswerInPartsTests
{
    /// <summary>Twice the price above 1,500 tokens of input.</summary>
    private static readonly CostEstimator Estimator = Cards.Model("""
        "PerMillionTokens": { "Input": 2, "Output": 10 },
        "Rules": [ { "Name": "long", "When": { "TotalInputAbove": 1500 }, "PerMillionTokens": { "Input": 4, "Output": 20 } } ]
        """);

    private const string Steps = """
        "steps":[{"usage":{"inputTokens":1000,"outputTokens":100,"totalTokens":1100},"response":{"id":"a","modelId":"m"}},
                 {"usage":{"inputTokens":1200,"outputTokens":50,"totalTokens":1250},"response":{"id":"b","modelId":"m"}}]
        """;

    /// <summary>(1,000 + 1,200) x 2 + 150 x 10 millionths: no step is long, though their sum would be.</summary>
    [Theory]
    [InlineData("\"totalUsage\":{\"inputTokens\":2200,\"outputTokens\":150,\"totalTokens\":2350}")]
    [InlineData("\"usage\":{\"inputTokens\":1200,\"outputTokens\":50,\"totalTokens\":1250}")] // of the last
    [InlineData("\"usage\":{\"inputTokens\":2200,\"outputTokens\":150,\"totalTokens\":2350}")] // of all, in version 4
    [InlineData("\"text\":\"\"")]
    public void Price_Steps_AreCallsEach(string sum)
    {
        PricedCall priced = Estimator.Price(ModelCall.FromResponse($$"""{"text":"",{{sum}},{{Steps}}}"""));

        Assert.Equal((CostStatus.Priced, "0.0059 USD"), (priced.Status, priced.Total.ToString()));
        Assert.Equal([CallRole.Main, CallRole.Step], priced.Parts.Select(part => part.Role));
        Assert.Equal("b", priced.Call.Identity.Id);
    }

    [Fact]
    public void Read_SumThatContradictsTheSteps_IsOnlyPartlyKnown()
    {
        UsageReading reading = UsageReader.Read($$"""{"totalUsage":{"inputTokens":3300,"outputTokens":200,"totalTokens":3500},{{Steps}}}""");

        Assert.Equal(UsageStatus.Partial, reading.Status);
        Assert.Equal(
            "The calls add up to 2200 input and 150 output tokens, and the sum beside them is 3300 and 200.", reading.Reason);
    }

    [Fact]
    public void Read_StepWithoutUsage_IsSaid()
    {
        UsageReading reading = UsageReader.Read("""{"steps":[{"text":""},{"usage":{"inputTokens":1,"outputTokens":2,"totalTokens":3},"response":{"modelId":"m"}}]}""");

        Assert.Equal(("m: Input 1, Output 2 (Partial)", "1 of the calls in it state no usage."), (reading.ToString(), reading.Reason));
    }

    /// <summary>The models that took part in an answer of Groq's Compound, whose usage is the sum of theirs.</summary>
    [Theory]
    [InlineData("{\"usage_breakdown\":{0},\"usage\":{1}}")]
    [InlineData("{\"usage\":{1},\"x_groq\":{\"usage_breakdown\":{0}}}")]
    public void Read_Breakdown_IsOfItsModels(string shape)
    {
        const string Breakdown = """{"models":[{"model":"one","usage":{"prompt_tokens":20,"completion_tokens":2,"total_tokens":22}},{"model":"two","usage":{"prompt_tokens":10,"completion_tokens":1,"total_tokens":11}}]}""";
        string body = shape.Replace("{0}", Breakdown, StringComparison.Ordinal)
            .Replace("{1}", """{"prompt_tokens":30,"completion_tokens":3,"total_tokens":33}""", StringComparison.Ordinal);
        UsageReading reading = UsageReader.Read("{\"object\":\"chat.completion\",\"model\":\"compound\"," + body[1..]);

        Assert.Equal("one: Input 20, Output 2 (Complete)", reading.ToString());
        Assert.Equal("OtherModel two: Input 10, Output 1", Assert.Single(reading.Nested).ToString());
    }

    /// <summary>What the model was asked again and again with the results of tools is a sum; without tools it is a call.</summary>
    [Theory]
    [InlineData(0, CostStatus.Priced, "0.00802 USD")] // 2,000 x 4 + 1 x 20
    [InlineData(2, CostStatus.Partial, "0.00401 USD")] // 2,000 x 2 + 1 x 10
    public void Price_ToolsOfTheServer_MakeASum(int tools, CostStatus status, string total)
    {
        PricedCall priced = Estimator.Price(ModelCall.FromResponse($$$"""{"object":"response","model":"m","usage":{"input_tokens":2000,"output_tokens":1,"total_tokens":2001,"num_server_side_tools_used":{{{tools}}}}}"""));

        Assert.Equal((status, total), (priced.Status, priced.Total.ToString()));
    }
}
