using System.Text.Json.Serialization;

namespace LlmCostModel;

/// <summary>What one of the user's own overlay rules changed. The type is immutable.</summary>
[JsonConverter(typeof(JsonValueConverter<ReceiptAdjustment>))]
public sealed record ReceiptAdjustment : IJsonValue<ReceiptAdjustment>
{
    /// <summary>Gets the name of the overlay.</summary>
    public required string Overlay { get; init; }

    /// <summary>Gets the name of the rule.</summary>
    public required string Rule { get; init; }

    /// <summary>Gets the change of the total in the receipt's currency; negative for a discount.</summary>
    public required decimal Amount { get; init; }

    /// <summary>Shows overlay, rule and change in the invariant culture.</summary>
    /// <returns>Such as <c>contract, 20% off: -4.2</c>.</returns>
    public override string ToString() => $"{Overlay}, {Rule}: {AmountFormat.ToText(Amount)}";

    private static readonly JsonObject<ReceiptAdjustment> Shape = new JsonObject<ReceiptAdjustment>(
        () => new() { Overlay = "", Rule = "", Amount = 0 })
        .Required("overlay", JsonOf.Text, value => value.Overlay, (owner, value) => owner with { Overlay = value })
        .Required("rule", JsonOf.Text, value => value.Rule, (owner, value) => owner with { Rule = value })
        .Required("amount", JsonOf.Decimal, value => value.Amount, (owner, value) => owner with { Amount = value });

    static JsonConverter<ReceiptAdjustment> IJsonValue<ReceiptAdjustment>.Json => Shape;
}
