using LlmCostModel.Budgets.Stores;
using Microsoft.Extensions.Logging;

namespace LlmCostModel.Budgets.Outages;

/// <summary>Tells a store commands in the background: for the first time after an outage, or again after it lost them. Each has the id that
/// it had, so what the store knows already does not count twice.</summary>
internal sealed class StoreTeller(BudgetStore store, RollbackWatch? watch, ReplayJournal? journal, ILogger log)
{
    private const int AtOnce = 64;

    private readonly List<Func<Task>> _again = [];

    /// <summary>Asks whether the store answers, and whether it still knows what it knew.</summary>
    internal async Task AskAsync()
    {
        RollbackWatch.Mark sent = Sent();
        Check(sent, (await store.ReadAsync(new ReadCommand { Accounts = default, States = default }).ConfigureAwait(false)).Stamp);
    }

    /// <summary>Tells a settlement that waited.</summary>
    internal async Task DeliverAsync(SettleCommand command)
    {
        if (await SettleAsync(command).ConfigureAwait(false))
        {
            journal?.End(command);
        }
    }

    /// <summary>Tells that a hold is given back.</summary>
    internal async Task ReturnAsync(ReleaseCommand command)
    {
        if (await ReleaseAsync(command).ConfigureAwait(false) is { } was)
        {
            if (was == HoldState.Unknown && command.ChargesFloor && journal?.Find(command.Id) is { } lost)
            {
                await DeliverAsync(Chosen.Floors(lost)).ConfigureAwait(false);
            }

            journal?.End(command);
        }
    }

    /// <summary>Tells everything again that the store acknowledged of late: what was spent and given back, then what is still held. What it
    /// did not answer to comes first the next time.</summary>
    /// <param name="fromTheStart">Whether it lost something since the last time.</param>
    internal async Task HealAsync(bool fromTheStart)
    {
        if (journal is null)
        {
            return;
        }

        if (fromTheStart)
        {
            (ReplayJournal.Ended[] ended, (ReserveCommand Command, long Left)[] open) = journal.Read();
            _again.Clear();
            _again.AddRange(ended.Select(one => (Func<Task>)(() => EndAgainAsync(one))));
            _again.AddRange(open.Select(one => (Func<Task>)(() => HoldAgainAsync(one.Command, one.Left))));
            OutageLog.Healing(log, ended.Length, open.Length);
        }

        while (_again.Count > 0)
        {
            Func<Task>[] first = [.. _again.Take(AtOnce)];
            List<(Func<Task> Tell, BudgetStoreException Failure)> failed = await TryAllAsync(first, tell => tell()).ConfigureAwait(false);
            _again.RemoveRange(0, first.Length);
            _again.InsertRange(0, failed.Select(one => one.Tell));
            if (failed.Count > 0)
            {
                throw failed[0].Failure;
            }
        }
    }

    /// <summary>Does something with each at once, and answers for which the store did not.</summary>
    internal static async Task<List<(T One, BudgetStoreException Failure)>> TryAllAsync<T>(IReadOnlyList<T> all, Func<T, Task> act)
    {
        List<(T One, BudgetStoreException Failure)> failed = [];
        Task[] acts = [.. all.Select(act)];
        for (int i = 0; i < acts.Length; i++)
        {
            try
            {
                await acts[i].ConfigureAwait(false);
            }
            catch (BudgetStoreException failure)
            {
                failed.Add((all[i], failure));
            }
        }

        return failed;
    }

    private async Task EndAgainAsync(ReplayJournal.Ended ended)
    {
        if (ended.Settled is { } settled)
        {
            await SettleAsync(settled).ConfigureAwait(false);
            return;
        }

        // A floor is charged only where the store knows what was held.
        if (ended.Held is { } held && await HoldAgainAsync(held, held.TimeToLive).ConfigureAwait(false) == ReserveOutcome.Denied)
        {
            await SettleAsync(Chosen.Floors(held)).ConfigureAwait(false);
            return;
        }

        await ReleaseAsync(ended.Released!.Value).ConfigureAwait(false);
    }

    private async Task<ReserveOutcome> HoldAgainAsync(ReserveCommand command, long left)
    {
        RollbackWatch.Mark sent = Sent();
        ReserveReply held = await store.ReserveAsync(command).ConfigureAwait(false);
        Check(sent, held.Stamp);
        if (held.Outcome is ReserveOutcome.Granted or ReserveOutcome.Replayed)
        {
            await store.ExtendAsync(new ExtendCommand { Id = command.Id, TimeToLive = left }).ConfigureAwait(false);
        }

        return held.Outcome;
    }

    private async Task<bool> SettleAsync(SettleCommand command)
    {
        try
        {
            RollbackWatch.Mark sent = Sent();
            SettleReply reply = await store.SettleAsync(command).ConfigureAwait(false);
            Check(sent, reply.Stamp);
            if (reply.Outcome == SettleOutcome.Conflict)
            {
                OutageLog.Conflict(log, command.Id);
            }

            return true;
        }
        catch (Exception failure) when (failure is BudgetStoreException { IsOutage: false } or ArgumentException)
        {
            OutageLog.Refused(log, failure, command.Id); // it would be refused for ever, and others wait behind it
            return false;
        }
    }

    private async Task<HoldState?> ReleaseAsync(ReleaseCommand command)
    {
        try
        {
            RollbackWatch.Mark sent = Sent();
            ReleaseReply reply = await store.ReleaseAsync(command).ConfigureAwait(false);
            Check(sent, reply.Stamp);
            return reply.State;
        }
        catch (Exception failure) when (failure is BudgetStoreException { IsOutage: false } or ArgumentException)
        {
            OutageLog.Refused(log, failure, command.Id);
            return null;
        }
    }

    private RollbackWatch.Mark Sent() => watch?.Sent() ?? default;

    private void Check(RollbackWatch.Mark sent, StoreStamp answered) => watch?.Check(sent, answered);
}
