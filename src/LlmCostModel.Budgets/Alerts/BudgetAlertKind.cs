using System.Text.Json.Serialization;

namespace LlmCostModel.Budgets;

/// <summary>What an alert is about.</summary>
[JsonConverter(typeof(JsonNameConverter<BudgetAlertKind>))]
public enum BudgetAlertKind
{
    /// <summary>A share of the limit is spent.</summary>
    Threshold,

    /// <summary>If the rest of the window costs as much for its time as what is over, the limit will be passed.</summary>
    ProjectedOverrun,

    /// <summary>Much more is spent for the time than before in the same window.</summary>
    Spike,
}
