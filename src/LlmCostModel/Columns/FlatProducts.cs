using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LlmCostModel;

/// <summary>Multiplies counts by prices that all rows have in common, eight rows at a time.</summary>
/// <remarks>
/// Prices are read from memory as whole vectors. A number of 64 bits that is spread over a vector as part of the multiplication is spread
/// wrongly by the compiler of .NET 10.0.12 where the processor has AVX-512.
/// </remarks>
internal static class FlatProducts
{
    private const int Lanes = 8;
    private const int Numbers = 4; // of 64 bits in a vector

    /// <summary>Works out the amount of every row.</summary>
    /// <param name="columns">The counts.</param>
    /// <param name="rows">How many rows there are.</param>
    /// <param name="prices">The packed prices, whose first row is that of all.</param>
    /// <param name="amounts">Receives the amounts, or <see cref="ColumnProducts.Left"/>.</param>
    /// <returns>Whether some rows were left.</returns>
    internal static bool Multiply(in SixColumns columns, int rows, ulong[] prices, Span<long> amounts)
    {
        Span<ulong> spread = stackalloc ulong[3 * PackedPrices.Width * Numbers];
        bool isWide = false;
        for (int i = 0; i < PackedPrices.Width; i++)
        {
            bool isUnknown = (prices[PackedPrices.Always] >> (32 + i) & 1) != 0;
            ulong leaving = isUnknown ? uint.MaxValue : prices[PackedPrices.Leaving] & uint.MaxValue;
            spread.Slice(3 * i * Numbers, Numbers).Fill(prices[i]);
            spread.Slice(((3 * i) + 1) * Numbers, Numbers).Fill(prices[i] >> 32);
            spread.Slice(((3 * i) + 2) * Numbers, Numbers).Fill(leaving | (leaving << 32));
            isWide |= prices[i] > uint.MaxValue;
        }

        return isWide
            ? Multiply<Wide>(in columns, rows, prices, spread, amounts)
            : Multiply<Narrow>(in columns, rows, prices, spread, amounts);
    }

    private static bool Multiply<TSize>(in SixColumns columns, int rows, ulong[] prices, ReadOnlySpan<ulong> spread, Span<long> amounts)
        where TSize : struct, IPriceSize
    {
        bool left = false;
        ref ulong price = ref MemoryMarshal.GetReference(spread);
        ref ulong amount = ref Unsafe.As<long, ulong>(ref MemoryMarshal.GetReference(amounts[..rows]));
        int whole = rows - (rows % Lanes);
        for (int i = 0; i < whole; i += Lanes)
        {
            Vector256<uint> reasons = default;
            Vector256<ulong> lower = default, upper = default;
            Add<TSize>(ref Unsafe.Add(ref columns.First, i), ref price, ref lower, ref upper, ref reasons);
            Add<TSize>(ref Unsafe.Add(ref columns.Second, i), ref Unsafe.Add(ref price, 12), ref lower, ref upper, ref reasons);
            Add<TSize>(ref Unsafe.Add(ref columns.Third, i), ref Unsafe.Add(ref price, 24), ref lower, ref upper, ref reasons);
            Add<TSize>(ref Unsafe.Add(ref columns.Fourth, i), ref Unsafe.Add(ref price, 36), ref lower, ref upper, ref reasons);
            Add<TSize>(ref Unsafe.Add(ref columns.Fifth, i), ref Unsafe.Add(ref price, 48), ref lower, ref upper, ref reasons);
            Add<TSize>(ref Unsafe.Add(ref columns.Sixth, i), ref Unsafe.Add(ref price, 60), ref lower, ref upper, ref reasons);
            if (reasons == Vector256<uint>.Zero)
            {
                lower.StoreUnsafe(ref amount, (nuint)i);
                upper.StoreUnsafe(ref amount, (nuint)i + Numbers);
            }
            else
            {
                left = true;
                MultiplySingly(in columns, i, i + Lanes, prices, amounts);
            }
        }

        return MultiplySingly(in columns, whole, rows, prices, amounts) || left;
    }

    private static bool MultiplySingly(in SixColumns columns, int from, int until, ulong[] prices, Span<long> amounts)
    {
        bool left = false;
        for (int i = from; i < until; i++)
        {
            bool isProduct = ColumnProducts.TryMultiply(in columns, i, ref prices[0], hasUnknown: true, out ulong product);
            amounts[i] = isProduct ? unchecked((long)product) : ColumnProducts.Left;
            left |= !isProduct;
        }

        return left;
    }

    /// <summary>Adds the products of eight counts of one column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<TSize>(
        ref int column, ref ulong price, ref Vector256<ulong> lower, ref Vector256<ulong> upper, ref Vector256<uint> reasons)
        where TSize : struct, IPriceSize
    {
        Vector256<uint> counts = Vector256.LoadUnsafe(ref column).AsUInt32();
        reasons |= counts & Vector256.LoadUnsafe(ref price, 8).AsUInt32();
        (Vector256<ulong> first, Vector256<ulong> second) = Vector256.Widen(counts);
        Vector256<ulong> low = Vector256.LoadUnsafe(ref price);
        lower += MultiplyHalves(first, low);
        upper += MultiplyHalves(second, low);
        if (TSize.IsWide)
        {
            Vector256<ulong> high = Vector256.LoadUnsafe(ref price, 4);
            lower += MultiplyHalves(first, high) << 32;
            upper += MultiplyHalves(second, high) << 32;
        }
    }

    /// <summary>The products of the lower 32 bits of each number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> MultiplyHalves(Vector256<ulong> counts, Vector256<ulong> prices) => Avx2.IsSupported
        ? Avx2.Multiply(counts.AsUInt32(), prices.AsUInt32())
        : counts * (prices & Vector256.Create((ulong)uint.MaxValue));

    private interface IPriceSize
    {
        static abstract bool IsWide { get; }
    }

    /// <summary>Prices of more than 32 bits.</summary>
    private struct Wide : IPriceSize
    {
        public static bool IsWide => true;
    }

    private struct Narrow : IPriceSize
    {
        public static bool IsWide => false;
    }
}
