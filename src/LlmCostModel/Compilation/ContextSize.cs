using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LlmCostModel;

/// <summary>The token sums that context-size conditions count.</summary>
/// <remarks>Worked out for every call of a model with such conditions, so two buckets at a time, each sum through a mask.</remarks>
internal readonly struct ContextSize
{
    /// <summary>Sums of fewer than 32 counts below this do not overflow.</summary>
    private const int SafeBits = 58;

    private static readonly TokenCounts InputMask = MaskOf(row => row.Side == TokenSide.Input);
    private static readonly TokenCounts FreshMask = MaskOf(row => row is { Side: TokenSide.Input, CacheRole: CacheRole.None });

    private readonly long _totalInput;
    private readonly long _freshInput;
    private readonly long _output;

    internal ContextSize(in TokenUsage usage)
    {
        ref long counts = ref Unsafe.As<TokenUsage, long>(ref Unsafe.AsRef(in usage));
        ref long inputMask = ref Unsafe.As<TokenCounts, long>(ref Unsafe.AsRef(in InputMask));
        ref long freshMask = ref Unsafe.As<TokenCounts, long>(ref Unsafe.AsRef(in FreshMask));
        Vector128<long> any = Vector128<long>.Zero;
        Vector128<long> all = Vector128<long>.Zero;
        Vector128<long> input = Vector128<long>.Zero;
        Vector128<long> fresh = Vector128<long>.Zero;
        for (nuint i = 0; i < TokenBuckets.Lanes; i += 2)
        {
            Vector128<long> two = Vector128.LoadUnsafe(ref counts, i);
            any |= two;
            all += two;
            input += two & Vector128.LoadUnsafe(ref inputMask, i);
            fresh += two & Vector128.LoadUnsafe(ref freshMask, i);
        }

        if (Vector128.ShiftRightLogical(any, SafeBits) == Vector128<long>.Zero)
        {
            _totalInput = Vector128.Sum(input);
            _freshInput = Vector128.Sum(fresh);
            _output = Vector128.Sum(all) - _totalInput;
        }
        else
        {
            (_totalInput, _freshInput, _output) = (usage.TotalInput, usage.FreshInput, usage.TotalOutput);
        }
    }

    internal long this[TokenBasis basis] => basis switch
    {
        TokenBasis.TotalInput => _totalInput,
        TokenBasis.FreshInput => _freshInput,
        _ => _output,
    };

    private static TokenCounts MaskOf(Func<TokenBucketInfo, bool> belongs)
    {
        TokenCounts mask = default;
        foreach (TokenBucketInfo row in TokenBuckets.All)
        {
            mask[(int)row.Bucket] = belongs(row) ? -1 : 0;
        }

        return mask;
    }
}
