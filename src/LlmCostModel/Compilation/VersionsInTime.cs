using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LlmCostModel;

/// <summary>Versions of a model's prices by their beginning, for finding the one in force.</summary>
/// <remarks>Up to eight of them, which nearly all models have, are compared at once: a loop that ends at another place for every call is
/// mispredicted, which costs as much as the multiplication.</remarks>
internal sealed class VersionsInTime
{
    private const int AtOnce = 8;

    private readonly CompiledVersion[] _versions;
    private readonly long[] _starts; // filled up with the end of time
    private readonly long[] _ends;

    /// <param name="versions">The versions, ordered by their beginning.</param>
    internal VersionsInTime(CompiledVersion[] versions)
    {
        _versions = versions;
        _starts = new long[Math.Max(AtOnce, versions.Length)];
        Array.Fill(_starts, long.MaxValue);
        for (int i = 0; i < versions.Length; i++)
        {
            _starts[i] = versions[i].Version.From?.UtcTicks ?? 0;
        }

        _ends = [.. versions.Select(version => version.Version.Until?.UtcTicks ?? long.MaxValue)];
    }

    /// <summary>The last version that has begun; <see langword="null"/> when none has, or that one has ended.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal CompiledVersion? Find(long utcTicks)
    {
        int last = (_starts.Length == AtOnce ? CountBegun(utcTicks) : CountBegunByHalving(utcTicks)) - 1;
        return last >= 0 && utcTicks < _ends[last] ? _versions[last] : null;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int CountBegun(long utcTicks)
    {
        ref long starts = ref MemoryMarshal.GetArrayDataReference(_starts);
        Vector256<long> instant = Vector256.Create(utcTicks);
        uint later = Vector256.GreaterThan(Vector256.LoadUnsafe(ref starts), instant).ExtractMostSignificantBits();
        uint muchLater = Vector256.GreaterThan(Vector256.LoadUnsafe(ref starts, 4), instant).ExtractMostSignificantBits();
        return AtOnce - BitOperations.PopCount(later | (muchLater << 4));
    }

    private int CountBegunByHalving(long utcTicks)
    {
        int found = Array.BinarySearch(_starts, utcTicks);
        return found < 0 ? ~found : found + 1;
    }
}
