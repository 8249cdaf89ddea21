using System.Runtime.CompilerServices;

namespace LlmCostModel;

/// <summary>One number per token bucket, indexed by the value of <see cref="TokenBucket"/>.</summary>
[InlineArray(TokenBuckets.Count)]
internal struct TokenCounts
{
    private long _first;
}
