using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LlmCostModel;

/// <summary>The sizes of calls between the thresholds of a model's rules: within a region no rule on size begins or ceases to
/// hold.</summary>
internal sealed class SizeRegions
{
    private const int Bases = 3;

    /// <summary>One region for every size.</summary>
    internal static readonly SizeRegions None = new([]);

    private readonly long[][] _limits = new long[Bases][]; // by basis; a count is above a limit or not

    internal SizeRegions(IEnumerable<TokenThreshold> thresholds)
    {
        ILookup<TokenBasis, long> limits = thresholds.ToLookup(one => one.Basis, SizeRules.LimitOf);
        for (int i = 0; i < Bases; i++)
        {
            _limits[i] = [.. limits[(TokenBasis)i].Distinct().Order()];
            Count *= _limits[i].Length + 1;
        }
    }

    /// <summary>How many regions there are.</summary>
    internal int Count { get; } = 1;

    /// <summary>Whether sums of this kind are asked for.</summary>
    internal bool Asks(TokenBasis basis) => _limits[(int)basis].Length > 0;

    /// <summary>The region of a call.</summary>
    /// <param name="totalInput">All its input; any number where that is not asked for, as with the others.</param>
    /// <param name="freshInput">Its fresh input.</param>
    /// <param name="output">All its output.</param>
    internal int Find(long totalInput, long freshInput, long output) =>
        (((Passed(TokenBasis.TotalInput, totalInput) * (_limits[1].Length + 1)) + Passed(TokenBasis.FreshInput, freshInput))
            * (_limits[2].Length + 1)) + Passed(TokenBasis.Output, output);

    /// <summary>The region of a call.</summary>
    internal int Find(in TokenUsage usage) => Count == 1 ? 0 : Find(usage.TotalInput, usage.FreshInput, usage.TotalOutput);

    /// <summary>Adds the regions of many calls to numbers of theirs.</summary>
    /// <param name="totalInput">All their input, call by call, and so on; anything where that is not asked for.</param>
    /// <param name="freshInput">Their fresh input.</param>
    /// <param name="output">All their output.</param>
    /// <param name="numbers">What is added to.</param>
    internal void AddTo(ReadOnlySpan<long> totalInput, ReadOnlySpan<long> freshInput, ReadOnlySpan<long> output, Span<ushort> numbers)
    {
        int ofOutput = _limits[2].Length + 1;
        AddPassed(TokenBasis.TotalInput, totalInput, (_limits[1].Length + 1) * ofOutput, numbers);
        AddPassed(TokenBasis.FreshInput, freshInput, ofOutput, numbers);
        AddPassed(TokenBasis.Output, output, 1, numbers);
    }

    private void AddPassed(TokenBasis basis, ReadOnlySpan<long> counts, int step, Span<ushort> numbers)
    {
        ref long count = ref MemoryMarshal.GetReference(counts[..numbers.Length]);
        ref short number = ref Unsafe.As<ushort, short>(ref MemoryMarshal.GetReference(numbers));
        foreach (long limit in _limits[(int)basis])
        {
            Vector256<long> limits = Vector256.Create(limit);
            Vector256<short> steps = Vector256.Create((short)step);
            int whole = numbers.Length - (numbers.Length % Vector256<short>.Count);
            for (nuint i = 0; i < (nuint)whole; i += (nuint)Vector256<short>.Count)
            {
                Vector256<int> lower = ArePassed(ref count, i, limits), upper = ArePassed(ref count, i + 8, limits);
                Vector256<short> sum = Vector256.LoadUnsafe(ref number, i) + (Vector256.Narrow(lower, upper) & steps);
                sum.StoreUnsafe(ref number, i);
            }

            for (int i = whole; i < numbers.Length; i++)
            {
                numbers[i] += (ushort)(counts[i] > limit ? step : 0);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> ArePassed(ref long count, nuint i, Vector256<long> limits) => Vector256.Narrow(
        Vector256.GreaterThan(Vector256.LoadUnsafe(ref count, i), limits),
        Vector256.GreaterThan(Vector256.LoadUnsafe(ref count, i + 4), limits));

    /// <summary>Makes a call of a region.</summary>
    /// <returns>Whether there are calls in it: fresh input is part of all input.</returns>
    internal bool TryMake(int region, out TokenUsage usage)
    {
        (region, int output) = Math.DivRem(region, _limits[2].Length + 1);
        (int total, int fresh) = Math.DivRem(region, _limits[1].Length + 1);
        long freshCount = Lowest(TokenBasis.FreshInput, fresh);
        long totalCount = Math.Max(Lowest(TokenBasis.TotalInput, total), freshCount);
        usage = new TokenUsage { Input = freshCount, CacheRead = totalCount - freshCount, Output = Lowest(TokenBasis.Output, output) };
        return Passed(TokenBasis.TotalInput, totalCount) == total;
    }

    private int Passed(TokenBasis basis, long count)
    {
        int passed = 0;
        foreach (long limit in _limits[(int)basis])
        {
            passed += count > limit ? 1 : 0;
        }

        return passed;
    }

    private long Lowest(TokenBasis basis, int passed) => passed == 0 ? 0 : Math.Max(_limits[(int)basis][passed - 1] + 1, 0);
}
