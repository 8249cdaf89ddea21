using System.Runtime.CompilerServices;

namespace LlmCostModel;

/// <summary>One number per token bucket, indexed by the value of <see cref="TokenBucket"/>; those beyond the last bucket stay 0.</summary>
[InlineArray(TokenBuckets.Lanes)]
internal struct TokenCounts
{
    private long _first;
}
