using LlmCostModel.Catalog;
using LlmCostModel.Planning;

namespace LlmCostModel.Cli.Tests;

/// <summary>The table of caches against the built-in catalog: a model that is sold with cache reads, by a provider whose page names its
/// family, has a row.</summary>
public sealed class ModelCacheCatalogTests
{
    private static readonly string[] Claude = ["anthropic", "bedrock", "vertex", "azure_ai", "openrouter", "vercel"];
    private static readonly string[] Gemini = ["google", "vertex", "openrouter", "vercel"];
    private static readonly string[] Gpt = ["openai", "azure", "openrouter", "vercel"];

    /// <summary>Aliases of whatever is newest, and models of their own kind, which no page names.</summary>
    private static readonly string[] NotNamed =
    [
        "gemini-2.0", "gemini-1.5", "gemini-exp", "gemini-pro-latest", "gemini-robotics", "gemini-flash", "gpt-image", "gpt-realtime", "gpt-audio",
        "gpt-oss", "gpt-4.5", "gpt-4-", "gpt-3.5", "gpt-chat",
    ];

    [Fact]
    public void Find_ModelsOfTheCatalogThatSellReads_AreKnown()
    {
        CostEstimator estimator = BuiltInCatalog.CreateEstimator();
        string[] missing =
        [
            .. from card in estimator.RateCards
               from model in card.Models
               where SellsReads(model) && IsNamed(card.Provider!, model.Id)
               where ModelCache.Find(new() { RequestedId = model.Id, ModelId = model.Id, Provider = card.Provider, RateCard = card.Name, Kind = MatchKind.Exact }) is null
               select $"{card.Provider}: {model.Id}",
        ];

        Assert.Empty(missing);
    }

    /// <summary>What a policy writes has a price at the models that have the policy.</summary>
    [Fact]
    public void Policies_OfModelsOfTheCatalog_WriteWhatIsSold()
    {
        CostEstimator estimator = BuiltInCatalog.CreateEstimator();
        string[] unsold =
        [
            .. from id in (string[])["claude-haiku-4-5", "claude-opus-5-5", "gpt-5.6-sol", "gpt-6.1-sol", "gpt-5.4", "gemini-3.1-pro-preview", "gemini-2.5-pro", "deepseek-v4-flash", "grok-4.7", "qwen3.8-max"]
               let model = estimator.GetModel(id).Resolution
               from policy in ModelCache.Find(model)!.Policies
               where policy.WriteBucket is not null
                   && estimator.Estimate(id, new TokenUsage().With(policy.WriteBucket.Value, 1)).Status != CostStatus.Priced
               select $"{id}: {policy.Name}",
        ];

        Assert.Empty(unsold);
    }

    private static bool SellsReads(ModelPricing model) =>
        model.Versions.Any(version => version.PerMillionTokens.CacheRead is not null && version.PerMillionTokens.Input is not null);

    private static bool IsNamed(string provider, string id)
    {
        string name = id[(id.LastIndexOf('/') + 1)..];
        return !NotNamed.Any(name.StartsWith) && !name.EndsWith("-latest", StringComparison.Ordinal) && ((Claude.Contains(provider) && name.Contains("claude-", StringComparison.Ordinal))
            || (Gemini.Contains(provider) && name.StartsWith("gemini-", StringComparison.Ordinal))
            || (Gpt.Contains(provider) && name.StartsWith("gpt-", StringComparison.Ordinal)));
    }
}
