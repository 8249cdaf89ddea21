namespace LlmCostModel;

/// <summary>One model that an id can mean.</summary>
/// <param name="Pricing">The model.</param>
/// <param name="Name">What the id is to it.</param>
internal readonly record struct Candidate(CompiledPricing Pricing, NameKind Name)
{
    internal RateCard Card => Pricing.Card;

    internal bool IsSoldAt(string provider) => Card.Provider is not { } own || own.Equals(provider, StringComparison.OrdinalIgnoreCase);
}
