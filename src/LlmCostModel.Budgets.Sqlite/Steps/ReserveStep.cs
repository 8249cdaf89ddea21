using LlmCostModel.Budgets.Sqlite.Tables;
using LlmCostModel.Budgets.Stores;

namespace LlmCostModel.Budgets.Sqlite.Steps;

/// <summary>Holds amounts in several accounts, all or none.</summary>
internal sealed class ReserveStep(ReserveCommand command) : StoreStep
{
    private readonly byte[] _id = NamedCharge.Encode(command.Id);
    private readonly NamedCharge[] _charges = NamedCharge.Of(command.Charges);
    private readonly long _timeToLive = command.TimeToLive;

    internal ReserveReply Reply { get; private set; }

    /// <summary>Gets what the accounts have afterwards, when the amounts are held.</summary>
    internal AccountState[] States { get; private set; } = [];

    internal override void Run(Books books, long now)
    {
        if (books.Calls.Find(_id) is { } known)
        {
            Repeat(books, known, now);
            return;
        }

        if (NamedCharge.FindStale(_charges, now) is >= 0 and var stale)
        {
            Reply = ReserveReply.Create(ReserveOutcome.StaleWindow, books.Stamp(now), stale);
            return;
        }

        ulong observed = 0;
        AccountState[] states = new AccountState[_charges.Length];
        for (int i = 0; i < _charges.Length; i++)
        {
            ref readonly AccountCharge charge = ref _charges[i].Charge;
            states[i] = books.Touch(_charges[i], now);
            if (charge.Amount == 0 || states[i].Remaining is not { } left || charge.Amount <= left)
            {
                continue;
            }

            if (!charge.IsObserved)
            {
                Reply = ReserveReply.Create(ReserveOutcome.Denied, books.Stamp(now), i, states[i], observed);
                return;
            }

            observed |= i < 64 ? 1UL << i : 0;
        }

        Hold(books, states, now);
        books.CountChange();
        States = states;
        Reply = ReserveReply.Create(ReserveOutcome.Granted, books.Stamp(now), observed: observed);
    }

    private void Hold(Books books, AccountState[] states, long now)
    {
        books.Calls.AddHeld(_id);
        for (int i = 0; i < _charges.Length; i++)
        {
            AccountCharge charge = _charges[i].Charge;
            charge.Period.TryFind(now, out AccountPeriod window);
            books.Windows.Add(_charges[i].Account, in window, 0, charge.Amount);
            books.Holds.Add(_id, i, _charges[i], window.Start, now + _timeToLive);
            states[i] = AccountState.Create(states[i].Settled, states[i].Held + charge.Amount, states[i].Limit, states[i].End);
        }
    }

    private void Repeat(Books books, CallRow known, long now)
    {
        ReserveOutcome outcome = known.State is HoldState.Settled or HoldState.Released || !known.IsReserved ? ReserveOutcome.Ended
            : IsReserved(books.Holds.Of(_id)) ? ReserveOutcome.Replayed
            : ReserveOutcome.Conflict;
        States = outcome == ReserveOutcome.Replayed ? books.States(_charges, now) : [];
        Reply = ReserveReply.Create(outcome, books.Stamp(now));
    }

    /// <summary>Whether this is what was reserved, whatever the order.</summary>
    private bool IsReserved(List<HoldRow> holds)
    {
        int reserved = 0;
        foreach (HoldRow hold in holds)
        {
            if (hold.WasReserved)
            {
                reserved++;
                if (NamedCharge.Find(_charges, hold.Account) is not { } charge || charge.Charge.Amount != hold.Amount)
                {
                    return false;
                }
            }
        }

        return reserved == _charges.Length;
    }
}
