using System.Runtime.InteropServices;

namespace LlmCostModel;

/// <summary>Numbers that begin where a line of the cache does, so that a row of eight is in one line: the processor takes two accesses for
/// what is in two.</summary>
internal sealed class AlignedNumbers
{
    private const int Line = 64; // bytes

    private readonly ulong[] _numbers;
    private readonly int _start;
    private readonly int _count;

    /// <param name="count">How many numbers there are.</param>
    /// <param name="areKept">Whether they are used for long, and must not be moved. Others seldom are, which then only takes time; pinned
    /// ones would be collected with the oldest objects.</param>
    internal AlignedNumbers(int count, bool areKept)
    {
        _count = count;
        _numbers = GC.AllocateArray<ulong>(count + (Line / sizeof(ulong)), pinned: areKept);
        long address = Marshal.UnsafeAddrOfPinnedArrayElement(_numbers, 0);
        _start = (int)((Line - (address % Line)) % Line / sizeof(ulong));
    }

    internal Span<ulong> Span => _numbers.AsSpan(_start, _count);
}
