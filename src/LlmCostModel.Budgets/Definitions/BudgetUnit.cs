using System.Text.Json.Serialization;

namespace LlmCostModel.Budgets;

/// <summary>What a budget counts.</summary>
[JsonConverter(typeof(JsonNameConverter<BudgetUnit>))]
public enum BudgetUnit
{
    /// <summary>Money in one currency, exact to a billionth of it; finer amounts of a call are rounded up once, when they are
    /// counted.</summary>
    Money,

    /// <summary>Tokens of all kinds, input and output.</summary>
    Tokens,

    /// <summary>Calls.</summary>
    Calls,

    /// <summary>Seconds that calls take, exact to a thousandth.</summary>
    Seconds,
}
