using System.Text.Json.Serialization;

namespace LlmCostModel;

/// <summary>The price of what a period's volume has beyond a threshold.</summary>
/// <remarks><see langword="default"/> makes everything free; it has no use of its own.</remarks>
[JsonConverter(typeof(JsonValueConverter<VolumeStep>))]
public readonly record struct VolumeStep : IJsonValue<VolumeStep>
{
    /// <summary>Gets the volume, in units, beyond which the price holds; not negative.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public decimal Above { get; init => field = RateGuard.NotNegative(value, nameof(Above)); }

    /// <summary>Gets the price of <see cref="MeterPrice.Per"/> units, not negative.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public decimal Price { get; init => field = RateGuard.NotNegative(value, nameof(Price)); }

    /// <summary>Shows price and threshold in the invariant culture.</summary>
    /// <returns>Such as <c>0.002 above 1000000</c>.</returns>
    public override string ToString() => $"{AmountFormat.ToText(Price)} above {AmountFormat.ToText(Above)}";

    private static readonly JsonObject<VolumeStep> Shape = new JsonObject<VolumeStep>(() => default)
        .Required("above", JsonOf.Decimal, value => value.Above, (owner, value) => owner with { Above = value })
        .Required("price", JsonOf.Decimal, value => value.Price, (owner, value) => owner with { Price = value });

    static JsonConverter<VolumeStep> IJsonValue<VolumeStep>.Json => Shape;
}
