using LlmCostModel.Budgets.Sqlite.Tables;
using LlmCostModel.Budgets.Stores;

namespace LlmCostModel.Budgets.Sqlite.Steps;

/// <summary>Records what was spent, and ends the hold.</summary>
internal sealed class SettleStep(SettleCommand command) : StoreStep
{
    private readonly byte[] _id = NamedCharge.Encode(command.Id);
    private readonly NamedCharge[] _charges = NamedCharge.Of(command.Charges);
    private readonly byte[] _entry = command.Entry.ToArray();
    private readonly bool _showsStates = !command.States.IsEmpty;

    internal SettleReply Reply { get; private set; }

    /// <summary>Gets what the accounts have afterwards, when somebody asks.</summary>
    internal AccountState[] States { get; private set; } = [];

    internal override void Run(Books books, long now)
    {
        CallRow? known = books.Calls.Find(_id);
        List<HoldRow> holds = known is null ? [] : books.Holds.Of(_id);
        if (known is { State: HoldState.Settled })
        {
            States = _showsStates ? books.States(_charges, now) : [];
            SettleOutcome outcome = IsSettled(holds) ? SettleOutcome.Replayed : SettleOutcome.Conflict;
            Reply = SettleReply.Create(outcome, books.Stamp(now), known.Value.Remarks);
            return;
        }

        NamedCharge[] unheld = holds.Count == 0 ? _charges : Array.FindAll(_charges, charge => Find(holds, charge.Account) is null);
        if (NamedCharge.FindStale(unheld, now) >= 0)
        {
            States = [];
            Reply = SettleReply.Create(SettleOutcome.StaleWindow, books.Stamp(now));
            return;
        }

        SettleRemarks remarks = EndHolds(books, known, holds, now) | Spend(books, known, unheld, holds.Count, now);
        End(books, known, remarks, now);
        books.CountChange();
        States = _showsStates ? books.States(_charges, now) : [];
        Reply = SettleReply.Create(SettleOutcome.Settled, books.Stamp(now), remarks);
    }

    private void End(Books books, CallRow? known, SettleRemarks remarks, long now)
    {
        if (known is null)
        {
            books.Calls.AddEnded(_id, HoldState.Settled, remarks, now);
        }
        else
        {
            books.Calls.End(_id, HoldState.Settled, remarks, now);
        }

        if (_entry.Length > 0)
        {
            books.Entries.Add(now, _entry);
        }
    }

    private SettleRemarks EndHolds(Books books, CallRow? known, List<HoldRow> holds, long now)
    {
        SettleRemarks remarks = known is { IsReserved: true } ? SettleRemarks.None : SettleRemarks.Unreserved;
        remarks |= known is { State: HoldState.Released or HoldState.Abandoned } ? SettleRemarks.Late : SettleRemarks.None;
        foreach (HoldRow hold in holds)
        {
            NamedCharge? charge = NamedCharge.Find(_charges, hold.Account);
            long spent = charge?.Charge.Amount ?? 0;
            books.End(hold, spent);
            remarks |= spent > hold.Amount ? SettleRemarks.AboveHold : SettleRemarks.None;
            remarks |= charge is null ? SettleRemarks.None : Above(books, charge, hold.Start, now);
        }

        return remarks;
    }

    /// <summary>Charges the accounts of which nothing is held in the window that is running.</summary>
    private SettleRemarks Spend(Books books, CallRow? known, NamedCharge[] unheld, int place, long now)
    {
        SettleRemarks remarks = SettleRemarks.None;
        foreach (NamedCharge charge in unheld)
        {
            charge.Charge.Period.TryFind(now, out AccountPeriod window);
            books.Windows.Add(charge.Account, in window, charge.Charge.Amount, 0);
            books.Holds.AddSpent(_id, place++, charge, window.Start);
            remarks |= known is { IsReserved: true } && charge.Charge.Amount > 0 ? SettleRemarks.AboveHold : SettleRemarks.None;
            remarks |= Above(books, charge, window.Start, now);
        }

        return remarks;
    }

    /// <summary>Whether the window that was charged is above its limit.</summary>
    private static SettleRemarks Above(Books books, NamedCharge charge, long charged, long now)
    {
        if (charge.Charge.Limit is null)
        {
            return SettleRemarks.None;
        }

        AccountPeriod window = charge.Charge.Period;
        if (window.Buckets > 0)
        {
            window.TryFind(now, out window);
        }
        else if (window.Start != charged)
        {
            if (books.Windows.Find(charge.Account, charged) is not { } found)
            {
                return SettleRemarks.None; // forgotten
            }

            window = found;
        }

        AccountState state = books.Windows.State(charge, in window);
        return state.Settled > state.Limit ? SettleRemarks.AboveLimit : SettleRemarks.None;
    }

    /// <summary>Whether what was settled is this, whatever the order; an account that is not named spent nothing.</summary>
    private bool IsSettled(List<HoldRow> holds)
    {
        foreach (NamedCharge charge in _charges)
        {
            if ((Find(holds, charge.Account)?.Spent ?? 0) != charge.Charge.Amount)
            {
                return false;
            }
        }

        return holds.TrueForAll(hold => hold.Spent == 0 || NamedCharge.Find(_charges, hold.Account) is not null);
    }

    private static HoldRow? Find(List<HoldRow> holds, byte[] account) => holds.Find(hold => hold.Account.AsSpan().SequenceEqual(account));
}
