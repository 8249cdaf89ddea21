using LlmCostModel.Tests.Support;

namespace LlmCostModel.Tests.Compilation;

/// <summary>What is sold apart, as Bedrock's optimized latency and Perplexity's Pro Search, has no price where no rule asks for it.
/// </summary>
public sealed class DecisiveAttributesTests
{
    private const string Plain = """ "PerMillionTokens": { "Input": 1, "Output": 2 } """;
    private const string WithRule = Plain + """
        , "Rules": [{ "Name": "fast lane", "When": { "Attributes": { "latency": "optimized" } }, "Multiply": 1.25, "On": ["Tokens"] }]
        """;

    private const string Searching = Plain + """
        , "Rules": [{ "Name": "new tool", "When": { "Attributes": { "webSearchTool": "web_search" } }, "PerMeter": { "WebSearch": 0.01 } }]
        """;

    [Theory]
    [InlineData("latency", "optimized", false)]
    [InlineData("latency", "standard", true)]
    [InlineData("searchType", "pro", false)]
    [InlineData("searchType", "fast", true)]
    [InlineData("quality", "high", true)]
    public void Estimate_WhatIsSoldApart_NeedsARule(string name, string value, bool isPriced)
    {
        CostEstimate estimate = Cards.Model(Plain).Estimate("m", new TokenUsage { Input = 1_000_000 }, new CallContext { Attributes = [new(name, value)] });

        Assert.Equal(isPriced ? CostStatus.Priced : CostStatus.Unpriced, estimate.Status);
        Assert.Equal(isPriced, estimate.Issues.Count == 0);
        Assert.All(estimate.Issues, issue => Assert.StartsWith($"No price of 'm' for {name} '{value}' applies to this call.", issue.Message, StringComparison.Ordinal));
    }

    /// <summary>1,000,000 tokens at 1 x 1.25.</summary>
    [Fact]
    public void Estimate_RuleThatAsks_Prices() => Assert.Equal(
        1.25m,
        Cards.Model(WithRule).Estimate("m", new TokenUsage { Input = 1_000_000 }, new CallContext { Attributes = [new("latency", "optimized")] }).Total?.Amount);

    [Theory]
    [InlineData("""{"web_search_options":{"search_context_size":"low","search_type":"pro"}}""", "searchContextSize=low, searchType=pro")]
    [InlineData("""{"web_search_options":{"user_location":{"country":"DE"},"search_type":"pro"},"stream":true}""", "searchType=pro")]
    [InlineData("""{"search_type":"pro"}""", "searchType=pro")]
    [InlineData("""{"web_search_options":{"search_type":"auto"}}""", "")]
    [InlineData("""{"web_search_options":true,"size":"2x2"}""", "size=2x2")]
    public void WithRequest_HowItSearches_IsAsked(string request, string attributes) => Assert.Equal(
        attributes,
        ModelCall.FromUsage("m", default).WithRequest(System.Text.Encoding.UTF8.GetBytes(request)).Asked.Attributes?.ToString() ?? "");

    /// <summary>What the response says wins.</summary>
    [Fact]
    public void Read_SearchTypeOfTheUsage_IsServed() => Assert.Equal(
        "searchType=pro",
        UsageReader.Read("""{"object":"chat.completion","model":"sonar-pro","usage":{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15,"search_type":"pro"}}""").Served.Attributes?.ToString());

    /// <summary>An attribute that only the price of another meter asks for is not named beside it.</summary>
    [Fact]
    public void Estimate_MeterWithoutPrice_NamesOnlyWhatDecidesIt() => Assert.StartsWith(
        "No price of 'm' for CodeExecution. ",
        Assert.Single(Cards.Model(Searching).Estimate(
            "m", new TokenUsage { Input = 1 }, new CallContext { Attributes = [new("webSearchTool", "web_search")] },
            MeteredQuantities.Empty.With(MeterNames.CodeExecution, 1)).Issues).Message,
        StringComparison.Ordinal);
}
