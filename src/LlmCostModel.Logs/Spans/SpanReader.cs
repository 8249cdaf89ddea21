using System.Text.Json;

namespace LlmCostModel.Logs;

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
    public static IEnumerable<(Span? Span, ModelCall? Call, string? Fault)> Read(JsonElement root)
    {
        List<Span> spans =
        [
            .. from resource in Items(root, "resourceSpans")
               from scope in Items(resource, "scopeSpans")
               from span in Items(scope, "spans")
               select new Span(Text(span, "traceId"), Text(span, "spanId"), Text(span, "parentSpanId"), Text(span, "startTimeUnixNano"), AttributesOf(span)),
        ];
        ILookup<string?, Span> children = spans.ToLookup(span => span.Parent, StringComparer.Ordinal);
        bool isAny = false;
        foreach (Span span in spans.Where(span => span.HasUsage))
        {
            isAny = true;
            ModelCall? call = null;
            string? fault = null;
            try
            {
                call = CallOf(span, Below(span, children, spans.Count));
            }
            catch (Exception exception) when (exception is ArgumentException or OverflowException)
            {
                fault = $"span {span.Id}: {FaultText.Of(exception)}";
            }

            if (call is not null || fault is not null)
            {
                yield return (span, call, fault);
            }
        }

        if (!isAny)
        {
            yield return (null, null, $"None of the {spans.Count} spans states a usage "
                + "(gen_ai.usage.input_tokens, or llm.token_count.prompt).");
        }
    }

    /// <summary>The call of a span; <see langword="null"/> when the spans below have all of its usage. A span that states more than those
    /// below is the sum of calls of which some are missing.</summary>
    private static ModelCall? CallOf(Span span, SpanUsage below)
    {
        SpanUsage own = span.Usage;
        if (below.IsEmpty)
        {
            ModelCall call = CallOf(span, in own);
            UsageReading reading = span.IsCall ? call.Reading : call.Reading with { Calls = null };
            return call with
            {
                Reading = span.Doubt is { } doubt ? reading with { Status = UsageStatus.Partial, Reason = doubt } : reading,
            };
        }

        SpanUsage rest = own - below;
        return rest.IsEmpty ? null : CallOf(span, in rest) is var part
            ? part with
            {
                Reading = part.Reading with
                {
                    Calls = null,
                    Status = UsageStatus.Partial,
                    Reason = $"Span {span.Id} states more than the spans below it: {part.Reading.Usage}. "
                        + "Of which calls that is, is not known.",
                },
            }
            : null;
    }

    private static ModelCall CallOf(Span span, in SpanUsage counts)
    {
        RequireInclusive(in counts);
        TokenUsage usage = TokenUsage.FromInclusive(counts.Input, counts.Output, counts.Read, counts.Written, counts.Reasoning);
        MeteredQuantities? searches = counts.Searches == 0 ? null : MeteredQuantities.Empty.With(MeterNames.WebSearch, counts.Searches);
        string model = span.Model ?? throw new ArgumentException("The span names no model.");
        ModelCall call = ModelCall.FromUsage(model, usage, searches);
        return call with
        {
            At = span.Start,
            RequestedModel = span["gen_ai.request.model"] ?? span["ai.model.id"],
            Identity = new CallIdentity { ResponseId = span["gen_ai.response.id"] ?? span["ai.response.id"] },
            Asked = new CallContext
            {
                Provider = Providers.GetValueOrDefault(span["gen_ai.provider.name"] ?? span["gen_ai.system"] ?? ""),
                Tier = span["gen_ai.openai.response.service_tier"] ?? span["openai.response.service_tier"],
            },
        };
    }

    /// <summary>Says in the words of spans what is wrong with their counts.</summary>
    private static void RequireInclusive(in SpanUsage counts)
    {
        if (counts.IsFaulty)
        {
            throw new ArgumentException("One of its attributes gen_ai.usage.* is not a whole number of 0 or more.");
        }

        if (checked(counts.Read + counts.Written) > counts.Input)
        {
            throw new ArgumentException(FormattableString.Invariant($"gen_ai.usage.cache_read.input_tokens ({counts.Read}) and ")
                + FormattableString.Invariant($"gen_ai.usage.cache_creation.input_tokens ({counts.Written}) exceed ")
                + FormattableString.Invariant($"gen_ai.usage.input_tokens ({counts.Input}), which holds them by OpenTelemetry's ")
                + "conventions. What wrote the span counts as Anthropic does, beside the input: have it state the sum.");
        }

        if (counts.Reasoning > counts.Output)
        {
            throw new ArgumentException(FormattableString.Invariant($"gen_ai.usage.reasoning.output_tokens ({counts.Reasoning}) exceed ")
                + FormattableString.Invariant($"gen_ai.usage.output_tokens ({counts.Output}), which holds them by OpenTelemetry's ")
                + "conventions.");
        }
    }

    /// <summary>What the nearest spans below that state a usage add up to; spans that are their own parents end the search.</summary>
    private static SpanUsage Below(Span span, ILookup<string?, Span> children, int mostDeep) =>
        mostDeep == 0 || span.Id is null
            ? default
            : children[span.Id].Aggregate(default(SpanUsage), (sum, child) =>
                sum + (ReferenceEquals(child, span) ? default : child.HasUsage ? child.Usage : Below(child, children, mostDeep - 1)));

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
}
