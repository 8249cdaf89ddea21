using System.Text.Json.Serialization;

namespace LlmCostModel.Budgets;

/// <summary>How much of a call is held before it is made.</summary>
[JsonConverter(typeof(JsonNameConverter<BudgetHold>))]
public enum BudgetHold
{
    /// <summary>The most that it can cost: then a limit cannot be passed.</summary>
    Ceiling,

    /// <summary>What it is expected to cost, and the most where that is not known: more calls at once, and a limit can be passed by what
    /// they cost above it.</summary>
    Expected,
}
