using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LlmCostModel;

/// <summary>Multiplies counts by prices, where rows have prices of their own.</summary>
internal static class ColumnProducts
{
    /// <summary>What stands in place of an amount where a call takes more than multiplying.</summary>
    internal const long Left = -1;

    /// <summary>Works out the amount of every row.</summary>
    /// <param name="columns">The counts.</param>
    /// <param name="packed">The prices.</param>
    /// <param name="group">Which six of the buckets; amounts of those after the first are added to the amounts before.</param>
    /// <param name="places">Where the prices of each row stand.</param>
    /// <param name="amounts">Receives the amounts, or <see cref="Left"/>.</param>
    /// <returns>Whether some rows were left.</returns>
    internal static bool Multiply(in SixColumns columns, PackedPrices packed, int group, ReadOnlySpan<ushort> places, Span<long> amounts)
    {
        Span<ulong> prices = packed.Groups[group].Span;
        bool left = false;
        int i = 0;
        if (FourRows.IsSupported && packed.IsNarrow && group == 0)
        {
            i = MultiplyFours(in columns, prices, packed.LeavingAny, places, amounts, out left);
        }

        for (; i < places.Length; i++)
        {
            left |= MultiplyOne(in columns, i, ref PricesAt(prices, places[i]), adds: group > 0, ref amounts[i]);
        }

        return left;
    }

    /// <summary>Works out the amount of one row, or adds to it.</summary>
    /// <returns>Whether it is left: a count is too large for 63 bits, negative, or of a bucket without a price.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool MultiplyOne(in SixColumns columns, int row, ref ulong prices, bool adds, ref long amount)
    {
        unchecked
        {
            ulong a = (uint)Unsafe.Add(ref columns.First, row);
            ulong b = (uint)Unsafe.Add(ref columns.Second, row);
            ulong c = (uint)Unsafe.Add(ref columns.Third, row);
            ulong d = (uint)Unsafe.Add(ref columns.Fourth, row);
            ulong e = (uint)Unsafe.Add(ref columns.Fifth, row);
            ulong f = (uint)Unsafe.Add(ref columns.Sixth, row);
            ulong product = (a * prices) + (c * Unsafe.Add(ref prices, 1)) + (e * Unsafe.Add(ref prices, 2))
                + ((b * Unsafe.Add(ref prices, 4)) + (d * Unsafe.Add(ref prices, 5)) + (f * Unsafe.Add(ref prices, 6)));
            ulong always = Unsafe.Add(ref prices, PackedPrices.Always);
            bool isLeft = ((a | b | c | d | e | f | always) & Unsafe.Add(ref prices, PackedPrices.Leaving)) != 0
                || (always >> 32 != 0 && UsesUnknown(in columns, row, (uint)(always >> 32)))
                || (adds && amount < 0);
            amount = isLeft ? Left : adds ? amount + (long)product : (long)product;
            return isLeft;
        }
    }

    /// <summary>The amounts of rows whose prices have 32 bits, four at a time, as far as they go.</summary>
    private static int MultiplyFours(
        in SixColumns columns, Span<ulong> prices, uint leavingAny, ReadOnlySpan<ushort> places, Span<long> amounts, out bool left)
    {
        ref int a = ref columns.First, b = ref columns.Second, c = ref columns.Third;
        ref int d = ref columns.Fourth, e = ref columns.Fifth, f = ref columns.Sixth;
        ref ushort place = ref MemoryMarshal.GetReference(places);
        ref ulong amount = ref Unsafe.As<long, ulong>(ref MemoryMarshal.GetReference(amounts[..places.Length]));
        Vector256<ulong> leaving = Vector256.Create(leavingAny).AsUInt64();
        Vector256<ulong> always = Vector256.Create(0, 0, 0, ulong.MaxValue); // where PackedPrices.Always is
        int whole = places.Length - (places.Length % FourRows.Count);
        left = false;
        for (nuint i = 0; i < (nuint)whole; i = unchecked(i + FourRows.Count))
        {
            FourRows rows = new(ref a, ref b, ref c, ref d, ref e, ref f, i);
            ref ushort here = ref Unsafe.Add(ref place, i);
            ref ulong first = ref PricesAt(prices, here), second = ref PricesAt(prices, Unsafe.Add(ref here, 1));
            ref ulong third = ref PricesAt(prices, Unsafe.Add(ref here, 2)), fourth = ref PricesAt(prices, Unsafe.Add(ref here, 3));
            Vector256<ulong> one = Products(rows.First, ref first), two = Products(rows.Second, ref second);
            Vector256<ulong> three = Products(rows.Third, ref third), four = Products(rows.Fourth, ref fourth);
            Vector256<ulong> reasons = ((Vector256.LoadUnsafe(ref first) | Vector256.LoadUnsafe(ref second)
                | Vector256.LoadUnsafe(ref third) | Vector256.LoadUnsafe(ref fourth)) & always) | (rows.Bits.AsUInt64() & leaving);
            if (reasons == Vector256<ulong>.Zero)
            {
                Vector256<ulong> lower = Avx2.UnpackLow(one, two) + Avx2.UnpackHigh(one, two);
                Vector256<ulong> upper = Avx2.UnpackLow(three, four) + Avx2.UnpackHigh(three, four);
                (Avx2.Permute2x128(lower, upper, 0x20) + Avx2.Permute2x128(lower, upper, 0x31)).StoreUnsafe(ref amount, i);
                continue;
            }

            for (int row = (int)i; row < (int)i + FourRows.Count; row++)
            {
                left |= MultiplyOne(in columns, row, ref PricesAt(prices, places[row]), adds: false, ref amounts[row]);
            }
        }

        return whole;
    }

    /// <summary>The products of the counts of a row, two and two already added.</summary>
    /// <remarks>Prices are read from memory as whole vectors, never spread: see <see cref="FlatProducts"/>.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Products(Vector256<uint> row, ref ulong prices)
    {
        if (Avx512F.IsSupported)
        {
            Vector512<uint> counts = Avx512F.ConvertToVector512UInt64(row).AsUInt32();
            Vector512<ulong> all = Avx512F.Multiply(counts, Vector512.LoadUnsafe(ref prices).AsUInt32());
            return all.GetLower() + all.GetUpper();
        }

        (Vector256<ulong> lower, Vector256<ulong> upper) = Vector256.Widen(row);
        return Avx2.Multiply(lower.AsUInt32(), Vector256.LoadUnsafe(ref prices).AsUInt32())
            + Avx2.Multiply(upper.AsUInt32(), Vector256.LoadUnsafe(ref prices, 4).AsUInt32());
    }

    private static bool UsesUnknown(in SixColumns columns, int row, uint unknown) =>
        ((unknown & 1) != 0 && Unsafe.Add(ref columns.First, row) != 0)
        || ((unknown & 2) != 0 && Unsafe.Add(ref columns.Second, row) != 0)
        || ((unknown & 4) != 0 && Unsafe.Add(ref columns.Third, row) != 0)
        || ((unknown & 8) != 0 && Unsafe.Add(ref columns.Fourth, row) != 0)
        || ((unknown & 16) != 0 && Unsafe.Add(ref columns.Fifth, row) != 0)
        || ((unknown & 32) != 0 && Unsafe.Add(ref columns.Sixth, row) != 0);

    /// <summary>The prices of a row; the check of the place is that of the span.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref ulong PricesAt(Span<ulong> prices, ushort place) => ref prices[unchecked(place * PackedPrices.Stride)];
}
