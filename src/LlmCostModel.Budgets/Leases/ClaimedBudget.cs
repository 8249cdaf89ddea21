using LlmCostModel.Budgets.Stores;

namespace LlmCostModel.Budgets;

/// <summary>What a request holds of one budget, in units of a store.</summary>
internal sealed class ClaimedBudget
{
    private ClaimedBudget(Budget budget, string account, long held, long floor) =>
        (Budget, Account, Held, Floor) = (budget, account, held, floor);

    internal Budget Budget { get; }

    internal string Account { get; }

    internal long Held { get; }

    internal long Floor { get; }

    internal static ClaimedBudget Of(Budget budget, string account, decimal held, decimal floor)
    {
        try
        {
            long units = Budget.ToUnits(held, budget.Unit);
            return new(budget, account, units, Math.Min(Budget.ToUnits(floor, budget.Unit), units));
        }
        catch (OverflowException error)
        {
            throw new ArgumentException(
                $"The request takes {budget.Show(held)} of the budget '{budget.Name}', which is more than can be counted.", error);
        }
    }

    internal AccountCharge Charge(long now) => Budget.Charge(Account, Held, Floor, now);

    internal AccountCharge LocalCharge(long now) => Budget.LocalCharge(Account, Held, Floor, now);

    internal AccountCharge Charge(BudgetSpend spend, long now, ref SettlementRemarks remarks) =>
        Budget.Charge(Account, Budget.ToUnits(spend.For(Budget, Budget.FromUnits(Held), ref remarks), Budget.Unit), 0, now);

    internal BudgetStatus Status(AccountState state) => new()
    {
        Budget = Budget.Name,
        Unit = Budget.Unit,
        Currency = Budget.Currency,
        Spent = Budget.FromUnits(state.Settled),
        Held = Budget.FromUnits(state.Held),
        Limit = state.Limit is { } limit ? Budget.FromUnits(limit) : null,
        ResetsAt = Denials.Instant(state.End),
    };
}
