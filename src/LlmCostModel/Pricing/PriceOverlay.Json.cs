using System.Text.Json.Serialization;

namespace LlmCostModel;

[JsonConverter(typeof(JsonValueConverter<PriceOverlay>))]
public partial record PriceOverlay : IJsonValue<PriceOverlay>
{
    static JsonConverter<PriceOverlay> IJsonValue<PriceOverlay>.Json => Shape.Instance;

    /// <summary>Shows it as rate cards write it.</summary>
    /// <returns>Such as <c>{"Name":"contract","Rules":[{"Name":"20% off","Multiply":0.8}]}</c>.</returns>
    public override string ToString() => Shape.Instance.ToText(this);

    private static class Shape
    {
        internal static readonly RateJson<PriceOverlay> Instance = new(
            (writer, overlay) => new RuleWriter(writer).Write(overlay),
            (node, faults) => new OverlayReader(new ValueReader(faults)).ReadNamed(node));
    }
}
