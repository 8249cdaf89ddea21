using System.Collections.Immutable;

namespace LlmCostModel;

/// <summary>Rules of your own over list prices: a contract discount, a margin, a negotiated rate. The list price stays and the receipt
/// shows both.</summary>
/// <remarks>
/// The rules are appended to those of every price version they apply to, in the order of the overlays; limit them to a deployment, account,
/// region or tier with their conditions. A rule that touches no price of the models that the overlay applies to is a fault.
/// The type is immutable.
/// </remarks>
public sealed partial record PriceOverlay
{
    private readonly EquatableArray<string> _providers;
    private readonly EquatableArray<string> _models;
    private readonly EquatableArray<PriceRule> _rules;
    private readonly Uncompared<string?> _path;

    /// <summary>Gets the name that receipts show.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the providers whose cards it applies to; empty means all.</summary>
    public ImmutableArray<string> Providers { get => _providers; init => _providers = value; }

    /// <summary>Gets the canonical ids of the models it applies to; empty means all.</summary>
    public ImmutableArray<string> Models { get => _models; init => _models = value; }

    /// <summary>Gets the currency of its amounts; needed when a rule states an amount, and it then applies only to cards in that currency.
    /// <see langword="null"/> means any card.</summary>
    public string? Currency { get; init => field = value?.ToUpperInvariant(); }

    /// <summary>Gets the rules in order of application.</summary>
    public required ImmutableArray<PriceRule> Rules { get => _rules; init => _rules = value; }

    /// <summary>Whether the rules come after those of a model.</summary>
    internal bool AppliesTo(RateCard card, ModelPricing model) => AppliesTo(card) && Names(model.Id);

    /// <summary>Whether a card is of a provider and in a currency that the overlay is for.</summary>
    internal bool AppliesTo(RateCard card) =>
        (Providers.IsEmpty || (card.Provider is not null && Providers.Contains(card.Provider, StringComparer.OrdinalIgnoreCase)))
        && (Currency is null || Currency.Equals(card.Currency, StringComparison.OrdinalIgnoreCase));

    private bool Names(string modelId) => Models.IsEmpty || Models.Contains(modelId, StringComparer.OrdinalIgnoreCase);

    /// <summary>Where the overlay stands in its configuration, for faults; <see langword="null"/> when it was made in code.</summary>
    internal string? Path { get => _path.Value; init => _path = new(value); }
}
