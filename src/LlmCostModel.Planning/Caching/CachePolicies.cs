using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace LlmCostModel.Planning;

/// <summary>The cache policies that providers document, by name, each with the day and the page of the claim.</summary>
/// <remarks>
/// <para>They changed repeatedly in 2025 and 2026, and most providers call their cache best effort: compare with your own usage before you
/// rely on one.
/// Change single properties with a <see langword="with"/> expression.</para>
/// <para>Which of them a model has, and from how many tokens on, <see cref="ModelCache"/> knows; a comparison asks it.</para>
/// </remarks>
public static class CachePolicies
{
    private static readonly Uri Anthropic = new("https://platform.claude.com/docs/en/build-with-claude/prompt-caching");
    private static readonly Uri OpenAI = new("https://developers.openai.com/api/docs/guides/prompt-caching");
    private static readonly Uri Bedrock = new("https://docs.aws.amazon.com/bedrock/latest/userguide/prompt-caching.html");
    private static readonly Uri Gemini = new("https://ai.google.dev/gemini-api/docs/caching");
    private static readonly Uri Alibaba = new("https://www.alibabacloud.com/help/en/model-studio/context-cache");
    private static readonly DateOnly October2026 = new(2026, 10, 1);

    /// <summary>Gets the policy without limits: any prefix, exact, never expiring. What a trace could reuse at best.</summary>
    public static PrefixCachePolicy Unlimited { get; } = new() { Name = "unlimited" };

    /// <summary>Gets Anthropic's 5-minute cache with a breakpoint at the end of every prompt.</summary>
    public static EntryCachePolicy Anthropic5m { get; } = new()
    {
        Name = "anthropic-5m",
        AsOf = October2026,
        Source = Anthropic,
        MinimumTokens = 1_024,
        MinimumByModel = true,
        TimeToLive = TimeSpan.FromMinutes(5),
        WriteBucket = TokenBucket.CacheWrite5m,
        MaximumBreakpoints = 4,
        Lookback = 20,
        Assumption = "Entries are readable at once; they are when the first response starts.",
    };

    /// <summary>Gets Anthropic's 1-hour cache with a breakpoint at the end of every prompt.</summary>
    public static EntryCachePolicy Anthropic1h { get; } = Anthropic5m with
    {
        Name = "anthropic-1h",
        TimeToLive = TimeSpan.FromHours(1),
        WriteBucket = TokenBucket.CacheWrite1h,
    };

    /// <summary>Gets Amazon Bedrock's 5-minute cache: checkpoints where the caller sets them.</summary>
    public static EntryCachePolicy Bedrock5m { get; } =
        Anthropic5m with
        {
            Name = "bedrock-5m",
            Source = Bedrock,
            AutomaticBreakpoint = false,
        };

    /// <summary>Gets Amazon Bedrock's 1-hour cache: checkpoints where the caller sets them.</summary>
    public static EntryCachePolicy Bedrock1h { get; } =
        Anthropic1h with
        {
            Name = "bedrock-1h",
            Source = Bedrock,
            AutomaticBreakpoint = false,
        };

    /// <summary>Gets OpenAI's cache from GPT-5.6 on as it is by default: a breakpoint at the end of every prompt, writes charged.</summary>
    public static EntryCachePolicy OpenAIImplicit { get; } = new()
    {
        Name = "openai-implicit",
        AsOf = October2026,
        Source = OpenAI,
        MinimumTokens = 1_024,
        TimeToLive = TimeSpan.FromMinutes(30),
        WriteBucket = TokenBucket.CacheWrite30m,
        MaximumBreakpoints = 4,
        Lookback = 80,
        Assumption = "30 minutes is the promised minimum. The latest 80 positions are searched, as OpenAI's reference says; its guide "
            + "names fewer.",
    };

    /// <summary>Gets OpenAI's cache from GPT-5.6 on in explicit mode: without a breakpoint of the caller's, nothing is cached.</summary>
    public static EntryCachePolicy OpenAIExplicit { get; } = OpenAIImplicit with { Name = "openai-explicit", AutomaticBreakpoint = false };

    /// <summary>Gets OpenAI's cache up to GPT-5.5, kept in memory (also Azure OpenAI's): blocks of 128 tokens, writes free.</summary>
    public static PrefixCachePolicy OpenAIInMemory { get; } = new()
    {
        Name = "openai-in-memory",
        AsOf = new(2024, 10, 1),
        Source = new("https://openai.com/index/api-prompt-caching/"),
        MinimumTokens = 1_024,
        Granularity = 128,
        TimeToLive = TimeSpan.FromMinutes(5),
        Assumption = "Idle entries go after 5 to 10 minutes and at the latest after an hour; the shortest is used, the hour is not.",
    };

    /// <summary>Gets OpenAI's extended cache for GPT-5 to GPT-5.5: as in memory, but kept longer.</summary>
    public static PrefixCachePolicy OpenAIExtended { get; } = OpenAIInMemory with
    {
        Name = "openai-extended",
        AsOf = October2026,
        Source = OpenAI,
        TimeToLive = TimeSpan.FromMinutes(30),
        Assumption = "Entries live typically about 30 minutes, at most 24 hours; the typical time is used.",
    };

    /// <summary>Gets DeepSeek's disk cache as documented in 2024: units of 64 tokens, writes and storage free.</summary>
    public static PrefixCachePolicy DeepSeek { get; } = new()
    {
        Name = "deepseek",
        AsOf = new(2024, 8, 2),
        Source = new("https://api-docs.deepseek.com/news/news0802"),
        MinimumTokens = 64,
        Granularity = 64,
        TimeToLive = TimeSpan.FromHours(2),
        Assumption = "Unused entries are cleared within hours to days; 2 hours are used. From V4 on the documents describe whole units "
            + "instead: see deepseek-v4.",
    };

    /// <summary>Gets DeepSeek's cache from V4 on: an entry at the end of every prompt, and where two prompts depart from each
    /// other.</summary>
    public static EntryCachePolicy DeepSeekV4 { get; } = new()
    {
        Name = "deepseek-v4",
        AsOf = October2026,
        Source = new("https://api-docs.deepseek.com/guides/kv_cache"),
        TimeToLive = TimeSpan.FromHours(2),
        DetectCommonPrefix = true,
        Assumption = "Entries at the end of answers and at fixed, unpublished intervals are left out; cleared within hours to days, 2 "
            + "hours are used.",
    };

    /// <summary>Gets Gemini's explicit cache: one named content, read where the caller made it, for the time that was paid for.</summary>
    /// <remarks>Making it is billed as plain input, keeping it by the token and hour.</remarks>
    public static EntryCachePolicy GeminiExplicit { get; } = new()
    {
        Name = "gemini-explicit",
        AsOf = new(2026, 7, 7),
        Source = Gemini,
        MinimumTokens = 4_096,
        MinimumByModel = true,
        TimeToLive = TimeSpan.FromHours(1),
        RefreshOnRead = false,
        AutomaticBreakpoint = false,
        MaximumBreakpoints = 1,
        Lookback = 1,
        BillsStorage = true,
        Assumption = "The time to live is the default hour, unless the policy says another. The first request makes the content and is "
            + "billed for it once, as plain input; reading it in the same request is left out.",
    };

    /// <summary>Gets Gemini's implicit cache, of which only the minimum is published.</summary>
    public static PrefixCachePolicy GeminiImplicit { get; } = new()
    {
        Name = "gemini-implicit",
        AsOf = new(2026, 7, 7),
        Source = Gemini,
        MinimumTokens = 4_096,
        MinimumByModel = true,
        Assumption = "Neither the time to live nor the step is published: entries never expire here, so hits are an upper bound.",
    };

    /// <summary>Gets Alibaba's explicit cache for Qwen.</summary>
    public static EntryCachePolicy QwenExplicit { get; } = new()
    {
        Name = "qwen-explicit",
        AsOf = new(2026, 10, 11),
        Source = Alibaba,
        MinimumTokens = 1_024,
        TimeToLive = TimeSpan.FromMinutes(5),
        WriteBucket = TokenBucket.CacheWrite5m,
        AutomaticBreakpoint = false,
        MaximumBreakpoints = 4,
        Lookback = 20,
        Assumption = "Entries are readable at once; they are when the response has ended. Set ReadableAfter to what you measure.",
    };

    /// <summary>Gets Alibaba's implicit cache for Qwen, of which only the minimum is published.</summary>
    public static PrefixCachePolicy QwenImplicit { get; } = new()
    {
        Name = "qwen-implicit",
        AsOf = new(2026, 10, 11),
        Source = Alibaba,
        MinimumTokens = 1_024,
        Assumption = "Neither the time to live nor the step is published: entries never expire here, so hits are an upper bound.",
    };

    /// <summary>Gets xAI's cache, of which neither the step nor the time to live is published.</summary>
    public static PrefixCachePolicy XAI { get; } = new()
    {
        Name = "xai",
        AsOf = October2026,
        Source = new("https://docs.x.ai/developers/advanced-api-usage/prompt-caching"),
        Granularity = 128,
        Assumption = "Entries go at any time, as the server's load has it: they never expire here, so hits are an upper bound. The step "
            + "of 128 tokens was measured by a gateway on grok-4.6 (2026-08-19).",
    };

    /// <summary>Gets Mistral's cache: blocks of 64 tokens.</summary>
    public static PrefixCachePolicy Mistral { get; } = new()
    {
        Name = "mistral",
        AsOf = October2026,
        Source = new("https://docs.mistral.ai/studio-api/conversations/advanced/prompt-caching"),
        MinimumTokens = 64,
        Granularity = 64,
        Assumption = "The time to live is not published: entries never expire here, so hits are an upper bound.",
    };

    /// <summary>Gets the prefix cache of vLLM and its like: blocks of 16 tokens. Set <see cref="PrefixCachePolicy.CapacityBlocks"/> to what
    /// the memory holds.</summary>
    public static PrefixCachePolicy Vllm { get; } = new()
    {
        Name = "vllm",
        AsOf = October2026,
        Source = new("https://docs.vllm.ai/en/latest/design/prefix_caching/"),
        MinimumTokens = 16,
        Granularity = 16,
        Assumption = "Nothing is evicted until a capacity is set.",
    };

    /// <summary>Gets every policy of this class by <see cref="CachePolicy.Name"/>.</summary>
    public static IReadOnlyDictionary<string, CachePolicy> All { get; } =
        new CachePolicy[]
        {
            Unlimited,
            Anthropic5m,
            Anthropic1h,
            Bedrock5m,
            Bedrock1h,
            OpenAIImplicit,
            OpenAIExplicit,
            OpenAIInMemory,
            OpenAIExtended,
            DeepSeek,
            DeepSeekV4,
            GeminiExplicit,
            GeminiImplicit,
            QwenExplicit,
            QwenImplicit,
            XAI,
            Mistral,
            Vllm,
        }.ToFrozenDictionary(policy => policy.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Finds a policy by its name.</summary>
    /// <param name="name">The name; case does not matter.</param>
    /// <param name="policy">The policy.</param>
    /// <returns><see langword="true"/> if there is one.</returns>
    public static bool TryGet(string name, [NotNullWhen(true)] out CachePolicy? policy) => All.TryGetValue(name, out policy);
}
