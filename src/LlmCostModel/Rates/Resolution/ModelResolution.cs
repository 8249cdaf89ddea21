namespace LlmCostModel;

/// <summary>Which model an id stands for, and how that was found.</summary>
public sealed record ModelResolution
{
    /// <summary>Gets the id that was asked for.</summary>
    public required string RequestedId { get; init; }

    /// <summary>Gets the canonical id of the model.</summary>
    public required string ModelId { get; init; }

    /// <summary>Gets the provider whose prices apply; <see langword="null"/> when the rate card names none.</summary>
    public string? Provider { get; init; }

    /// <summary>Gets the name of the rate card.</summary>
    public required string RateCard { get; init; }

    /// <summary>Gets the kind of match.</summary>
    public required MatchKind Kind { get; init; }

    /// <summary>Gets the region that the id itself names; <see langword="null"/> when it names none. It counts for calls that give no
    /// region; <c>global</c> counts for all.</summary>
    public string? Region { get; init; }

    /// <summary>Gets what the id itself says of the request; <see langword="null"/> when it says nothing. It counts for attributes that the
    /// call does not give.</summary>
    public CallAttributes? Attributes { get; init; }

    /// <summary>Gets what was done to the id, in order, in words; empty for an exact match.</summary>
    public IReadOnlyList<string> Steps { get; init => field = value ?? []; } = [];
}
