using LlmCostModel.Budgets.Runs;
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

    /// <summary>The run whose limit this is, and the limit; <see langword="null"/> for a budget of the configuration.</summary>
    internal (Run Run, RunLimit Limit)? OfRun { get; private init; }

    internal static ClaimedBudget Of(Budget budget, string account, decimal held, decimal floor)
    {
        if (budget.UnitsOf(held) is not { } units)
        {
            throw new ArgumentException(
                $"The request takes {budget.Show(held)} of the {budget.Title}, which is more than can be counted.");
        }

        return new(budget, account, units, Budget.ToUnits(Math.Min(floor, held), budget.Unit));
    }

    internal static ClaimedBudget Of(Run run, RunLimit limit, decimal held, decimal floor)
    {
        ClaimedBudget claimed = Of(limit.Budget, limit.Account, held, floor);
        return new(claimed.Budget, claimed.Account, claimed.Held, claimed.Floor) { OfRun = (run, limit) };
    }

    internal AccountCharge Charge(long now) => Budget.Charge(Account, Held, Floor, now);

    internal AccountCharge LocalCharge(long now)
    {
        AccountCharge charge = Budget.LocalCharge(Account, Held, Floor, now);
        return OfRun is { Limit: var limit } ? charge with { Limit = limit.LocalLimit } : charge;
    }

    /// <summary>What a call spent, in the window of an instant. Nobody was billed for more than can be counted: such a count or price is
    /// wrong, and then what was held counts, as where a cost is not known.</summary>
    /// <exception cref="ArgumentException">It is more than can be counted, and was stated as an amount, or nothing was held.</exception>
    internal AccountCharge Charge(BudgetSpend spend, long now, ref SettlementRemarks remarks)
    {
        decimal amount = spend.For(Budget, Budget.FromUnits(Held), ref remarks);
        if (Budget.UnitsOf(amount) is not { } units)
        {
            if (spend.Calls.Count == 0 || Held == 0)
            {
                throw new ArgumentException(
                    $"{Budget.Show(amount)} of the {Budget.Title} are more than can be counted. Nothing was counted.");
            }

            (units, remarks) = (Held, remarks | SettlementRemarks.Estimated);
        }

        return Budget.Charge(Account, units, 0, now);
    }

    internal BudgetStatus Status(AccountState state) => new()
    {
        Budget = Budget.Name,
        Unit = Budget.Unit,
        Currency = Budget.Currency,
        Spent = Budget.FromUnits(state.Settled),
        Held = Budget.FromUnits(state.Held),
        Limit = state.Limit is { } limit ? Budget.FromUnits(limit) : null,
        ResetsAt = OfRun is null ? Denials.Instant(state.End) : null, // a run does not begin anew
    };

    internal BudgetRecount Recount(VerifyReply reply) => new()
    {
        Budget = Budget.Name,
        Unit = Budget.Unit,
        Currency = Budget.Currency,
        Spent = Budget.FromUnits(reply.Settled),
        SpentByCalls = reply.SettledByCalls is { } settled ? Budget.FromUnits(settled) : null,
        Held = Budget.FromUnits(reply.Held),
        HeldByLeases = Budget.FromUnits(reply.HeldByHolds),
        WrongWindows = reply.WrongWindows,
        IsRepaired = reply.IsRepaired,
    };
}
