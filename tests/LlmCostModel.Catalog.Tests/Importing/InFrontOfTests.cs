using System.Globalization;
using System.Text;
using LlmCostModel.TestData;

namespace LlmCostModel.Catalog.Tests.Importing;

/// <summary>An imported card in front of the catalog makes nothing unpriced that was priced.</summary>
public class InFrontOfTests
{
    /// <summary>What people ask for, at makers, gateways and clouds, with the provider where the id needs it.</summary>
    private static readonly string[] Everyday =
    [
        "gpt-5", "gpt-5-mini", "gpt-5-nano", "gpt-4o", "gpt-4o-mini", "gpt-4o-2024-05-13", "gpt-4.1", "gpt-4.1-mini", "gpt-5.1", "gpt-5.4", "gpt-5.6-sol",
        "gpt-3.5-turbo", "gpt-4-turbo", "o1", "o3", "o3-mini", "o4-mini", "text-embedding-3-small", "openai/gpt-4o", "gpt-5-high",
        "claude-opus-4-5", "claude-opus-4-8", "claude-sonnet-4-5", "claude-sonnet-4-5-20250929", "claude-haiku-4-5", "claude-3-7-sonnet-20250219", "claude-3-5-haiku-latest", "claude-3-5-sonnet-20241022",
        "anthropic/claude-sonnet-4.5", "claude-4.5-sonnet",
        "gemini-2.5-pro", "gemini-2.5-flash", "gemini-2.5-flash-lite", "gemini-3.6-flash", "gemini-2.0-flash", "gemini-2.0-flash-001", "gemini-flash-latest", "models/gemini-2.5-flash",
        "deepseek-chat", "deepseek-reasoner", "deepseek-v4-flash", "grok-4", "grok-4.3", "grok-code-fast-1", "mistral-large-latest", "mistral-small-latest", "codestral-latest",
        "kimi-k2.6", "glm-4.6", "qwen3-max", "qwen3-32b@alibaba", "sonar-pro", "command-r-plus-08-2024", "MiniMax-M2",
        "us.anthropic.claude-sonnet-4-5-20250929-v1:0", "anthropic.claude-3-5-haiku-20241022-v1:0@bedrock", "gpt-4o@azure", "llama-3.3-70b-versatile@groq", "anthropic/claude-sonnet-4.5@openrouter", "claude-sonnet-4-5@20250929@vertex",
    ];

    private static readonly string[] Days =
        ["2024-06-01", "2025-01-27", "2025-05-01", "2025-07-01", "2025-10-15", "2026-02-01", "2026-05-20", "2026-07-02", "2026-08-02", "2026-08-25", "2026-10-10", "2026-11-25"];

    private static readonly string?[] Tiers = [null, "batch", "flex", "priority"];

    [SharedDataTheory]
    [InlineData(PriceTableFormat.LiteLlm, "prices/litellm_model_prices_2026-08-01.json.gz", "2026-08-01")]
    [InlineData(PriceTableFormat.LiteLlm, "prices/litellm_model_prices_2025-08-04.json.gz", "2025-08-04")]
    [InlineData(PriceTableFormat.ModelsDev, "prices/models_dev_2026-07-02.json.gz", "2026-07-02")]
    [InlineData(PriceTableFormat.GenAiPrices, "prices/genai_prices_v2.json", "2026-08-21")]
    [InlineData(PriceTableFormat.OpenRouter, "prices/openrouter_models_2026-08-01.json", "2026-08-01")]
    [InlineData(PriceTableFormat.LlmPrices, "prices/simonw_llm_prices_2026-08-05.json", "2026-08-05")]
    public void Everyday_Ids_StayPriced_AtEveryDayAndTier(PriceTableFormat format, string file, string day)
    {
        ImportResult table = PriceTableImporter.Import(format, PublicTableTests.Load(file), asOf: DateOnly.Parse(day, CultureInfo.InvariantCulture));

        AssertNothingIsLost(table, Everyday, atLeast: 1_000);
    }

    /// <summary>Prices of a table are in money: they do not mix with those of a card in credits, which goes on to price its models.</summary>
    [Fact]
    public void CardInCredits_GoesOnToPriceItsModels()
    {
        ImportResult table = PriceTableImporter.Import(
            PriceTableFormat.ModelsDev,
            Encoding.UTF8.GetBytes("""
                { "github-copilot": { "id": "github-copilot", "models": {
                    "gpt-5.4": { "id": "gpt-5.4", "cost": { "input": 9, "output": 9 } }, "own-model": { "id": "own-model", "cost": { "input": 1, "output": 2 } } } } }
                """),
            asOf: new DateOnly(2026, 11, 20));

        ImportResult inFront = table.InFrontOf(BuiltInCatalog.RateCards);

        Assert.Equal("github_copilot", Assert.Single(table.RateCards).Provider);
        Assert.Equal("own-model", Assert.Single(Assert.Single(inFront.RateCards).Models).Id);
        Assert.Contains(inFront.Losses, loss => loss.ToString().Contains("is in GitHub AI Credits in the catalog", StringComparison.Ordinal));
    }

    /// <summary>A table of one's own: a changed price, one that agrees, ids of a gateway, a name that moves, a redirected id.</summary>
    [Fact]
    public void SmallTable_ChangesItsPrices_AndKeepsTheRest()
    {
        ImportResult table = PriceTableImporter.Import(PriceTableFormat.LiteLlm, Encoding.UTF8.GetBytes("""
            { "gpt-4o": { "litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 2e-06, "output_cost_per_token": 8e-06 },
              "o3": { "litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 2e-06, "output_cost_per_token": 8e-06 },
              "gemini/gemini-2.5-pro": { "litellm_provider": "gemini", "mode": "chat", "input_cost_per_token": 1.25e-06, "output_cost_per_token": 1e-05 },
              "gemini/gemini-flash-latest": { "litellm_provider": "gemini", "mode": "chat", "input_cost_per_token": 9e-06, "output_cost_per_token": 9e-05 },
              "xai/grok-4": { "litellm_provider": "xai", "mode": "chat", "input_cost_per_token": 3e-06, "output_cost_per_token": 1.5e-05 },
              "hub/gpt-5": { "litellm_provider": "hub", "mode": "chat", "input_cost_per_token": 9e-06, "output_cost_per_token": 9e-05 } }
            """), asOf: new DateOnly(2026, 8, 1)).InFrontOf(BuiltInCatalog.RateCards);
        CostEstimator estimator = With(table);
        TokenUsage million = new() { Input = 100_000, Output = 10_000 };

        Assert.Equal(0.1m * 2 + 0.01m * 8, estimator.Estimate("gpt-4o", million, At("2026-09-01")).Total?.Amount); // the table's price, from its day on
        Assert.Equal(0.1m * 2.5m + 0.01m * 10, estimator.Estimate("gpt-4o", million, At("2026-07-31")).Total?.Amount); // the catalog's before
        Assert.Equal(0.1m * 5 + 0.01m * 15, estimator.Estimate("gpt-4o-2024-05-13", million, At("2026-09-01")).Total?.Amount); // a snapshot with a price of its own
        Assert.Equal(0.1m * 1.25m + 0.01m * 5, estimator.Estimate("gpt-4o", million, At("2026-09-01") with { Tier = "batch" }).Total?.Amount); // the catalog's batch prices
        Assert.Equal(0.1m * 10 + 0.01m * 40, estimator.Estimate("o3", million, At("2025-05-01")).Total?.Amount); // before the cut of June 2025
        Assert.Equal(0.1m * 1.25m + 0.01m * 10, estimator.Estimate("gpt-5", million, At("2026-09-01")).Total?.Amount); // not the hub's
        Assert.Equal(0.1m * 9 + 0.01m * 90, estimator.Estimate("gpt-5", million, At("2026-09-01") with { Provider = "hub" }).Total?.Amount);
        Assert.Contains(new ImportLoss("google/gemini-flash-latest", "entry", "is a name that moves, which the catalog follows; it goes on to price it"), table.Losses);
        AssertNothingIsLost(table, Everyday, atLeast: 1_000);
    }

    private static void AssertNothingIsLost(ImportResult table, string[] ids, int atLeast)
    {
        CostEstimator before = BuiltInCatalog.CreateEstimator();
        CostEstimator after = With(table.InFrontOf(BuiltInCatalog.RateCards));
        TokenUsage usage = new() { Input = 1_000, CacheRead = 1_000, Output = 1_000, Reasoning = 10 };
        List<string> lost = [];
        int priced = 0;
        foreach (string id in ids)
        {
            (string model, string? provider) = id.LastIndexOf('@') is int at and > 0 && !char.IsAsciiDigit(id[at + 1]) ? (id[..at], id[(at + 1)..]) : (id, null);
            foreach ((string day, string? tier) in Days.SelectMany(day => Tiers.Select(tier => (day, tier))))
            {
                CallContext context = At(day) with { Provider = provider, Tier = tier };
                CostStatus was = before.Estimate(model, in usage, in context).Status;
                CostEstimate now = after.Estimate(model, in usage, in context);
                priced += was == CostStatus.Priced ? 1 : 0;
                if (now.Status < was)
                {
                    lost.Add($"{id} at {day}, {tier ?? "standard"}: {was}, now {now.Status}: {string.Join(' ', now.Issues)}");
                }
            }
        }

        Assert.True(priced >= atLeast, $"only {priced} calls were priced before");
        Assert.True(lost.Count == 0, $"{lost.Count} of {priced} lost\n{string.Join('\n', lost.Take(40))}");
        Assert.Equal(60, ids.Length);
    }

    private static CostEstimator With(ImportResult table)
    {
        LlmCostModelOptions options = new();
        foreach (RateCard card in table.RateCards)
        {
            options.RateCards.Add(card.Name, card);
        }

        return BuiltInCatalog.CreateEstimator(options);
    }

    private static CallContext At(string day) => new() { At = DateTimeOffset.Parse(day + "T12:00:00Z", CultureInfo.InvariantCulture) };
}
