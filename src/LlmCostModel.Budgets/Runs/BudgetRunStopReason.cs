using System.Text.Json.Serialization;

namespace LlmCostModel.Budgets;

/// <summary>Why a run has stopped.</summary>
[JsonConverter(typeof(JsonNameConverter<BudgetRunStopReason>))]
public enum BudgetRunStopReason
{
    /// <summary>It was disposed of: its work is done.</summary>
    Completed,

    /// <summary>It asked for a call when nothing was left of a limit.</summary>
    LimitReached,

    /// <summary>Its time is over.</summary>
    OutOfTime,

    /// <summary>A run above it has stopped.</summary>
    ParentStopped,

    /// <summary>Somebody stopped it.</summary>
    Canceled,
}
