namespace LlmCostModel.Logs;

/// <summary>Reads the calls of the spans of one log.</summary>
/// <remarks>The attributes of GenAI spans: https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-spans/. Input holds what was cached,
/// output what was reasoning. A span around others repeats the sum of what they used, and is not a call.</remarks>
internal sealed class SpanReader
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

    /// <summary>What spans that were read before used, by the spans around them, which end later and so come later.</summary>
    private readonly Dictionary<string, SpanUsage> _earlier = new(StringComparer.Ordinal);

    /// <summary>How many spans were read.</summary>
    public long Spans { get; private set; }

    /// <summary>Whether one of them stated a usage.</summary>
    public bool IsAny { get; private set; }

    /// <summary>The calls of some spans of a log, in their order; a span that cannot be read gives the reason instead.</summary>
    public IEnumerable<LogEntry> Read(List<Span> spans)
    {
        Spans += spans.Count;
        ILookup<string?, Span> children = spans.ToLookup(span => span.Parent, StringComparer.Ordinal);
        List<LogEntry> entries = [];
        foreach (Span span in spans.Where(span => span.HasUsage))
        {
            IsAny = true;
            LogEntry? entry = null;
            try
            {
                entry = CallOf(span, Below(span, children, spans.Count)) is { } call ? LogEntry.Of(call, span.Tags) : null;
            }
            catch (Exception exception) when (exception is ArgumentException or OverflowException)
            {
                entry = LogEntry.Unreadable($"span {span.Id}: {FaultText.Of(exception)}");
            }

            if (entry is not null)
            {
                entries.Add(entry.KnownBy(span.Key));
            }
        }

        HashSet<string?> here = [.. spans.Select(span => span.Key)];
        foreach (Span span in spans.Where(span => span.Parent is not null && !here.Contains(span.Parent)))
        {
            Keep(span.Parent!, span, children, spans.Count);
        }

        return entries;
    }

    private void Keep(string parent, Span span, ILookup<string?, Span> children, int mostDeep)
    {
        try
        {
            SpanUsage used = span.HasUsage ? span.Usage : Below(span, children, mostDeep);
            if (!used.IsEmpty && !used.IsFaulty)
            {
                _earlier[parent] = _earlier.GetValueOrDefault(parent) + used;
            }
        }
        catch (OverflowException)
        {
            // No span states as much, so that none is a sum of these.
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
    private SpanUsage Below(Span span, ILookup<string?, Span> children, int mostDeep) =>
        mostDeep == 0 || span.Key is null
            ? default
            : children[span.Key].Aggregate(_earlier.GetValueOrDefault(span.Key), (sum, child) =>
                sum + (ReferenceEquals(child, span) ? default : child.HasUsage ? child.Usage : Below(child, children, mostDeep - 1)));
}
