namespace LlmCostModel.Catalog;

/// <summary>What became of a price table: every entry is imported, maybe with losses, or refused with a reason. The type is immutable.</summary>
public sealed record ImportResult
{
    /// <summary>Gets the number of entries of the table; the sum of <see cref="Imported"/> and <see cref="Refused"/>.</summary>
    public required int Entries { get; init; }

    /// <summary>Gets the number of entries that are in a rate card.</summary>
    public required int Imported { get; init; }

    /// <summary>Gets the number of imported entries of which something was lost.</summary>
    public required int Lossy { get; init; }

    /// <summary>Gets the number of entries that are in no rate card.</summary>
    public required int Refused { get; init; }

    /// <summary>Gets what was lost, in the order of the table; a refused entry has at least one.</summary>
    public required IReadOnlyList<ImportLoss> Losses { get; init => field = value ?? []; } = [];

    /// <summary>Gets the rate cards, one per provider, sorted by provider; each is valid.</summary>
    public required IReadOnlyList<RateCard> RateCards { get; init => field = value ?? []; } = [];
}
