using LlmCostModel.Budgets.Stores;
using Microsoft.Extensions.Logging;

namespace LlmCostModel.Budgets.Outages;

/// <summary>Tells a store commands in the background: for the first time after an outage, or again after it lost them. Each has the id that it
/// had, so what the store knows already does not count twice.</summary>
internal sealed class StoreTeller(BudgetStore store, RollbackWatch? watch, ReplayJournal? journal, ILogger log)
{
    private const int AtOnce = 64;

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
        if (await ReleaseAsync(command).ConfigureAwait(false))
        {
            journal?.End(command);
        }
    }

    /// <summary>Tells everything again that the store acknowledged of late: what was spent and given back, then what is still held.</summary>
    internal async Task HealAsync()
    {
        if (journal is null)
        {
            return;
        }

        (ReplayJournal.Ended[] ended, (ReserveCommand Command, long Left)[] open) = journal.Read();
        foreach (ReplayJournal.Ended[] some in ended.Chunk(AtOnce))
        {
            await Task.WhenAll(some.Select(EndAgainAsync)).ConfigureAwait(false);
        }

        foreach ((ReserveCommand Command, long Left)[] some in open.Chunk(AtOnce))
        {
            await Task.WhenAll(some.Select(one => HoldAgainAsync(one.Command, one.Left))).ConfigureAwait(false);
        }

        OutageLog.Healed(log, ended.Length, open.Length);
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

        await ReleaseAsync(ended.Released!).ConfigureAwait(false);
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

    private async Task<bool> ReleaseAsync(ReleaseCommand command)
    {
        try
        {
            RollbackWatch.Mark sent = Sent();
            Check(sent, (await store.ReleaseAsync(command).ConfigureAwait(false)).Stamp);
            return true;
        }
        catch (Exception failure) when (failure is BudgetStoreException { IsOutage: false } or ArgumentException)
        {
            OutageLog.Refused(log, failure, command.Id);
            return false;
        }
    }

    private RollbackWatch.Mark Sent() => watch?.Sent() ?? default;

    private void Check(RollbackWatch.Mark sent, StoreStamp answered) => watch?.Check(sent, answered);
}
