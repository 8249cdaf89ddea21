using System.Collections.Immutable;

namespace LlmCostModel.Catalog;

/// <summary>A public price table of one day: what it states of each model at each provider.</summary>
/// <param name="Name">How the table is called in evidence.</param>
/// <param name="Day">The day of the table.</param>
/// <param name="Statements">What it states, an entry each.</param>
internal sealed record RefreshTable(string Name, DateOnly Day, ImmutableArray<TableStatement> Statements)
{
    /// <summary>Reads a table.</summary>
    /// <param name="format">What the text is.</param>
    /// <param name="name">How it is called.</param>
    /// <param name="utf8Json">The text.</param>
    /// <param name="day">Its day.</param>
    /// <param name="provider">The provider of a table that names none.</param>
    /// <param name="known">The rate cards whose models a list of meters may mean.</param>
    /// <exception cref="RateCardException">The text is not such a table.</exception>
    internal static RefreshTable Read(
        PriceTableFormat format,
        string name,
        ReadOnlyMemory<byte> utf8Json,
        DateOnly day,
        string? provider = null,
        IReadOnlyList<RateCard>? known = null)
    {
        HashSet<(string, string)> taken = [];
        ImmutableArray<TableStatement> statements =
        [
            .. PriceTableImporter.ReadEntries(format, utf8Json, provider, known)
                .Where(entry => taken.Add((entry.Provider, entry.ModelId)))
                .Select(entry => TableStatement.Of(entry, name, day, format)),
        ];
        return new RefreshTable(name, day, statements);
    }
}
