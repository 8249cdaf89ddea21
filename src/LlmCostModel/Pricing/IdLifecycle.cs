using System.Collections.Immutable;

namespace LlmCostModel;

/// <summary>What became of an id at its provider: when it began to lead to another model, and when it was retired.</summary>
/// <remarks>
/// Of a model's own id it holds for all of its aliases that have no life of their own. An id that no model has is a name that moves, such
/// as <c>gemini-flash-latest</c>: it means nothing before its first event. The type is immutable.
/// </remarks>
public sealed partial record IdLifecycle
{
    private readonly EquatableArray<IdEvent> _events;
    private readonly Uncompared<string?> _path;

    /// <summary>Gets the id, as the provider writes it.</summary>
    public required string Id { get; init; }

    /// <summary>Gets what happened to it, at least one event, in any order.</summary>
    public required ImmutableArray<IdEvent> Events { get => _events; init => _events = value; }

    /// <summary>Where it stands in its configuration, for faults; <see langword="null"/> when it was made in code.</summary>
    internal string? Path { get => _path.Value; init => _path = new(value); }
}
