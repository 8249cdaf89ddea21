using System.Runtime.CompilerServices;

namespace LlmCostModel;

/// <summary>The tokens of the calls that have the same prices: what they cost together is multiplied once.</summary>
/// <remarks>Rows are added as if nothing could be wrong with them. Only when they are multiplied does it show where something is, and rows
/// of that place have to be looked at one by one.</remarks>
internal sealed class PlaceSums
{
    private const int Stride = PackedPrices.Stride;

    private readonly PackedPrices _packed;
    private readonly PriceTable _table;
    private readonly AlignedNumbers[] _sums;
    private readonly NarrowSums[] _narrow;
    private readonly bool[] _left;
    private bool _areNarrow = FourRows.IsSupported;
    private uint _bits;

    internal PlaceSums(PackedPrices packed, PriceTable table)
    {
        (_packed, _table) = (packed, table);
        _sums = new AlignedNumbers[packed.Groups.Length];
        _narrow = new NarrowSums[FourRows.IsSupported ? packed.Groups.Length : 0];
        for (int i = 0; i < _sums.Length; i++)
        {
            _sums[i] = new(table.Count * Stride, areKept: false);
        }

        for (int i = 0; i < _narrow.Length; i++)
        {
            _narrow[i] = new(table.Count);
        }

        _left = new bool[table.Count];
    }

    /// <summary>Adds rows that all have the same prices.</summary>
    /// <param name="columns">The counts.</param>
    /// <param name="rows">How many rows there are.</param>
    /// <param name="group">Which six of the buckets.</param>
    /// <param name="place">Where the prices stand.</param>
    internal void Add(in SixColumns columns, int rows, int group, int place)
    {
        Span<ulong> sums = _sums[group].Span.Slice(place * Stride, PackedPrices.Stride);
        _bits |= ColumnSums.Add(in columns, rows, sums);
        sums[PackedPrices.Always] += (uint)rows;
    }

    /// <summary>Adds rows.</summary>
    /// <param name="columns">The counts.</param>
    /// <param name="places">Where the prices of each row stand.</param>
    /// <param name="group">Which six of the buckets.</param>
    internal void Add(in SixColumns columns, ReadOnlySpan<ushort> places, int group)
    {
        Span<ulong> sums = _sums[group].Span;
        int i = _areNarrow ? AddFours(in columns, places, group) : 0;
        for (; i < places.Length; i++)
        {
            uint a = Count(ref columns.First, i), b = Count(ref columns.Second, i);
            uint c = Count(ref columns.Third, i), d = Count(ref columns.Fourth, i);
            uint e = Count(ref columns.Fifth, i), f = Count(ref columns.Sixth, i);
            _bits |= a | b | c | d | e | f;
            Span<ulong> own = sums.Slice(places[i] * Stride, PackedPrices.Stride);
            own[0] += a;
            own[1] += c;
            own[2] += e;
            own[PackedPrices.Always]++;
            own[4] += b;
            own[5] += d;
            own[6] += f;
        }
    }

    /// <summary>Adds what the rows cost to the total of their kinds, and forgets them.</summary>
    /// <returns>The places whose rows are still to be looked at one by one; empty for none.</returns>
    internal ReadOnlySpan<bool> MoveTo(ColumnTotals totals)
    {
        for (int group = 0; group < _narrow.Length; group++)
        {
            _bits |= _narrow[group].MoveTo(_sums[group].Span, Stride);
        }

        bool areNegative = (_bits >> 31) != 0;
        bool areLeft = false;
        for (int place = 0; place < _left.Length; place++)
        {
            _left[place] = areNegative || !TryAdd(place, totals);
            areLeft |= _left[place];
        }

        foreach (AlignedNumbers sums in _sums)
        {
            sums.Span.Clear();
        }

        (_areNarrow, _bits) = (_narrow.Length > 0, 0);
        return areLeft ? _left : [];
    }

    private static uint Count(ref int column, int row) => unchecked((uint)Unsafe.Add(ref column, row));

    /// <summary>Adds as many rows as narrow sums can take.</summary>
    private int AddFours(in SixColumns columns, ReadOnlySpan<ushort> places, int group)
    {
        ReadOnlySpan<ushort> whole = places[..(places.Length - (places.Length % FourRows.Count))];
        NarrowSums narrow = _narrow[group];
        if (narrow.TryAdd(in columns, whole))
        {
            return whole.Length;
        }

        _bits |= narrow.MoveTo(_sums[group].Span, Stride);
        _areNarrow = narrow.TryAdd(in columns, whole); // counts that are too large for it are seldom alone
        return _areNarrow ? whole.Length : 0;
    }

    /// <summary>Multiplies the sums of a place, if every call of them has its prices.</summary>
    private bool TryAdd(int place, ColumnTotals totals)
    {
        UInt128 total = 0;
        for (int group = 0; group < _sums.Length; group++)
        {
            ReadOnlySpan<ulong> tokens = _sums[group].Span.Slice(place * Stride, Stride);
            if (tokens[PackedPrices.Always] == 0)
            {
                return true; // no rows
            }

            if (!_packed.TryMultiply(tokens, group, place, ref total))
            {
                return false;
            }
        }

        totals.Add(_table.KindAt(place), total);
        return true;
    }
}
