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

    /// <summary>What it is asked is done, and told when this ends.</summary>
    internal Task Answers { get; set; } = Task.CompletedTask;

    /// <summary>It answers that it cannot do this.</summary>
    internal bool Refuses { get; set; }

    public override BudgetStoreTraits Traits => _store.Traits with { CanRollBack = true };

    internal void Forget() => (_store, _epoch) = (Empty(clock), _epoch + 1);

    protected override ValueTask<ReserveReply> ReserveCoreAsync(ReserveCommand command, CancellationToken cancellationToken) => Ask(async store =>
    {
        ReserveReply reply = await store.ReserveAsync(command, cancellationToken);
        return ReserveReply.Create(reply.Outcome, Stamp(reply.Stamp), reply.Account, reply.State, reply.Observed);
    });

    protected override ValueTask<SettleReply> SettleCoreAsync(SettleCommand command, CancellationToken cancellationToken) => Ask(async store =>
    {
        SettleReply reply = await store.SettleAsync(command, cancellationToken);
        return SettleReply.Create(reply.Outcome, Stamp(reply.Stamp), reply.Remarks);
    });

    protected override ValueTask<ReleaseReply> ReleaseCoreAsync(ReleaseCommand command, CancellationToken cancellationToken) => Ask(async store =>
    {
        ReleaseReply reply = await store.ReleaseAsync(command, cancellationToken);
        return ReleaseReply.Create(reply.State, Stamp(reply.Stamp));
    });

    protected override ValueTask<ExtendReply> ExtendCoreAsync(ExtendCommand command, CancellationToken cancellationToken) => Ask(async store =>
    {
        ExtendReply reply = await store.ExtendAsync(command, cancellationToken);
        return ExtendReply.Create(reply.State, Stamp(reply.Stamp));
    });

    protected override ValueTask<ReadReply> ReadCoreAsync(ReadCommand command, CancellationToken cancellationToken) => Ask(async store =>
    {
        ReadReply reply = await store.ReadAsync(command, cancellationToken);
        return ReadReply.Create(reply.IsStale, Stamp(reply.Stamp));
    });

    protected override ValueTask<VerifyReply> VerifyCoreAsync(VerifyCommand command, CancellationToken cancellationToken) =>
        Ask(store => store.VerifyAsync(command, cancellationToken));

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

        Task answers = Answers;
        T reply = await ask(_store);
        await answers;
        return IsSilent ? throw new BudgetStoreException("There was no answer in time.") : reply;
    }

    private StoreStamp Stamp(StoreStamp stamp) => StoreStamp.Create(_epoch, stamp.Sequence, stamp.Now);

    private static InMemoryBudgetStore Empty(TimeProvider clock) => new(clock: clock);
}
