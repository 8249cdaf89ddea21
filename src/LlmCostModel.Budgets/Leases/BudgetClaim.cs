using System.Collections.Immutable;
using LlmCostModel.Budgets.Runs;
using LlmCostModel.Budgets.Stores;

namespace LlmCostModel.Budgets;

/// <summary>What a request takes from which budgets.</summary>
internal sealed class BudgetClaim
{
    private BudgetClaim(
        BudgetRequest request, Run? run, ImmutableArray<ClaimedBudget> budgets, BudgetDenial? denial, ImmutableArray<string> wouldDeny) =>
        (Request, Run, Budgets, Denial, WouldDeny) = (request, run, budgets, denial, wouldDeny);

    internal BudgetRequest Request { get; }

    /// <summary>The run that the call belongs to, if any.</summary>
    internal Run? Run { get; }

    /// <summary>The budgets in the order of configuration, then what the run counts, and then what those above it do.</summary>
    internal ImmutableArray<ClaimedBudget> Budgets { get; }

    /// <summary>The budget that denies the request whatever it has left: what it would take is not known.</summary>
    internal BudgetDenial? Denial { get; }

    /// <summary>When the call was admitted, in milliseconds of Unix time; <see langword="null"/> when nobody asked.</summary>
    internal long? AdmittedAt { get; set; }

    /// <summary>Whether this process admitted it by itself, while the store was away.</summary>
    internal bool IsLocal { get; set; }

    /// <summary>The budgets that would do so and only observe.</summary>
    internal ImmutableArray<string> WouldDeny { get; }

    /// <exception cref="ArgumentException">The request lacks a tag that a budget is kept per.</exception>
    internal static BudgetClaim Of(BudgetRequest request, IEnumerable<Budget> budgets, Run? run)
    {
        ImmutableArray<ClaimedBudget>.Builder claimed = ImmutableArray.CreateBuilder<ClaimedBudget>();
        ImmutableArray<string>.Builder wouldDeny = ImmutableArray.CreateBuilder<string>();
        BudgetDenial? denial = null;
        foreach (Budget budget in budgets)
        {
            if (budget.AccountOf(request.Tags, out string? missing) is not { } account)
            {
                if (!budget.IsOptional)
                {
                    throw new ArgumentException(
                        $"The budget '{budget.Name}' is kept per '{missing}', and the request has no such tag. Add it "
                        + $"to {nameof(BudgetRequest)}.{nameof(BudgetRequest.Tags)}, or make the budget {nameof(BudgetOptions.Optional)}.");
                }

                continue;
            }

            (decimal? held, decimal floor, DenialReason unknown) = Amounts(request, budget);
            denial ??= held is null && budget.IsEnforced ? Denials.Unknown(budget, unknown, request.UnknownBecause) : null;
            if (held is null && budget is { IsEnforced: false, Limit: not null })
            {
                wouldDeny.Add(budget.Name);
            }

            claimed.Add(ClaimedBudget.Of(budget, account, held ?? 0, floor));
        }

        foreach (Run one in run?.Chain ?? [])
        {
            foreach (RunLimit limit in one.Limits)
            {
                (decimal? held, decimal floor, DenialReason unknown) = Amounts(request, limit.Budget);
                denial ??= held is null && limit.Budget.IsEnforced
                    ? Denials.Unknown(limit.Budget, unknown, request.UnknownBecause)
                    : null;
                claimed.Add(ClaimedBudget.Of(one, limit, held ?? 0, floor));
            }
        }

        return new(request, run, claimed.ToImmutable(), denial, wouldDeny.ToImmutable());
    }

    /// <summary>The store said what accounts have: those of runs learn of it.</summary>
    internal void See(ReadOnlySpan<AccountState> states, in StoreStamp answered)
    {
        for (int i = 0; Run is not null && i < Budgets.Length; i++)
        {
            if (Budgets[i].OfRun is { } counted)
            {
                counted.Run.See(counted.Limit, in states[i], in answered);
            }
        }
    }

    /// <summary>The store said that an account has no room: of a run, it may be its end.</summary>
    internal void Refuse(int place, in AccountState state, in StoreStamp answered)
    {
        if (Budgets[place].OfRun is { } counted)
        {
            counted.Run.Refuse(counted.Limit, in state, in answered);
        }
    }

    /// <summary>The store is asked for what the call takes of runs, or has answered.</summary>
    internal void Ask(bool isAnswered)
    {
        for (int i = 0; Run is not null && i < Budgets.Length; i++)
        {
            Budgets[i].OfRun?.Limit.Ask(isAnswered ? -Budgets[i].Held : Budgets[i].Held);
        }
    }

    internal AccountCharge[] Charges(long now) => [.. Budgets.Select(claimed => claimed.Charge(now))];

    internal AccountCharge[] LocalCharges(long now) => [.. Budgets.Select(claimed => claimed.LocalCharge(now))];

    private static (decimal? Held, decimal Floor, DenialReason Unknown) Amounts(BudgetRequest request, Budget budget)
    {
        switch (budget.Unit)
        {
            case BudgetUnit.Money:
                Money? held = request.Hold == BudgetHold.Ceiling ? request.Ceiling : request.Expected ?? request.Ceiling;
                bool isOther = held is { } known && known.Currency != budget.Currency && known.Amount != 0;
                decimal floor = request.Floor is { } least && least.Currency == budget.Currency ? least.Amount : 0;
                return (isOther ? null : held?.Amount, floor, isOther ? DenialReason.OtherCurrency : DenialReason.UnknownPrice);
            case BudgetUnit.Calls:
                return (1, 1, default);
            case BudgetUnit.Tokens:
                return (request.Tokens, 0, DenialReason.UnknownAmount);
            default:
                return ((decimal?)request.Duration?.Ticks / TimeSpan.TicksPerSecond, 0, DenialReason.UnknownAmount);
        }
    }
}
