using System.Globalization;

namespace LlmCostModel.Catalog.Tests;

/// <summary>What is priced in credits (GitHub Copilot, Codex, Databricks, Copilot Studio), around each change. Credits are worked out by
/// hand in the comments; a credit of GitHub's is 0.01 USD, one of Codex' 0.04, a DBU 0.07. The prices are those of the sources in the
/// catalog's files.</summary>
public class CreditPriceTests
{
    private static readonly CostEstimator Estimator = BuiltInCatalog.CreateEstimator();

    /// <summary>100,000 tokens in, 50,000 read from the cache, 10,000 out: 0.1, 0.05 and 0.01 of the prices per million.</summary>
    [Theory]
    [InlineData("github_copilot/gpt-5.4", "2026-06-01", "41.25", "0.4125")] // 0.1 x 250 + 0.05 x 25 + 0.01 x 1,500
    [InlineData("github_copilot/claude-sonnet-4.6", "2026-06-01", "46.5", "0.465")] // 0.1 x 300 + 0.05 x 30 + 0.01 x 1,500
    [InlineData("github_copilot/gpt-5.6-luna", "2026-07-29T23:59:59Z", "16.5", "0.165")] // 0.1 x 100 + 0.05 x 10 + 0.01 x 600
    [InlineData("github_copilot/gpt-5.6-luna", "2026-07-30", "3.3", "0.033")] // 0.1 x 20 + 0.05 x 2 + 0.01 x 120
    [InlineData("github_copilot/gpt-5.6-terra", "2026-07-29T23:59:59Z", "41.25", "0.4125")] // 0.1 x 250 + 0.05 x 25 + 0.01 x 1,500
    [InlineData("github_copilot/gpt-5.6-terra", "2026-07-30", "33", "0.33")] // 0.1 x 200 + 0.05 x 20 + 0.01 x 1,200
    [InlineData("github_copilot/gpt-5.6-sol", "2026-08-20T23:59:59Z", "82.5", "0.825")] // 0.1 x 500 + 0.05 x 50 + 0.01 x 3,000
    [InlineData("github_copilot/gpt-5.6-sol", "2026-08-21", "41.25", "0.4125")] // half of it
    [InlineData("github_copilot/gpt-5.6-sol", "2026-08-30", "31", "0.31")] // 0.1 x 200 + 0.05 x 20 + 0.01 x 1,000
    [InlineData("github_copilot/gpt-5.6-sol", "2026-09-03T23:59:59Z", "31", "0.31")]
    [InlineData("github_copilot/gpt-5.6-sol", "2026-09-04", "62", "0.62")] // 0.1 x 400 + 0.05 x 40 + 0.01 x 2,000
    [InlineData("github_copilot/gemini-3.6-flash", "2026-12-31T23:59:59Z", "11.625", "0.11625")] // 0.1 x 75 + 0.05 x 7.5 + 0.01 x 375
    [InlineData("github_copilot/gemini-3.6-flash", "2027-01-01", null, null)] // what follows the promotion is not stated
    [InlineData("github_copilot/claude-opus-4.6", "2026-08-31T23:59:59Z", "77.5", "0.775")] // 0.1 x 500 + 0.05 x 50 + 0.01 x 2,500
    [InlineData("github_copilot/claude-opus-4.6", "2026-09-01", null, null)] // retired
    [InlineData("github_copilot/claude-opus-4.8-fast", "2026-08-20", "155", "1.55")] // 0.1 x 1,000 + 0.05 x 100 + 0.01 x 5,000
    [InlineData("github_copilot/claude-fable-5.1", "2026-09-03", "151.25", "1.5125")] // 0.1 x 1,000 + 0.05 x 25 + 0.01 x 5,000
    [InlineData("codex/gpt-5.4-mini", "2026-04-02", "3.09875", "0.12395")] // 0.1 x 18.75 + 0.05 x 1.875 + 0.01 x 113
    [InlineData("codex/gpt-5.6-sol", "2026-08-20T23:59:59Z", "20.625", "0.825")] // 0.1 x 125 + 0.05 x 12.5 + 0.01 x 750
    [InlineData("codex/gpt-5.6-sol", "2026-08-21", "15.5", "0.62")] // 0.1 x 100 + 0.05 x 10 + 0.01 x 500
    [InlineData("codex/gpt-5.6-terra", "2026-07-29T23:59:59Z", null, null)]
    [InlineData("codex/gpt-5.6-terra", "2026-07-30", "8.25", "0.33")] // 0.1 x 50 + 0.05 x 5 + 0.01 x 300
    [InlineData("databricks/databricks-gpt-5", "2026-05-28", "3.30357", "0.2312499")] // 0.1 x 17.857 + 0.05 x 1.786 + 0.01 x 142.857
    [InlineData("databricks/databricks-grok-4-6", "2026-09-27T23:59:59Z", null, null)]
    [InlineData("databricks/databricks-grok-4-6", "2026-09-28", "4.071424", "0.28499968")] // 0.8 x (0.1 x 35.714 + 0.05 x 8.929 + 0.01 x 107.143)
    [InlineData("databricks/databricks-grok-4-6", "2027-01-31T23:59:59Z", "4.071424", "0.28499968")]
    [InlineData("databricks/databricks-grok-4-6", "2027-02-01", "5.08928", "0.3562496")] // the promotion is over
    public void Call_AroundAChange_CostsTheCreditsOfTheDay(string id, string at, string? credits, string? usd) =>
        AssertCost(id, new TokenUsage { Input = 100_000, CacheRead = 50_000, Output = 10_000 }, On(at), credits, usd);

    /// <summary>Only input, and 10,000 tokens out.</summary>
    [Theory]
    [InlineData("github_copilot/gpt-5.6-luna", "2026-08-01", 200_000, "5.2", "0.052")] // 0.2 x 20 + 0.01 x 120
    [InlineData("github_copilot/gpt-5.6-luna", "2026-08-01", 200_001, "9.80004", "0.0980004")] // 0.200001 x 40 + 0.01 x 180
    [InlineData("github_copilot/gpt-5.4", "2026-08-01", 272_000, "83", "0.83")] // 0.272 x 250 + 0.01 x 1,500
    [InlineData("github_copilot/gpt-5.4", "2026-08-01", 300_000, "172.5", "1.725")] // 0.3 x 500 + 0.01 x 2,250
    [InlineData("github_copilot/gpt-5.6-sol", "2026-08-30", 300_000, null, null)] // long prompts at the half of the cut price are not stated
    [InlineData("codex/gpt-6-astra", "2026-09-07", 300_000, "87.5", "3.5")] // no surcharge: 0.3 x 250 + 0.01 x 1,250
    [InlineData("codex/gpt-6-sol", "2026-10-01", 300_000, null, null)] // whether credits have the surcharge of the API is not stated
    public void Call_OfALongPrompt_HasTheStatedPriceOrNone(string id, string at, long input, string? credits, string? usd) =>
        AssertCost(id, new TokenUsage { Input = input, Output = 10_000 }, On(at), credits, usd);

    /// <summary>100,000 tokens in, 50,000 read from the cache, 10,000 out.</summary>
    [Theory]
    [InlineData("gpt-5.4", "2026-08-23T23:59:59Z", "20.625", "0.825")] // 2 x (0.1 x 62.5 + 0.05 x 6.25 + 0.01 x 375)
    [InlineData("gpt-5.4", "2026-08-24", null, null)] // the factor of that time is known of newer models only
    [InlineData("gpt-6-sol", "2026-09-26", "19.375", "0.775")] // 2.5 x (0.1 x 50 + 0.05 x 5 + 0.01 x 250)
    public void Codex_Fast_CostsTheFactorOfTheTime(string model, string at, string? credits, string? usd) => AssertCost(
        model,
        new TokenUsage { Input = 100_000, CacheRead = 50_000, Output = 10_000 },
        On(at) with { Provider = "codex", Tier = "fast" },
        credits,
        usd);

    [Fact]
    public void Codex_CacheWrite_CostsWhatFreshInputCosts() => // 0.1 x 50
        AssertCost("gpt-6-sol", new TokenUsage { CacheWrite = 100_000 }, On("2026-10-01") with { Provider = "codex" }, "5", "0.2");

    [Theory]
    [InlineData("in-geo", "3.633927", "0.25437489")] // 1.1 x 3.30357
    [InlineData("ap-southeast-1", null, null)]
    public void Databricks_InARegion_HasItsPriceOrNone(string region, string? credits, string? usd) => AssertCost(
        "databricks-gpt-5",
        new TokenUsage { Input = 100_000, CacheRead = 50_000, Output = 10_000 },
        On("2026-06-01") with { Region = region },
        credits,
        usd);

    /// <summary>https://learn.microsoft.com/en-us/microsoft-copilot-studio/requirements-messages-management: 2 a generative answer, 5 an
    /// action, 13 for 100 actions of a flow, 100 for 10 responses of a premium tool.</summary>
    [Fact]
    public void CopilotStudio_AnswersAndActions_CostTheirCredits()
    {
        MeteredQuantities meters = MeteredQuantities.Empty.With("GenerativeAnswer", 3).With("AgentAction", 2).With("FlowAction", 50)
            .With("PremiumToolResponse", 4);

        CostReceipt receipt = Estimator.Explain("copilot-studio", default, On("2026-11-01") with { Provider = "copilot_studio" }, meters);

        Assert.Equal(62.5m, receipt.Credits?.Amount); // 3 x 2 + 2 x 5 + 50 x 0.13 + 4 x 10
        Assert.Equal(0.625m, receipt.Total?.Amount);
    }

    /// <summary>Until 2026-05-31 Copilot billed premium requests, which no price per token stands for.</summary>
    [Fact]
    public void Copilot_BeforeCredits_IsUnpricedWithTheReason()
    {
        CostEstimate estimate = Estimator.Estimate("github_copilot/gpt-5.4", new TokenUsage { Input = 1 }, On("2026-05-31T23:59:59Z"));

        Assert.Equal(
            "The price of 'gpt-5.4' is in GitHub AI Credits, and what they are worth at 2026-05-31T23:59:59Z is not known. Noted there: "
                + "Until 2026-05-31 premium requests were billed, not tokens. Add a Worth for that time to the Credit of rate card "
                + "'catalog:github_copilot'.",
            Assert.Single(estimate.Issues).Message);
    }

    private static void AssertCost(string id, TokenUsage usage, CallContext context, string? credits, string? usd)
    {
        CostReceipt receipt = Estimator.Explain(id, usage, context);

        Assert.Equal(credits is null ? CostStatus.Unpriced : CostStatus.Priced, receipt.Status);
        Assert.Equal((Number(credits), Number(usd)), (receipt.Credits?.Amount, receipt.Total?.Amount));
    }

    private static CallContext On(string at) =>
        new() { At = DateTimeOffset.Parse(at, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal) };

    private static decimal? Number(string? text) => text is null ? null : decimal.Parse(text, CultureInfo.InvariantCulture);
}
