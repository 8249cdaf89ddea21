using System.Collections.Immutable;
using LlmCostModel.Budgets.Stores;
using Microsoft.Extensions.Logging;

namespace LlmCostModel.Budgets;

/// <summary>What is said once, when a ledger begins: what its budgets do, so that nobody finds out when it matters.</summary>
internal static partial class LedgerLog
{
    internal static void Opened(ILogger log, ImmutableArray<Budget> budgets, StoreOutage policy, BudgetStore store)
    {
        if (log.IsEnabled(LogLevel.Information))
        {
            string enforced = Names(budgets.Where(budget => budget.IsEnforced));
            string observing = Names(budgets.Where(budget => budget is { IsEnforced: false, Limit: not null }));
            string counting = Names(budgets.Where(budget => budget.Limit is null));
            string kind = store.GetType().Name, keeps = store.Traits.IsDurable ? "keeps" : "forgets";
            Opened(log, enforced, observing, counting, kind, keeps, policy);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Budgets that are enforced: {Enforced}. That only observe: {Observing}. That have no limit and only count: {Counting}. "
            + "{Store} {Keeps} what was spent when the process ends. While it does not answer, calls are decided as {Policy} says.")]
    private static partial void Opened(
        ILogger logger, string enforced, string observing, string counting, string store, string keeps, StoreOutage policy);

    private static string Names(IEnumerable<Budget> budgets) =>
        string.Join(", ", budgets.Select(budget => budget.Name)) is { Length: > 0 } names ? names : "none";
}
