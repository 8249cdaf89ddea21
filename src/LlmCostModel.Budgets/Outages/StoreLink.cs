using System.Globalization;
using LlmCostModel.Budgets.Stores;
using Microsoft.Extensions.Logging;

namespace LlmCostModel.Budgets.Outages;

/// <summary>The way to a store, which can be away: what is asked then is decided by the rules of the outage, and what it has to know waits
/// until it can be.</summary>
internal sealed class StoreLink : IAsyncDisposable
{
    private readonly BudgetStore _store;
    private readonly OutageRules _rules;
    private readonly TimeProvider _clock;
    private readonly LocalBooks? _local;
    private readonly RollbackWatch? _watch;
    private readonly ReplayJournal? _journal;
    private readonly Courier _courier;

    internal StoreLink(BudgetStore store, OutageRules rules, TimeProvider clock, ILogger log)
    {
        (_store, _rules, _clock) = (store, rules, clock);
        _local = rules.Policy == StoreOutage.Closed ? null : new LocalBooks(clock);
        if (store.Traits.CanRollBack)
        {
            _watch = new();
            _journal = new(clock, rules.ReplayHorizon);
        }

        _courier = new(new StoreTeller(store, _watch, _journal, log), rules, clock, log);
        _watch?.Lost = _courier.Lose;
        _watch?.MayHaveLost = _courier.Suspect;
    }

    internal Outage? Outage => _courier.Outage;

    internal int Pending => _courier.Pending;

    internal long Rollbacks => _courier.Rollbacks;

    /// <summary>What this process holds of an account by itself. The store hears of it when it is spent, and not before.</summary>
    internal long HeldLocally(AccountCharge account) => _local?.Held(account) ?? 0;

    /// <summary>Asks for a hold.</summary>
    /// <param name="command">What to hold.</param>
    /// <param name="kept">The same with the limits that it has when the store hears of it again.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The answer; <see langword="null"/> when the store does not answer, so that the rules of the outage decide.</returns>
    internal async ValueTask<ReserveReply?> ReserveAsync(
        ReserveCommand command, ReserveCommand kept, CancellationToken cancellationToken)
    {
        if (_courier.Outage is null)
        {
            bool mayBeHeld = _courier.Withdraw(command.Id);
            try
            {
                RollbackWatch.Mark sent = Sent();
                ReserveReply reply = await _store.ReserveAsync(command, cancellationToken).ConfigureAwait(false);
                if (reply.Outcome is ReserveOutcome.Granted or ReserveOutcome.Replayed)
                {
                    _journal?.Open(kept, reply.Stamp.Now);
                }
                else if (mayBeHeld)
                {
                    _courier.ReturnLater(command.Id); // the first request may arrive after this one
                }

                _watch?.Check(sent, reply.Stamp);
                return reply;
            }
            catch (BudgetStoreException failure) when (failure.IsOutage)
            {
                _courier.Fail(failure);
                _courier.ReturnLater(command.Id); // it may be held all the same
            }
        }

        return null;
    }

    /// <summary>Decides about a hold while the store is away.</summary>
    /// <param name="command">What to hold, with the limits that this process has then.</param>
    /// <returns>The answer of this process.</returns>
    /// <exception cref="BudgetStoreException">The rules admit nothing.</exception>
    internal ReserveReply ReserveLocally(ReserveCommand command)
    {
        Outage? outage = _courier.Outage;
        bool isOver = outage is not null && _rules.Policy == StoreOutage.Open && _clock.GetElapsedTime(outage.Began) > _rules.MaxOpenTime;
        return _local is not null && !isOver
            ? _local.Reserve(command)
            : throw new BudgetStoreException($"The store of budgets does not answer: {outage?.Failure.Message}", outage?.Failure);
    }

    /// <summary>Records what was spent.</summary>
    /// <param name="command">What was spent.</param>
    /// <param name="admittedAt">When the call was admitted, which chooses its windows when the store hears of it later.</param>
    /// <param name="isLocal">Whether this process admitted it by itself.</param>
    /// <returns>The answer; <see langword="null"/> when the store does not answer and will hear of it later.</returns>
    /// <exception cref="BudgetStoreException">The store does not answer, and too much waits for it; or it refuses the command.</exception>
    internal async ValueTask<SettleReply?> SettleAsync(SettleCommand command, long admittedAt, bool isLocal)
    {
        SettleReply? reply = await TellAsync(command, admittedAt).ConfigureAwait(false);
        if (isLocal)
        {
            _local?.Settle(Chosen.Settle(command, admittedAt)); // last: until the store has it, or will, it is held here
        }

        return reply;
    }

    private async ValueTask<SettleReply?> TellAsync(SettleCommand command, long admittedAt)
    {
        if (_courier.Outage is null)
        {
            try
            {
                RollbackWatch.Mark sent = Sent();
                SettleReply reply = await _store.SettleAsync(command, CancellationToken.None).ConfigureAwait(false);
                if (_journal is not null && reply.Outcome is (SettleOutcome.Settled or SettleOutcome.Replayed))
                {
                    _journal.End(Chosen.Settle(command, admittedAt));
                }

                _watch?.Check(sent, reply.Stamp);
                return reply;
            }
            catch (BudgetStoreException failure) when (failure.IsOutage)
            {
                _courier.Fail(failure);
            }
        }

        return _courier.TryDeliver(Chosen.Settle(command, admittedAt))
            ? null
            : throw new BudgetStoreException($"The store of budgets does not answer, and {Why()}. The call is not counted.");
    }

    /// <summary>Gives a hold back, now or when the store answers.</summary>
    internal async ValueTask ReleaseAsync(ReleaseCommand command)
    {
        if (_courier.Outage is null)
        {
            try
            {
                RollbackWatch.Mark sent = Sent();
                ReleaseReply reply = await _store.ReleaseAsync(command, CancellationToken.None).ConfigureAwait(false);
                if (reply.State == HoldState.Unknown && command.ChargesFloor && _journal?.Find(command.Id) is { } lost)
                {
                    await SettleAsync(Chosen.Floors(lost), 0, isLocal: false).ConfigureAwait(false);
                }

                _journal?.End(command);
                _watch?.Check(sent, reply.Stamp); // last: the journal says what the store hears again
                return;
            }
            catch (BudgetStoreException failure) when (failure.IsOutage)
            {
                _courier.Fail(failure);
            }
        }

        _courier.Return(command);
    }

    /// <summary>Gives back what this process holds by itself. The store knows nothing of it, so it hears what is spent.</summary>
    internal async ValueTask ReleaseLocallyAsync(ReserveCommand held, bool chargesFloor)
    {
        _local?.Release(new ReleaseCommand { Id = held.Id, ChargesFloor = chargesFloor });
        if (chargesFloor)
        {
            await SettleAsync(Chosen.Floors(held), 0, isLocal: false).ConfigureAwait(false);
        }
    }

    /// <exception cref="BudgetStoreException">The store does not answer.</exception>
    internal async ValueTask<bool> ExtendAsync(ExtendCommand command, bool isLocal, CancellationToken cancellationToken)
    {
        if (isLocal)
        {
            return _local?.Extend(command) ?? false;
        }

        try
        {
            RollbackWatch.Mark sent = Sent();
            ExtendReply reply = await _store.ExtendAsync(command, cancellationToken).ConfigureAwait(false);
            _journal?.Extend(command);
            _watch?.Check(sent, reply.Stamp);
            return reply.State == HoldState.Held;
        }
        catch (BudgetStoreException failure) when (failure.IsOutage)
        {
            _courier.Fail(failure);
            throw;
        }
    }

    /// <exception cref="BudgetStoreException">The store does not answer.</exception>
    internal ValueTask<ReadReply> ReadAsync(ReadCommand command, CancellationToken cancellationToken) =>
        AskAsync(store => store.ReadAsync(command, cancellationToken), reply => reply.Stamp);

    /// <exception cref="BudgetStoreException">The store does not answer.</exception>
    internal ValueTask<VerifyReply> VerifyAsync(VerifyCommand command, CancellationToken cancellationToken) =>
        AskAsync(store => store.VerifyAsync(command, cancellationToken), reply => reply.Stamp);

    internal Task FlushAsync(CancellationToken cancellationToken) => _courier.FlushAsync(cancellationToken);

    public ValueTask DisposeAsync() => _courier.DisposeAsync();

    /// <summary>Asks for what nobody but the store knows.</summary>
    private async ValueTask<TReply> AskAsync<TReply>(Func<BudgetStore, ValueTask<TReply>> ask, Func<TReply, StoreStamp> stampOf)
    {
        try
        {
            RollbackWatch.Mark sent = Sent();
            TReply reply = await ask(_store).ConfigureAwait(false);
            _watch?.Check(sent, stampOf(reply));
            return reply;
        }
        catch (BudgetStoreException failure) when (failure.IsOutage)
        {
            _courier.Fail(failure);
            throw;
        }
    }

    private string Why() => _courier.HasEnded
        ? "the ledger has ended, so that nobody tells it later"
        : string.Create(
            CultureInfo.InvariantCulture, $"{_rules.MaxPending} {(_rules.MaxPending == 1 ? "call waits" : "calls wait")} for it already");

    private RollbackWatch.Mark Sent() => _watch?.Sent() ?? default;
}
