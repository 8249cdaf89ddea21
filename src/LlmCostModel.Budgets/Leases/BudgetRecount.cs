using System.Text.Json.Serialization;

namespace LlmCostModel.Budgets;

/// <summary>What a budget counts in the window that is running, and what the single leases and calls say. The type is immutable.</summary>
[JsonConverter(typeof(JsonValueConverter<BudgetRecount>))]
public sealed record BudgetRecount : IJsonValue<BudgetRecount>
{
    /// <summary>Gets the name of the budget.</summary>
    public required string Budget { get; init; }

    /// <summary>Gets what the budget counts.</summary>
    public required BudgetUnit Unit { get; init; }

    /// <summary>Gets the currency of a budget of money; empty for others.</summary>
    public string Currency { get; init; } = "";

    /// <summary>Gets what the budget says was spent.</summary>
    public required decimal Spent { get; init; }

    /// <summary>Gets what the calls of the window add up to; <see langword="null"/> where the store does not know all of them any more:
    /// they are forgotten some time after their end, and a store in Redis never keeps what each of them spent.</summary>
    public decimal? SpentByCalls { get; init; }

    /// <summary>Gets what the budget says is held, before it was repaired. Also of leases that are past their time, until they are given
    /// back.</summary>
    public required decimal Held { get; init; }

    /// <summary>Gets what the leases hold that have not ended, which is the truth.</summary>
    public required decimal HeldByLeases { get; init; }

    /// <summary>Gets how many windows hold something else than their leases: 0 or 1; of a rolling window so many of its parts, which can
    /// make up for one another in the sum.</summary>
    public int WrongWindows { get; init; }

    /// <summary>Gets whether what is held was wrong and is now what the leases hold.</summary>
    public bool IsRepaired { get; init; }

    /// <summary>Gets whether all that can be known was counted right, before it was repaired.</summary>
    public bool IsRight => WrongWindows == 0 && Held == HeldByLeases && (SpentByCalls ?? Spent) == Spent;

    /// <summary>Shows the counts as JSON.</summary>
    /// <returns>One line.</returns>
    public override string ToString() => Shape.ToText(this);

    private static readonly JsonObject<BudgetRecount> Shape = new JsonObject<BudgetRecount>(
        () => new() { Budget = "", Unit = default, Spent = 0, Held = 0, HeldByLeases = 0 })
        .Required("budget", JsonOf.Text, value => value.Budget, (owner, value) => owner with { Budget = value })
        .Required("unit", JsonOf.Name<BudgetUnit>(), value => value.Unit, (owner, value) => owner with { Unit = value })
        .Optional("currency", JsonOf.Text, value => value.Currency, (owner, value) => owner with { Currency = value })
        .Required("spent", JsonOf.Decimal, value => value.Spent, (owner, value) => owner with { Spent = value })
        .Maybe("spentByCalls", JsonOf.Decimal, value => value.SpentByCalls, (owner, value) => owner with { SpentByCalls = value })
        .Required("held", JsonOf.Decimal, value => value.Held, (owner, value) => owner with { Held = value })
        .Required("heldByLeases", JsonOf.Decimal, value => value.HeldByLeases, (owner, value) => owner with { HeldByLeases = value })
        .Optional("wrongWindows", JsonOf.Int32, value => value.WrongWindows, (owner, value) => owner with { WrongWindows = value })
        .Optional("isRepaired", JsonOf.Flag, value => value.IsRepaired, (owner, value) => owner with { IsRepaired = value });

    static JsonConverter<BudgetRecount> IJsonValue<BudgetRecount>.Json => Shape;
}
