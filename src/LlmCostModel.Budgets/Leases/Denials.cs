using System.Globalization;
using LlmCostModel.Budgets.Stores;

namespace LlmCostModel.Budgets;

/// <summary>Says why a budget denies a call, in a way that helps: what is left, and whether waiting does.</summary>
internal static class Denials
{
    /// <summary>Calls that hold what others want end within seconds, most of them.</summary>
    private static readonly TimeSpan SoonAgain = TimeSpan.FromSeconds(1);

    internal static BudgetDenial Of(ClaimedBudget claimed, AccountState state, long now)
    {
        Budget budget = claimed.Budget;
        long limit = state.Limit!.Value;
        DenialReason reason = claimed.Held > limit ? DenialReason.LargerThanLimit
            : claimed.Held > limit - state.Settled ? DenialReason.LimitReached
            : DenialReason.HeldByOthers;
        DateTimeOffset? resets = reason == DenialReason.LargerThanLimit || budget.Run is not null ? null : Instant(state.End);
        TimeSpan? retry = reason switch
        {
            DenialReason.LimitReached => resets is null ? null : TimeSpan.FromMilliseconds(Math.Max(1, state.End - now)),
            DenialReason.HeldByOthers => SoonAgain,
            _ => null,
        };
        decimal remaining = budget.FromUnits(state.Remaining!.Value);
        decimal requested = budget.FromUnits(claimed.Held);
        string has = $"The {budget.Title} has {budget.Show(remaining)} of {budget.Show(budget.FromUnits(limit))} left, and the "
            + $"call needs up to {budget.Show(requested)}.";
        return Make(budget, reason, budget.FromUnits(limit), remaining, requested, resets, retry, $"{has} {Next(budget, reason, resets)}");
    }

    /// <summary>The store is away, and this process has admitted what it may admit by itself.</summary>
    internal static BudgetStoreException Away(ClaimedBudget claimed, AccountState state)
    {
        Budget budget = claimed.Budget;
        string left = budget.Show(budget.FromUnits(state.Remaining!.Value)), limit = budget.Show(budget.FromUnits(state.Limit!.Value));
        return new(
            $"The store of budgets does not answer. Until it does, this process has {left} of {limit} of the "
            + $"{budget.Title} left, and the call needs up to {budget.Show(budget.FromUnits(claimed.Held))}.");
    }

    /// <summary>A denial that does not depend on what is left.</summary>
    internal static BudgetDenial Unknown(Budget budget, DenialReason reason, string? because)
    {
        decimal limit = budget.FromUnits(budget.Limit!.Value);
        (string counts, string member) = budget.Unit == BudgetUnit.Tokens
            ? ("tokens", nameof(BudgetRequest.Tokens))
            : ("seconds", nameof(BudgetRequest.Duration));
        string why = reason switch
        {
            DenialReason.OtherCurrency => $"is in {budget.Currency}, and the call is priced in another currency. Convert what it can "
                + "cost, or give the currency a budget of its own.",
            DenialReason.UnknownPrice when because is not null =>
                $"cannot admit a call of which nobody knows the most that it can cost. {because}",
            DenialReason.UnknownPrice => "cannot admit a call of which nobody knows the most that it can cost. Give the model a price "
                + $"and the call a limit of output tokens, so that {nameof(BudgetRequest)}.{nameof(BudgetRequest.Ceiling)} is known.",
            _ => $"counts {counts}, and the most that the call can take is not known. Set {nameof(BudgetRequest)}.{member}.",
        };
        return Make(budget, reason, limit, null, null, null, null, $"The {budget.Title} {why}");
    }

    /// <summary>A run that has stopped admits no call, whatever it has left.</summary>
    internal static BudgetDenial Stopped(string run, BudgetRunStop stop) => new()
    {
        Budget = $"run/{run}",
        Reason = DenialReason.RunStopped,
        Unit = stop.Unit ?? BudgetUnit.Calls,
        Currency = stop.Currency,
        Limit = stop.Limit ?? 0,
        Message = $"{stop.Message} It admits no further call.",
    };

    internal static DateTimeOffset? Instant(long milliseconds) =>
        milliseconds == long.MaxValue ? null : DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    private static BudgetDenial Make(
        Budget budget,
        DenialReason reason,
        decimal limit,
        decimal? remaining,
        decimal? requested,
        DateTimeOffset? resets,
        TimeSpan? retry,
        string message) =>
        new()
        {
            Budget = budget.Name,
            Reason = reason,
            Unit = budget.Unit,
            Currency = budget.Currency,
            Limit = limit,
            Remaining = remaining,
            Requested = requested,
            ResetsAt = resets,
            RetryAfter = retry,
            Message = message,
        };

    private static string Next(Budget budget, DenialReason reason, DateTimeOffset? resets) => reason switch
    {
        DenialReason.LargerThanLimit => "Waiting does not help: make the call smaller, or raise the limit.",
        DenialReason.HeldByOthers => "Calls that have not ended hold the rest: try again soon.",
        _ when budget.Run is not null => "A run does not begin anew: make the call smaller, or finish with what there is.",
        _ when resets is { } at =>
            string.Create(CultureInfo.InvariantCulture, $"It has room again at {at.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC."),
        _ => "It never begins anew: raise the limit.",
    };
}
