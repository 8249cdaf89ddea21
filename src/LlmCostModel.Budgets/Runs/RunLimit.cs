using LlmCostModel.Budgets.Stores;

namespace LlmCostModel.Budgets.Runs;

/// <summary>What a run counts of one unit, and the most of it, if there is a limit: an account of its own in the store.</summary>
/// <param name="budget">The limit as a budget.</param>
/// <param name="account">The name of its account.</param>
/// <param name="wrapUpAt">The share of the limit at which the run should come to an end.</param>
internal sealed class RunLimit(Budget budget, string account, decimal wrapUpAt)
{
    private readonly decimal _wrapUp = (budget.Limit ?? long.MaxValue) * wrapUpAt;
    private readonly Lock _lock = new();
    private StoreStamp _told; // by which answer it is known what is held
    private long _spent;
    private long _held;
    private long _asked;

    internal Budget Budget => budget;

    internal string Account => account;

    /// <summary>What this process admits of it while the store is away: no more than was left when the store last spoke of it.
    /// What is held may all be spent, and so may what the store is being asked for.</summary>
    internal long? LocalLimit
    {
        get
        {
            lock (_lock)
            {
                return budget is { Limit: { } limit, LocalLimit: { } local }
                    ? Math.Min(local, Math.Max(0, limit - _spent - _held - _asked))
                    : null;
            }
        }
    }

    /// <summary>Whether it is limited, and so much of it is spent that nothing is left.</summary>
    internal bool IsReached(long spent) => spent >= budget.Limit;

    /// <summary>The store is asked to hold an amount: it may do so before anybody hears of it.</summary>
    /// <param name="amount">The amount; negative when the answer is there, or nobody waits for it.</param>
    internal void Ask(long amount)
    {
        lock (_lock)
        {
            _asked += amount;
        }
    }

    /// <summary>The store said what it has. Answers may come in another order than they were given in: of what is spent the most counts,
    /// of what is held what was said last.</summary>
    /// <returns>Whether it is time for the run to come to an end.</returns>
    internal bool See(in AccountState state, in StoreStamp answered)
    {
        lock (_lock)
        {
            _spent = Math.Max(_spent, state.Settled);
            if (IsLater(in answered))
            {
                (_told, _held) = (answered, state.Held);
            }
        }

        return budget.Limit is not null && state.Settled >= _wrapUp;
    }

    /// <summary>Whether both count the same.</summary>
    internal bool IsLike(RunLimit other) => budget.Unit == other.Budget.Unit && budget.Currency == other.Budget.Currency;

    private bool IsLater(in StoreStamp answered) => answered.Connection != _told.Connection
        ? answered.Connection > _told.Connection
        : answered.Epoch != _told.Epoch || answered.Sequence >= _told.Sequence;
}
