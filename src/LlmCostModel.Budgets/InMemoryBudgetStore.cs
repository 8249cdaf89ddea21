using LlmCostModel.Budgets.InMemory;
using LlmCostModel.Budgets.Stores;

namespace LlmCostModel.Budgets;

/// <summary>Budgets of this process alone. What was spent is forgotten when it ends: for tests, for single runs, and as the model that
/// other stores are compared with.</summary>
/// <remarks>One lock; a command holds it for less than a microsecond, but for <see cref="BudgetStore.FindTopAsync"/>, which looks at every
/// account, and <see cref="BudgetStore.VerifyAsync"/>, which looks at every id that is known. The type is thread-safe.</remarks>
public sealed class InMemoryBudgetStore : BudgetStore
{
    /// <summary>Nine million of a currency whose billionths are counted, or nine trillion calls: a thousand of them still add up without an
    /// overflow.</summary>
    private const long MostUnits = 9_007_199_254_740_991;

    private readonly Lock _lock = new();
    private readonly BudgetBooks _books;
    private readonly TimeProvider _clock;
    private bool _disposed;

    /// <summary>Makes an empty store.</summary>
    /// <param name="options">How much it remembers; <see langword="null"/> for the defaults.</param>
    /// <param name="clock">The clock; <see langword="null"/> for that of the system.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public InMemoryBudgetStore(InMemoryBudgetStoreOptions? options = null, TimeProvider? clock = null)
    {
        options ??= new();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Retention, TimeSpan.FromSeconds(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Retention, TimeSpan.FromDays(366));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.WindowRetention, TimeSpan.FromSeconds(1));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxAccounts, 1);
        _clock = clock ?? TimeProvider.System;
        Traits = new()
        {
            IsDurable = false,
            IsShared = false,
            KeepsEntries = false,
            ListsAccounts = true,
            Retention = options.Retention,
            MaxAmount = MostUnits,
        };
        _books = new BudgetBooks(
            (long)options.Retention.TotalMilliseconds,
            (long)Math.Min(options.WindowRetention.TotalMilliseconds, TimeSpan.FromDays(36_600).TotalMilliseconds),
            options.MaxAccounts,
            _clock.GetTimestamp() ^ GetHashCode());
    }

    /// <inheritdoc/>
    public override BudgetStoreTraits Traits { get; }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync()
    {
        _disposed = true;
        return base.DisposeAsync();
    }

    /// <summary>An account, for tests that damage it.</summary>
    internal Account? Find(string account)
    {
        lock (_lock)
        {
            return _books.Find(account);
        }
    }

    /// <inheritdoc/>
    protected override ValueTask<ReserveReply> ReserveCoreAsync(ReserveCommand command, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return new(_books.Reserve(in command, Now()));
        }
    }

    /// <inheritdoc/>
    protected override ValueTask<SettleReply> SettleCoreAsync(SettleCommand command, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return new(_books.Settle(in command, Now()));
        }
    }

    /// <inheritdoc/>
    protected override ValueTask<ReleaseReply> ReleaseCoreAsync(ReleaseCommand command, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return new(_books.Release(in command, Now()));
        }
    }

    /// <inheritdoc/>
    protected override ValueTask<ExtendReply> ExtendCoreAsync(ExtendCommand command, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return new(_books.Extend(in command, Now()));
        }
    }

    /// <inheritdoc/>
    protected override ValueTask<ReadReply> ReadCoreAsync(ReadCommand command, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return new(_books.Read(in command, Now()));
        }
    }

    /// <inheritdoc/>
    protected override ValueTask<TopReply> FindTopCoreAsync(TopCommand command, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return new(_books.FindTop(in command, Now()));
        }
    }

    /// <inheritdoc/>
    protected override ValueTask<VerifyReply> VerifyCoreAsync(VerifyCommand command, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return new(_books.Verify(in command, Now()));
        }
    }

    private long Now()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _clock.GetUtcNow().ToUnixTimeMilliseconds();
    }
}
