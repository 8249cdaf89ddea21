using System.Text.Json.Serialization;

namespace LlmCostModel;

/// <summary>One part of a call that is billed by itself: the model that answered, or a call that the provider made inside it. The type is
/// immutable.</summary>
[JsonConverter(typeof(JsonValueConverter<PricedPart>))]
public sealed record PricedPart : IJsonValue<PricedPart>
{
    /// <summary>Gets what the part is for.</summary>
    public required CallRole Role { get; init; }

    /// <summary>Gets the id by which the part was priced: the model that answered, or the caller's own deployment; <see langword="null"/>
    /// when none is known.</summary>
    public string? Model { get; init; }

    /// <summary>Gets what the part consumed; <see langword="null"/> when it is not known.</summary>
    public TokenUsage? Usage { get; init; }

    /// <summary>Gets what the part consumed besides tokens.</summary>
    public MeteredQuantities Meters { get; init => field = value ?? MeteredQuantities.Empty; } = MeteredQuantities.Empty;

    /// <summary>Gets what the part cost. Its <see cref="CostEstimate.Model"/>, <see cref="CostEstimate.Provider"/> and <see
    /// cref="CostEstimate.RateCard"/> say whose prices these are.</summary>
    public required CostEstimate Estimate { get; init; }

    /// <summary>Gets what the part costs at list prices, without your overlays; <see langword="null"/> when nothing is priced.</summary>
    public Money? ListTotal => List is { } list ? list.Total : Estimate.Total;

    /// <summary>Gets the list price in the provider's credits; <see langword="null"/> where the rate card's prices are in money.</summary>
    public CreditAmount? Credits => List?.Credits;

    /// <summary>The list price, where it is another than the cost, or in credits.</summary>
    internal ListPrice? List { get; init; }

    /// <summary>Shows role, model and cost in the invariant culture.</summary>
    /// <returns>Such as <c>Advisor claude-opus-4-8: 0.0136 USD</c>.</returns>
    public override string ToString() => $"{Role} {Model ?? "unknown model"}: {Estimate}";

    private static readonly JsonObject<PricedPart> Shape = new JsonObject<PricedPart>(
        () => new() { Role = CallRole.Main, Estimate = default })
        .Required("role", JsonOf.Name<CallRole>(), value => value.Role, (owner, value) => owner with { Role = value })
        .Optional("model", JsonOf.Text, value => value.Model, (owner, value) => owner with { Model = value })
        .Maybe("usage", JsonOf.Value<TokenUsage>(), value => value.Usage, (owner, value) => owner with { Usage = value })
        .Optional("meters", JsonOf.Value<MeteredQuantities>(), value => value.Meters, (owner, value) => owner with { Meters = value })
        .Required("estimate", JsonOf.Value<CostEstimate>(),
            value => value.Estimate.WithUsage(value.Estimate.Usage == value.Usage.GetValueOrDefault() ? default : value.Estimate.Usage),
            (owner, value) => owner with { Estimate = value })
        .Maybe("listTotal", JsonOf.Value<Money>(),
            value => value.List?.Total, (owner, value) => owner with { List = new(value, owner.List?.Credits) })
        .Optional("credits", JsonOf.Value<CreditAmount>(),
            value => value.Credits, (owner, value) => owner with { List = value is null ? owner.List : new(owner.ListTotal, value) })
        .Finish(part => part.Estimate.Usage == default
            ? part with { Estimate = part.Estimate.WithUsage(part.Usage.GetValueOrDefault()) }
            : part);

    static JsonConverter<PricedPart> IJsonValue<PricedPart>.Json => Shape;
}
