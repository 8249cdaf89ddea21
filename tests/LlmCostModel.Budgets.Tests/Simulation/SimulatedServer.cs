using LlmCostModel.Budgets.Stores;

namespace LlmCostModel.Budgets.Tests.Simulation;

/// <summary>A server of budgets that can lose its last commands, or all of them, as one whose lagging replica takes over or that restarts
/// without its data. What it does with a command is what the store in memory does.</summary>
internal sealed class SimulatedServer
{
    private readonly SimulatedClock _clock;
    private readonly List<(DateTimeOffset At, Func<BudgetStore, object> Command)> _done = [];
    private readonly PinnedClock _pinned = new();
    private InMemoryBudgetStore _store;
    private long _epoch = 1;
    private long _connection = 1;

    internal SimulatedServer(SimulatedClock clock)
    {
        _clock = clock;
        _store = Empty(_pinned);
    }

    internal bool IsDown { get; set; }

    internal BudgetStoreTraits Traits => _store.Traits with { IsShared = true, CanRollBack = true };

    /// <summary>Whether a call was released after its time, which takes back what was counted of it meanwhile.</summary>
    internal bool TookBack { get; set; }

    /// <summary>What happened, for the story of a world that broke.</summary>
    internal List<string> Told { get; } = [];

    internal T Do<T>(string? what, Func<BudgetStore, T> command)
    {
        _pinned.Now = _clock.GetUtcNow();
        T reply = command(_store);
        TookBack |= reply is ReleaseReply { State: HoldState.Abandoned };
        if (what is not null)
        {
            Told.Add($"{_pinned.Now:HH:mm:ss.fff} {what}: {reply}");
        }

        _done.Add((_pinned.Now, store => command(store)!));
        return reply;
    }

    /// <summary>Looks at an account, which gives back what is due, as every command does.</summary>
    internal AccountState Look(AccountCharge account)
    {
        AccountState[] states = new AccountState[1];
        Do(null, store => store.ReadAsync(new ReadCommand { Accounts = new[] { account }, States = states }).AsTask().GetAwaiter().GetResult());
        return states[0];
    }

    /// <summary>Counts an account anew.</summary>
    internal VerifyReply Recount(AccountCharge account)
    {
        _pinned.Now = _clock.GetUtcNow();
        return _store.VerifyAsync(new VerifyCommand { Account = account.Account, Period = account.Period }).AsTask().GetAwaiter().GetResult();
    }

    internal StoreStamp Stamped(StoreStamp stamp) => StoreStamp.Create(_epoch, stamp.Sequence, stamp.Now, _connection);

    /// <summary>A replica takes over that had not heard of the last commands.</summary>
    internal void FailOver(int lag)
    {
        List<(DateTimeOffset At, Func<BudgetStore, object> Command)> heard = _done[..Math.Max(0, _done.Count - lag)];
        _done.Clear();
        _store = Empty(_pinned);
        foreach ((DateTimeOffset at, Func<BudgetStore, object> command) in heard)
        {
            _pinned.Now = at;
            command(_store);
            _done.Add((at, command));
        }

        _connection++;
        Told.Add($"{_pinned.Now:HH:mm:ss.fff} ! the last {lag} are lost");
    }

    internal void Say(string what) => Told.Add($"{_clock.GetUtcNow():HH:mm:ss.fff} ! {what}");

    internal void RestartEmpty()
    {
        FailOver(_done.Count);
        _epoch++;
    }

    private static InMemoryBudgetStore Empty(TimeProvider clock) => new(clock: clock);

    private sealed class PinnedClock : TimeProvider
    {
        internal DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
