namespace LlmCostModel;

/// <summary>One call, as its bodies say it.</summary>
/// <param name="Operation">What was asked for.</param>
/// <param name="At">When it was sent, where that was before the request that fetched its answer.</param>
/// <param name="RequestedModel">The model or deployment that was asked for.</param>
/// <param name="Asked">How the request asked to be served.</param>
/// <param name="Address">Where it went.</param>
/// <param name="Reading">What the answer says.</param>
/// <param name="IsFailure">Whether there was no answer, so that it is not known whether the attempt is billed.</param>
internal sealed record HttpAnswer(
    string Operation,
    DateTimeOffset? At,
    string? RequestedModel,
    CallContext Asked,
    KnownAddress Address,
    UsageReading Reading,
    bool IsFailure = false);
