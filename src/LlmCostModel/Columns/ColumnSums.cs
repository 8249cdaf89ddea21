using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LlmCostModel;

/// <summary>Adds columns up, eight rows at a time.</summary>
internal static class ColumnSums
{
    private const int Lanes = 8;

    /// <summary>Adds the counts of three columns to sums of other columns, row by row.</summary>
    internal static void AddTo(Span<long> sums, ReadOnlySpan<int> a, ReadOnlySpan<int> b, ReadOnlySpan<int> c)
    {
        ref ulong sum = ref Unsafe.As<long, ulong>(ref MemoryMarshal.GetReference(sums));
        ref int first = ref MemoryMarshal.GetReference(a[..sums.Length]);
        ref int second = ref MemoryMarshal.GetReference(b[..sums.Length]);
        ref int third = ref MemoryMarshal.GetReference(c[..sums.Length]);
        int whole = sums.Length - (sums.Length % Lanes);
        for (nuint i = 0; i < (nuint)whole; i = unchecked(i + Lanes))
        {
            Vector256<uint> two = (Vector256.LoadUnsafe(ref first, i) + Vector256.LoadUnsafe(ref second, i)).AsUInt32(); // of 31 bits each
            (Vector256<ulong> lower, Vector256<ulong> upper) = Vector256.Widen(two);
            (Vector256<ulong> thirdLower, Vector256<ulong> thirdUpper) = Vector256.Widen(Vector256.LoadUnsafe(ref third, i).AsUInt32());
            (Vector256.LoadUnsafe(ref sum, i) + lower + thirdLower).StoreUnsafe(ref sum, i);
            (Vector256.LoadUnsafe(ref sum, i + 4) + upper + thirdUpper).StoreUnsafe(ref sum, i + 4);
        }

        for (int i = whole; i < sums.Length; i++)
        {
            sums[i] += (long)a[i] + b[i] + c[i];
        }
    }

    /// <summary>Adds up six columns at once: the memory is read as fast as it comes.</summary>
    /// <param name="columns">The columns, as their first counts.</param>
    /// <param name="rows">How many rows they have.</param>
    /// <param name="sums">Receives what the counts of each column add, where its price stands.</param>
    /// <returns>The bits that some count has; the sums mean nothing where one is negative.</returns>
    internal static uint Add(in SixColumns columns, int rows, Span<ulong> sums)
    {
        ref int a = ref columns.First, b = ref columns.Second, c = ref columns.Third;
        ref int d = ref columns.Fourth, e = ref columns.Fifth, f = ref columns.Sixth;
        Vector256<ulong> sumA = default, sumB = default, sumC = default, sumD = default, sumE = default, sumF = default;
        Vector256<int> any = default;
        Vector256<ulong> half = Vector256.Create((ulong)uint.MaxValue);
        int whole = rows - (rows % Lanes);
        for (nuint i = 0; i < (nuint)whole; i = unchecked(i + Lanes))
        {
            any |= Add(ref a, i, half, ref sumA) | Add(ref b, i, half, ref sumB) | Add(ref c, i, half, ref sumC)
                | Add(ref d, i, half, ref sumD) | Add(ref e, i, half, ref sumE) | Add(ref f, i, half, ref sumF);
        }

        uint bits = Vector256.LessThanAny(any, default) ? 1u << 31 : 0;
        return bits
            | AddTo(ref sums[PackedPrices.PlaceOf(0)], Vector256.Sum(sumA), ref a, whole, rows)
            | AddTo(ref sums[PackedPrices.PlaceOf(1)], Vector256.Sum(sumB), ref b, whole, rows)
            | AddTo(ref sums[PackedPrices.PlaceOf(2)], Vector256.Sum(sumC), ref c, whole, rows)
            | AddTo(ref sums[PackedPrices.PlaceOf(3)], Vector256.Sum(sumD), ref d, whole, rows)
            | AddTo(ref sums[PackedPrices.PlaceOf(4)], Vector256.Sum(sumE), ref e, whole, rows)
            | AddTo(ref sums[PackedPrices.PlaceOf(5)], Vector256.Sum(sumF), ref f, whole, rows);
    }

    /// <summary>Adds the sum of a column, and its last counts.</summary>
    private static uint AddTo(ref ulong total, ulong sum, ref int column, int from, int until)
    {
        uint bits = 0;
        for (int i = from; i < until; i++)
        {
            uint count = unchecked((uint)Unsafe.Add(ref column, i));
            bits |= count;
            sum += count;
        }

        total += sum;
        return bits;
    }

    /// <summary>Two numbers of 32 bits are added as the halves of one of 64: no shuffling.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Add(ref int column, nuint i, Vector256<ulong> half, ref Vector256<ulong> sum)
    {
        Vector256<int> counts = Vector256.LoadUnsafe(ref column, i);
        sum += (counts.AsUInt64() & half) + (counts.AsUInt64() >> 32);
        return counts;
    }
}
