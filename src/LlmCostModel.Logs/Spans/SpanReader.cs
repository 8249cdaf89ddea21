namespace LlmCostModel.Logs;

/// <summary>Reads the calls of the spans of one log.</summary>
/// <remarks>The attributes of GenAI spans: https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-spans/. Input holds what was cached,
/// output what was reasoning. A span around others repeats the sum of what they used, and is not a call.</remarks>
internal sealed class SpanReader
{
    private const int MostDeep = 1_000;

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

    /// <summary>Every span with the one around it and what it used: spans come in any order.</summary>
    private readonly Dictionary<string, (string? Parent, SpanUsage Usage)> _all = new(StringComparer.Ordinal);

    /// <summary>Spans that may be sums of others, which may come later.</summary>
    private readonly List<(TraceSpan Span, long Line)> _held = [];

    /// <summary>Spans around others that state a usage, whether they were read themselves or not.</summary>
    private readonly HashSet<string> _around = new(StringComparer.Ordinal);

    /// <summary>Spans that were taken for calls.</summary>
    private readonly HashSet<string> _calls = new(StringComparer.Ordinal);

    /// <summary>How many spans were read.</summary>
    public long Spans { get; private set; }

    /// <summary>Whether one of them stated a usage.</summary>
    public bool IsAny { get; private set; }

    /// <summary>The calls of some spans of a log, in their order; a span that cannot be read gives the reason instead. What may be a sum
    /// waits until all are read.</summary>
    public IEnumerable<LogEntry> Read(List<TraceSpan> spans, long line)
    {
        Spans += spans.Count;
        foreach (TraceSpan span in spans.Where(span => span.Key is not null))
        {
            _all[span.Key!] = (span.Parent, span.HasUsage && !span.Usage.IsFaulty ? span.Usage : default);
        }

        foreach (TraceSpan span in spans.Where(span => span.Parent is not null && (span.HasUsage || _around.Contains(span.Key ?? ""))))
        {
            _around.UnionWith(Around(span));
        }

        List<LogEntry> entries = [];
        foreach (TraceSpan span in spans.Where(span => span.HasUsage))
        {
            IsAny = true;
            if (span.Key is not null && (!span.IsCall || _around.Contains(span.Key)))
            {
                _held.Add((span, line));
            }
            else if (EntryOf(span, below: default) is { } entry)
            {
                entries.Add(entry);
                _calls.Add(span.Key ?? "");
            }
        }

        return entries;
    }

    /// <summary>The calls that sums have more than the spans below them, now that all are read.</summary>
    public IEnumerable<LogEntry> Finish()
    {
        Dictionary<string, SpanUsage> below = new(StringComparer.Ordinal);
        foreach ((string key, (string? parent, SpanUsage usage)) in _all)
        {
            if (!usage.IsEmpty && OwnerOf(key, parent) is { } owner)
            {
                below[owner] = Sum(below.GetValueOrDefault(owner), usage);
            }
        }

        foreach (string key in below.Keys.Where(_calls.Contains))
        {
            yield return LogEntry.Unreadable($"Span {key} was taken for a call, and spans below it, which come later, state a usage, too: "
                + "what they used is counted twice. State gen_ai.operation.name in spans of agents.");
        }

        foreach ((TraceSpan span, long line) in _held)
        {
            if (EntryOf(span, below.GetValueOrDefault(span.Key!)) is { } entry)
            {
                yield return entry.At(line);
            }
        }
    }

    private static LogEntry? EntryOf(TraceSpan span, SpanUsage below)
    {
        try
        {
            return CallOf(span, below) is { } call ? LogEntry.Of(call, span.Tags).KnownBy(span.Key) : null;
        }
        catch (Exception exception) when (exception is ArgumentException or OverflowException)
        {
            return LogEntry.Unreadable($"span {span.Id}: {FaultText.Of(exception)}");
        }
    }

    private static SpanUsage Sum(SpanUsage left, SpanUsage right)
    {
        try
        {
            return left + right;
        }
        catch (OverflowException)
        {
            return left; // no span states as much, so that none is a sum of these
        }
    }

    /// <summary>The spans around a span, up to the first that states a usage or is not read yet.</summary>
    private IEnumerable<string> Around(TraceSpan span)
    {
        string? parent = span.Parent;
        for (int depth = 0; parent is not null && parent != span.Key && depth < MostDeep; depth++)
        {
            yield return parent;
            parent = _all.TryGetValue(parent, out (string? Parent, SpanUsage Usage) around) && around.Usage.IsEmpty ? around.Parent : null;
        }
    }

    /// <summary>The nearest span around a span that states a usage; spans that are their own parents end the search.</summary>
    private string? OwnerOf(string? key, string? parent)
    {
        for (int depth = 0; parent is not null && parent != key && depth < MostDeep; depth++)
        {
            if (!_all.TryGetValue(parent, out (string? Parent, SpanUsage Usage) around))
            {
                return null;
            }

            if (!around.Usage.IsEmpty)
            {
                return parent;
            }

            parent = around.Parent;
        }

        return null;
    }

    /// <summary>The call of a span; <see langword="null"/> when the spans below have all of its usage. A span that states more than those
    /// below is the sum of calls of which some are missing.</summary>
    private static ModelCall? CallOf(TraceSpan span, SpanUsage below)
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

    private static ModelCall CallOf(TraceSpan span, in SpanUsage counts)
    {
        RequireInclusive(span, in counts);
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
    private static void RequireInclusive(TraceSpan span, in SpanUsage counts)
    {
        if (counts.IsFaulty)
        {
            throw new ArgumentException($"{span.Fault ?? "A count"}, not a whole number of 0 or more.");
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
}
