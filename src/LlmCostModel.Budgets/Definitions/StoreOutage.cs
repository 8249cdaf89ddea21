using System.Text.Json.Serialization;

namespace LlmCostModel.Budgets;

/// <summary>What happens to calls while the store of budgets does not answer, or has lost what it had acknowledged and is being
/// healed.</summary>
[JsonConverter(typeof(JsonNameConverter<StoreOutage>))]
public enum StoreOutage
{
    /// <summary>No call is admitted: the limit holds, and the application waits for its store.</summary>
    Closed,

    /// <summary>Calls are admitted up to <see cref="BudgetOptions.MaxWhileOpen"/> of each budget, for <see
    /// cref="BudgetsOptions.MaxOpenTime"/>: a limit can be passed by that much, once for each process.</summary>
    Open,

    /// <summary>Each process admits calls up to its <see cref="BudgetsOptions.LocalShare"/> of each limit, counted by itself: a limit can
    /// be passed by the sum of the shares.</summary>
    LocalShare,
}
