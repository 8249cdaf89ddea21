namespace LlmCostModel;

/// <summary>An id that another id may stand for.</summary>
/// <param name="ModelId">The candidate id.</param>
/// <param name="Provider">The provider that the id names; <see langword="null"/> when it names none, so that the call's own counts.</param>
/// <param name="Region">The region that the id names; <see langword="null"/> when it names none.</param>
/// <param name="Steps">What was done, in words, such as <c>region prefix 'us.' taken off</c>.</param>
public sealed record ModelIdCandidate(string ModelId, string? Provider, string? Region, IReadOnlyList<string> Steps)
{
    /// <summary>Gets what was done, in words; empty when the id was taken as it is.</summary>
    public IReadOnlyList<string> Steps { get; init => field = value ?? []; } = Steps ?? [];

    /// <summary>Gets what the id says of the request, such as the size of an image; <see langword="null"/> for nothing. It counts for
    /// attributes that the call does not give.</summary>
    public CallAttributes? Attributes { get; init; }

    /// <summary>Gets the snapshot that the candidate leaves the date out of; <see langword="null"/> for none. One that is younger than the
    /// prices, and in no rate card, does not count: it may have its own price.</summary>
    public ModelSnapshot? Snapshot { get; init; }

    /// <summary>Gets whether another instant may lead to another model, so that the match must not be remembered.</summary>
    public bool DependsOnTime { get; init; }
}
