namespace LlmCostModel;

/// <summary>One model that an id can mean.</summary>
/// <param name="Pricing">The model.</param>
/// <param name="Name">What the id is to it.</param>
/// <param name="Lives">Knows what the id means through time; <see langword="null"/> when it means the model at any instant.</param>
internal readonly record struct Candidate(CompiledPricing Pricing, NameKind Name, IdLives? Lives = null)
{
    /// <summary>Whether the catalog has the model, of which this is another form, at the provider of the card.</summary>
    internal bool IsInCatalog { get; init; }

    internal RateCard Card => Pricing.Card;

    internal bool IsSoldAt(string provider) => Card.Provider is not { } own || own.Equals(provider, StringComparison.OrdinalIgnoreCase);
}
