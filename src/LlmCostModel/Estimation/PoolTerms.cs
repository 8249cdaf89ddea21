namespace LlmCostModel;

/// <summary>Says which calls draw on a pool.</summary>
internal static class PoolTerms
{
    internal static bool Covers(this PrepaidPool pool, PricedCall call) => call.Parts.Any(part => pool.Covers(call, part));

    internal static bool Covers(this PrepaidPool pool, PricedCall call, PricedPart part) => pool.Covers(
        part.Estimate.Provider ?? call.Context.Provider,
        part.Estimate.Model ?? part.Model,
        call.Context.Tier,
        call.At);
}
