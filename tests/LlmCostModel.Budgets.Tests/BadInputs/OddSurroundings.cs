using LlmCostModel.Budgets.Stores;

namespace LlmCostModel.Budgets.Tests.BadInputs;

/// <summary>A clock that can be set back, too.</summary>
internal sealed class AdjustableClock(DateTimeOffset now) : TimeProvider
{
    private DateTimeOffset _now = now;

    internal void Set(DateTimeOffset now) => _now = now;

    public override DateTimeOffset GetUtcNow() => _now;
}

/// <summary>A thread that waits and so runs nothing of what is posted to it.</summary>
internal sealed class BlockedContext : SynchronizationContext
{
    private int _posted;

    internal int Posted => Volatile.Read(ref _posted);

    public override void Post(SendOrPostCallback d, object? state) => Interlocked.Increment(ref _posted);
}

/// <summary>A store that never answers at once.</summary>
internal sealed class YieldingStore(BudgetStore store) : BudgetStore
{
    public override BudgetStoreTraits Traits => store.Traits;

    protected override ValueTask<ReserveReply> ReserveCoreAsync(ReserveCommand command, CancellationToken cancellationToken) =>
        Later(() => store.ReserveAsync(command, cancellationToken));

    protected override ValueTask<SettleReply> SettleCoreAsync(SettleCommand command, CancellationToken cancellationToken) =>
        Later(() => store.SettleAsync(command, cancellationToken));

    protected override ValueTask<ReleaseReply> ReleaseCoreAsync(ReleaseCommand command, CancellationToken cancellationToken) =>
        Later(() => store.ReleaseAsync(command, cancellationToken));

    protected override ValueTask<ExtendReply> ExtendCoreAsync(ExtendCommand command, CancellationToken cancellationToken) =>
        Later(() => store.ExtendAsync(command, cancellationToken));

    protected override ValueTask<ReadReply> ReadCoreAsync(ReadCommand command, CancellationToken cancellationToken) =>
        Later(() => store.ReadAsync(command, cancellationToken));

    private static ValueTask<T> Later<T>(Func<ValueTask<T>> ask) => new(Task.Run(async () =>
    {
        await Task.Delay(1);
        return await ask();
    }));
}
