namespace LlmCostModel;

/// <summary>All rows of prices that the kinds of an estimator can need, as whole numbers of one unit.</summary>
/// <remarks>
/// The first rows are those of the kinds by their place, where neither size nor time decides anything. Those of other kinds follow, moment
/// by moment and size by size, so that comparisons can be added up to the place of a row.
/// </remarks>
internal sealed class PriceTable
{
    /// <summary>What stands for the first row of a kind that has none, or for which there is no room: its calls are priced one by
    /// one.</summary>
    internal const int Nowhere = -1;

    /// <summary>Finer prices are priced one by one: 63 bits would hold few amounts in their unit.</summary>
    private const int FinestScale = 18;

    private readonly List<PriceRow?> _rows;
    private readonly List<ushort> _kinds;
    private readonly bool[] _asks = new bool[Enum.GetValues<TokenBasis>().Length];

    internal PriceTable(IReadOnlyList<KindPrices> kinds)
    {
        _rows = [.. kinds.Select(kind => StandsAtItsPlace(kind) && kind.FixedRows.Length > 0 ? kind.FixedRows[0] : null)];
        _kinds = [.. Enumerable.Range(0, kinds.Count).Select(kind => (ushort)kind)];
        FixedPlaces = [.. kinds.Select((kind, place) => StandsAtItsPlace(kind) ? place : Add(kind.FixedRows, place))];
        TimedPlaces = [.. kinds.Select((kind, place) => Add(kind.TimedRows, place))];
        AreKinds = Count == kinds.Count && FixedPlaces.Select((place, kind) => place == kind).All(isItsOwn => isItsOwn);
        foreach (TokenBasis basis in Enum.GetValues<TokenBasis>())
        {
            _asks[(int)basis] = kinds.Any(kind => kind.Sizes.Asks(basis));
        }

        Scale = _rows.Max(row => row?.Scale is { } scale and <= FinestScale ? scale : 0);
    }

    /// <summary>The digits after the point of the unit.</summary>
    internal int Scale { get; }

    /// <summary>How many rows there are.</summary>
    internal int Count => _rows.Count;

    /// <summary>Whether each kind has one row, which stands at its place, and there are no others.</summary>
    internal bool AreKinds { get; }

    /// <summary>For each kind, where the rows of the sizes at its instant begin.</summary>
    internal int[] FixedPlaces { get; }

    /// <summary>For each kind, where the rows of the moments and sizes begin.</summary>
    internal int[] TimedPlaces { get; }

    /// <summary>Gets one row; <see langword="null"/> for calls that take more than multiplying.</summary>
    internal PriceRow? this[int place] => _rows[place]?.Scale <= Scale ? _rows[place] : null;

    /// <summary>Whether the size by some tokens decides prices of a kind.</summary>
    internal bool Asks(TokenBasis basis) => _asks[(int)basis];

    /// <summary>The kind whose calls have a row.</summary>
    internal int KindAt(int place) => _kinds[place];

    private int Add(ReadOnlySpan<PriceRow?> rows, int kind)
    {
        int first = _rows.Count;
        if (rows.IsEmpty || first + rows.Length > ushort.MaxValue + 1)
        {
            return Nowhere;
        }

        foreach (PriceRow? row in rows)
        {
            _rows.Add(row);
            _kinds.Add((ushort)kind);
        }

        return first;
    }

    private static bool StandsAtItsPlace(KindPrices kind) => kind is { FixedRows.Length: <= 1, Instants: null };
}
