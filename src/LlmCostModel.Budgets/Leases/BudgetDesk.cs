using System.Collections.Immutable;
using LlmCostModel.Budgets.Outages;
using LlmCostModel.Budgets.Stores;

namespace LlmCostModel.Budgets;

/// <summary>Puts claims into commands, and asks again where a window ended in between.</summary>
internal sealed class BudgetDesk(StoreLink link, EntryWriter entries, AlertBell alerts, TimeProvider clock, TimeSpan timeToLive)
{
    /// <summary>A window can end between asking and answering, once; the second time something is wrong with a clock.</summary>
    private const int Tries = 3;

    internal StoreLink Link => link;

    internal async ValueTask<ReserveReply> HoldAsync(BudgetClaim claim, AccountState[] states, CancellationToken cancellationToken)
    {
        long now = Now();
        for (int i = 0; i < Tries; i++)
        {
            ReserveReply? answer = await AskAsync(claim, now, states, cancellationToken).ConfigureAwait(false);
            claim.IsLocal = answer is null;
            ReserveReply reply = answer ?? link.ReserveLocally(Command(claim, claim.LocalCharges(Now()), states));
            if (reply.Outcome != ReserveOutcome.StaleWindow)
            {
                claim.AdmittedAt = reply.Stamp.Now;
                BudgetMeter.Decided(reply, reply.Account < 0 ? null : claim.Budgets[reply.Account].Budget.MetricName, claim.IsLocal);
                return reply;
            }

            now = reply.Stamp.Now;
        }

        throw ClockRuns();
    }

    /// <summary>Asks the store. What it may hold meanwhile, this process does not admit of a run by itself.</summary>
    private async ValueTask<ReserveReply?> AskAsync(
        BudgetClaim claim, long now, AccountState[] states, CancellationToken cancellationToken)
    {
        AccountCharge[] charges = claim.Charges(now);
        Lent? lent = Lent.Of(claim, charges, link);
        ReserveCommand kept = Command(claim, charges, states);
        ReserveCommand command = lent is null ? kept : Command(claim, lent.Below(charges), states);
        claim.Ask(isAnswered: false);
        try
        {
            if (await link.ReserveAsync(command, kept, cancellationToken).ConfigureAwait(false) is not { } reply)
            {
                return null;
            }

            Tell(claim, reply, states);
            return lent?.Above(reply, states) ?? reply;
        }
        finally
        {
            claim.Ask(isAnswered: true); // last: what it holds is known by then
        }
    }

    internal async ValueTask<BudgetSettlement> CountAsync(
        BudgetClaim claim, BudgetSpend spend, long? at, CancellationToken cancellationToken)
    {
        AccountState[] states = new AccountState[claim.Budgets.Length];
        long now = at ?? Now();
        for (int i = 0; i < Tries; i++)
        {
            SettlementRemarks remarks = SettlementRemarks.None;
            AccountCharge[] charges = new AccountCharge[states.Length];
            for (int place = 0; place < charges.Length; place++)
            {
                charges[place] = claim.Budgets[place].Charge(spend, now, ref remarks);
                charges[place] = at is null ? charges[place] : charges[place] with { Period = charges[place].Period.Chosen() };
            }

            SettleCommand command = new()
            {
                Id = claim.Request.Id,
                Charges = charges,
                States = states,
                IsCorrection = spend.IsCorrection,
                Entry = entries.Write(claim, spend, charges, remarks, DateTimeOffset.FromUnixTimeMilliseconds(now)),
            };

            // Money that was spent is spent, whoever has stopped waiting.
            ValueTask<SettleReply?> told = link.SettleAsync(command, claim.AdmittedAt ?? now, claim.IsLocal);
            SettleReply? answer = told.IsCompleted
                ? await told.ConfigureAwait(false)
                : await told.AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);
            BudgetMeter.Settlements.Add(1, new KeyValuePair<string, object?>("llmcost.budget.pending", answer is null));
            if (answer is not { } reply)
            {
                return new BudgetSettlement(remarks | SettlementRemarks.Pending, []);
            }

            if (reply.Outcome != SettleOutcome.StaleWindow)
            {
                claim.See(states, reply.Stamp);
            }

            if (reply.Outcome == SettleOutcome.Settled)
            {
                await alerts.LookAsync(claim, charges, states, reply.Stamp.Now).ConfigureAwait(false);
            }

            if (reply.Outcome != SettleOutcome.StaleWindow)
            {
                return new BudgetSettlement(remarks | Remarks(reply), Statuses(claim.Budgets, states));
            }

            now = reply.Stamp.Now;
        }

        throw ClockRuns();
    }

    internal async ValueTask ReleaseAsync(BudgetClaim claim, bool chargesFloor, CancellationToken cancellationToken)
    {
        long admittedAt = claim.AdmittedAt ?? Now();
        ValueTask told = claim.IsLocal
            ? link.ReleaseLocallyAsync(Chosen.Reserve(Command(claim, claim.Charges(admittedAt)), admittedAt), chargesFloor)
            : link.ReleaseAsync(new ReleaseCommand { Id = claim.Request.Id, ChargesFloor = chargesFloor });
        await told.AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    internal ValueTask<bool> ExtendAsync(BudgetClaim claim, TimeSpan life, CancellationToken cancellationToken) =>
        link.ExtendAsync(
            new ExtendCommand { Id = claim.Request.Id, TimeToLive = (long)life.TotalMilliseconds }, claim.IsLocal, cancellationToken);

    internal async ValueTask<StoreStamp> ReadAsync(
        ImmutableArray<ClaimedBudget> claimed, AccountState[] states, CancellationToken cancellationToken)
    {
        long now = Now();
        for (int i = 0; i < Tries; i++)
        {
            ReadCommand command = new() { Accounts = claimed.Select(budget => budget.Charge(now)).ToArray(), States = states };
            ReadReply reply = await link.ReadAsync(command, cancellationToken).ConfigureAwait(false);
            if (!reply.IsStale)
            {
                return reply.Stamp;
            }

            now = reply.Stamp.Now;
        }

        throw ClockRuns();
    }

    internal async ValueTask<VerifyReply> VerifyAsync(ClaimedBudget claimed, bool repairs, CancellationToken cancellationToken)
    {
        long now = Now();
        for (int i = 0; i < Tries; i++)
        {
            VerifyCommand command = new() { Account = claimed.Account, Period = claimed.Charge(now).Period, RepairsHeld = repairs };
            VerifyReply reply = await link.VerifyAsync(command, cancellationToken).ConfigureAwait(false);
            if (!reply.IsStale)
            {
                return reply;
            }

            now = reply.Stamp.Now;
        }

        throw ClockRuns();
    }

    /// <summary>A reservation whose answer nobody waited for may have been granted; it may even arrive after this.</summary>
    internal async Task GiveBackAsync(BudgetClaim claim)
    {
        try
        {
            await ReleaseAsync(claim, chargesFloor: false, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is BudgetStoreException or ObjectDisposedException)
        {
            // The hold ends by itself.
        }
    }

    internal static ImmutableArray<BudgetStatus> Statuses(ImmutableArray<ClaimedBudget> claimed, AccountState[] states) =>
        [.. claimed.Select((budget, place) => budget.Status(states[place]))];

    /// <summary>What the store says of runs.</summary>
    private static void Tell(BudgetClaim claim, ReserveReply reply, AccountState[] states)
    {
        if (claim.Run is null)
        {
            return;
        }

        if (reply.Outcome is ReserveOutcome.Granted or ReserveOutcome.Replayed)
        {
            claim.See(states, reply.Stamp);
        }
        else if (reply.Outcome == ReserveOutcome.Denied)
        {
            claim.Refuse(reply.Account, reply.State, reply.Stamp);
        }
    }

    private static SettlementRemarks Remarks(SettleReply reply) =>
        (SettlementRemarks)(int)reply.Remarks | reply.Outcome switch
        {
            SettleOutcome.Replayed => SettlementRemarks.Repeated,
            SettleOutcome.Conflict => SettlementRemarks.Conflict,
            _ => SettlementRemarks.None,
        };

    private ReserveCommand Command(BudgetClaim claim, AccountCharge[] charges, AccountState[]? states = null) => new()
    {
        Id = claim.Request.Id,
        Charges = charges,
        TimeToLive = (long)(claim.Request.TimeToLive ?? timeToLive).TotalMilliseconds,
        States = states,
    };

    private long Now() => clock.GetUtcNow().ToUnixTimeMilliseconds();

    internal static BudgetStoreException ClockRuns() =>
        new("The store's clock is in another window of a budget each time it is asked. Look at the clocks of the store and of this "
            + "machine.")
        {
            IsOutage = false,
        };
}
