using System.Globalization;

namespace LlmCostModel.Catalog.Tests.PriceChanges;

/// <summary>A change of a price that a table recorded: from <see cref="Old"/> to <see cref="New"/>, first seen on a day.</summary>
internal sealed record PriceChange(string Provider, string Model, DateOnly Seen, string Field, decimal Old, decimal New)
{
    /// <summary>What the catalog charges for the field at an instant.</summary>
    internal required Func<DateTimeOffset, decimal?> Catalog { get; init; }

    internal string Key => string.Create(CultureInfo.InvariantCulture, $"{Provider} {Model} {Seen:yyyy-MM-dd}");

    /// <summary>Whether the catalog has the change on a day: the old price at noon of the day before, the new one at the end of the day.</summary>
    internal bool IsOn(DateOnly day) => IsFrom(day, day);

    /// <summary>Whether the catalog has the change in steps: the old price until the first day, the new one from the last.</summary>
    internal bool IsFrom(DateOnly first, DateOnly last) => Catalog(Noon(first.AddDays(-1))) == Old && Catalog(End(last)) == New;

    /// <summary>Whether the catalog has one of the two prices, and the same, on both sides of the day: for the provider nothing changed.</summary>
    internal bool IsNone() => Catalog(Noon(Seen.AddDays(-1))) is { } price && price == Catalog(End(Seen)) && (price == Old || price == New);

    internal bool IsPriced => Catalog(Noon(Seen)) is not null || Catalog(Noon(Seen.AddDays(-1))) is not null;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Key} {Field}: {Old} to {New}, in the catalog {Catalog(Noon(Seen.AddDays(-1)))} to {Catalog(End(Seen))}");

    private static DateTimeOffset Noon(DateOnly day) => new(day, new TimeOnly(12, 0), TimeSpan.Zero);

    private static DateTimeOffset End(DateOnly day) => new(day, new TimeOnly(23, 59, 59), TimeSpan.Zero);
}
