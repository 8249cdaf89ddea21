using System.Text.Json.Serialization;

namespace LlmCostModel.Budgets;

/// <summary>What a budget does when it has no room for a call.</summary>
[JsonConverter(typeof(JsonNameConverter<BudgetMode>))]
public enum BudgetMode
{
    /// <summary>The call is denied.</summary>
    Enforce,

    /// <summary>The call is admitted, logged and counted as one that would have been denied: for the first week of a budget.</summary>
    Observe,
}
