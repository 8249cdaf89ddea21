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
        ImmutableArray<BudgetStatus>.Builder statuses = ImmutableArray.CreateBuilder<BudgetStatus>(own);
        for (int i = 0; i < own; i++)
        {
            Budget budget = claimed[i].Budget;
            long? left = states
                .Where((_, place) => claimed[place].Budget.Unit == budget.Unit && claimed[place].Budget.Currency == budget.Currency)
                .Min(state => state.Remaining);
            long? limit = states[i].Settled + states[i].Held + left;
            statuses.Add(claimed[i].Status(states[i]) with { Limit = limit is { } most ? budget.FromUnits(most) : null });
        }

        return statuses.ToImmutable();
    }
}
