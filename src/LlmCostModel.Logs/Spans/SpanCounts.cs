using System.Globalization;
using System.Text.Json.Nodes;

namespace LlmCostModel.Logs;

/// <summary>Reads the counts among a span's attributes, and says which of them are not understood.</summary>
/// <remarks>The names: OpenTelemetry's conventions, now and before; OpenInference (Arize, spec/semantic_conventions.md); the AI SDK
/// (vercel/ai, packages/ai/src/telemetry), which writes its own beside OpenTelemetry's; OpenLLMetry, Sentry and Pydantic AI, which have
/// more than OpenTelemetry. Read 2026-11-26.</remarks>
internal static class SpanCounts
{
    private const int MostShown = 60;

    private static readonly string[] Input =
    [
        "gen_ai.usage.input_tokens", "gen_ai.usage.prompt_tokens", "llm.token_count.prompt", "llm.usage.prompt_tokens",
        "ai.usage.inputTokens", "ai.usage.promptTokens", "ai.usage.tokens",
    ];

    private static readonly string[] Output =
    [
        "gen_ai.usage.output_tokens", "gen_ai.usage.completion_tokens", "llm.token_count.completion", "llm.usage.completion_tokens",
        "ai.usage.outputTokens", "ai.usage.completionTokens",
    ];

    private static readonly string[] CacheRead =
    [
        "gen_ai.usage.cache_read.input_tokens", "gen_ai.usage.cached_tokens", "gen_ai.usage.cache_read_input_tokens",
        "gen_ai.usage.input_tokens.cached", "gen_ai.usage.details.cache_read_tokens", "gen_ai.usage.details.cached_tokens",
        "gen_ai.usage.details.cache_read_input_tokens", "llm.token_count.prompt_details.cache_read",
        "ai.usage.cachedInputTokens", "ai.usage.inputTokenDetails.cacheReadTokens",
    ];

    private static readonly string[] Written =
    [
        "gen_ai.usage.cache_creation.input_tokens", "gen_ai.usage.cache_write.input_tokens", "gen_ai.usage.cache_creation_input_tokens",
        "gen_ai.usage.input_tokens.cache_write", "gen_ai.usage.details.cache_write_tokens",
        "gen_ai.usage.details.cache_creation_input_tokens", "llm.token_count.prompt_details.cache_write",
        "ai.usage.inputTokenDetails.cacheWriteTokens",
    ];

    private static readonly string[] Reasoning =
    [
        "gen_ai.usage.reasoning.output_tokens", "gen_ai.usage.reasoning_tokens", "gen_ai.usage.output_tokens.reasoning",
        "gen_ai.usage.details.reasoning_tokens", "gen_ai.usage.details.thoughts_tokens",
        "llm.token_count.completion_details.reasoning", "ai.usage.reasoningTokens", "ai.usage.outputTokenDetails.reasoningTokens",
    ];

    private static readonly string[] Total =
    [
        "gen_ai.usage.total_tokens", "llm.usage.total_tokens", "llm.token_count.total", "ai.usage.totalTokens",
    ];

    private static readonly string[] Searches = ["gen_ai.usage.server_tool_use.web_search_requests"];

    /// <summary>What other counts leave of the whole, what a provider stated before its counts were made inclusive, and money.</summary>
    private static readonly string[] WithoutPrice =
    [
        "ai.usage.inputTokenDetails.noCacheTokens", "ai.usage.outputTokenDetails.textTokens",
        "gen_ai.usage.details.input_tokens", "gen_ai.usage.details.output_tokens", "gen_ai.usage.details.accepted_prediction_tokens",
        "gen_ai.usage.details.rejected_prediction_tokens", "gen_ai.usage.details.text_prompt_tokens",
        "gen_ai.usage.details.text_candidates_tokens",
    ];

    private static readonly string[] Prefixes = ["gen_ai.usage.", "ai.usage.", "llm.usage.", "llm.token_count."];

    private static readonly HashSet<string> Known =
        new([.. Input, .. Output, .. CacheRead, .. Written, .. Reasoning, .. Total, .. Searches, .. WithoutPrice], StringComparer.Ordinal);

    /// <summary>The counts, what of them is not understood and which is none; <see langword="null"/> when all is, and all are.</summary>
    public static (SpanUsage Usage, string? Doubt, string? Fault) Read(Dictionary<string, string> attributes, string? model)
    {
        List<string> doubts = [];
        string? fault = null;
        SpanUsage usage = new(Count(Input), Count(Output), Count(CacheRead), Count(Written), Count(Reasoning), Count(Searches));
        long total = Count(Total);
        if (total > 0 && !usage.IsFaulty)
        {
            bool isCacheOpen = usage.Read + usage.Written > 0 && attributes.ContainsKey("ai.usage.totalTokens");
            usage = total == usage.Input + usage.Output && !isCacheOpen ? usage : ByTotal(usage, total, model, doubts);
        }

        IEnumerable<string> named = attributes.Where(IsUnknown).Select(one => $"{one.Key} {one.Value}");
        string unknown = string.Join(", ", named.Order(StringComparer.Ordinal));
        if (unknown.Length > 0)
        {
            doubts.Add($"The span holds what is not known here: {unknown}. If it is billed, part of the cost is missing.");
        }

        return (usage, doubts.Count == 0 ? null : string.Join(' ', doubts), fault);

        // The first that is not zero; others repeat it by other names.
        long Count(string[] names)
        {
            (string Name, long Value)[] stated =
            [
                .. names.Where(attributes.ContainsKey).Select(name => (name, ToCount(attributes[name]))).Where(one => one.Item2 != 0),
            ];
            if (Array.Find(stated, one => one.Value != stated[0].Value) is { Name: { } other })
            {
                doubts.Add($"The span says {attributes[stated[0].Name]} as {stated[0].Name} and {attributes[other]} as {other}.");
            }

            if (stated is [{ Value: < 0, Name: { } wrong }, ..])
            {
                fault ??= $"{wrong} is '{Shown(attributes[wrong])}', not a whole number of 0 or more.";
            }

            return stated.Length == 0 ? 0 : stated[0].Value;
        }
    }

    private static string Shown(string text) => text.Length > MostShown ? text[..MostShown] + "..." : text;

    /// <summary>Asks the library, which knows who leaves thoughts or the cache out of the counts that hold them elsewhere: the AI SDK
    /// passes on what each provider counts, and the total tells.</summary>
    private static SpanUsage ByTotal(SpanUsage stated, long total, string? model, List<string> doubts)
    {
        JsonObject usage = new()
        {
            ["inputTokens"] = stated.Input,
            ["outputTokens"] = stated.Output,
            ["totalTokens"] = total,
            ["cachedInputTokens"] = stated.Read,
            ["reasoningTokens"] = stated.Reasoning,
            ["inputTokenDetails"] = new JsonObject { ["cacheWriteTokens"] = stated.Written },
        };
        JsonObject body = new() { ["usage"] = usage, ["response"] = new JsonObject { ["modelId"] = model } };
        try
        {
            UsageReading reading = UsageReader.Read(body.ToJsonString());
            if (reading.Reason is { } reason)
            {
                doubts.Add(reason);
            }

            return reading.Usage is { } read
                ? new(read.TotalInput, read.TotalOutput, read.CacheRead, read.TotalCacheWrite, read.Reasoning, stated.Searches)
                : stated;
        }
        catch (UsageFormatException exception)
        {
            doubts.Add(exception.Message);
            return stated;
        }
    }

    private static bool IsUnknown(KeyValuePair<string, string> attribute) =>
        !Known.Contains(attribute.Key)
        && Prefixes.Any(prefix => attribute.Key.StartsWith(prefix, StringComparison.Ordinal))
        && !attribute.Key.Contains("cost", StringComparison.OrdinalIgnoreCase)
        && decimal.TryParse(attribute.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal value)
        && value != 0;

    private static long ToCount(string text) =>
        ExactDecimal.TryParse(text, out decimal count, out bool isTooPrecise) && !isTooPrecise && decimal.IsInteger(count)
            && count is >= 0 and <= long.MaxValue ? (long)count : -1;
}
