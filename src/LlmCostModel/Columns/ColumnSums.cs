using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LlmCostModel;

/// <summary>Adds columns up, eight rows at a time.</summary>
internal static class ColumnSums
{
    /// <summary>How many rows are added at a time.</summary>
    internal const int Lanes = 8;

    /// <summary>Adds the counts of a column to those of other columns, row by row.</summary>
    internal static void AddTo(Span<long> sums, ReadOnlySpan<int> counts)
    {
        ref long sum = ref MemoryMarshal.GetReference(sums);
        ref int count = ref MemoryMarshal.GetReference(counts);
        int i = 0;
        for (; i <= counts.Length - Lanes; i += Lanes)
        {
            (Vector256<long> lower, Vector256<long> upper) = Vector256.Widen(Vector256.LoadUnsafe(ref count, (nuint)i));
            (Vector256.LoadUnsafe(ref sum, (nuint)i) + lower).StoreUnsafe(ref sum, (nuint)i);
            (Vector256.LoadUnsafe(ref sum, (nuint)i + 4) + upper).StoreUnsafe(ref sum, (nuint)i + 4);
        }

        for (; i < counts.Length; i++)
        {
            sums[i] += counts[i];
        }
    }

    /// <summary>Adds up six columns at once: the memory is read as fast as it comes, and the sums are multiplied once.</summary>
    /// <param name="columns">The columns, as their first counts.</param>
    /// <param name="rows">How many rows they have: multiples of eight, less than 2^31.</param>
    /// <param name="sums">Receives the sum of each column.</param>
    /// <returns>Whether every count was 0 or more; the sums mean nothing where not.</returns>
    internal static bool TrySum(in SixColumns columns, int rows, Span<ulong> sums)
    {
        ref int a = ref columns.First, b = ref columns.Second, c = ref columns.Third;
        ref int d = ref columns.Fourth, e = ref columns.Fifth, f = ref columns.Sixth;
        Vector256<ulong> sumA = default, sumB = default, sumC = default, sumD = default, sumE = default, sumF = default;
        Vector256<int> any = default;
        Vector256<ulong> half = Vector256.Create((ulong)uint.MaxValue);
        for (nuint i = 0; i < (nuint)rows; i += Lanes)
        {
            any |= Add(ref a, i, half, ref sumA) | Add(ref b, i, half, ref sumB) | Add(ref c, i, half, ref sumC)
                | Add(ref d, i, half, ref sumD) | Add(ref e, i, half, ref sumE) | Add(ref f, i, half, ref sumF);
        }

        sums[0] = Vector256.Sum(sumA);
        sums[1] = Vector256.Sum(sumB);
        sums[2] = Vector256.Sum(sumC);
        sums[3] = Vector256.Sum(sumD);
        sums[4] = Vector256.Sum(sumE);
        sums[5] = Vector256.Sum(sumF);
        return !Vector256.LessThanAny(any, default);
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
