using System.Text.Json.Serialization;

namespace LlmCostModel;

/// <summary>An amount in a provider's own credits, such as GitHub AI Credits or Codex credits. The type is immutable.</summary>
[JsonConverter(typeof(JsonValueConverter<CreditAmount>))]
public sealed record CreditAmount : IJsonValue<CreditAmount>
{
    /// <summary>Gets how many credits.</summary>
    public required decimal Amount { get; init; }

    /// <summary>Gets what they are called: <see cref="CreditUnit.Name"/> of the rate card.</summary>
    public required string Unit { get; init; }

    /// <summary>Shows amount and unit in the invariant culture.</summary>
    /// <returns>Such as <c>12.5 Codex credits</c>.</returns>
    public override string ToString() => $"{AmountFormat.ToText(Amount)} {Unit}";

    private static readonly JsonObject<CreditAmount> Shape = new JsonObject<CreditAmount>(() => new() { Amount = 0, Unit = "" })
        .Required("amount", JsonOf.Decimal, value => value.Amount, (owner, value) => owner with { Amount = value })
        .Required("unit", JsonOf.Text, value => value.Unit, (owner, value) => owner with { Unit = value });

    static JsonConverter<CreditAmount> IJsonValue<CreditAmount>.Json => Shape;
}
