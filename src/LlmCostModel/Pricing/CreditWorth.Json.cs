using System.Text.Json.Serialization;

namespace LlmCostModel;

[JsonConverter(typeof(JsonValueConverter<CreditWorth>))]
public partial record CreditWorth : IJsonValue<CreditWorth>
{
    static JsonConverter<CreditWorth> IJsonValue<CreditWorth>.Json => Shape.Instance;

    /// <summary>Shows it as rate cards write it.</summary>
    /// <returns>Such as <c>{"From":"2026-06-01","Amount":0.01}</c>.</returns>
    public override string ToString() => Shape.Instance.ToText(this);

    private static class Shape
    {
        internal static readonly RateJson<CreditWorth> Instance = new(
            (writer, worth) => new CreditWriter(writer).Write(worth),
            (node, faults) => new CreditReader(new ValueReader(faults)).ReadWorth(node) ?? new CreditWorth { Amount = 1 });
    }
}
