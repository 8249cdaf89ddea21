namespace LlmCostModel;

/// <summary>What bodies are said to be.</summary>
internal static class MediaTypes
{
    /// <summary>Whether it is a stream of events, or of JSON lines.</summary>
    internal static bool IsEventStream(string? type) => Is(type, "text/event-stream") || Is(type, "application/x-ndjson")
        || Is(type, "application/ndjson") || Is(type, "application/jsonl") || Is(type, "application/x-jsonlines")
        || Is(type, "application/stream+json");

    /// <summary>Whether it is a stream of Amazon's binary events.</summary>
    internal static bool IsFrames(string? type) => Is(type, "application/vnd.amazon.eventstream");

    internal static bool IsJson(string? type) =>
        Is(type, "application/json") || type?.EndsWith("+json", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>Whether it may be JSON: servers say <c>text/plain</c>, or nothing.</summary>
    internal static bool IsText(string? type) =>
        type is null || IsJson(type) || type.StartsWith("text/", StringComparison.OrdinalIgnoreCase);

    private static bool Is(string? type, string name) => name.Equals(type, StringComparison.OrdinalIgnoreCase);
}
