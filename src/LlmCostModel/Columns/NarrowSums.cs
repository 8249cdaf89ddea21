using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LlmCostModel;

/// <summary>The tokens of calls that have the same prices, added up in 32 bits: half the memory of sums of 64 bits, and rows need not be
/// widened. It takes only what fits, and is emptied when it is full.</summary>
internal sealed class NarrowSums(int places)
{
    /// <summary>How many sums a place has, so that rows which follow each other do not wait for each other's.</summary>
    private const int Copies = FourRows.Count;

    private const int Stride = Copies * PackedPrices.Stride; // in numbers of 32 bits

    private readonly AlignedNumbers _sums = new(places * Stride / 2, areKept: false);
    private uint _bits;
    private int _rows; // of a copy

    /// <summary>Adds rows, four at a time.</summary>
    /// <param name="columns">The counts.</param>
    /// <param name="places">Where the prices of each row stand; a multiple of four.</param>
    /// <returns>Whether they fit; where they do not, all is as before.</returns>
    internal bool TryAdd(in SixColumns columns, ReadOnlySpan<ushort> places)
    {
        uint bits = _bits | Add(in columns, places);
        int rows = _rows + (places.Length / Copies);
        if ((ulong)rows << (32 - BitOperations.LeadingZeroCount(bits)) > 1ul << 32)
        {
            TakeAway(in columns, places); // sums that passed 32 bits come back: they were modulo 2^32
            return false;
        }

        (_rows, _bits) = (rows, bits);
        return true;
    }

    /// <summary>Adds what there is to sums of 64 bits, and forgets it.</summary>
    /// <param name="sums">The sums of each place, in the order of prices.</param>
    /// <param name="stride">From one place to the next.</param>
    /// <returns>The bits that some of the counts had.</returns>
    internal uint MoveTo(Span<ulong> sums, int stride)
    {
        uint bits = _bits;
        if (_rows == 0)
        {
            return bits;
        }

        Span<uint> own = MemoryMarshal.Cast<ulong, uint>(_sums.Span);
        ref uint from = ref MemoryMarshal.GetReference(own);
        ref ulong to = ref MemoryMarshal.GetReference(sums[..(places * stride)]);
        for (int place = 0; place < places; place++)
        {
            Vector256<ulong> lower = Vector256.LoadUnsafe(ref to), upper = Vector256.LoadUnsafe(ref to, 4);
            for (int copy = 0; copy < Copies; copy++)
            {
                (Vector256<ulong> first, Vector256<ulong> last) = Vector256.Widen(Vector256.LoadUnsafe(ref from));
                (lower, upper) = (lower + first, upper + last);
                from = ref Unsafe.Add(ref from, PackedPrices.Stride);
            }

            lower.StoreUnsafe(ref to);
            upper.StoreUnsafe(ref to, 4);
            to = ref Unsafe.Add(ref to, stride);
        }

        own.Clear();
        (_rows, _bits) = (0, 0);
        return bits;
    }

    private uint Add(in SixColumns columns, ReadOnlySpan<ushort> places)
    {
        Span<uint> sums = MemoryMarshal.Cast<ulong, uint>(_sums.Span);
        ref int a = ref columns.First, b = ref columns.Second, c = ref columns.Third;
        ref int d = ref columns.Fourth, e = ref columns.Fifth, f = ref columns.Sixth;
        ref ushort place = ref MemoryMarshal.GetReference(places);
        Vector256<uint> bits = default;
        unchecked
        {
            for (nuint i = 0; i < (nuint)places.Length; i += FourRows.Count)
            {
                if (i % ReadAhead.Line == 0)
                {
                    ReadAhead.Of(ref a, ref b, ref c, ref d, ref e, ref f, i);
                }

                FourRows rows = new(ref a, ref b, ref c, ref d, ref e, ref f, i);
                bits |= rows.Bits;
                AddRow(rows.First, ref sums[Unsafe.Add(ref place, i) * Stride]);
                AddRow(rows.Second, ref sums[(Unsafe.Add(ref place, i + 1) * Stride) + PackedPrices.Stride]);
                AddRow(rows.Third, ref sums[(Unsafe.Add(ref place, i + 2) * Stride) + (2 * PackedPrices.Stride)]);
                AddRow(rows.Fourth, ref sums[(Unsafe.Add(ref place, i + 3) * Stride) + (3 * PackedPrices.Stride)]);
            }
        }

        return BitsOf(bits);
    }

    private void TakeAway(in SixColumns columns, ReadOnlySpan<ushort> places)
    {
        Span<uint> sums = MemoryMarshal.Cast<ulong, uint>(_sums.Span);
        ref int a = ref columns.First, b = ref columns.Second, c = ref columns.Third;
        ref int d = ref columns.Fourth, e = ref columns.Fifth, f = ref columns.Sixth;
        ref ushort place = ref MemoryMarshal.GetReference(places);
        unchecked
        {
            for (nuint i = 0; i < (nuint)places.Length; i += FourRows.Count)
            {
                FourRows rows = new(ref a, ref b, ref c, ref d, ref e, ref f, i);
                AddRow(-rows.First, ref sums[Unsafe.Add(ref place, i) * Stride]);
                AddRow(-rows.Second, ref sums[(Unsafe.Add(ref place, i + 1) * Stride) + PackedPrices.Stride]);
                AddRow(-rows.Third, ref sums[(Unsafe.Add(ref place, i + 2) * Stride) + (2 * PackedPrices.Stride)]);
                AddRow(-rows.Fourth, ref sums[(Unsafe.Add(ref place, i + 3) * Stride) + (3 * PackedPrices.Stride)]);
            }
        }
    }

    private static uint BitsOf(Vector256<uint> bits)
    {
        Vector128<uint> half = bits.GetLower() | bits.GetUpper();
        return half[0] | half[1] | half[2] | half[3];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddRow(Vector256<uint> row, ref uint sums) => (Vector256.LoadUnsafe(ref sums) + row).StoreUnsafe(ref sums);
}
