using System.Text.Json.Serialization;

namespace LlmCostModel.Budgets;

/// <summary>Why and when a run stopped. The type is immutable.</summary>
[JsonConverter(typeof(JsonValueConverter<BudgetRunStop>))]
public sealed record BudgetRunStop : IJsonValue<BudgetRunStop>
{
    /// <summary>Gets the id of the run that stopped first: the run itself, or one above it.</summary>
    public required string Run { get; init; }

    /// <summary>Gets why.</summary>
    public required BudgetRunStopReason Reason { get; init; }

    /// <summary>Gets when.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Gets what the limit counts of which nothing was left; <see langword="null"/> unless a limit was the reason.</summary>
    public BudgetUnit? Unit { get; init; }

    /// <summary>Gets the currency of a limit of money; empty for others.</summary>
    public string Currency { get; init; } = "";

    /// <summary>Gets what was spent; <see langword="null"/> unless a limit was the reason.</summary>
    public decimal? Spent { get; init; }

    /// <summary>Gets the limit; <see langword="null"/> unless a limit was the reason.</summary>
    public decimal? Limit { get; init; }

    /// <summary>Gets what to tell whoever waits for the run.</summary>
    public required string Message { get; init; }

    /// <summary>Shows the message.</summary>
    /// <returns>Such as <c>The run 'job' has stopped: it has spent 5 USD of 5 USD.</c></returns>
    public override string ToString() => Message;

    private static readonly JsonObject<BudgetRunStop> Shape = new JsonObject<BudgetRunStop>(
        () => new() { Run = "", Reason = default, At = default, Message = "" })
        .Required("run", JsonOf.Text, value => value.Run, (owner, value) => owner with { Run = value })
        .Required("reason", JsonOf.Name<BudgetRunStopReason>(), value => value.Reason, (owner, value) => owner with { Reason = value })
        .Required("at", JsonOf.Instant, value => value.At, (owner, value) => owner with { At = value })
        .Maybe("unit", JsonOf.Name<BudgetUnit>(), value => value.Unit, (owner, value) => owner with { Unit = value })
        .Optional("currency", JsonOf.Text, value => value.Currency, (owner, value) => owner with { Currency = value })
        .Maybe("spent", JsonOf.Decimal, value => value.Spent, (owner, value) => owner with { Spent = value })
        .Maybe("limit", JsonOf.Decimal, value => value.Limit, (owner, value) => owner with { Limit = value })
        .Required("message", JsonOf.Text, value => value.Message, (owner, value) => owner with { Message = value });

    static JsonConverter<BudgetRunStop> IJsonValue<BudgetRunStop>.Json => Shape;
}
