using System.Collections.Immutable;
using LlmCostModel.Budgets.Stores;

namespace LlmCostModel.Budgets;

/// <summary>What a run has: what it spent and holds itself, and as its limit what it and those above it leave it.</summary>
internal static class RunStatuses
{
    /// <param name="claimed">What the run counts, then what those above it do.</param>
    /// <param name="states">What the store says of each.</param>
    /// <param name="own">How many of them are of the run itself.</param>
    internal static ImmutableArray<BudgetStatus> Of(ImmutableArray<ClaimedBudget> claimed, AccountState[] states, int own)
    {
        ImmutableArray<BudgetStatus> all = BudgetDesk.Statuses(claimed, states);
        return
        [
            .. all.Take(own).Select(status => status with { Limit = status.Spent + status.Held + Left(status, all) }),
        ];
    }

    private static decimal? Left(BudgetStatus status, ImmutableArray<BudgetStatus> all) =>
        all.Where(other => IsLike(status, other)).Min(other => other.Remaining);

    private static bool IsLike(BudgetStatus one, BudgetStatus other) => one.Unit == other.Unit && one.Currency == other.Currency;
}
