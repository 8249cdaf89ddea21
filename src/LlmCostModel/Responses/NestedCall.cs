namespace LlmCostModel;

/// <summary>A call that the provider made inside a call and bills by itself, at the prices of its own model and its own size. It is not part of <see cref="UsageReading.Usage"/>. The type is immutable.</summary>
public sealed record NestedCall
{
    /// <summary>Gets what the call was made for.</summary>
    public required CallRole Role { get; init; }

    /// <summary>Gets the id of the model that answered; <see langword="null"/> when the response names none, so that it is the model of the whole call.</summary>
    public string? Model { get; init; }

    /// <summary>Gets what it consumed.</summary>
    public required TokenUsage Usage { get; init; }

    /// <summary>Gets how it was served, as far as the response says so of this call; the rest is as the whole call was served.</summary>
    public CallContext Served { get; init; }

    /// <summary>Gets what it consumed besides tokens; <see langword="null"/> means nothing.</summary>
    public MeteredQuantities? Meters { get; init; }
}
