using LlmCostModel.Budgets.Stores;

namespace LlmCostModel.Budgets.Tests.BadInputs;

/// <summary>A store in memory that does what it is asked when its gate opens.</summary>
internal sealed class GatedStore : BudgetStore
{
    private readonly InMemoryBudgetStore _store = new();
    private TaskCompletionSource _gate = Opened();
    private TaskCompletionSource _asked = Closed();

    public override BudgetStoreTraits Traits => _store.Traits;

    /// <summary>Ends when somebody waits at the gate.</summary>
    internal Task Asked => _asked.Task;

    internal void Close() => (_gate, _asked) = (Closed(), Closed());

    internal void Open() => _gate.TrySetResult();

    public override async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override async ValueTask<ReserveReply> ReserveCoreAsync(ReserveCommand command, CancellationToken cancellationToken)
    {
        await PassAsync(cancellationToken);
        return await _store.ReserveAsync(command, CancellationToken.None);
    }

    protected override async ValueTask<SettleReply> SettleCoreAsync(SettleCommand command, CancellationToken cancellationToken)
    {
        await PassAsync(cancellationToken);
        return await _store.SettleAsync(command, CancellationToken.None);
    }

    protected override ValueTask<ReleaseReply> ReleaseCoreAsync(ReleaseCommand command, CancellationToken cancellationToken) =>
        _store.ReleaseAsync(command, cancellationToken); // is never held up: it overtakes

    protected override ValueTask<ExtendReply> ExtendCoreAsync(ExtendCommand command, CancellationToken cancellationToken) =>
        _store.ExtendAsync(command, cancellationToken);

    protected override ValueTask<ReadReply> ReadCoreAsync(ReadCommand command, CancellationToken cancellationToken) =>
        _store.ReadAsync(command, cancellationToken);

    private async Task PassAsync(CancellationToken cancellationToken)
    {
        Task gate = _gate.Task;
        _asked.TrySetResult();
        await gate.WaitAsync(cancellationToken);
    }

    private static TaskCompletionSource Closed() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static TaskCompletionSource Opened()
    {
        TaskCompletionSource opened = Closed();
        opened.SetResult();
        return opened;
    }
}
