using System.Text.Json.Serialization;

namespace LlmCostModel;

[JsonConverter(typeof(JsonValueConverter<PriceRule>))]
public partial record PriceRule : IJsonValue<PriceRule>
{
    static JsonConverter<PriceRule> IJsonValue<PriceRule>.Json => Shape.Instance;

    /// <summary>Shows it as rate cards write it.</summary>
    /// <returns>Such as <c>{"Name":"batch","When":{"Tier":["batch"]},"Multiply":0.5,"On":["Tokens"]}</c>.</returns>
    public override string ToString() => Shape.Instance.ToText(this);

    private static class Shape
    {
        internal static readonly RateJson<PriceRule> Instance = new(
            (writer, rule) => new RuleWriter(writer).Write(rule),
            (node, faults) => new RuleReader(new ValueReader(faults)).ReadRule(node));
    }
}
