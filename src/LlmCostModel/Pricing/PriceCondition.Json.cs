using System.Text.Json.Serialization;

namespace LlmCostModel;

[JsonConverter(typeof(JsonValueConverter<PriceCondition>))]
public partial record PriceCondition : IJsonValue<PriceCondition>
{
    static JsonConverter<PriceCondition> IJsonValue<PriceCondition>.Json => Shape.Instance;

    /// <summary>Shows it as rate cards write it.</summary>
    /// <returns>Such as <c>{"Tier":["batch"]}</c>.</returns>
    public override string ToString() => Shape.Instance.ToText(this);

    private static class Shape
    {
        internal static readonly RateJson<PriceCondition> Instance = new(
            (writer, condition) => new RuleWriter(writer).WriteObject(condition),
            (node, faults) => new ConditionReader(new ValueReader(faults)).ReadCondition(node));
    }
}
