using System.Text.Json.Nodes;

namespace LlmCostModel.Tests.Responses;

/// <summary>A body and where its counts stand.</summary>
/// <param name="Body">The body; its events one after the other where it is a stream.</param>
/// <param name="Usage">The block of counts.</param>
/// <param name="Total">The name of the stated total; <see langword="null"/> where the shape has none.</param>
internal sealed record RenderedUsage(JsonObject[] Body, JsonObject Usage, string? Total);

/// <summary>One shape in which usage is given out.</summary>
/// <param name="Name">Its name.</param>
/// <param name="CanSay">Whether it has names for all of a usage.</param>
/// <param name="Render">Writes a usage.</param>
internal sealed record UsageShape(string Name, Func<TokenUsage, bool> CanSay, Func<TokenUsage, RenderedUsage> Render)
{
    /// <summary>Whether nothing in the shape says where cached tokens are counted.</summary>
    internal bool IsAmbiguousWithCache { get; init; }

    /// <summary>Whether an object in it repeats the counts by other names.</summary>
    internal bool HasRepeats { get; init; }

    /// <summary>Whether its counts stand in a block of their own, so that all in it are counts.</summary>
    internal bool IsBlock { get; init; } = true;

    /// <summary>Whether it states a total.</summary>
    internal bool HasTotal => Render(new TokenUsage { Input = 1, Output = 1 }).Total is not null;

    /// <summary>The tier that it states.</summary>
    internal string? Tier { get; init; }

    /// <summary>Whether tokens in the total alone are reasoning.</summary>
    internal bool HidesReasoning { get; init; }

    public override string ToString() => Name;
}

/// <summary>Shapes as the documents of their makers describe them, written without a look at the reader's tables.</summary>
internal static class UsageShapes
{
    private const string Model = "m";

    internal static readonly UsageShape[] All =
    [
        new("OpenAI chat", NoLives, u => Block(
            ("prompt_tokens", u.TotalInput), ("completion_tokens", u.TotalOutput), ("total_tokens", u.TotalInput + u.TotalOutput),
            ("prompt_tokens_details", Details(("cached_tokens", u.CacheRead), ("cache_write_tokens", u.CacheWrite), ("audio_tokens", 0))),
            ("completion_tokens_details", Details(("reasoning_tokens", u.Reasoning), ("rejected_prediction_tokens", 0))))
            .In("usage", "total_tokens", ("object", "chat.completion"))),
        new("OpenAI Responses", NoLives, u => Block(
            ("input_tokens", u.TotalInput), ("output_tokens", u.TotalOutput), ("total_tokens", u.TotalInput + u.TotalOutput),
            ("input_tokens_details", Details(("cached_tokens", u.CacheRead), ("cache_write_tokens", u.CacheWrite))),
            ("output_tokens_details", Details(("reasoning_tokens", u.Reasoning))))
            .In("usage", "total_tokens", ("object", "response"))),
        new("Anthropic", AnyLives, u => Anthropic(u).In("usage", null, ("type", "message"))),
        new("Anthropic stream", u => AnyLives(u) && u.Reasoning == 0, AnthropicStream),
        new("Gemini", NoWrites, u => Block(
            ("promptTokenCount", u.TotalInput), ("candidatesTokenCount", u.Output), ("thoughtsTokenCount", u.Reasoning),
            ("cachedContentTokenCount", u.CacheRead), ("totalTokenCount", u.TotalInput + u.TotalOutput))
            .In("usageMetadata", "totalTokenCount")) { HidesReasoning = true },
        new("Gemini as its Python library writes it", NoWrites, u => Block(
            ("prompt_token_count", u.TotalInput), ("candidates_token_count", u.Output), ("thoughts_token_count", u.Reasoning),
            ("cached_content_token_count", u.CacheRead), ("total_token_count", u.TotalInput + u.TotalOutput))
            .In("usage_metadata", "total_token_count")) { HidesReasoning = true },
        new("Gemini CLI", NoWrites, u => Block(
            ("input", u.TotalInput), ("output", u.Output), ("cached", u.CacheRead), ("thoughts", u.Reasoning), ("tool", 0),
            ("total", u.TotalInput + u.TotalOutput)).In("tokens", "total", ("type", "gemini"))) { HidesReasoning = true },
        new("Gemini as OpenAI", u => NoWrites(u) && u.CacheRead == 0, u => Block(
            ("prompt_tokens", u.TotalInput), ("completion_tokens", u.TotalOutput), ("total_tokens", u.TotalInput + u.TotalOutput),
            ("completion_tokens_details", Details(("reasoning_tokens", u.Reasoning)))).In("usage", "total_tokens")),
        new("Converse", u => AnyLives(u) && u.Reasoning == 0, u => Block(
            ("inputTokens", u.Input), ("outputTokens", u.Output), ("totalTokens", u.TotalInput + u.TotalOutput),
            ("cacheReadInputTokens", u.CacheRead), ("cacheWriteInputTokens", Written(u)),
            ("cacheDetails", u.CacheWrite5m + u.CacheWrite1h == 0 ? null : new JsonArray(
                Details(("inputTokens", u.CacheWrite5m)).With("ttl", "5m"), Details(("inputTokens", u.CacheWrite1h)).With("ttl", "1h"))))
            .In("usage", "totalTokens")),
        new("xAI chat, reasoning apart", u => NoWrites(u), u => Block(
            ("prompt_tokens", u.TotalInput), ("completion_tokens", u.Output), ("total_tokens", u.TotalInput + u.TotalOutput),
            ("prompt_tokens_details", Details(("cached_tokens", u.CacheRead))),
            ("completion_tokens_details", Details(("reasoning_tokens", u.Reasoning)))).In("usage", "total_tokens")),
        new("DeepSeek", NoWrites, u => Block(
            ("prompt_tokens", u.TotalInput), ("completion_tokens", u.TotalOutput), ("total_tokens", u.TotalInput + u.TotalOutput),
            ("prompt_cache_hit_tokens", u.CacheRead), ("prompt_cache_miss_tokens", u.Input),
            ("completion_tokens_details", Details(("reasoning_tokens", u.Reasoning)))).In("usage", "total_tokens")),
        new("LiteLLM for Claude", AnyLives, u => Block(
            ("prompt_tokens", u.TotalInput), ("completion_tokens", u.TotalOutput), ("total_tokens", u.TotalInput + u.TotalOutput),
            ("prompt_tokens_details", Details(("cached_tokens", u.CacheRead), ("cache_creation_tokens", Written(u)), ("text_tokens", u.Input))
                .With("cache_creation_token_details", Lives(u))),
            ("completion_tokens_details", Details(("reasoning_tokens", u.Reasoning), ("text_tokens", u.Output))),
            ("cache_read_input_tokens", u.CacheRead), ("cache_creation_input_tokens", Written(u))).In("usage", "total_tokens")),
        new("AI SDK 5", NoWrites, u => Block(
            ("inputTokens", u.TotalInput), ("outputTokens", u.TotalOutput), ("totalTokens", u.TotalInput + u.TotalOutput),
            ("reasoningTokens", u.Reasoning), ("cachedInputTokens", u.CacheRead)).In("usage", "totalTokens")),
        new("AI SDK 6", NoLives, u => Block(
            ("inputTokens", u.TotalInput),
            ("inputTokenDetails", Details(("noCacheTokens", u.Input), ("cacheReadTokens", u.CacheRead), ("cacheWriteTokens", u.CacheWrite))),
            ("outputTokens", u.TotalOutput), ("outputTokenDetails", Details(("textTokens", u.Output), ("reasoningTokens", u.Reasoning))),
            ("totalTokens", u.TotalInput + u.TotalOutput), ("reasoningTokens", u.Reasoning), ("cachedInputTokens", u.CacheRead))
            .In("usage", "totalTokens")),
        new("Copilot SDK", u => NoLives(u) && u.Reasoning == 0, u => Block(
            ("inputTokens", u.TotalInput), ("outputTokens", u.Output), ("cacheReadTokens", u.CacheRead), ("cacheWriteTokens", u.CacheWrite))
            .In("data", null, ("type", "assistant.usage"))) { IsAmbiguousWithCache = true, IsBlock = false },
        new("LangChain", NoLives, u => Block(
            ("input_tokens", u.TotalInput), ("output_tokens", u.TotalOutput), ("total_tokens", u.TotalInput + u.TotalOutput),
            ("input_token_details", Details(("cache_read", u.CacheRead), ("cache_creation", u.CacheWrite), ("audio", 0))),
            ("output_token_details", Details(("reasoning", u.Reasoning)))).In("usage_metadata", "total_tokens", ("type", "ai"))),
        new("LangChain for Claude", u => AnyLives(u) && u.CacheWrite == 0, u => Block(
            ("input_tokens", u.TotalInput), ("output_tokens", u.TotalOutput), ("total_tokens", u.TotalInput + u.TotalOutput),
            ("input_token_details", Details(
                ("cache_read", u.CacheRead), ("cache_creation", 0),
                ("ephemeral_5m_input_tokens", u.CacheWrite5m), ("ephemeral_1h_input_tokens", u.CacheWrite1h))),
            ("output_token_details", Details(("reasoning", u.Reasoning)))).In("usage_metadata", "total_tokens", ("type", "ai"))),
        new("LangChain at another tier", NoLives, u => Block(
            ("input_tokens", u.TotalInput), ("output_tokens", u.TotalOutput), ("total_tokens", u.TotalInput + u.TotalOutput),
            ("input_token_details", Details(
                ("flex_cache_read", u.CacheRead), ("cache_creation", u.CacheWrite), ("flex", u.TotalInput - u.CacheRead))),
            ("output_token_details", Details(("flex_reasoning", u.Reasoning), ("flex", u.Output))))
            .In("usage_metadata", "total_tokens")) { Tier = "flex" },
        new("LangChain's dump", NoLives, u => Block(
            ("input_tokens", u.TotalInput), ("output_tokens", u.TotalOutput), ("total_tokens", u.TotalInput + u.TotalOutput),
            ("input_token_details", Details(("cache_read", u.CacheRead), ("cache_creation", u.CacheWrite))),
            ("output_token_details", Details(("reasoning", u.Reasoning))))
            .In("usage_metadata", "total_tokens").Inside("kwargs", ("lc", 1))),
        new("LangChain's result", NoLives, u => Block(
            ("prompt_tokens", u.TotalInput), ("completion_tokens", u.TotalOutput), ("total_tokens", u.TotalInput + u.TotalOutput),
            ("prompt_tokens_details", Details(("cached_tokens", u.CacheRead), ("cache_write_tokens", u.CacheWrite))),
            ("completion_tokens_details", Details(("reasoning_tokens", u.Reasoning))))
            .In("token_usage", "total_tokens").Inside("llm_output")),
        new("LangChain for Claude, with Claude's own", AnyLives, u =>
        {
            JsonObject own = Anthropic(u);
            RenderedUsage rendered = Block(
                ("input_tokens", u.TotalInput), ("output_tokens", u.TotalOutput), ("total_tokens", u.TotalInput + u.TotalOutput),
                ("input_token_details", Details(("cache_read", u.CacheRead), ("cache_creation", Written(u)))))
                .In("usage_metadata", null);
            rendered.Body[0]["response_metadata"] = new JsonObject { ["usage"] = own };
            return rendered with { Usage = own };
        }),
        new("AI SDK 4", u => NoWrites(u) && u.Reasoning == 0 && u.CacheRead == 0, u => Block(
            ("promptTokens", u.TotalInput), ("completionTokens", u.TotalOutput), ("totalTokens", u.TotalInput + u.TotalOutput))
            .In("usage", "totalTokens")),
        new("AI SDK 5 for Claude", u => NoLives(u) && u.Reasoning == 0, u =>
        {
            RenderedUsage rendered = Block(
                ("inputTokens", u.Input), ("outputTokens", u.Output), ("totalTokens", u.Input + u.Output), ("cachedInputTokens", u.CacheRead))
                .In("usage", null);
            rendered.Body[0]["providerMetadata"] = new JsonObject
            {
                ["anthropic"] = new JsonObject { ["cacheCreationInputTokens"] = u.CacheWrite },
            };
            return rendered;
        }),
        new("AI SDK, the end of a stream", NoWrites, u => Block(
            ("inputTokens", u.TotalInput), ("outputTokens", u.TotalOutput), ("totalTokens", u.TotalInput + u.TotalOutput),
            ("reasoningTokens", u.Reasoning), ("cachedInputTokens", u.CacheRead))
            .In("totalUsage", "totalTokens", ("type", "finish"))),
        new("AI SDK, one step", NoWrites, u => Block(
            ("inputTokens", u.TotalInput), ("outputTokens", u.TotalOutput), ("totalTokens", u.TotalInput + u.TotalOutput),
            ("reasoningTokens", u.Reasoning), ("cachedInputTokens", u.CacheRead))
            .In("usage", "totalTokens").Inside("steps", isList: true)),
        new("Groq's systems", u => NoWrites(u), u => Block(
            ("prompt_tokens", u.TotalInput), ("completion_tokens", u.TotalOutput), ("total_tokens", u.TotalInput + u.TotalOutput),
            ("prompt_tokens_details", Details(("cached_tokens", u.CacheRead))),
            ("completion_tokens_details", Details(("reasoning_tokens", u.Reasoning))))
            .In("usage", "total_tokens").Inside("models", isList: true).Inside("usage_breakdown", ("object", "chat.completion"))),
        new("Pydantic AI", NoLives, u => Block(
            ("input_tokens", u.TotalInput), ("cache_write_tokens", u.CacheWrite), ("cache_read_tokens", u.CacheRead),
            ("output_tokens", u.TotalOutput), ("input_audio_tokens", 0), ("cache_audio_read_tokens", 0), ("output_audio_tokens", 0),
            ("details", Details(("reasoning_tokens", u.Reasoning), ("cache_read_input_tokens", u.CacheRead))))
            .In("usage", null, ("kind", "response"))) { HasRepeats = true },
        new("Microsoft.Extensions.AI", NoLives, u => Block(
            ("inputTokenCount", u.TotalInput), ("outputTokenCount", u.TotalOutput), ("totalTokenCount", u.TotalInput + u.TotalOutput),
            ("cachedInputTokenCount", u.CacheRead), ("reasoningTokenCount", u.Reasoning),
            ("additionalCounts", Details(("CacheCreationInputTokens", u.CacheWrite)))).In("usage", "totalTokenCount")),
        new("Microsoft.Extensions.AI over Bedrock", u => NoWrites(u) && u.Reasoning == 0, u => Block(
            ("inputTokenCount", u.Input), ("outputTokenCount", u.Output), ("totalTokenCount", u.TotalInput + u.TotalOutput),
            ("additionalCounts", Details(("CacheReadInputTokens", u.CacheRead)))).In("usage", "totalTokenCount")),
        new("Codex", NoWrites, u => Block(
            ("input_tokens", u.TotalInput), ("cached_input_tokens", u.CacheRead), ("output_tokens", u.TotalOutput),
            ("reasoning_output_tokens", u.Reasoning)).In("usage", null, ("type", "turn.completed"))),
        new("Cline", u => NoLives(u) && u.Reasoning == 0, u =>
        {
            JsonObject body = Block(
                ("tokensIn", u.Input), ("tokensOut", u.Output), ("cacheReads", u.CacheRead), ("cacheWrites", u.CacheWrite)).With("model", Model);
            return new([body], [], null);
        }) { IsBlock = false },
        new("Claude Code result", u => NoLives(u) && u.Reasoning == 0, u =>
        {
            JsonObject usage = Block(
                ("inputTokens", u.Input), ("outputTokens", u.Output), ("cacheReadInputTokens", u.CacheRead),
                ("cacheCreationInputTokens", u.CacheWrite), ("contextWindow", 200_000));
            return new([new JsonObject { ["type"] = "result", ["modelUsage"] = new JsonObject { [Model] = usage } }], usage, null);
        }),
    ];

    private static bool NoWrites(TokenUsage usage) => Written(usage) == 0;

    private static bool NoLives(TokenUsage usage) => usage.CacheWrite5m == 0 && usage.CacheWrite1h == 0;

    /// <summary>Writes by time to live, or of the provider's default: no body states both.</summary>
    private static bool AnyLives(TokenUsage usage) => usage.CacheWrite == 0 || NoLives(usage);

    private static long Written(TokenUsage usage) => usage.CacheWrite + usage.CacheWrite5m + usage.CacheWrite1h;

    private static JsonObject? Lives(TokenUsage usage) => NoLives(usage)
        ? null
        : Details(("ephemeral_5m_input_tokens", usage.CacheWrite5m), ("ephemeral_1h_input_tokens", usage.CacheWrite1h));

    private static JsonObject Anthropic(TokenUsage u) => Block(
        ("input_tokens", u.Input), ("cache_read_input_tokens", u.CacheRead), ("cache_creation_input_tokens", Written(u)),
        ("cache_creation", Lives(u)), ("output_tokens", u.TotalOutput),
        ("output_tokens_details", u.Reasoning == 0 ? null : Details(("thinking_tokens", u.Reasoning))));

    /// <summary>The input stands at the beginning, and a proxy repeats it as 0.</summary>
    private static RenderedUsage AnthropicStream(TokenUsage usage)
    {
        JsonObject start = Anthropic(usage with { Output = 0 });
        return new(
            [
                new JsonObject
                {
                    ["type"] = "message_start",
                    ["message"] = new JsonObject { ["type"] = "message", ["model"] = Model, ["usage"] = start },
                },
                new JsonObject
                {
                    ["type"] = "message_delta",
                    ["usage"] = Block(("input_tokens", 0), ("cache_read_input_tokens", 0), ("output_tokens", usage.TotalOutput)),
                },
                new JsonObject { ["type"] = "message_stop" },
            ],
            start,
            null);
    }

    private static JsonObject Block(params (string Name, JsonNode? Value)[] counts)
    {
        JsonObject block = [];
        foreach ((string name, JsonNode? value) in counts)
        {
            if (value is not null)
            {
                block[name] = value;
            }
        }

        return block;
    }

    private static JsonObject Details(params (string Name, JsonNode? Value)[] counts) => Block(counts);

    private static JsonObject With(this JsonObject block, string name, JsonNode? value)
    {
        if (value is not null)
        {
            block[name] = value;
        }

        return block;
    }

    private static RenderedUsage Inside(this RenderedUsage rendered, string place, params (string Name, JsonNode Value)[] around) =>
        rendered.Inside(place, isList: false, around);

    private static RenderedUsage Inside(
        this RenderedUsage rendered, string place, bool isList, params (string Name, JsonNode Value)[] around)
    {
        JsonObject body = new() { [place] = isList ? new JsonArray(rendered.Body[0]) : rendered.Body[0] };
        foreach ((string name, JsonNode value) in around)
        {
            body[name] = value;
        }

        return rendered with { Body = [body] };
    }

    private static RenderedUsage In(this JsonObject usage, string place, string? total, params (string Name, string Value)[] around)
    {
        JsonObject body = new() { ["model"] = Model, [place] = usage };
        foreach ((string name, string value) in around)
        {
            body[name] = value;
        }

        return new([body], usage, total);
    }
}
