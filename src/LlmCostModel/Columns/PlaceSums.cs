using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LlmCostModel;

/// <summary>The tokens of the calls that have the same prices: what they cost together is multiplied once.</summary>
/// <remarks>Rows are added as if nothing could be wrong with them. Only when they are multiplied does it show where something is, and rows
/// of that place have to be looked at one by one.</remarks>
internal sealed class PlaceSums
{
    /// <summary>How many sums a place has, so that rows which follow each other do not wait for each other's.</summary>
    private const int Copies = FourRows.Count;

    private const int Stride = Copies * PackedPrices.Stride;

    private readonly PackedPrices _packed;
    private readonly PriceTable _table;
    private readonly AlignedNumbers[] _sums;
    private readonly bool[] _left;
    private uint _bits;

    internal PlaceSums(PackedPrices packed, PriceTable table)
    {
        (_packed, _table) = (packed, table);
        _sums = new AlignedNumbers[packed.Groups.Length];
        for (int i = 0; i < _sums.Length; i++)
        {
            _sums[i] = new(table.Count * Stride, areKept: false);
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
        int i = FourRows.IsSupported ? AddFours(in columns, places, sums) : 0;
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

        _bits = 0;
        return areLeft ? _left : [];
    }

    private static uint Count(ref int column, int row) => unchecked((uint)Unsafe.Add(ref column, row));

    private int AddFours(in SixColumns columns, ReadOnlySpan<ushort> places, Span<ulong> sums)
    {
        ref int a = ref columns.First, b = ref columns.Second, c = ref columns.Third;
        ref int d = ref columns.Fourth, e = ref columns.Fifth, f = ref columns.Sixth;
        ref ushort place = ref MemoryMarshal.GetReference(places);
        Vector256<uint> bits = default;
        int whole = places.Length - (places.Length % FourRows.Count);
        unchecked
        {
            for (nuint i = 0; i < (nuint)whole; i += FourRows.Count)
            {
                FourRows rows = new(ref a, ref b, ref c, ref d, ref e, ref f, i);
                bits |= rows.Bits;
                AddRow(rows.First, ref sums[Unsafe.Add(ref place, i) * Stride]);
                AddRow(rows.Second, ref sums[(Unsafe.Add(ref place, i + 1) * Stride) + PackedPrices.Stride]);
                AddRow(rows.Third, ref sums[(Unsafe.Add(ref place, i + 2) * Stride) + (2 * PackedPrices.Stride)]);
                AddRow(rows.Fourth, ref sums[(Unsafe.Add(ref place, i + 3) * Stride) + (3 * PackedPrices.Stride)]);
            }
        }

        _bits |= Vector256.LessThanAny(bits.AsInt32(), default) ? 1u << 31 : 0;
        return whole;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddRow(Vector256<uint> row, ref ulong sums)
    {
        if (Avx512F.IsSupported)
        {
            (Vector512.LoadUnsafe(ref sums) + Avx512F.ConvertToVector512UInt64(row)).StoreUnsafe(ref sums);
            return;
        }

        (Vector256<ulong> lower, Vector256<ulong> upper) = Vector256.Widen(row);
        (Vector256.LoadUnsafe(ref sums) + lower).StoreUnsafe(ref sums);
        (Vector256.LoadUnsafe(ref sums, 4) + upper).StoreUnsafe(ref sums, 4);
    }

    /// <summary>Multiplies the sums of a place, if every call of them has its prices.</summary>
    private bool TryAdd(int place, ColumnTotals totals)
    {
        Span<ulong> tokens = stackalloc ulong[PackedPrices.Stride];
        UInt128 total = 0;
        for (int group = 0; group < _sums.Length; group++)
        {
            tokens.Clear();
            ReadOnlySpan<ulong> sums = _sums[group].Span.Slice(place * Stride, Stride);
            for (int i = 0; i < sums.Length; i++)
            {
                tokens[i % PackedPrices.Stride] += sums[i];
            }

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
