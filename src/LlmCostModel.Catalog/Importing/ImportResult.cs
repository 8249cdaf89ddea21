using System.Globalization;
using System.Text.Json.Serialization;

namespace LlmCostModel.Catalog;

/// <summary>What became of a price table: every entry is imported, maybe with losses, or refused with a reason. The type is
/// immutable.</summary>
[JsonConverter(typeof(JsonValueConverter<ImportResult>))]
public sealed record ImportResult : IJsonValue<ImportResult>
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
    public required IReadOnlyList<ImportLoss> Losses { get; init => field = EquatableList<ImportLoss>.Of(value); } = [];

    /// <summary>Gets the rate cards, one per provider, sorted by provider; each is valid.</summary>
    public required IReadOnlyList<RateCard> RateCards { get; init => field = EquatableList<RateCard>.Of(value); } = [];

    /// <summary>Makes the rate cards such as can stand in front of a catalog: whatever the catalog prices, at any time and tier, is priced
    /// with them too.</summary>
    /// <remarks>A table states prices of its day. What was before, and tiers, regions and hours that it does not state, are taken from the
    /// catalog for each model that both have; so are lives of ids. Providers that do not make their models have to be named by calls. An id
    /// that the catalog reads by its rules, such as one with a region, stays with the catalog: it is a loss.</remarks>
    /// <param name="catalog">The cards of the catalog, usually those of <see cref="BuiltInCatalog"/>.</param>
    /// <returns>The same result with those cards, and the losses of joining them.</returns>
    public ImportResult InFrontOf(IEnumerable<RateCard> catalog)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        CardsInFront front = new(catalog);
        RateCard[] cards = [.. RateCards.Select(front.Join).OfType<RateCard>()];
        return this with { RateCards = cards, Losses = [.. Losses, .. front.Losses] };
    }

    /// <summary>Shows what became of the entries.</summary>
    /// <returns>Such as <c>120 entries: 118 imported, 9 of them with losses, 2 refused</c>.</returns>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Entries} entries: {Imported} imported, {Lossy} of them with losses, {Refused} refused");

    private static readonly JsonObject<ImportResult> Shape = new JsonObject<ImportResult>(
        () => new() { Entries = 0, Imported = 0, Lossy = 0, Refused = 0, Losses = [], RateCards = [] })
        .Required("entries", JsonOf.Int32, value => value.Entries, (owner, value) => owner with { Entries = value })
        .Required("imported", JsonOf.Int32, value => value.Imported, (owner, value) => owner with { Imported = value })
        .Required("lossy", JsonOf.Int32, value => value.Lossy, (owner, value) => owner with { Lossy = value })
        .Required("refused", JsonOf.Int32, value => value.Refused, (owner, value) => owner with { Refused = value })
        .Optional("losses", JsonOf.List(JsonOf.Value<ImportLoss>()),
            value => value.Losses, (owner, value) => owner with { Losses = value })
        .Optional("rateCards", JsonOf.List(JsonOf.Value<RateCard>()),
            value => value.RateCards, (owner, value) => owner with { RateCards = value });

    static JsonConverter<ImportResult> IJsonValue<ImportResult>.Json => Shape;
}
