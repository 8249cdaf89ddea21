using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LlmCostModel;

/// <summary>Multiplies counts by prices, row by row, where rows have prices of their own.</summary>
internal static class ColumnProducts
{
    /// <summary>What stands in place of an amount where a call takes more than multiplying.</summary>
    internal const long Left = -1;

    /// <summary>Works out the amount of every row.</summary>
    /// <param name="columns">The counts.</param>
    /// <param name="places">Where the prices of each row stand.</param>
    /// <param name="prices">The packed prices.</param>
    /// <param name="hasUnknown">Whether some of them are not known.</param>
    /// <param name="adds">Whether the amounts are added to those of an earlier group of buckets.</param>
    /// <param name="amounts">Receives the amounts, or <see cref="Left"/>.</param>
    internal static void Multiply(
        in SixColumns columns, ReadOnlySpan<ushort> places, ulong[] prices, bool hasUnknown, bool adds, Span<long> amounts)
    {
        ref long amount = ref MemoryMarshal.GetReference(amounts[..places.Length]);
        for (int i = 0; i < places.Length; i++)
        {
            ref long here = ref Unsafe.Add(ref amount, i);
            long own = TryMultiply(in columns, i, ref PricesAt(prices, places[i]), hasUnknown, out ulong product)
                ? unchecked((long)product)
                : Left;
            here = !adds || own < 0 ? own : here < 0 ? Left : here + own;
        }
    }

    /// <summary>Adds the amounts of rows up, in 128 bits for every kind.</summary>
    /// <param name="columns">The counts.</param>
    /// <param name="places">Where the prices of each row stand.</param>
    /// <param name="kinds">Which total each row belongs to.</param>
    /// <param name="prices">The packed prices.</param>
    /// <param name="hasUnknown">Whether some of them are not known.</param>
    /// <param name="totals">Receives the amounts.</param>
    /// <param name="left">Receives the rows that take more than multiplying.</param>
    /// <returns>How many rows were left.</returns>
    internal static int Total(
        in SixColumns columns,
        ReadOnlySpan<ushort> places,
        ReadOnlySpan<ushort> kinds,
        ulong[] prices,
        bool hasUnknown,
        ColumnTotals totals,
        Span<int> left)
    {
        int count = 0;
        Span<ulong> low = totals.Low;
        Span<ulong> high = totals.High[..low.Length];
        kinds = kinds[..places.Length];
        for (int i = 0; i < places.Length; i++)
        {
            if (TryMultiply(in columns, i, ref PricesAt(prices, places[i]), hasUnknown, out ulong product))
            {
                int kind = kinds[i];
                ref ulong lower = ref low[kind];
                ulong sum = unchecked(lower + product);
                high[kind] += sum < product ? 1ul : 0;
                lower = sum;
            }
            else
            {
                left[count++] = i;
            }
        }

        return count;
    }

    /// <summary>Multiplies one row, unless a count is too large for 63 bits, negative, or of a bucket without a price.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool TryMultiply(in SixColumns columns, int row, ref ulong prices, bool hasUnknown, out ulong product)
    {
        unchecked
        {
            ulong a = (uint)Unsafe.Add(ref columns.First, row);
            ulong b = (uint)Unsafe.Add(ref columns.Second, row);
            ulong c = (uint)Unsafe.Add(ref columns.Third, row);
            ulong d = (uint)Unsafe.Add(ref columns.Fourth, row);
            ulong e = (uint)Unsafe.Add(ref columns.Fifth, row);
            ulong f = (uint)Unsafe.Add(ref columns.Sixth, row);
            product = (a * prices) + (b * Unsafe.Add(ref prices, 1)) + ((c * Unsafe.Add(ref prices, 2)) + (d * Unsafe.Add(ref prices, 3)))
                + ((e * Unsafe.Add(ref prices, 4)) + (f * Unsafe.Add(ref prices, 5)));
            ulong always = Unsafe.Add(ref prices, PackedPrices.Always);
            if (((a | b | c | d | e | f | always) & Unsafe.Add(ref prices, PackedPrices.Leaving)) != 0)
            {
                return false;
            }

            return !hasUnknown || always >> 32 == 0 || !UsesUnknown(in columns, row, (uint)(always >> 32));
        }
    }

    private static bool UsesUnknown(in SixColumns columns, int row, uint unknown) =>
        ((unknown & 1) != 0 && Unsafe.Add(ref columns.First, row) != 0)
        || ((unknown & 2) != 0 && Unsafe.Add(ref columns.Second, row) != 0)
        || ((unknown & 4) != 0 && Unsafe.Add(ref columns.Third, row) != 0)
        || ((unknown & 8) != 0 && Unsafe.Add(ref columns.Fourth, row) != 0)
        || ((unknown & 16) != 0 && Unsafe.Add(ref columns.Fifth, row) != 0)
        || ((unknown & 32) != 0 && Unsafe.Add(ref columns.Sixth, row) != 0);

    /// <summary>The prices of a row; the check of the place is that of the array.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref ulong PricesAt(ulong[] prices, ushort place) => ref prices[place * PackedPrices.Stride];
}
