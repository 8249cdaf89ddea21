namespace LlmCostModel.Logs;

/// <summary>What others call the members of a usage record.</summary>
internal static class RecordHints
{
    private static readonly Dictionary<string, string> Meant = new(StringComparer.OrdinalIgnoreCase)
    {
        ["timestamp"] = "at",
        ["time"] = "at",
        ["ts"] = "at",
        ["date"] = "at",
        ["created"] = "at",
        ["created_at"] = "at",
        ["createdAt"] = "at",
        ["started_at"] = "at",
        ["startTime"] = "at",
        ["service_tier"] = "tier",
        ["serviceTier"] = "tier",
        ["batch"] = "tier",
        ["is_batch"] = "tier",
        ["speed"] = "tier",
        ["meter"] = "meters",
        ["units"] = "meters",
        ["quantities"] = "meters",
        ["host"] = "provider",
        ["vendor"] = "provider",
        ["system"] = "provider",
        ["litellm_provider"] = "provider",
        ["inference_geo"] = "region",
        ["location"] = "region",
        ["geo"] = "region",
        ["user"] = "tags",
        ["tenant"] = "tags",
        ["metadata"] = "tags",
        ["labels"] = "tags",
        ["team"] = "tags",
        ["attribute"] = "attributes",
        ["model_id"] = "model",
        ["modelId"] = "model",
        ["model_name"] = "model",
        ["tokens"] = "usage",
        ["request_id"] = "id",
        ["response_id"] = "id",
        ["input_tokens"] = "input",
        ["prompt_tokens"] = "input",
        ["inputTokens"] = "input",
        ["promptTokens"] = "input",
        ["output_tokens"] = "output",
        ["completion_tokens"] = "output",
        ["outputTokens"] = "output",
        ["completionTokens"] = "output",
        ["cached"] = "cacheRead",
        ["cached_tokens"] = "cacheRead",
        ["cache_read"] = "cacheRead",
        ["cache_read_input_tokens"] = "cacheRead",
        ["cachedInputTokens"] = "cacheRead",
        ["cache_write"] = "cacheWrite",
        ["cache_creation"] = "cacheWrite",
        ["cache_creation_input_tokens"] = "cacheWrite",
        ["reasoning_tokens"] = "reasoning",
        ["reasoningTokens"] = "reasoning",
        ["thinking_tokens"] = "reasoning",
    };

    /// <summary>All names that somebody gives them.</summary>
    public static IEnumerable<string> Names => Meant.Keys;

    /// <summary>The member that is meant, and how to say so; <see langword="null"/> when nobody knows.</summary>
    public static (string Name, string Text)? For(string name) =>
        !Meant.TryGetValue(name, out string? meant) ? null
        : meant == "tier" && name.EndsWith("batch", StringComparison.OrdinalIgnoreCase)
            ? (meant, "A call of a batch has \"tier\": \"batch\".")
        : meant == "tags" ? (meant, $"Write it in \"tags\": {{ \"{name}\": ... }}.")
        : (meant, $"Did you mean {meant}?");
}
