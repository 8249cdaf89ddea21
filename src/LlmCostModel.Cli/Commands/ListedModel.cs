namespace LlmCostModel.Cli.Commands;

/// <summary>A model of a rate card, as lists and details show it.</summary>
internal sealed record ListedModel(RateCard Card, ModelPricing Pricing)
{
    public static IEnumerable<ListedModel> All(ICostEstimator estimator) =>
        estimator.RateCards.SelectMany(card => card.Models.Select(model => new ListedModel(card, model)))
            .OrderBy(model => model.Pricing.Id, StringComparer.Ordinal).ThenBy(model => model.Card.Provider, StringComparer.Ordinal);

    /// <summary>What its prices are in: the currency, or the provider's credits.</summary>
    public string PricedIn => Card.Credit?.Name ?? Card.Currency;

    public bool IsAt(string host) => host.Equals(Card.Provider, StringComparison.OrdinalIgnoreCase);

    public bool Contains(string part) =>
        Pricing.Id.Contains(part, StringComparison.OrdinalIgnoreCase)
        || (Card.Provider ?? "").Contains(part, StringComparison.OrdinalIgnoreCase)
        || Pricing.Aliases.Any(alias => alias.Contains(part, StringComparison.OrdinalIgnoreCase));

    /// <summary>The confirmed version in force at an instant.</summary>
    public PriceVersion? InForce(DateTimeOffset at) => Pricing.GetVersion(at);
}
