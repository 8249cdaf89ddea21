using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LlmCostModel;

/// <summary>Four rows of six columns, each turned into a vector: the tokens of a call side by side, as its prices are.</summary>
/// <remarks>Such a vector has the counts of the buckets where <see cref="PackedPrices"/> has their prices: of the first, third and fifth
/// one, then 1, which counts rows; of the second, fourth and sixth, then 0.</remarks>
internal readonly struct FourRows
{
    /// <summary>How many rows are turned at a time.</summary>
    internal const int Count = 4;

    internal readonly Vector256<uint> First;
    internal readonly Vector256<uint> Second;
    internal readonly Vector256<uint> Third;
    internal readonly Vector256<uint> Fourth;

    /// <summary>The bits that some of the numbers have.</summary>
    internal readonly Vector256<uint> Bits;

    /// <param name="a">The beginning of the first column.</param>
    /// <param name="b">That of the second.</param>
    /// <param name="c">That of the third.</param>
    /// <param name="d">That of the fourth.</param>
    /// <param name="e">That of the fifth.</param>
    /// <param name="f">That of the sixth.</param>
    /// <param name="row">The first of the rows.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal FourRows(ref int a, ref int b, ref int c, ref int d, ref int e, ref int f, nuint row)
    {
        Vector256<uint> ab = Load(ref a, ref b, row), cd = Load(ref c, ref d, row), ef = Load(ref e, ref f, row);
        Vector256<uint> one = Vector256.Create(1u, 1, 1, 1, 0, 0, 0, 0);
        Bits = ab | cd | ef;
        Vector256<ulong> firstLower = Avx2.UnpackLow(ab, cd).AsUInt64(), firstUpper = Avx2.UnpackHigh(ab, cd).AsUInt64();
        Vector256<ulong> lastLower = Avx2.UnpackLow(ef, one).AsUInt64(), lastUpper = Avx2.UnpackHigh(ef, one).AsUInt64();
        First = Avx2.UnpackLow(firstLower, lastLower).AsUInt32();
        Second = Avx2.UnpackHigh(firstLower, lastLower).AsUInt32();
        Third = Avx2.UnpackLow(firstUpper, lastUpper).AsUInt32();
        Fourth = Avx2.UnpackHigh(firstUpper, lastUpper).AsUInt32();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Load(ref int lower, ref int upper, nuint row) =>
        Vector256.Create(Vector128.LoadUnsafe(ref lower, row), Vector128.LoadUnsafe(ref upper, row)).AsUInt32();

    /// <summary>Whether the processor has what this takes.</summary>
    internal static bool IsSupported => Avx2.IsSupported;
}
