using LlmCostModel.Budgets.Stores;

namespace LlmCostModel.Budgets.Tests.Outages;

/// <summary>A store in memory that can be made to fail: to be away, to do what it is asked and not to answer, to refuse, to forget.</summary>
internal sealed class FailingStore(TimeProvider clock) : BudgetStore
{
    private BudgetStore _store = Empty(clock);
    private long _epoch = 1;

    /// <summary>Nothing that it is asked is done.</summary>
    internal bool IsAway { get; set; }

    /// <summary>What it is asked is done, and nobody is told.</summary>
    internal bool IsSilent { get; set; }

    /// <summary>It answers that it cannot do this.</summary>
    internal bool Refuses { get; set; }

    public override BudgetStoreTraits Traits => _store.Traits with { CanRollBack = true };

    internal void Forget() => (_store, _epoch) = (Empty(clock), _epoch + 1);

    protected override async ValueTask<ReserveReply> ReserveCoreAsync(ReserveCommand command, CancellationToken cancellationToken)
    {
        ReserveReply reply = await Ask(store => store.ReserveAsync(command, cancellationToken));
        return ReserveReply.Create(reply.Outcome, Stamp(reply.Stamp), reply.Account, reply.State, reply.Observed);
    }

    protected override async ValueTask<SettleReply> SettleCoreAsync(SettleCommand command, CancellationToken cancellationToken)
    {
        SettleReply reply = await Ask(store => store.SettleAsync(command, cancellationToken));
        return SettleReply.Create(reply.Outcome, Stamp(reply.Stamp), reply.Remarks);
    }

    protected override async ValueTask<ReleaseReply> ReleaseCoreAsync(ReleaseCommand command, CancellationToken cancellationToken)
    {
        ReleaseReply reply = await Ask(store => store.ReleaseAsync(command, cancellationToken));
        return ReleaseReply.Create(reply.State, Stamp(reply.Stamp));
    }

    protected override async ValueTask<ExtendReply> ExtendCoreAsync(ExtendCommand command, CancellationToken cancellationToken)
    {
        ExtendReply reply = await Ask(store => store.ExtendAsync(command, cancellationToken));
        return ExtendReply.Create(reply.State, Stamp(reply.Stamp));
    }

    protected override async ValueTask<ReadReply> ReadCoreAsync(ReadCommand command, CancellationToken cancellationToken)
    {
        ReadReply reply = await Ask(store => store.ReadAsync(command, cancellationToken));
        return ReadReply.Create(reply.IsStale, Stamp(reply.Stamp));
    }

    private async ValueTask<T> Ask<T>(Func<BudgetStore, ValueTask<T>> ask)
    {
        if (IsAway)
        {
            throw new BudgetStoreException("The server at 127.0.0.1 does not answer.");
        }

        if (Refuses)
        {
            throw new BudgetStoreException("The account is corrupt.") { IsOutage = false };
        }

        T reply = await ask(_store);
        return IsSilent ? throw new BudgetStoreException("There was no answer in time.") : reply;
    }

    private StoreStamp Stamp(StoreStamp stamp) => StoreStamp.Create(_epoch, stamp.Sequence, stamp.Now);

    private static InMemoryBudgetStore Empty(TimeProvider clock) => new(clock: clock);
}
