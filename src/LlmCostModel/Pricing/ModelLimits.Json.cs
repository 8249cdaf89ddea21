using System.Text.Json.Serialization;

namespace LlmCostModel;

[JsonConverter(typeof(JsonValueConverter<ModelLimits>))]
public partial record ModelLimits : IJsonValue<ModelLimits>
{
    static JsonConverter<ModelLimits> IJsonValue<ModelLimits>.Json => Shape.Instance;

    /// <summary>Shows them as rate cards write them.</summary>
    /// <returns>Such as <c>{"ContextWindow":400000,"MaxOutputTokens":128000,"ReasoningInOutput":true}</c>.</returns>
    public override string ToString() => Shape.Instance.ToText(this);

    private static class Shape
    {
        internal static readonly RateJson<ModelLimits> Instance = new(
            (writer, limits) => new RateCardWriter(writer).Write(limits),
            (node, faults) => new LimitsReader(new ValueReader(faults)).ReadLimits(node));
    }
}
