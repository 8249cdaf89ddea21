using System.Runtime.CompilerServices;

namespace LlmCostModel;

/// <summary>One scaled price per token bucket.</summary>
[InlineArray(TokenBuckets.Count)]
internal struct PriceVector
{
    private ulong _first;
}
