namespace LlmCostModel.Budgets.Runs;

/// <summary>What a run counts of one unit, and the most of it, if there is a limit: an account of its own in the store.</summary>
/// <param name="budget">The limit as a budget.</param>
/// <param name="account">The name of its account.</param>
/// <param name="wrapUpAt">The share of the limit at which the run should come to an end.</param>
internal sealed class RunLimit(Budget budget, string account, decimal wrapUpAt)
{
    private readonly decimal _wrapUp = (budget.Limit ?? long.MaxValue) * wrapUpAt;
    private long _spent;

    internal Budget Budget => budget;

    internal string Account => account;

    /// <summary>What this process admits of it while the store is away: no more than was left when the store last spoke of it.</summary>
    internal long? LocalLimit => budget is { Limit: { } limit, LocalLimit: { } local }
        ? Math.Min(local, Math.Max(0, limit - Interlocked.Read(ref _spent)))
        : null;

    /// <summary>Whether it is limited, and so much of it is spent that nothing is left.</summary>
    internal bool IsReached(long spent) => spent >= budget.Limit;

    /// <summary>The store said what is spent of it. Answers may come in another order than they were given in: the most counts.</summary>
    /// <returns>Whether it is time for the run to come to an end.</returns>
    internal bool See(long spent)
    {
        for (long seen = Interlocked.Read(ref _spent); seen < spent;)
        {
            long before = Interlocked.CompareExchange(ref _spent, spent, seen);
            seen = before == seen ? spent : before;
        }

        return budget.Limit is not null && spent >= _wrapUp;
    }

    /// <summary>Whether both count the same.</summary>
    internal bool IsLike(RunLimit other) => budget.Unit == other.Budget.Unit && budget.Currency == other.Budget.Currency;
}
