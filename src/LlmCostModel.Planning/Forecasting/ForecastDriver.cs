using System.Globalization;
using System.Text.Json.Serialization;

namespace LlmCostModel.Planning;

/// <summary>How much of the uncertainty comes from one input. The type is immutable.</summary>
[JsonConverter(typeof(JsonValueConverter<ForecastDriver>))]
public sealed record ForecastDriver : IJsonValue<ForecastDriver>
{
    /// <summary>Gets the name of the input.</summary>
    public required string Input { get; init; }

    /// <summary>Gets its squared rank correlation with the total, as a share of the sum over all inputs, 0 to 1.</summary>
    public required double Share { get; init; }

    /// <summary>Shows input and share in the invariant culture.</summary>
    /// <returns>Such as <c>requests: 62% of the uncertainty</c>.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Input}: {Share * 100:0.#}% of the uncertainty");

    private static readonly JsonObject<ForecastDriver> Shape = new JsonObject<ForecastDriver>(() => new() { Input = "", Share = 0 })
        .Required("input", JsonOf.Text, value => value.Input, (owner, value) => owner with { Input = value })
        .Required("share", JsonOf.Double, value => value.Share, (owner, value) => owner with { Share = value });

    static JsonConverter<ForecastDriver> IJsonValue<ForecastDriver>.Json => Shape;
}
