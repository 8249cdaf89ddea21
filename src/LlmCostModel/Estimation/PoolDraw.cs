using System.Text.Json.Serialization;

namespace LlmCostModel;

/// <summary>What a call drew from a pool. The type is immutable.</summary>
[JsonConverter(typeof(JsonValueConverter<PoolDraw>))]
public sealed record PoolDraw : IJsonValue<PoolDraw>
{
    /// <summary>Gets the name of the pool.</summary>
    public required string Pool { get; init; }

    /// <summary>Gets the first instant of the pool's period that it was drawn from.</summary>
    public required DateTimeOffset PeriodFrom { get; init; }

    /// <summary>Gets how much; <see langword="null"/> when a pool that covers everything covers what has no price.</summary>
    public decimal? Amount { get; init; }

    /// <summary>Gets what <see cref="Amount"/> is in: credits or the ISO 4217 code of a currency.</summary>
    public string? Unit { get; init; }

    /// <summary>Shows pool and amount in the invariant culture.</summary>
    /// <returns>Such as <c>plan: 12.5 Codex credits</c>.</returns>
    public override string ToString() => $"{Pool}: {(Amount is { } amount ? $"{AmountFormat.ToText(amount)} {Unit}" : "no known amount")}";

    private static readonly JsonObject<PoolDraw> Shape = new JsonObject<PoolDraw>(() => new() { Pool = "", PeriodFrom = default })
        .Required("pool", JsonOf.Text, value => value.Pool, (owner, value) => owner with { Pool = value })
        .Required("periodFrom", JsonOf.Instant, value => value.PeriodFrom, (owner, value) => owner with { PeriodFrom = value })
        .Maybe("amount", JsonOf.Decimal, value => value.Amount, (owner, value) => owner with { Amount = value })
        .Optional("unit", JsonOf.Text, value => value.Unit, (owner, value) => owner with { Unit = value });

    static JsonConverter<PoolDraw> IJsonValue<PoolDraw>.Json => Shape;
}
