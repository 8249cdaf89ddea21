namespace LlmCostModel;

/// <summary>One event in the life of an id: from an instant on it leads to another model, and is billed as that one, or it is retired, or
/// what it means is not known.</summary>
/// <remarks>The type is immutable.</remarks>
public sealed partial record IdEvent
{
    /// <summary>Gets the first instant at which it holds; announced ones are of days to come.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Gets the id, of a model of the same card, that answers and is billed from then on; <see langword="null"/> when there is
    /// none.</summary>
    public string? Target { get; init; }

    /// <summary>Gets whether requests fail from then on, so that there is no price.</summary>
    public bool Retired { get; init; }

    /// <summary>Gets whether it is not known what the id leads to from then on, so that there is no price; such as a name that moved on a
    /// day that nobody states.</summary>
    public bool Unknown { get; init; }

    /// <summary>Gets the id that the provider recommends in place of a retired one; <see langword="null"/> when it names none.</summary>
    public string? Successor { get; init; }

    /// <summary>Gets where the event was read; <see langword="null"/> means the page of the card.</summary>
    public string? Source { get; init; }

    /// <summary>Gets the day on which it was read; <see langword="null"/> means that of the card.</summary>
    public DateOnly? AsOf { get; init; }

    /// <summary>Gets a remark for readers of the card; <see langword="null"/> means none.</summary>
    public string? Note { get; init; }
}
