using System.Text.Json.Serialization;

namespace LlmCostModel;

[JsonConverter(typeof(JsonValueConverter<MeterPrice>))]
public partial record MeterPrice : IJsonValue<MeterPrice>
{
    static JsonConverter<MeterPrice> IJsonValue<MeterPrice>.Json => Shape.Instance;

    /// <summary>Shows it as rate cards write it.</summary>
    /// <returns>Such as <c>{"Price":10,"Per":1000}</c>.</returns>
    public override string ToString() => Shape.Instance.ToText(this);

    private static class Shape
    {
        internal static readonly RateJson<MeterPrice> Instance = new(
            (writer, price) => new RuleWriter(writer).Write(price),
            (node, faults) => new RuleReader(new ValueReader(faults)).ReadRequiredMeter(node));
    }
}
