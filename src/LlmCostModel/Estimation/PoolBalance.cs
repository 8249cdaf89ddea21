using System.Text.Json.Serialization;

namespace LlmCostModel;

/// <summary>How much of a pool was drawn in a period. The type is immutable.</summary>
[JsonConverter(typeof(JsonValueConverter<PoolBalance>))]
public sealed record PoolBalance : IJsonValue<PoolBalance>
{
    /// <summary>Gets the pool.</summary>
    public required PrepaidPool Pool { get; init; }

    /// <summary>Gets the first instant of the period.</summary>
    public required DateTimeOffset PeriodFrom { get; init; }

    /// <summary>Gets how much was drawn, in <see cref="PrepaidPool.DrawnIn"/>; of a pool that covers everything, what was covered and has a
    /// price.</summary>
    public required decimal Drawn { get; init; }

    /// <summary>Gets the number of parts of calls that drew on it.</summary>
    public required long Calls { get; init; }

    /// <summary>Gets the first instant after the period; <see langword="null"/> when it has no end.</summary>
    public DateTimeOffset? PeriodUntil => Pool.EndOf(PeriodFrom);

    /// <summary>Gets how much is left; <see langword="null"/> of a pool that covers everything.</summary>
    public decimal? Left => Pool.Amount is { } amount ? Math.Max(0, amount - Drawn) : null;

    /// <summary>Shows pool, period and what was drawn, in the invariant culture.</summary>
    /// <returns>Such as <c>plan from 2026-11-01: 12.5 of 20 USD</c>.</returns>
    public override string ToString() => $"{Pool.Name} from {AmountFormat.ToText(PeriodFrom)}: {AmountFormat.ToText(Drawn)}"
        + (Pool.Amount is { } amount ? $" of {AmountFormat.ToText(amount)} {Pool.DrawnIn}" : "");

    private static readonly JsonObject<PoolBalance> Shape = new JsonObject<PoolBalance>(
        () => new() { Pool = new() { Name = "" }, PeriodFrom = default, Drawn = 0, Calls = 0 })
        .Required("pool", JsonOf.Value<PrepaidPool>(), value => value.Pool, (owner, value) => owner with { Pool = value })
        .Required("periodFrom", JsonOf.Instant, value => value.PeriodFrom, (owner, value) => owner with { PeriodFrom = value })
        .Required("drawn", JsonOf.Decimal, value => value.Drawn, (owner, value) => owner with { Drawn = value })
        .Required("calls", JsonOf.Int64, value => value.Calls, (owner, value) => owner with { Calls = value });

    static JsonConverter<PoolBalance> IJsonValue<PoolBalance>.Json => Shape;
}
