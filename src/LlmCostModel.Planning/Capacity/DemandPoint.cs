using System.Text.Json.Serialization;

namespace LlmCostModel.Planning;

/// <summary>How much is used and spent at a price, as multiples of today's.</summary>
[JsonConverter(typeof(JsonValueConverter<DemandPoint>))]
public sealed record DemandPoint : IJsonValue<DemandPoint>
{
    /// <summary>Gets the price, as a multiple of today's.</summary>
    public required decimal PriceFactor { get; init; }

    /// <summary>Gets the use, as a multiple of today's, to about 15 digits: tokens, and the machines for them.</summary>
    public required decimal UseFactor { get; init; }

    /// <summary>Gets what is spent, as a multiple of today's.</summary>
    public decimal SpendFactor => PriceFactor * UseFactor;

    /// <summary>Shows the three factors, rounded, in the invariant culture.</summary>
    /// <returns>Such as <c>price 0.5, use 4, spend 2</c>.</returns>
    public override string ToString() =>
        $"price {RoundedText.Rounded(PriceFactor)}, use {RoundedText.Rounded(UseFactor)}, spend {RoundedText.Rounded(SpendFactor)}";

    private static readonly JsonObject<DemandPoint> Shape = new JsonObject<DemandPoint>(() => new() { PriceFactor = 1, UseFactor = 1 })
        .Required("priceFactor", JsonOf.Decimal, value => value.PriceFactor, (owner, value) => owner with { PriceFactor = value })
        .Required("useFactor", JsonOf.Decimal, value => value.UseFactor, (owner, value) => owner with { UseFactor = value });

    static JsonConverter<DemandPoint> IJsonValue<DemandPoint>.Json => Shape;
}
