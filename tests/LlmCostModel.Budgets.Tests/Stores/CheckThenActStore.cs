using LlmCostModel.Budgets.Stores;
namespace LlmCostModel.Budgets.Tests.Stores;

/// <summary>What most gateways ship: the room is looked up in one step, and taken in another.</summary>
internal sealed class CheckThenActStore : BudgetStore
{
    private readonly InMemoryBudgetStore _inner = new();

    public override BudgetStoreTraits Traits => _inner.Traits;

    protected override async ValueTask<ReserveReply> ReserveCoreAsync(ReserveCommand command, CancellationToken cancellationToken)
    {
        AccountCharge[] charges = command.Charges.ToArray();
        AccountState[] states = new AccountState[charges.Length];
        await _inner.ReadAsync(new ReadCommand { Accounts = charges, States = states }, cancellationToken);
        for (int i = 0; i < charges.Length; i++)
        {
            if (states[i].Remaining < charges[i].Amount)
            {
                return ReserveReply.Create(ReserveOutcome.Denied, default, i, states[i]);
            }
        }

        Thread.Yield();
        return await _inner.ReserveAsync(
            new ReserveCommand
            {
                Id = command.Id,
                Charges = charges.Select(charge => charge with { Limit = null }).ToArray(),
                TimeToLive = command.TimeToLive,
            },
            cancellationToken);
    }

    protected override ValueTask<SettleReply> SettleCoreAsync(SettleCommand command, CancellationToken cancellationToken) =>
        _inner.SettleAsync(command, cancellationToken);

    protected override ValueTask<ReleaseReply> ReleaseCoreAsync(ReleaseCommand command, CancellationToken cancellationToken) =>
        _inner.ReleaseAsync(command, cancellationToken);

    protected override ValueTask<ExtendReply> ExtendCoreAsync(ExtendCommand command, CancellationToken cancellationToken) =>
        _inner.ExtendAsync(command, cancellationToken);

    protected override ValueTask<ReadReply> ReadCoreAsync(ReadCommand command, CancellationToken cancellationToken) =>
        _inner.ReadAsync(command, cancellationToken);

    protected override ValueTask<VerifyReply> VerifyCoreAsync(VerifyCommand command, CancellationToken cancellationToken) =>
        _inner.VerifyAsync(command, cancellationToken);
}
