using System.Text.Json.Serialization;

namespace LlmCostModel;

[JsonConverter(typeof(JsonValueConverter<PriceVersion>))]
public partial record PriceVersion : IJsonValue<PriceVersion>
{
    static JsonConverter<PriceVersion> IJsonValue<PriceVersion>.Json => Shape.Instance;

    /// <summary>Shows it as rate cards write it.</summary>
    /// <returns>Such as <c>{"From":"2025-01-27","PerMillionTokens":{"Input":0.55,"Output":2.19}}</c>.</returns>
    public override string ToString() => Shape.Instance.ToText(this);

    private static class Shape
    {
        internal static readonly RateJson<PriceVersion> Instance = new(
            (writer, version) => new RateCardWriter(writer).WriteObject(version),
            (node, faults) => new RateCardReader(faults).ReadVersion(node));
    }
}
