using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace LlmCostModel;

/// <summary>Asks for rows that come later. The processor does so itself within a page of memory, and waits at the beginning of the next one
/// where there is so much to do for a row that it does not look that far ahead.</summary>
internal static class ReadAhead
{
    /// <summary>How many rows one request is good for: the counts in a line of the cache.</summary>
    internal const int Line = 16;

    private const int Rows = 256; // nearer ones come too late, and 1,024 are too far for the nearest cache

    /// <summary>Asks for the counts of rows that come later, which need not be there: a request reads nothing and cannot fail.</summary>
    /// <param name="a">The beginning of the first column.</param>
    /// <param name="b">That of the second.</param>
    /// <param name="c">That of the third.</param>
    /// <param name="d">That of the fourth.</param>
    /// <param name="e">That of the fifth.</param>
    /// <param name="f">That of the sixth.</param>
    /// <param name="row">The row that is next.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Of(ref int a, ref int b, ref int c, ref int d, ref int e, ref int f, nuint row)
    {
        if (Sse.IsSupported)
        {
            Ask(ref a, row);
            Ask(ref b, row);
            Ask(ref c, row);
            Ask(ref d, row);
            Ask(ref e, row);
            Ask(ref f, row);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Ask(ref int column, nuint row) => Sse.Prefetch0(unchecked((int*)Unsafe.AsPointer(ref column) + row + Rows));
}
