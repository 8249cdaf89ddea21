using System.Text.Json.Serialization;

namespace LlmCostModel;

[JsonConverter(typeof(JsonValueConverter<CreditUnit>))]
public partial record CreditUnit : IJsonValue<CreditUnit>
{
    static JsonConverter<CreditUnit> IJsonValue<CreditUnit>.Json => Shape.Instance;

    /// <summary>Shows it as rate cards write it.</summary>
    /// <returns>Such as <c>{"Name":"Codex credits","Worth":[{"Amount":0.04}]}</c>.</returns>
    public override string ToString() => Shape.Instance.ToText(this);

    private static class Shape
    {
        internal static readonly RateJson<CreditUnit> Instance = new(
            (writer, credit) => new CreditWriter(writer).Write(credit),
            (node, faults) => new CreditReader(new ValueReader(faults)).ReadCredit(node));
    }
}
