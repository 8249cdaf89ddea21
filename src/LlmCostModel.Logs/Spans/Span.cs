using System.Globalization;

namespace LlmCostModel.Logs;

/// <summary>One span of an export, with what it states of a call.</summary>
internal sealed class Span
{
    private const long NanosecondsPerTick = 100;

    private readonly Dictionary<string, string> _attributes;
    private readonly string? _startNano;

    public Span(string? trace, string? id, string? parent, string? startNano, Dictionary<string, string> attributes)
    {
        (Trace, Id, Parent, _startNano, _attributes) = (trace, id, parent, startNano, attributes);
        (Usage, Doubt) = SpanCounts.Read(attributes, Model);
    }

    public string? Trace { get; }

    public string? Id { get; }

    /// <summary>By what it is known again; <see langword="null"/> when the export does not say.</summary>
    public string? Key => Id is { Length: > 0 } ? $"{Trace} {Id}" : null;

    public string? Parent { get; }

    public SpanUsage Usage { get; }

    /// <summary>What of the span's counts is not understood; <see langword="null"/> when all is.</summary>
    public string? Doubt { get; }

    public string? this[string name] => _attributes.GetValueOrDefault(name);

    public string? Model => this["gen_ai.response.model"] ?? this["ai.response.model"] ?? this["gen_ai.request.model"]
        ?? this["ai.model.id"] ?? this["llm.model_name"];

    public bool HasUsage => !Usage.IsEmpty || Doubt is not null;

    /// <summary>Whether the span is one request to a model. Those of agents and workflows are sums of requests.</summary>
    public bool IsCall =>
        this["gen_ai.operation.name"] is null or "chat" or "text_completion" or "generate_content" or "embeddings"
        && (this["ai.operationId"] is not { } operation || operation.Contains(".do", StringComparison.Ordinal)); // ai.streamText.doStream

    public DateTimeOffset? Start =>
        long.TryParse(_startNano, NumberStyles.None, CultureInfo.InvariantCulture, out long nano) && nano > 0
        ? DateTimeOffset.UnixEpoch.AddTicks(nano / NanosecondsPerTick)
        : null;

    public IReadOnlyDictionary<string, string> Tags => this["gen_ai.conversation.id"] is { } conversation
        ? new Dictionary<string, string> { ["conversation"] = conversation }
        : new Dictionary<string, string>();
}
