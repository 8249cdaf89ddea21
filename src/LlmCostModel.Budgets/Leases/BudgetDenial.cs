using System.Text.Json.Serialization;

namespace LlmCostModel.Budgets;

/// <summary>Which budget denies a call, what it has left, and when to try again. The type is immutable.</summary>
[JsonConverter(typeof(JsonValueConverter<BudgetDenial>))]
public sealed record BudgetDenial : IJsonValue<BudgetDenial>
{
    /// <summary>Gets the name of the budget; of a run, <c>run/</c> and its id.</summary>
    public required string Budget { get; init; }

    /// <summary>Gets why.</summary>
    public required DenialReason Reason { get; init; }

    /// <summary>Gets what the budget counts.</summary>
    public required BudgetUnit Unit { get; init; }

    /// <summary>Gets the currency of a budget of money; empty for others.</summary>
    public string Currency { get; init; } = "";

    /// <summary>Gets the limit of the window that is running, with what rolled over.</summary>
    public required decimal Limit { get; init; }

    /// <summary>Gets what is left of it, less than 0 when more was spent; <see langword="null"/> where the call is denied whatever is
    /// left, so that nobody looked.</summary>
    public decimal? Remaining { get; init; }

    /// <summary>Gets what the call would have held; <see langword="null"/> when it is not known.</summary>
    public decimal? Requested { get; init; }

    /// <summary>Gets when the budget has room again; <see langword="null"/> when it never ends, or when waiting does not help.</summary>
    public DateTimeOffset? ResetsAt { get; init; }

    /// <summary>Gets how long to wait before the next try; <see langword="null"/> when waiting does not help.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Gets what to tell whoever made the call: which limit, what is left, and what to do. It has no value of a tag; of a run, it
    /// has the id.</summary>
    public required string Message { get; init; }

    /// <summary>Shows the message.</summary>
    /// <returns>Such as <c>The budget 'user-day' has 0.2 USD of 5 USD left, and the call needs up to 0.31 USD. ...</c>.</returns>
    public override string ToString() => Message;

    private static readonly JsonObject<BudgetDenial> Shape = new JsonObject<BudgetDenial>(
        () => new() { Budget = "", Reason = default, Unit = default, Limit = 0, Message = "" })
        .Required("budget", JsonOf.Text, value => value.Budget, (owner, value) => owner with { Budget = value })
        .Required("reason", JsonOf.Name<DenialReason>(), value => value.Reason, (owner, value) => owner with { Reason = value })
        .Required("unit", JsonOf.Name<BudgetUnit>(), value => value.Unit, (owner, value) => owner with { Unit = value })
        .Optional("currency", JsonOf.Text, value => value.Currency, (owner, value) => owner with { Currency = value })
        .Required("limit", JsonOf.Decimal, value => value.Limit, (owner, value) => owner with { Limit = value })
        .Maybe("remaining", JsonOf.Decimal, value => value.Remaining, (owner, value) => owner with { Remaining = value })
        .Maybe("requested", JsonOf.Decimal, value => value.Requested, (owner, value) => owner with { Requested = value })
        .Maybe("resetsAt", JsonOf.Instant, value => value.ResetsAt, (owner, value) => owner with { ResetsAt = value })
        .Maybe("retryAfter", JsonOf.Duration, value => value.RetryAfter, (owner, value) => owner with { RetryAfter = value })
        .Required("message", JsonOf.Text, value => value.Message, (owner, value) => owner with { Message = value });

    static JsonConverter<BudgetDenial> IJsonValue<BudgetDenial>.Json => Shape;
}
