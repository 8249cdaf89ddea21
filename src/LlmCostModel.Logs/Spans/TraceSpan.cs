namespace LlmCostModel.Logs;

/// <summary>One span of an export, with what it states of a call.</summary>
internal sealed class TraceSpan
{
    private readonly Dictionary<string, string> _attributes;

    public TraceSpan(string? trace, string? id, string? parent, DateTimeOffset? start, Dictionary<string, string> attributes)
    {
        (Id, Start, _attributes) = (id, start, attributes);
        Key = id is null ? null : $"{trace}:{id}";
        Parent = string.IsNullOrEmpty(parent) ? null : $"{trace}:{parent}";
        (Usage, Doubt) = SpanCounts.Read(attributes, Model);
    }

    public string? Id { get; }

    /// <summary>The ids of its trace and of itself.</summary>
    public string? Key { get; }

    /// <summary>The same of the span around it.</summary>
    public string? Parent { get; }

    public DateTimeOffset? Start { get; }

    public SpanUsage Usage { get; }

    /// <summary>What of the span's counts is not understood; <see langword="null"/> when all is.</summary>
    public string? Doubt { get; }

    /// <summary>Which of the span's counts is none; <see langword="null"/> when all are.</summary>
    public string? Fault => SpanCounts.FindFault(_attributes);

    public string? this[string name] => _attributes.GetValueOrDefault(name);

    public string? Model => this["gen_ai.response.model"] ?? this["ai.response.model"] ?? this["gen_ai.request.model"]
        ?? this["ai.model.id"] ?? this["llm.model_name"];

    public bool HasUsage => !Usage.IsEmpty || Doubt is not null;

    /// <summary>Whether the span is one request to a model. Those of agents and workflows are sums of requests.</summary>
    public bool IsCall =>
        this["gen_ai.operation.name"] is null or "chat" or "text_completion" or "generate_content" or "embeddings"
        && (this["ai.operationId"] is not { } operation || operation.Contains(".do", StringComparison.Ordinal)); // ai.streamText.doStream

    public IReadOnlyDictionary<string, string> Tags => this["gen_ai.conversation.id"] is { } conversation
        ? new Dictionary<string, string> { ["conversation"] = conversation }
        : new Dictionary<string, string>();
}
