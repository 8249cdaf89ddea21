using LlmCostModel.Budgets.Stores;

namespace LlmCostModel.Budgets.Tests.Simulation;

/// <summary>The way of one process to the server: requests and answers are lost, doubled, late and out of order, and whoever waits longer
/// than the deadline is told that nobody knows.</summary>
internal sealed class RemoteStore(SimulatedWorld world, SimulatedServer server, SimulatedFaults faults) : BudgetStore
{
    private const int Deadline = 250;

    internal bool IsDead { get; set; }

    public override BudgetStoreTraits Traits => server.Traits;

    protected override ValueTask<ReserveReply> ReserveCoreAsync(ReserveCommand command, CancellationToken cancellationToken)
    {
        AccountState[] states = new AccountState[command.Charges.Length];
        ReserveCommand sent = new() { Id = command.Id, Charges = command.Charges, TimeToLive = command.TimeToLive, States = states };
        return Send(
            $"{command.Id} reserve",
            store => store.ReserveAsync(sent).AsTask().GetAwaiter().GetResult(),
            reply =>
            {
                states.AsSpan(0, Math.Min(states.Length, command.States.Length)).CopyTo(command.States.Span);
                return ReserveReply.Create(reply.Outcome, server.Stamped(reply.Stamp), reply.Account, reply.State, reply.Observed);
            });
    }

    protected override ValueTask<SettleReply> SettleCoreAsync(SettleCommand command, CancellationToken cancellationToken)
    {
        AccountState[] states = new AccountState[command.Charges.Length];
        SettleCommand sent = new() { Id = command.Id, Charges = command.Charges, IsCorrection = command.IsCorrection, States = states };
        return Send(
            $"{command.Id} settle",
            store => store.SettleAsync(sent).AsTask().GetAwaiter().GetResult(),
            reply =>
            {
                states.AsSpan(0, Math.Min(states.Length, command.States.Length)).CopyTo(command.States.Span);
                return SettleReply.Create(reply.Outcome, server.Stamped(reply.Stamp), reply.Remarks);
            });
    }

    protected override ValueTask<ReleaseReply> ReleaseCoreAsync(ReleaseCommand command, CancellationToken cancellationToken) => Send(
        $"{command.Id} release",
        store => store.ReleaseAsync(command).AsTask().GetAwaiter().GetResult(),
        reply => ReleaseReply.Create(reply.State, server.Stamped(reply.Stamp)));

    protected override ValueTask<ExtendReply> ExtendCoreAsync(ExtendCommand command, CancellationToken cancellationToken) => Send(
        $"{command.Id} extend",
        store => store.ExtendAsync(command).AsTask().GetAwaiter().GetResult(),
        reply => ExtendReply.Create(reply.State, server.Stamped(reply.Stamp)));

    protected override ValueTask<ReadReply> ReadCoreAsync(ReadCommand command, CancellationToken cancellationToken) => Send(
        "read",
        store => store.ReadAsync(command).AsTask().GetAwaiter().GetResult(),
        reply => ReadReply.Create(reply.IsStale, server.Stamped(reply.Stamp)));

    private ValueTask<T> Send<T>(string what, Func<BudgetStore, T> command, Func<T, T> answer)
    {
        TaskCompletionSource<T> waiting = new(); // continuations run in the world's own thread
        if (!world.Chance(faults.Lost))
        {
            world.After(Travel(), Arrive);
        }

        world.After(Deadline, () =>
        {
            if (!IsDead)
            {
                waiting.TrySetException(new BudgetStoreException("There was no answer within 250 ms."));
            }
        });
        return new(waiting.Task);

        void Arrive()
        {
            if (server.IsDown)
            {
                return;
            }

            T reply = answer(server.Do(what, command)); // stamped as the server was when it answered
            if (world.Chance(faults.Doubled))
            {
                reply = answer(server.Do(what, command));
            }

            world.Note(reply!.GetHashCode());
            if (!world.Chance(faults.Lost))
            {
                world.After(Travel(), () =>
                {
                    if (!IsDead)
                    {
                        waiting.TrySetResult(reply);
                    }
                });
            }
        }
    }

    private long Travel() => world.Chance(faults.Late) ? world.Random.Next(2_000) : world.Random.Next(1, 20);
}
