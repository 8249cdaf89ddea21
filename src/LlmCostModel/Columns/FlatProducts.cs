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
    /// <param name="packed">The prices.</param>
    /// <param name="group">Which six of the buckets; amounts of those after the first are added to the amounts before.</param>
    /// <param name="place">Where the prices of all rows stand.</param>
    /// <param name="amounts">Receives the amounts, or <see cref="ColumnProducts.Left"/>.</param>
    /// <returns>Whether some rows were left.</returns>
    internal static bool Multiply(in SixColumns columns, PackedPrices packed, int group, int place, Span<long> amounts)
    {
        ReadOnlySpan<ulong> prices = packed.Groups[group].Span.Slice(place * PackedPrices.Stride, PackedPrices.Stride);
        bool left = false;
        int i = 0;
        if (Avx2.IsSupported && group == 0)
        {
            Span<ulong> spread = stackalloc ulong[3 * PackedPrices.Width * Numbers];
            bool isWide = Spread(prices, spread);
            i = isWide
                ? Multiply<Wide>(in columns, prices, spread, amounts, out left)
                : Multiply<Narrow>(in columns, prices, spread, amounts, out left);
        }

        for (; i < amounts.Length; i++)
        {
            left |= ColumnProducts.MultiplyOne(in columns, i, ref MemoryMarshal.GetReference(prices), adds: group > 0, ref amounts[i]);
        }

        return left;
    }

    /// <summary>Writes vectors for each bucket: its price, the upper half of that, and the bits of counts that leave.</summary>
    private static bool Spread(ReadOnlySpan<ulong> prices, Span<ulong> spread)
    {
        bool isWide = false;
        for (int i = 0; i < PackedPrices.Width; i++)
        {
            ulong price = prices[PackedPrices.PlaceOf(i)];
            bool isUnknown = (prices[PackedPrices.Always] >> (32 + i) & 1) != 0;
            ulong leaving = isUnknown ? uint.MaxValue : prices[PackedPrices.Leaving] & uint.MaxValue;
            spread.Slice(3 * i * Numbers, Numbers).Fill(price);
            spread.Slice(((3 * i) + 1) * Numbers, Numbers).Fill(price >> 32);
            spread.Slice(((3 * i) + 2) * Numbers, Numbers).Fill(leaving | (leaving << 32));
            isWide |= price > uint.MaxValue;
        }

        return isWide;
    }

    private static int Multiply<TSize>(
        in SixColumns columns, ReadOnlySpan<ulong> prices, ReadOnlySpan<ulong> spread, Span<long> amounts, out bool left)
        where TSize : struct, IPriceSize
    {
        left = false;
        ref int a = ref columns.First, b = ref columns.Second, c = ref columns.Third;
        ref int d = ref columns.Fourth, e = ref columns.Fifth, f = ref columns.Sixth;
        ref ulong price = ref MemoryMarshal.GetReference(spread);
        ref ulong amount = ref Unsafe.As<long, ulong>(ref MemoryMarshal.GetReference(amounts));
        uint always = unchecked((uint)prices[PackedPrices.Always]);
        int whole = amounts.Length - (amounts.Length % Lanes);
        for (nuint i = 0; i < (nuint)whole; i = unchecked(i + Lanes))
        {
            Vector256<uint> reasons = Vector256.Create(always);
            Vector256<ulong> even = default, odd = default;
            Add<TSize>(ref Unsafe.Add(ref a, i), ref price, ref even, ref odd, ref reasons);
            Add<TSize>(ref Unsafe.Add(ref b, i), ref Unsafe.Add(ref price, 12), ref even, ref odd, ref reasons);
            Add<TSize>(ref Unsafe.Add(ref c, i), ref Unsafe.Add(ref price, 24), ref even, ref odd, ref reasons);
            Add<TSize>(ref Unsafe.Add(ref d, i), ref Unsafe.Add(ref price, 36), ref even, ref odd, ref reasons);
            Add<TSize>(ref Unsafe.Add(ref e, i), ref Unsafe.Add(ref price, 48), ref even, ref odd, ref reasons);
            Add<TSize>(ref Unsafe.Add(ref f, i), ref Unsafe.Add(ref price, 60), ref even, ref odd, ref reasons);
            if (reasons == Vector256<uint>.Zero)
            {
                Vector256<ulong> outer = Avx2.UnpackLow(even, odd), inner = Avx2.UnpackHigh(even, odd);
                Avx2.Permute2x128(outer, inner, 0x20).StoreUnsafe(ref amount, i);
                Avx2.Permute2x128(outer, inner, 0x31).StoreUnsafe(ref amount, unchecked(i + Numbers));
                continue;
            }

            for (int row = (int)i; row < (int)i + Lanes; row++)
            {
                left |= ColumnProducts.MultiplyOne(in columns, row, ref MemoryMarshal.GetReference(prices), adds: false, ref amounts[row]);
            }
        }

        return whole;
    }

    /// <summary>Adds the products of eight counts of one column: of the lower halves of numbers of 64 bits, and the upper ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<TSize>(
        ref int column, ref ulong price, ref Vector256<ulong> even, ref Vector256<ulong> odd, ref Vector256<uint> reasons)
        where TSize : struct, IPriceSize
    {
        Vector256<uint> counts = Vector256.LoadUnsafe(ref column).AsUInt32();
        Vector256<uint> upper = (counts.AsUInt64() >> 32).AsUInt32();
        reasons |= counts & Vector256.LoadUnsafe(ref price, 8).AsUInt32();
        Vector256<uint> low = Vector256.LoadUnsafe(ref price).AsUInt32();
        even += Avx2.Multiply(counts, low);
        odd += Avx2.Multiply(upper, low);
        if (TSize.IsWide)
        {
            Vector256<uint> high = Vector256.LoadUnsafe(ref price, 4).AsUInt32();
            even += Avx2.Multiply(counts, high) << 32;
            odd += Avx2.Multiply(upper, high) << 32;
        }
    }

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
