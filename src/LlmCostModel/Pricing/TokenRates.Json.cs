using System.Text.Json.Serialization;

namespace LlmCostModel;

[JsonConverter(typeof(JsonValueConverter<TokenRates>))]
public partial record TokenRates : IJsonValue<TokenRates>
{
    static JsonConverter<TokenRates> IJsonValue<TokenRates>.Json => Shape.Instance;

    private static class Shape
    {
        internal static readonly RateJson<TokenRates> Instance = new(
            (writer, rates) => new RuleWriter(writer).WriteObject(rates),
            (node, faults) => new RuleReader(new ValueReader(faults)).ReadRates(node) ?? None);
    }
}
