using System.Text.Json.Serialization;

namespace LlmCostModel.Budgets;

/// <summary>What one budget counted of a settlement. The type is immutable.</summary>
[JsonConverter(typeof(JsonValueConverter<BudgetCount>))]
public sealed record BudgetCount : IJsonValue<BudgetCount>
{
    /// <summary>Gets the name of the budget; of a run, <c>run/</c> and its id.</summary>
    public required string Budget { get; init; }

    /// <summary>Gets what the budget counts.</summary>
    public required BudgetUnit Unit { get; init; }

    /// <summary>Gets the currency of a budget of money; empty for others.</summary>
    public string Currency { get; init; } = "";

    /// <summary>Gets how much, in the unit; less than 0 only for a correction.</summary>
    public required decimal Amount { get; init; }

    /// <summary>Shows the count as JSON.</summary>
    /// <returns>One line.</returns>
    public override string ToString() => Shape.ToText(this);

    private static readonly JsonObject<BudgetCount> Shape = new JsonObject<BudgetCount>(
        () => new() { Budget = "", Unit = default, Amount = 0 })
        .Required("budget", JsonOf.Text, value => value.Budget, (owner, value) => owner with { Budget = value })
        .Required("unit", JsonOf.Name<BudgetUnit>(), value => value.Unit, (owner, value) => owner with { Unit = value })
        .Optional("currency", JsonOf.Text, value => value.Currency, (owner, value) => owner with { Currency = value })
        .Required("amount", JsonOf.Decimal, value => value.Amount, (owner, value) => owner with { Amount = value });

    static JsonConverter<BudgetCount> IJsonValue<BudgetCount>.Json => Shape;
}
