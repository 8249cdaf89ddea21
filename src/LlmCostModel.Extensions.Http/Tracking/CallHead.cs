namespace LlmCostModel;

/// <summary>What is known of a call before its answer is read.</summary>
/// <remarks>A reading is several hundred bytes, and copies of what was just written are slow: where an answer is read with the head of its
/// call, the reading is written into the call that is priced.</remarks>
internal readonly struct CallHead
{
    internal DateTimeOffset? At { get; init; }

    internal string? RequestedModel { get; init; }

    internal CallContext Asked { get; init; }

    /// <summary>The call with this head.</summary>
    internal ModelCall Complete(ModelCall call) => call with { At = At, RequestedModel = RequestedModel, Asked = Asked };
}
