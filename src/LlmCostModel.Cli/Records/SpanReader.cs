using System.Globalization;
using System.Text.Json;

namespace LlmCostModel.Cli.Records;

/// <summary>Reads the calls of OpenTelemetry's spans, exported as OTLP JSON.</summary>
/// <remarks>The attributes of GenAI spans: https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-spans/. Input holds what was cached,
/// output what was reasoning. A span around others repeats the sum of what they used, and is not a call.</remarks>
internal static class SpanReader
{
    private static readonly Dictionary<string, string> Providers = new(StringComparer.Ordinal)
    {
        // Only who bills by prices of its own: the others speak protocols that many servers speak.
        ["aws.bedrock"] = "bedrock",
        ["azure.ai.openai"] = "azure",
        ["az.ai.openai"] = "azure",
        ["azure.ai.inference"] = "azure_ai",
        ["gcp.vertex_ai"] = "vertex",
        ["vertex_ai"] = "vertex",
    };

    /// <summary>Whether a record is an export of spans.</summary>
    public static bool IsExport(JsonElement root) =>
        root.ValueKind == JsonValueKind.Object
        && root.TryGetProperty("resourceSpans", out JsonElement spans)
        && spans.ValueKind == JsonValueKind.Array;

    /// <summary>The calls of an export, in the order of their spans; a span that cannot be read gives the reason instead.</summary>
    public static IEnumerable<(ModelCall? Call, IReadOnlyDictionary<string, string> Tags, string? Fault)> Read(JsonElement root)
    {
        List<Span> spans =
        [
            .. from resource in Items(root, "resourceSpans")
               from scope in Items(resource, "scopeSpans")
               from span in Items(scope, "spans")
               select new Span(Text(span, "spanId"), Text(span, "parentSpanId"), Text(span, "startTimeUnixNano"), AttributesOf(span)),
        ];
        ILookup<string?, Span> children = spans.ToLookup(span => span.Parent, StringComparer.Ordinal);
        foreach (Span span in spans.Where(span => span.HasUsage && !HasUsageBelow(span, children, spans.Count)))
        {
            ModelCall? call = null;
            string? fault = null;
            try
            {
                call = CallOf(span);
            }
            catch (Exception exception) when (exception is ArgumentException or OverflowException)
            {
                fault = $"span {span.Id}: {ErrorText.Of(exception)}";
            }

            yield return (call, span.Tags, fault);
        }
    }

    private static ModelCall CallOf(Span span)
    {
        string? model = span["gen_ai.response.model"] ?? span["gen_ai.request.model"];
        TokenUsage usage = TokenUsage.FromInclusive(
            span.Count("gen_ai.usage.input_tokens", "gen_ai.usage.prompt_tokens"),
            span.Count("gen_ai.usage.output_tokens", "gen_ai.usage.completion_tokens"),
            span.Count("gen_ai.usage.cache_read.input_tokens", "gen_ai.usage.cached_tokens"),
            span.Count("gen_ai.usage.cache_creation.input_tokens", "gen_ai.usage.cache_write.input_tokens"),
            span.Count("gen_ai.usage.reasoning.output_tokens", "gen_ai.usage.reasoning_tokens"));
        ModelCall call = ModelCall.FromUsage(model ?? throw new ArgumentException("The span names no model."), usage);
        return call with
        {
            At = span.Start,
            RequestedModel = span["gen_ai.request.model"],
            Identity = new CallIdentity { ResponseId = span["gen_ai.response.id"] },
            Asked = new CallContext
            {
                Provider = Providers.GetValueOrDefault(span["gen_ai.provider.name"] ?? span["gen_ai.system"] ?? ""),
                Tier = span["gen_ai.openai.response.service_tier"] ?? span["openai.response.service_tier"],
            },
        };
    }

    /// <summary>Whether a span within a span has usage; spans that are their own parents end the search.</summary>
    private static bool HasUsageBelow(Span span, ILookup<string?, Span> children, int mostDeep) =>
        mostDeep > 0
        && span.Id is not null
        && children[span.Id].Any(child => child.HasUsage || HasUsageBelow(child, children, mostDeep - 1));

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

    private static string? Text(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object
        && owner.TryGetProperty(name, out JsonElement value)
        && value.ValueKind is JsonValueKind.String or JsonValueKind.Number
            ? value.ToString()
            : null;

    private sealed record Span(string? Id, string? Parent, string? StartNano, Dictionary<string, string> Attributes)
    {
        private const long NanosecondsPerTick = 100;

        public string? this[string name] => Attributes.GetValueOrDefault(name);

        public bool HasUsage => Attributes.Keys.Any(name => name.StartsWith("gen_ai.usage.", StringComparison.Ordinal));

        public DateTimeOffset? Start =>
            long.TryParse(StartNano, NumberStyles.None, CultureInfo.InvariantCulture, out long nano) && nano > 0
            ? DateTimeOffset.UnixEpoch.AddTicks(nano / NanosecondsPerTick)
            : null;

        public IReadOnlyDictionary<string, string> Tags => this["gen_ai.conversation.id"] is { } conversation
            ? new Dictionary<string, string> { ["conversation"] = conversation }
            : new Dictionary<string, string>();

        public long Count(string name, string olderName) => (this[name] ?? this[olderName]) is not { } text ? 0
            : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long count) ? count
            : throw new ArgumentException($"{name} is '{text}', not a whole number of tokens, 0 or more.");
    }
}
