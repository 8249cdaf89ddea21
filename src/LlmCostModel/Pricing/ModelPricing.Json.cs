using System.Text.Json.Serialization;

namespace LlmCostModel;

[JsonConverter(typeof(JsonValueConverter<ModelPricing>))]
public partial record ModelPricing : IJsonValue<ModelPricing>
{
    static JsonConverter<ModelPricing> IJsonValue<ModelPricing>.Json => Shape.Instance;

    /// <summary>Shows it as rate cards write it.</summary>
    /// <returns>Such as <c>{"Id":"gpt-4o","PerMillionTokens":{"Input":2.5,"Output":10}}</c>.</returns>
    public override string ToString() => Shape.Instance.ToText(this);

    private static class Shape
    {
        internal static readonly RateJson<ModelPricing> Instance = new(
            (writer, model) => new RateCardWriter(writer).Write(model),
            (node, faults) => new RateCardReader(faults).ReadModel(node));
    }
}
