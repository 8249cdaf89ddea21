using System.Globalization;
using System.Text.Json;

namespace LlmCostModel.Logs;

/// <summary>Finds the spans in a record: an export in OTLP JSON, or one span as the exporters of SDKs write it.</summary>
/// <remarks>ReadableSpan.to_json of opentelemetry-python; ConsoleSpanExporter and ReadableSpan of opentelemetry-js (read 2026-11-27). Their
/// attributes are an object.</remarks>
internal static class SpanExport
{
    /// <summary>The spans of a record; <see langword="null"/> when it is something else.</summary>
    public static List<TraceSpan>? Read(JsonElement record) =>
        record.ValueKind != JsonValueKind.Object ? null
        : record.TryGetProperty("resourceSpans", out JsonElement resources) && resources.ValueKind == JsonValueKind.Array ?
        [
            .. from resource in resources.EnumerateArray()
               from scope in Items(resource, "scopeSpans")
               from span in Items(scope, "spans")
               select new TraceSpan(
                   Text(span, "traceId"),
                   Text(span, "spanId"),
                   Text(span, "parentSpanId"),
                   FromNanoseconds(Text(span, "startTimeUnixNano")),
                   AttributesOf(span)),
        ]
        : IsSpan(record) ? [ReadSpan(record)]
        : null;

    /// <summary>Whether a record is an export of metrics or logs.</summary>
    public static bool IsOther(JsonElement record) =>
        record.ValueKind == JsonValueKind.Object
        && (record.TryGetProperty("resourceMetrics", out _) || record.TryGetProperty("resourceLogs", out _));

    private static bool IsSpan(JsonElement record) =>
        record.TryGetProperty("attributes", out JsonElement attributes)
        && attributes.ValueKind == JsonValueKind.Object
        && record.TryGetProperty("kind", out _)
        && Text(record, "name") is not null
        && ContextOf(record) is { } context
        && Text(context, "trace_id", "traceId") is not null;

    /// <summary>Where the ids of a span stand: in an object, or in the span itself.</summary>
    private static JsonElement? ContextOf(JsonElement span) =>
        span.Object("context") ?? span.Object("_spanContext") ?? span.Object("spanContext") ?? span;

    private static TraceSpan ReadSpan(JsonElement span)
    {
        JsonElement context = ContextOf(span)!.Value;
        Dictionary<string, string> attributes = new(StringComparer.Ordinal);
        foreach (JsonProperty attribute in span.GetProperty("attributes").EnumerateObject())
        {
            if (attribute.Value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Object or JsonValueKind.Array))
            {
                attributes[attribute.Name] = attribute.Value.ToString();
            }
        }

        string? parent = Text(span, "parent_id", "parentId", "parentSpanId")
            ?? (span.Object("parentSpanContext") is { } around ? Text(around, "spanId") : null);
        return new(
            Text(context, "trace_id", "traceId"),
            Text(context, "span_id", "spanId", "id"),
            parent,
            StartOf(span),
            attributes);
    }

    /// <summary>ISO 8601, microseconds, or seconds and nanoseconds.</summary>
    private static DateTimeOffset? StartOf(JsonElement span) =>
        span.TryGetProperty("startTime", out JsonElement parts) && parts.ValueKind == JsonValueKind.Array && parts.GetArrayLength() == 2
            && parts[0].ValueKind == JsonValueKind.Number && parts[0].TryGetInt64(out long seconds)
            && parts[1].ValueKind == JsonValueKind.Number && parts[1].TryGetInt64(out long nanoseconds)
            && seconds is > 0 and < 100_000_000_000
                ? DateTimeOffset.UnixEpoch.AddSeconds(seconds).AddTicks(nanoseconds / TimeSpan.NanosecondsPerTick)
            : Text(span, "start_time", "startTime", "timestamp") is { } text ? LogInstant.Parse(text, out _)
            : null;

    private static DateTimeOffset? FromNanoseconds(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long nanoseconds) && nanoseconds > 0
            ? DateTimeOffset.UnixEpoch.AddTicks(nanoseconds / TimeSpan.NanosecondsPerTick)
            : null;

    private static JsonElement.ArrayEnumerator Items(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out JsonElement list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray()
            : default;

    private static Dictionary<string, string> AttributesOf(JsonElement span)
    {
        Dictionary<string, string> attributes = new(StringComparer.Ordinal);
        foreach (JsonElement attribute in Items(span, "attributes"))
        {
            if (Text(attribute, "key") is { } key
                && attribute.TryGetProperty("value", out JsonElement value)
                && value.ValueKind == JsonValueKind.Object)
            {
                foreach (JsonProperty kind in value.EnumerateObject())
                {
                    attributes[key] = kind.Value.ToString(); // of stringValue, intValue, ...: there is one
                }
            }
        }

        return attributes;
    }

    private static string? Text(JsonElement owner, params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (owner.ValueKind == JsonValueKind.Object
                && owner.TryGetProperty(name, out JsonElement value)
                && value.ValueKind is JsonValueKind.String or JsonValueKind.Number)
            {
                return value.ToString();
            }
        }

        return null;
    }
}
