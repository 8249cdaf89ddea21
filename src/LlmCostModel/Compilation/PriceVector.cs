using System.Runtime.CompilerServices;

namespace LlmCostModel;

/// <summary>One scaled price per token bucket; those beyond the last bucket stay 0.</summary>
[InlineArray(TokenBuckets.Lanes)]
internal struct PriceVector
{
    private ulong _first;
}
