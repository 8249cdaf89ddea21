using System.Text.Json.Serialization;

namespace LlmCostModel;

/// <summary>One model's place in a comparison. The type is immutable.</summary>
[JsonConverter(typeof(JsonValueConverter<CostComparison>))]
public sealed record CostComparison : IJsonValue<CostComparison>
{
    /// <summary>Gets the id as it was given.</summary>
    public required string RequestedId { get; init; }

    /// <summary>Gets what the usage costs there.</summary>
    public required CostEstimate Estimate { get; init; }

    /// <summary>Gets how many times the cheapest it costs, at full decimal precision; <see langword="null"/> when it is not wholly priced,
    /// the cheapest is free, or no decimal is as large.</summary>
    public decimal? Ratio { get; init; }

    /// <summary>Shows model, cost and ratio in the invariant culture.</summary>
    /// <returns>Such as <c>o1: 0.03 USD (29.59 times the cheapest)</c>.</returns>
    public override string ToString() =>
        $"{RequestedId}: {Estimate}" + (Ratio is { } ratio ? $" ({AmountFormat.ToText(decimal.Round(ratio, 2))} times the cheapest)" : "");

    private static readonly JsonObject<CostComparison> Shape = new JsonObject<CostComparison>(
        () => new() { RequestedId = "", Estimate = default })
        .Required("requestedId", JsonOf.Text, value => value.RequestedId, (owner, value) => owner with { RequestedId = value })
        .Required("estimate", JsonOf.Value<CostEstimate>(), value => value.Estimate, (owner, value) => owner with { Estimate = value })
        .Maybe("ratio", JsonOf.Decimal, value => value.Ratio, (owner, value) => owner with { Ratio = value });

    static JsonConverter<CostComparison> IJsonValue<CostComparison>.Json => Shape;
}
