using LlmCostModel.Budgets.InMemory;
using LlmCostModel.Budgets.Stores;

namespace LlmCostModel.Budgets.Outages;

/// <summary>What this process admits by itself while the store is away. It is kept when the store is back: what a process may admit of a
/// window is counted over all outages of the window.</summary>
internal sealed class LocalBooks(TimeProvider clock)
{
    private const int MostAccounts = 1_000_000;

    private readonly Lock _lock = new();
    private readonly AccountState[] _state = new AccountState[1];
    private volatile bool _isUsed;
    private readonly BudgetBooks _books =
        new((long)TimeSpan.FromHours(1).TotalMilliseconds, (long)TimeSpan.FromDays(35).TotalMilliseconds, MostAccounts, epoch: 0);

    internal ReserveReply Reserve(ReserveCommand command)
    {
        lock (_lock)
        {
            _isUsed = true;
            return _books.Reserve(command, Now());
        }
    }

    internal void Settle(SettleCommand command)
    {
        lock (_lock)
        {
            _books.Settle(command, Now());
        }
    }

    internal void Release(ReleaseCommand command)
    {
        lock (_lock)
        {
            _books.Release(command, Now());
        }
    }

    internal bool Extend(ExtendCommand command)
    {
        lock (_lock)
        {
            return _books.Extend(command, Now()).State == HoldState.Held;
        }
    }

    /// <summary>What it holds of an account, of which the store knows nothing.</summary>
    internal long Held(AccountCharge account)
    {
        if (!_isUsed)
        {
            return 0;
        }

        lock (_lock)
        {
            ReadReply reply = _books.Read(new ReadCommand { Accounts = new[] { account }, States = _state }, Now());
            return reply.IsStale ? 0 : _state[0].Held;
        }
    }

    private long Now() => clock.GetUtcNow().ToUnixTimeMilliseconds();
}
