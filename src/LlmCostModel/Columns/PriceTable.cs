namespace LlmCostModel;

/// <summary>All rows of prices that the kinds of an estimator can need, as whole numbers of one unit.</summary>
/// <remarks>The first row of a kind stands at its place in the list of kinds: that of its instant, where size decides nothing.</remarks>
internal sealed class PriceTable
{
    /// <summary>Finer prices are priced one by one: 63 bits would hold few amounts in their unit.</summary>
    private const int FinestScale = 18;

    private readonly List<PriceRow?> _rows;
    private readonly Dictionary<PriceRow, int> _places = new(ReferenceEqualityComparer.Instance);

    internal PriceTable(IReadOnlyList<KindPrices> kinds)
    {
        _rows = [.. kinds.Select(kind => kind is { FixedRows: [{ } only], Instants: null } ? only : null)];
        FixedPlaces = [.. kinds.Select((kind, place) => Add(kind.FixedRows, place))];
        TimedPlaces = [.. kinds.Select((kind, place) => Add(kind.TimedRows, place))];
        Scale = _rows.Max(row => row?.Scale is { } scale and <= FinestScale ? scale : 0);
    }

    /// <summary>The digits after the point of the unit.</summary>
    internal int Scale { get; }

    /// <summary>How many rows there are.</summary>
    internal int Count => _rows.Count;

    /// <summary>For each kind, the row of each size at its instant.</summary>
    internal ushort[][] FixedPlaces { get; }

    /// <summary>For each kind, the row of each moment and size.</summary>
    internal ushort[][] TimedPlaces { get; }

    /// <summary>Gets one row; <see langword="null"/> for calls that take more than multiplying.</summary>
    internal PriceRow? this[int place] => _rows[place]?.Scale <= Scale ? _rows[place] : null;

    private ushort[] Add(ReadOnlySpan<PriceRow?> rows, int kind)
    {
        ushort[] places = new ushort[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            places[i] = (ushort)PlaceOf(rows[i], kind);
        }

        return places;
    }

    /// <summary>The place of a row. That of the kind itself has none, where it does not stand there: its calls are priced one by
    /// one.</summary>
    private int PlaceOf(PriceRow? row, int kind)
    {
        if (row is null || ReferenceEquals(row, _rows[kind]))
        {
            return kind;
        }

        if (!_places.TryGetValue(row, out int place))
        {
            place = _rows.Count;
            if (place > ushort.MaxValue)
            {
                return kind;
            }

            _rows.Add(row);
            _places.Add(row, place);
        }

        return place;
    }
}
