namespace LlmCostModel;

/// <summary>One part of a call that is billed by itself: the model that answered, or a call that the provider made inside it. The type is immutable.</summary>
public sealed record PricedPart
{
    /// <summary>Gets what the part is for.</summary>
    public required CallRole Role { get; init; }

    /// <summary>Gets the id by which the part was priced: the model that answered, or the caller's own deployment; <see langword="null"/> when none is known.</summary>
    public string? Model { get; init; }

    /// <summary>Gets what the part consumed; <see langword="null"/> when it is not known.</summary>
    public TokenUsage? Usage { get; init; }

    /// <summary>Gets what the part consumed besides tokens.</summary>
    public MeteredQuantities Meters { get; init; } = MeteredQuantities.Empty;

    /// <summary>Gets what the part cost. Its <see cref="CostEstimate.Model"/>, <see cref="CostEstimate.Provider"/> and <see cref="CostEstimate.RateCard"/> say whose prices these are.</summary>
    public required CostEstimate Estimate { get; init; }

    /// <summary>Shows role, model and cost in the invariant culture.</summary>
    /// <returns>Such as <c>Advisor claude-opus-4-8: 0.0136 USD</c>.</returns>
    public override string ToString() => $"{Role} {Model ?? "unknown model"}: {Estimate}";
}
