using System.Text.Json.Serialization;

namespace LlmCostModel;

[JsonConverter(typeof(JsonValueConverter<RateCard>))]
public partial record RateCard : IJsonValue<RateCard>
{
    static JsonConverter<RateCard> IJsonValue<RateCard>.Json => Shape.Instance;

    /// <summary>Shows name, provider, currency and size.</summary>
    /// <returns>Such as <c>openai: 2 models at openai in USD, read on 2026-11-20</c>.</returns>
    public override string ToString() =>
        $"{Name}: {AmountFormat.ToText(Models.Length)} {(Models.Length == 1
            ? "model" : "models")} at {Provider ?? "any provider"} in {Currency}"
        + (AsOf is { } day ? $", read on {AmountFormat.ToText(day)}" : "");

    private static class Shape
    {
        internal static readonly RateJson<RateCard> Instance = new(
            (writer, card) => new RateCardWriter(writer).Write(card, isNamed: true),
            (node, faults) => new RateCardReader(faults).ReadNamedCard(node));
    }
}
