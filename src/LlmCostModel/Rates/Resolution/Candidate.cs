namespace LlmCostModel;

/// <summary>One model that an id can mean.</summary>
/// <param name="Pricing">The model.</param>
/// <param name="IsAlias">Whether the id is one of its aliases rather than its own.</param>
internal readonly record struct Candidate(CompiledPricing Pricing, bool IsAlias)
{
    internal RateCard Card => Pricing.Card;

    internal bool IsSoldAt(string provider) => Card.Provider is not { } own || own.Equals(provider, StringComparison.OrdinalIgnoreCase);
}
