using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace LlmCostModel.Catalog.Tests;

/// <summary>What is billed as something else: only where the provider says so, in every version of every model.</summary>
public sealed partial class FallbackTests
{
    /// <summary>
    /// Who says that input is billed at one price when it is written to a cache, and at another when it is read from it. OpenRouter says so
    /// of each maker, and Claude, Gemini and Qwen cost more there.
    /// </summary>
    private static readonly FrozenDictionary<string, string> WritesAsInput = new Dictionary<string, string>
    {
        ["openai"] = "https://developers.openai.com/api/docs/guides/prompt-caching",
        ["azure"] = "https://learn.microsoft.com/azure/ai-foundry/openai/how-to/prompt-caching",
        ["google"] = "https://ai.google.dev/gemini-api/docs/caching",
        ["vertex"] = "https://cloud.google.com/vertex-ai/generative-ai/docs/context-cache/context-cache-overview",
        ["xai"] = "https://docs.x.ai/developers/advanced-api-usage/prompt-caching/usage-and-pricing",
        ["mistral"] = "https://docs.mistral.ai/studio-api/conversations/advanced/prompt-caching",
        ["moonshot"] = "https://platform.kimi.ai/docs/pricing/chat",
        ["minimax"] = "https://platform.minimax.io/docs/api-reference/text-prompt-caching",
        ["groq"] = "https://console.groq.com/docs/prompt-caching",
        ["cerebras"] = "https://inference-docs.cerebras.ai/capabilities/prompt-caching",
        ["fireworks"] = "https://docs.fireworks.ai/serverless/overview",
        ["together"] = "https://docs.together.ai/docs/inference/pricing",
        ["zhipu"] = "https://docs.z.ai/guides/overview/pricing",
        ["codex"] = "https://help.openai.com/en/articles/20001415", // not charged: they cost what fresh input costs
        ["openrouter openai"] = "https://openrouter.ai/docs/guides/best-practices/prompt-caching",
        ["openrouter x-ai"] = "https://openrouter.ai/docs/guides/best-practices/prompt-caching",
        ["openrouter deepseek"] = "https://openrouter.ai/docs/guides/best-practices/prompt-caching",
        ["openrouter moonshotai"] = "https://openrouter.ai/docs/guides/best-practices/prompt-caching",
        ["openrouter z-ai"] = "https://openrouter.ai/docs/guides/best-practices/prompt-caching",
    }.ToFrozenDictionary();

    /// <summary>Models of Google whose page has one price for text and sound.</summary>
    private static readonly FrozenSet<string> SoundAsText = FrozenSet.Create(
        "gemini-1.5-flash", "gemini-1.5-flash-8b", "gemini-1.5-pro", "gemini-2.0-flash-exp", "gemini-2.0-flash-lite", "gemini-2.5-pro",
        "gemini-3-pro-preview", "gemini-3.1-pro-preview", "gemini-3.5-flash", "gemini-3.5-flash-lite", "gemini-3.6-flash", "gemini-3.7-flash",
        "gemini-3.8-flash", "gemini-omni-1.1-flash", "gemini-pro-latest");

    private static readonly CostEstimator Estimator = BuiltInCatalog.CreateEstimator();

    private static readonly (RateCard Card, ModelPricing Model, PriceVersion Version)[] All =
    [
        .. from card in BuiltInCatalog.RateCards
           from model in card.Models
           from version in model.Versions
           select (card, model, version),
    ];

    [Fact]
    public void Claude_WhereCachesAreSold_PricesTheWriteOfFiveMinutes() => AssertNone(
        from entry in All
        where entry.Model.Id.Contains("claude", StringComparison.Ordinal) && Price(entry, TokenBucket.CacheRead) is not null
        where !(Price(entry, TokenBucket.CacheWrite5m) > Price(entry, TokenBucket.Input))
        select entry);

    [Fact]
    public void Reasoning_OfEveryChatModel_IsPriced() => AssertNone(
        from entry in All
        where entry.Card.Provider is "openai" or "azure" or "anthropic" or "google" or "deepseek" or "xai"
        where Price(entry, TokenBucket.Output) is not null && Price(entry, TokenBucket.Reasoning) is null
        where !DoesNotReason().IsMatch(entry.Model.Id)
        select entry);

    [Fact]
    public void CacheWrite_AsInput_IsWhatTheProviderSays_OfModelsWithACache() => AssertNone(
        from entry in All
        where IsBilledAs(entry.Version, TokenBucket.CacheWrite, TokenBucket.Input)
        let maker = entry.Card.Provider == "openrouter" ? " " + entry.Model.Id.TrimStart('~').Split('/')[0] : ""
        where !WritesAsInput.ContainsKey(entry.Card.Provider + maker) || (Price(entry, TokenBucket.CacheRead, longest: true) ?? Price(entry, TokenBucket.CacheRead)) is null
        select entry);

    [Fact]
    public void Sound_AsText_IsWhatThePageSays() => AssertNone(
        from entry in All
        where entry.Card.Provider is "google" or "vertex" && IsBilledAs(entry.Version, TokenBucket.AudioInput, TokenBucket.Input)
        where !SoundAsText.Contains(entry.Model.Id)
        select entry);

    /// <summary>An everyday response of Claude states its write to the cache by the time that it is kept.</summary>
    [Theory]
    [InlineData("claude-3-5-haiku", "vertex", 0.00228)] // 100 x 0.8 + 2,000 x 1 + 50 x 4 = 2,280 millionths
    [InlineData("anthropic.claude-3-5-haiku-20241022-v1:0", "bedrock", 0.00228)]
    [InlineData("anthropic/claude-haiku-4.5", "openrouter", 0.00285)] // 100 x 1 + 2,000 x 1.25 + 50 x 5
    [InlineData("anthropic/claude-haiku-4.5", "vercel", 0.00285)]
    public void ResponseOfClaude_WithASplit_IsPricedInFull(string model, string provider, decimal expected)
    {
        UsageReading reading = UsageReader.Read("""
            {"type":"message","usage":{"input_tokens":100,"cache_creation_input_tokens":2000,"cache_read_input_tokens":0,
             "cache_creation":{"ephemeral_5m_input_tokens":2000,"ephemeral_1h_input_tokens":0},"output_tokens":50}}
            """u8);
        DateTimeOffset at = new(2026, 11, 20, 0, 0, 0, TimeSpan.Zero);
        CallContext context = new() { Provider = provider, At = LastServed.Find(Estimator, model, provider, at) };

        CostEstimate estimate = Estimator.Estimate(model, reading.Usage!.Value, context);

        Assert.Equal((CostStatus.Priced, expected), (estimate.Status, estimate.Total?.Amount));
    }

    /// <summary>Completions of the first models, images, speech: their output is no chat, and their responses count no reasoning.</summary>
    [GeneratedRegex("image|transcribe|tts|realtime|audio|live|^(ft:)?(ada|babbage|curie|davinci)")]
    private static partial Regex DoesNotReason();

    private static bool IsBilledAs(PriceVersion version, TokenBucket bucket, TokenBucket other) =>
        version.PerMillionTokens[bucket] is null
        && version.PerMillionTokens[other] is not null
        && version.BilledAs.TryGetValue(bucket, out TokenBucket found)
        && found == other;

    private static decimal? Price((RateCard Card, ModelPricing Model, PriceVersion Version) entry, TokenBucket bucket, bool longest = false)
    {
        DateTimeOffset at =
            entry.Version.From ?? entry.Version.Until?.AddSeconds(-1) ?? new DateTimeOffset(2026, 11, 26, 0, 0, 0, TimeSpan.Zero);
        CallContext context = new()
        {
            Provider = entry.Card.Provider,
            At = LastServed.Find(Estimator, entry.Model.Id, entry.Card.Provider!, at),
            IncludeAnnounced = true,
        };
        return Estimator.PerMillionTokens(entry.Model.Id, bucket, context, longest ? 900_000 : 0);
    }

    private static void AssertNone(IEnumerable<(RateCard Card, ModelPricing Model, PriceVersion Version)> entries)
    {
        string[] wrong = [.. entries.Select(entry => $"{entry.Card.Provider} {entry.Model.Id} {entry.Version.From:yyyy-MM-dd}")];
        Assert.True(wrong.Length == 0, string.Join('\n', wrong));
    }
}
