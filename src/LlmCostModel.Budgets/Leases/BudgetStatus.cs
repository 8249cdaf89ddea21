using System.Text.Json.Serialization;

namespace LlmCostModel.Budgets;

/// <summary>What a budget has in the window that is running. The type is immutable.</summary>
[JsonConverter(typeof(JsonValueConverter<BudgetStatus>))]
public sealed record BudgetStatus : IJsonValue<BudgetStatus>
{
    /// <summary>Gets the name of the budget; of a run, <c>run/</c> and its id.</summary>
    public required string Budget { get; init; }

    /// <summary>Gets what the budget counts.</summary>
    public required BudgetUnit Unit { get; init; }

    /// <summary>Gets the currency of a budget of money; empty for others.</summary>
    public string Currency { get; init; } = "";

    /// <summary>Gets what was spent.</summary>
    public required decimal Spent { get; init; }

    /// <summary>Gets what is held for calls that have not ended.</summary>
    public required decimal Held { get; init; }

    /// <summary>Gets the limit with what rolled over; <see langword="null"/> for a budget that only counts.</summary>
    public decimal? Limit { get; init; }

    /// <summary>Gets when the budget begins anew, and for a rolling window when it has more room; <see langword="null"/> for
    /// never, as of a run.</summary>
    public DateTimeOffset? ResetsAt { get; init; }

    /// <summary>Gets what is left, less than 0 when more was spent; <see langword="null"/> without a limit.</summary>
    public decimal? Remaining => Limit - Spent - Held;

    /// <summary>Shows the status as JSON.</summary>
    /// <returns>One line.</returns>
    public override string ToString() => Shape.ToText(this);

    private static readonly JsonObject<BudgetStatus> Shape = new JsonObject<BudgetStatus>(
        () => new() { Budget = "", Unit = default, Spent = 0, Held = 0 })
        .Required("budget", JsonOf.Text, value => value.Budget, (owner, value) => owner with { Budget = value })
        .Required("unit", JsonOf.Name<BudgetUnit>(), value => value.Unit, (owner, value) => owner with { Unit = value })
        .Optional("currency", JsonOf.Text, value => value.Currency, (owner, value) => owner with { Currency = value })
        .Required("spent", JsonOf.Decimal, value => value.Spent, (owner, value) => owner with { Spent = value })
        .Required("held", JsonOf.Decimal, value => value.Held, (owner, value) => owner with { Held = value })
        .Maybe("limit", JsonOf.Decimal, value => value.Limit, (owner, value) => owner with { Limit = value })
        .Maybe("resetsAt", JsonOf.Instant, value => value.ResetsAt, (owner, value) => owner with { ResetsAt = value });

    static JsonConverter<BudgetStatus> IJsonValue<BudgetStatus>.Json => Shape;
}
