using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LlmCostModel;

/// <summary>Counts the tokens that conditions on the size of a call are about.</summary>
/// <remarks>Worked out for every call that such a rule can touch, so four buckets at a time, through a mask.</remarks>
internal static class ContextSize
{
    /// <summary>Sums of fewer than 32 counts below this do not overflow.</summary>
    private const int SafeBits = 58;

    private static readonly TokenCounts[] Masks =
    [
        MaskOf(TokenBasis.TotalInput, row => row.Side == TokenSide.Input),
        MaskOf(TokenBasis.FreshInput, row => row is { Side: TokenSide.Input, CacheRole: CacheRole.None }),
        MaskOf(TokenBasis.Output, row => row.Side == TokenSide.Output),
    ];

    /// <summary>The sum; <see cref="long.MaxValue"/> for any above it, which is beyond every threshold as well.</summary>
    internal static long Of(TokenBasis basis, in TokenUsage usage)
    {
        ref long counts = ref Unsafe.As<TokenUsage, long>(ref Unsafe.AsRef(in usage));
        ref long mask = ref Unsafe.As<TokenCounts, long>(ref Masks[(int)basis]);
        Vector256<long> first = Vector256.LoadUnsafe(ref counts) & Vector256.LoadUnsafe(ref mask);
        Vector256<long> second = Vector256.LoadUnsafe(ref counts, 4) & Vector256.LoadUnsafe(ref mask, 4);
        Vector256<long> third = Vector256.LoadUnsafe(ref counts, 8) & Vector256.LoadUnsafe(ref mask, 8);
        Vector256<long> fourth = Vector256.LoadUnsafe(ref counts, 12) & Vector256.LoadUnsafe(ref mask, 12);
        Vector128<long> last = Vector128.LoadUnsafe(ref counts, 16) & Vector128.LoadUnsafe(ref mask, 16);
        Vector256<long> any = first | second | (third | fourth);
        if (Vector128.ShiftRightLogical(any.GetLower() | any.GetUpper() | last, SafeBits) != Vector128<long>.Zero)
        {
            return OfGreatCounts(basis, in usage);
        }

        Vector256<long> sums = first + second + (third + fourth);
        return Vector128.Sum(sums.GetLower() + sums.GetUpper() + last);
    }

    private static long OfGreatCounts(TokenBasis basis, in TokenUsage usage)
    {
        long sum = 0;
        for (int i = 0; i < TokenBuckets.Count; i++)
        {
            long count = TokenUsage.CountsOf(in usage)[i] & Masks[(int)basis][i];
            sum = sum > long.MaxValue - count ? long.MaxValue : sum + count;
        }

        return sum;
    }

    private static TokenCounts MaskOf(TokenBasis basis, Func<TokenBucketInfo, bool> belongs)
    {
        Debug.Assert((int)basis is >= 0 and < 3, "The masks stand at the values of their bases.");
        TokenCounts mask = default;
        foreach (TokenBucketInfo row in TokenBuckets.All)
        {
            mask[(int)row.Bucket] = belongs(row) ? -1 : 0;
        }

        return mask;
    }
}
