using System.Text.Json.Serialization;

namespace LlmCostModel.Budgets;

/// <summary>A budget that somebody should look at. The type is immutable.</summary>
[JsonConverter(typeof(JsonValueConverter<BudgetAlert>))]
public sealed record BudgetAlert : IJsonValue<BudgetAlert>
{
    /// <summary>Gets the name of the budget.</summary>
    public required string Budget { get; init; }

    /// <summary>Gets what it is about.</summary>
    public required BudgetAlertKind Kind { get; init; }

    /// <summary>Gets the tags whose budget it is, such as the user.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init => field = EquatableTexts.Of(value); } = EquatableTexts.None;

    /// <summary>Gets what the budget counts.</summary>
    public required BudgetUnit Unit { get; init; }

    /// <summary>Gets the currency of a budget of money; empty for others.</summary>
    public string Currency { get; init; } = "";

    /// <summary>Gets the share of the limit that was reached, such as 0.8, or by which spending grew: 3 for three times as much for the
    /// time.</summary>
    public required decimal Share { get; init; }

    /// <summary>Gets what is spent in the window.</summary>
    public required decimal Spent { get; init; }

    /// <summary>Gets the limit of the window.</summary>
    public required decimal Limit { get; init; }

    /// <summary>Gets what will be spent in the window at this pace, rounded down; <see langword="null"/> where that is not what the alert
    /// is about.</summary>
    public decimal? Projected { get; init; }

    /// <summary>Gets when the window ends; <see langword="null"/> for never.</summary>
    public DateTimeOffset? ResetsAt { get; init; }

    /// <summary>Shows the alert as JSON.</summary>
    /// <returns>One line.</returns>
    public override string ToString() => Shape.ToText(this);

    private static readonly JsonObject<BudgetAlert> Shape = new JsonObject<BudgetAlert>(
        () => new() { Budget = "", Kind = default, Unit = default, Share = 0, Spent = 0, Limit = 0 })
        .Required("budget", JsonOf.Text, value => value.Budget, (owner, value) => owner with { Budget = value })
        .Required("kind", JsonOf.Name<BudgetAlertKind>(), value => value.Kind, (owner, value) => owner with { Kind = value })
        .Optional("tags", JsonOf.By<IReadOnlyDictionary<string, string>, IReadOnlyList<KeyValuePair<string, string>>>(
                JsonOf.Entries(JsonOf.Text), tags => [.. tags.OrderBy(tag => tag.Key, StringComparer.Ordinal)], EquatableTexts.Of),
            value => value.Tags, (owner, value) => owner with { Tags = value })
        .Required("unit", JsonOf.Name<BudgetUnit>(), value => value.Unit, (owner, value) => owner with { Unit = value })
        .Optional("currency", JsonOf.Text, value => value.Currency, (owner, value) => owner with { Currency = value })
        .Required("share", JsonOf.Decimal, value => value.Share, (owner, value) => owner with { Share = value })
        .Required("spent", JsonOf.Decimal, value => value.Spent, (owner, value) => owner with { Spent = value })
        .Required("limit", JsonOf.Decimal, value => value.Limit, (owner, value) => owner with { Limit = value })
        .Maybe("projected", JsonOf.Decimal, value => value.Projected, (owner, value) => owner with { Projected = value })
        .Maybe("resetsAt", JsonOf.Instant, value => value.ResetsAt, (owner, value) => owner with { ResetsAt = value });

    static JsonConverter<BudgetAlert> IJsonValue<BudgetAlert>.Json => Shape;
}
