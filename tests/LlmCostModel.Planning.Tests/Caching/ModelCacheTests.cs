namespace LlmCostModel.Planning.Tests;

/// <summary>Policies by model (findings 4.3).</summary>
public sealed class ModelCacheTests
{
    [Theory]
    [InlineData("anthropic", "claude-haiku-4-5", "anthropic-5m", 4_096L)]
    [InlineData("anthropic", "claude-haiku-5-5", "anthropic-5m", 512L)]
    [InlineData("anthropic", "claude-opus-4", "anthropic-5m", 1_024L)]
    [InlineData("anthropic", "claude-opus-4-7", "anthropic-5m", 2_048L)]
    [InlineData("anthropic", "claude-fable-5-2", "anthropic-5m", null)]
    [InlineData("vertex", "claude-opus-5-5", "anthropic-5m", 512L)]
    [InlineData("bedrock", "anthropic.claude-haiku-4-5-20251001-v1:0", "bedrock-5m", 4_096L)]
    [InlineData("bedrock", "anthropic.claude-opus-4-6-v1", "bedrock-5m", 4_096L)]
    [InlineData("bedrock", "anthropic.claude-opus-4-7", "bedrock-5m", 4_096L)] // Anthropic says 2,048
    [InlineData("bedrock", "openai.gpt-5.6-sol", "openai-implicit", 1_024L)]
    [InlineData("openrouter", "anthropic/claude-haiku-4.5", "anthropic-5m", 4_096L)]
    [InlineData("openrouter", "anthropic/claude-haiku-4.5:batch", "anthropic-5m", 4_096L)]
    [InlineData("vercel", "anthropic/claude-opus-4.8-fast", "anthropic-5m", 1_024L)]
    [InlineData("openrouter", "google/gemini-2.5-pro", "gemini-implicit", 2_048L)]
    [InlineData("openai", "gpt-4o-2024-08-06", "openai-in-memory", 1_024L)]
    [InlineData("openai", "gpt-5", "openai-extended", 1_024L)]
    [InlineData("azure", "gpt-5.4-mini", "openai-in-memory", 1_024L)]
    [InlineData("openai", "gpt-5.6-luna", "openai-implicit", 1_024L)]
    [InlineData("openai", "gpt-6.1-sol", "openai-implicit", 1_024L)]
    [InlineData("google", "gemini-3.1-pro-preview", "gemini-implicit", 4_096L)]
    [InlineData("google", "gemini-2.5-flash", "gemini-implicit", 2_048L)]
    [InlineData("google", "gemini-2.5-flash-lite", "gemini-implicit", null)]
    [InlineData("deepseek", "deepseek-v4-flash", "deepseek-v4", null)]
    [InlineData("deepseek", "deepseek-reasoner", "deepseek", null)]
    [InlineData("xai", "grok-4.7", "xai", null)]
    [InlineData("mistral", "mistral-large-2512", "mistral", null)]
    [InlineData("alibaba", "qwen3.8-max", "qwen-implicit", 1_024L)]
    public void Find_DocumentedModel_HasItsDefaultAndMinimum(string provider, string id, string policy, long? minimum)
    {
        ModelCache? cache = ModelCache.Find(Model(provider, id));

        Assert.Equal((policy, minimum), (cache?.Policies[0].Name, cache?.MinimumTokens));
        Assert.All(cache!.Policies, own => Assert.True(!own.MinimumByModel || minimum is null));
        Assert.All(cache.Policies.Where(_ => minimum is not null), own => Assert.Equal(minimum, own.MinimumTokens));
    }

    /// <summary>No part of an id decides: what only resembles a known one is not known.</summary>
    [Theory]
    [InlineData("anthropic", "claude-opus-4-9")]
    [InlineData("anthropic", "claude-haiku-4-5-turbo")]
    [InlineData("anthropic", "my-claude-haiku-4-5")]
    [InlineData("openai", "gpt-5.7-sol")]
    [InlineData("openai", "gpt-4")]
    [InlineData("openrouter", "deepseek/deepseek-v4-flash")] // any of its hosts may serve it
    [InlineData("openrouter", "acme/claude-haiku-4.5")]
    [InlineData("bedrock", "claude-x.claude-haiku-4-5")]
    [InlineData("acme", "claude-haiku-4-5")]
    [InlineData(null, "claude-haiku-4-5")]
    public void Find_OnlySimilar_IsNotKnown(string? provider, string id) => Assert.Null(ModelCache.Find(Model(provider, id)));

    [Fact]
    public void Fit_PresetOfTheModel_TakesItsMinimumUnlessOneWasSet()
    {
        ModelCache haiku = ModelCache.Find(Model("anthropic", "claude-haiku-4-5"))!;

        Assert.Equal(4_096, haiku.Fit(CachePolicies.Anthropic5m).MinimumTokens);
        Assert.Equal(4_096, haiku.Fit(CachePolicies.Anthropic1h with { TimeToLive = TimeSpan.FromMinutes(30) }).MinimumTokens);
        Assert.Equal(1_024, haiku.Fit(CachePolicies.Anthropic5m with { MinimumTokens = 1_024 }).MinimumTokens);
        Assert.Same(CachePolicies.GeminiExplicit, haiku.Fit(CachePolicies.GeminiExplicit));
        Assert.False(haiku.Has(CachePolicies.GeminiExplicit));
    }

    [Fact]
    public void MinimumTokens_Set_IsNoLongerByModel()
    {
        Assert.True(CachePolicies.Bedrock1h.MinimumByModel);
        Assert.False((CachePolicies.Bedrock1h with { MinimumTokens = 1_024 }).MinimumByModel);
    }

    [Fact]
    public void ToString_NamesPoliciesMinimumPageAndDay() => Assert.Equal(
        "anthropic-5m, anthropic-1h from 4096 tokens (https://platform.claude.com/docs/en/build-with-claude/prompt-caching, 2026-10-08)",
        ModelCache.Find(Model("anthropic", "claude-haiku-4-5"))!.ToString());

    private static ModelResolution Model(string? provider, string id) =>
        new() { RequestedId = id, ModelId = id, Provider = provider, RateCard = "card", Kind = MatchKind.Exact };
}
