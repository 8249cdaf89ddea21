using System.Collections.Frozen;

namespace LlmCostModel.Planning;

/// <summary>The prompt caches of models, by provider and id: what their pages say.</summary>
/// <remarks>An id counts as a whole, or up to a hyphen where the row ends in <c>-*</c>. No part of an id decides on its own: minimums do
/// not grow or fall with a version, and a new version may have another cache altogether.</remarks>
internal static class ModelCaches
{
    private const string ClaudePage = "https://platform.claude.com/docs/en/build-with-claude/prompt-caching";
    private const string BedrockPage = "https://docs.aws.amazon.com/bedrock/latest/userguide/prompt-caching.html";
    private const string OpenAIPage = "https://developers.openai.com/api/docs/guides/prompt-caching";
    private const string OpenAIFirstPage = "https://openai.com/index/api-prompt-caching/";
    private const string AzurePage = "https://learn.microsoft.com/azure/foundry/openai/how-to/prompt-caching";
    private const string GeminiPage = "https://ai.google.dev/gemini-api/docs/caching";
    private const string VertexPage = "https://docs.cloud.google.com/vertex-ai/generative-ai/docs/context-cache/context-cache-overview";
    private const string DeepSeekPage = "https://api-docs.deepseek.com/guides/kv_cache";
    private const string DeepSeekFirstPage = "https://api-docs.deepseek.com/news/news0802";
    private const string XAIPage = "https://docs.x.ai/developers/advanced-api-usage/prompt-caching";
    private const string MistralPage = "https://docs.mistral.ai/studio-api/conversations/advanced/prompt-caching";
    private const string AlibabaPage = "https://www.alibabacloud.com/help/en/model-studio/context-cache";

    /// <summary>Who sells Claude under Anthropic's rules: "these minimums apply on every platform where each model is available".</summary>
    private static readonly string[] Claude = ["anthropic", "vertex", "azure_ai", "openrouter", "vercel"];

    private static readonly string[] ClaudePolicies = ["anthropic-5m", "anthropic-1h"];
    private static readonly string[] BedrockPolicies = ["bedrock-5m", "bedrock-1h"];
    private static readonly string[] GeminiPolicies = ["gemini-implicit", "gemini-explicit"];
    private static readonly string[] LongCache = ["openai-extended", "openai-in-memory"];
    private static readonly string[] ShortCache = ["openai-in-memory", "openai-extended"];
    private static readonly string[] WrittenCache = ["openai-implicit", "openai-explicit"];

    private static readonly string[] GptFrom56 =
        ["gpt-5.6-*", "gpt-6-*", "gpt-6.1-*", "gpt-6.2-*"];

    private static readonly string[] Gpt50To54 =
        ["gpt-5", "gpt-5-*", "gpt-5.1", "gpt-5.1-*", "gpt-5.2", "gpt-5.2-*", "gpt-5.3-*", "gpt-5.4", "gpt-5.4-*"];

    private static readonly string[] GptBefore5 =
        ["gpt-4o", "gpt-4o-*", "gpt-4.1", "gpt-4.1-*", "o1", "o1-*", "o3", "o3-*", "o4-mini", "o4-mini-*"];

    private static readonly string[] FlashAndPro25 = ["gemini-2.5-flash", "gemini-2.5-pro"];

    private static readonly string[] GeminiFrom3 =
        ["gemini-3.1-pro-preview", "gemini-3.5-flash", "gemini-3.6-flash", "gemini-3.7-flash", "gemini-3.8-flash", "gemini-4-argon"];

    /// <summary>Of these the page names no minimum.</summary>
    private static readonly string[] OtherGemini =
        ["gemini-2.5-flash-*", "gemini-2.5-pro-*", "gemini-3-*", "gemini-3.1-*", "gemini-3.5-flash-*", "gemini-4-*"];

    private static readonly Row[] Rows =
    [
        new(Claude,
            [
                "claude-fable-5", "claude-fable-5-1", "claude-mythos-5", "claude-mythos-5-1", "claude-opus-5", "claude-opus-5-5",
                "claude-sonnet-5-5", "claude-haiku-5-5",
            ],
            ClaudePolicies, 512, "2026-10-08", ClaudePage),
        new(Claude,
            [
                "claude-opus-4-8", "claude-opus-4-1", "claude-opus-4", "claude-sonnet-5", "claude-sonnet-4-6", "claude-sonnet-4-5",
                "claude-sonnet-4",
            ],
            ClaudePolicies, 1_024, "2026-10-08", ClaudePage),
        new(Claude, ["claude-opus-4-7", "claude-3-5-haiku"], ClaudePolicies, 2_048, "2026-10-08", ClaudePage),
        new(Claude, ["claude-opus-4-6", "claude-opus-4-5", "claude-haiku-4-5"], ClaudePolicies, 4_096, "2026-10-08", ClaudePage),
        new(Claude, ["claude-3-7-sonnet", "claude-3-5-sonnet", "claude-3-opus"], ClaudePolicies, 1_024, "2025-10-16", ClaudePage),
        new(Claude, ["claude-3-haiku"], ClaudePolicies, 2_048, "2025-10-16", ClaudePage),
        new(Claude, ["claude-fable-5-2"], ClaudePolicies, null, "2026-10-08", ClaudePage),

        new(["bedrock"],
            [
                "claude-fable-5", "claude-fable-5-1", "claude-opus-5", "claude-opus-5-5", "claude-sonnet-5-5", "claude-haiku-5-5",
            ],
            BedrockPolicies, 512, "2026-10-10", BedrockPage),
        new(["bedrock"],
            [
                "claude-opus-4-8", "claude-opus-4-1", "claude-opus-4", "claude-sonnet-5", "claude-sonnet-4-6", "claude-sonnet-4-5",
                "claude-sonnet-4",
            ],
            BedrockPolicies, 1_024, "2026-10-10", BedrockPage),
        new(["bedrock"], ["claude-3-7-sonnet", "claude-3-5-sonnet"], BedrockPolicies, 1_024, "2025-10-16", BedrockPage),
        new(["bedrock"], ["claude-3-5-haiku"], BedrockPolicies, 2_048, "2025-10-16", BedrockPage),
        new(["bedrock"], ["claude-opus-4-7", "claude-opus-4-6", "claude-opus-4-5", "claude-haiku-4-5"],
            BedrockPolicies, 4_096, "2026-10-10", BedrockPage),
        new(["bedrock"], ["claude-fable-5-2"], BedrockPolicies, null, "2026-10-10", BedrockPage),

        new(["openai", "azure", "bedrock", "openrouter", "vercel"], GptFrom56, WrittenCache, 1_024, "2026-10-01", OpenAIPage),
        new(["openai", "openrouter", "vercel"], ["gpt-5.5", "gpt-5.5-*"], ["openai-extended"], 1_024, "2026-10-01", OpenAIPage),
        new(["openai", "openrouter", "vercel"], Gpt50To54, LongCache, 1_024, "2026-10-01", OpenAIPage),
        new(["azure"], ["gpt-5.5", "gpt-5.5-*"], ["openai-extended"], 1_024, "2026-10-01", AzurePage),
        new(["azure"], Gpt50To54, ShortCache, 1_024, "2026-10-01", AzurePage),
        new(["openai", "azure", "openrouter", "vercel"], GptBefore5, ShortCache, 1_024, "2024-10-01", OpenAIFirstPage),

        new(["google", "openrouter", "vercel"], FlashAndPro25, GeminiPolicies, 2_048, "2026-10-23", GeminiPage),
        new(["google", "openrouter", "vercel"], GeminiFrom3, GeminiPolicies, 4_096, "2026-10-23", GeminiPage),
        new(["google", "openrouter", "vercel"], OtherGemini, GeminiPolicies, null, "2026-10-23", GeminiPage),
        new(["vertex"], FlashAndPro25, GeminiPolicies, 2_048, "2026-10-01", VertexPage),
        new(["vertex"], GeminiFrom3, GeminiPolicies, 4_096, "2026-10-01", VertexPage),
        new(["vertex"], OtherGemini, GeminiPolicies, null, "2026-10-01", VertexPage),

        new(["deepseek"], ["deepseek-flash", "deepseek-v4-flash", "deepseek-v4-flash-*", "deepseek-v4-pro"],
            ["deepseek-v4"], null, "2026-10-01", DeepSeekPage),
        new(["deepseek"], ["deepseek-chat", "deepseek-reasoner", "deepseek-coder"],
            ["deepseek", "deepseek-v4"], null, "2024-08-02", DeepSeekFirstPage),
        new(["xai"],
            [
                "grok-3", "grok-3-*", "grok-4", "grok-4-*", "grok-4.20-*", "grok-4.3", "grok-4.5", "grok-4.6", "grok-4.7", "grok-build-*",
                "grok-code-*",
            ],
            ["xai"], null, "2026-10-01", XAIPage),
        new(["mistral"], ["mistral-*", "ministral-*", "codestral-*", "devstral-*", "magistral-*"],
            ["mistral"], null, "2026-10-01", MistralPage),
        new(["alibaba"],
            [
                "qwen-flash", "qwen-plus", "qwen3-coder-flash", "qwen3-coder-plus", "qwen3-max", "qwen3-vl-flash", "qwen3-vl-plus",
                "qwen3.5-flash", "qwen3.5-plus", "qwen3.6-flash", "qwen3.6-max-preview", "qwen3.6-plus", "qwen3.7-flash", "qwen3.7-max",
                "qwen3.7-plus", "qwen3.8-flash", "qwen3.8-max",
            ],
            ["qwen-implicit", "qwen-explicit"], 1_024, "2026-10-11", AlibabaPage),
    ];

    private static readonly FrozenDictionary<(string Provider, string Id), ModelCache> Whole = Index(isPrefix: false);
    private static readonly FrozenDictionary<(string Provider, string Id), ModelCache> Prefixes = Index(isPrefix: true);

    internal static ModelCache? Find(string? provider, string modelId)
    {
        if (provider is null)
        {
            return null;
        }

        string key = provider.ToLowerInvariant();
        string id = MakersId.Of(key, modelId.ToLowerInvariant());
        if (Whole.TryGetValue((key, id), out ModelCache? cache))
        {
            return cache;
        }

        for (int hyphen = id.LastIndexOf('-'); hyphen > 0; hyphen = id.LastIndexOf('-', hyphen - 1))
        {
            if (Prefixes.TryGetValue((key, id[..hyphen]), out cache))
            {
                return cache;
            }
        }

        return null;
    }

    private static FrozenDictionary<(string Provider, string Id), ModelCache> Index(bool isPrefix) => (
        from row in Rows
        let cache = row.ToCache()
        from provider in row.Providers
        from id in row.Ids
        where id.EndsWith("-*", StringComparison.Ordinal) == isPrefix
        select KeyValuePair.Create((provider, isPrefix ? id[..^2] : id), cache)).ToFrozenDictionary();

    /// <param name="Providers">Who sells the models so.</param>
    /// <param name="Ids">Their ids as the maker writes them.</param>
    /// <param name="Policies">The names of their policies, the default first.</param>
    /// <param name="Minimum">The fewest tokens that they cache; <see langword="null"/> where the page names none.</param>
    /// <param name="AsOf">The day on which the page was read.</param>
    /// <param name="Page">The page.</param>
    private sealed record Row(string[] Providers, string[] Ids, string[] Policies, long? Minimum, string AsOf, string Page)
    {
        internal ModelCache ToCache() => new(
            [.. Policies.Select(name => CachePolicies.All[name])],
            Minimum,
            DateOnly.ParseExact(AsOf, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
            new Uri(Page));
    }
}
