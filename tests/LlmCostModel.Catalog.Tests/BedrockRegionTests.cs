using System.Globalization;

namespace LlmCostModel.Catalog.Tests;

/// <summary>
/// What the region does to a price on Bedrock: a plain id is a call in its region, <c>global.</c> is the cheaper global profile, and a
/// region of which the catalog has no price is unpriced.
/// </summary>
public sealed class BedrockRegionTests
{
    private static readonly CostEstimator Estimator = BuiltInCatalog.CreateEstimator();

    private static readonly TokenUsage Usage = new() { Input = 100_000, Output = 100_000 };

    /// <summary>A tenth of the sum of the prices of a million tokens; a tenth more than global in a region.</summary>
    [Theory]
    [InlineData("openai.gpt-6-sol", null, 1.32)] // 2.20 + 11
    [InlineData("us.openai.gpt-6-sol", null, 1.32)]
    [InlineData("openai.gpt-6-sol", "eu-central-1", 1.32)]
    [InlineData("global.openai.gpt-6-sol", null, 1.2)] // 2 + 10
    [InlineData("openai.gpt-6.1-terra", null, 0.66)] // 1.10 + 5.50
    [InlineData("global.openai.gpt-6.1-terra", null, 0.6)] // 1 + 5
    [InlineData("anthropic.claude-opus-4-6-v1", null, 3.3)] // 5.50 + 27.50
    [InlineData("global.anthropic.claude-opus-4-6-v1", null, 3)] // 5 + 25
    [InlineData("us.anthropic.claude-fable-5-2", null, 5.28)] // 8.80 + 44
    [InlineData("global.anthropic.claude-fable-5-2", null, 4.8)] // 8 + 40
    [InlineData("anthropic.claude-opus-4-8", "us-gov-west-1", 3.6)] // 6 + 30
    [InlineData("xai.grok-4.6", null, 0.88)] // 2.20 + 6.60
    [InlineData("global.xai.grok-4.6", null, 0.8)] // 2 + 6
    [InlineData("amazon.nova-2-lite-v1:0", null, 0.308)] // 0.33 + 2.75
    [InlineData("global.amazon.nova-2-lite-v1:0", null, 0.28)] // 0.30 + 2.50
    [InlineData("eu.amazon.nova-2-lite-v1:0", null, 0.3531)] // 0.374 + 3.157
    [InlineData("eu.amazon.nova-lite-v1:0", null, 0.0345)] // 0.069 + 0.276
    [InlineData("apac.amazon.nova-pro-v1:0", null, 0.42)] // 0.84 + 3.36
    [InlineData("moonshotai.kimi-k3.1", "us-east-1", 2.64)] // 4.40 + 22
    [InlineData("global.zai.glm-5.3", null, 0.696)] // 1.68 + 5.28
    public void Price_ByRegion_IsThatOfTheList(string id, string? region, decimal expected) =>
        Assert.Equal(expected, Estimate(id, region, "2026-11-20").Total?.Amount);

    /// <summary>The global profile followed the maker's cuts, as the plain ids did.</summary>
    [Theory]
    [InlineData("global.openai.gpt-5.6-sol", "2026-08-20", 3.5)] // 5 + 30
    [InlineData("global.openai.gpt-5.6-sol", "2026-08-21", 2.4)] // 4 + 20
    [InlineData("openai.gpt-5.6-sol", "2026-08-20", 3.85)] // 5.50 + 33
    [InlineData("global.openai.gpt-5.6-luna", "2026-07-29", 0.7)] // 1 + 6
    [InlineData("global.openai.gpt-5.6-luna", "2026-07-30", 0.14)] // 0.20 + 1.20
    [InlineData("global.openai.gpt-5.6-terra", "2026-07-29", 1.75)] // 2.50 + 15
    [InlineData("global.openai.gpt-5.6-terra", "2026-07-30", 1.4)] // 2 + 12
    public void GlobalProfile_AroundACut_HasThePriceOfTheDay(string id, string day, decimal expected) =>
        Assert.Equal(expected, Estimate(id, null, day).Total?.Amount);

    [Theory]
    [InlineData("zai.glm-5.3", "eu-west-1")]
    [InlineData("openai.gpt-5.6-luna", "us-gov-west-1")]
    [InlineData("amazon.nova-lite-v1:0", "sa-east-1")]
    public void Region_WithoutAPrice_IsUnpriced(string id, string region) =>
        Assert.Equal(CostStatus.Unpriced, Estimate(id, region, "2026-11-20").Status);

    private static CostEstimate Estimate(string id, string? region, string day) => Estimator.Estimate(id, Usage, new CallContext
    {
        Provider = "bedrock",
        Region = region,
        At = DateTimeOffset.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
    });
}
