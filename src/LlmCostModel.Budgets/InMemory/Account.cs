using LlmCostModel.Budgets.Stores;

namespace LlmCostModel.Budgets.InMemory;

/// <summary>One account: its windows, and its live holds in the order of their deadlines.</summary>
internal sealed class Account(string name)
{
    internal readonly string Name = name;

    /// <summary>In the order of their starts; the last one is nearly always the one that is asked for.</summary>
    private readonly List<WindowCounter> _windows = [];
    private long _held; // of all windows
    private Hold? _first;
    private Hold? _last;

    /// <summary>Gets an account that has nothing, for those that were not opened yet.</summary>
    internal static Account None { get; } = new("");

    internal bool IsIdle => _windows.Count == 0 && _first is null;

    internal WindowCounter? Find(long start)
    {
        for (int i = _windows.Count - 1; i >= 0 && _windows[i].Start >= start; i--)
        {
            if (_windows[i].Start == start)
            {
                return _windows[i];
            }
        }

        return null;
    }

    internal WindowCounter Open(in AccountPeriod window)
    {
        if (Find(window.Start) is { } found)
        {
            return found;
        }

        WindowCounter opened = new(this, in window);
        int place = _windows.Count;
        while (place > 0 && _windows[place - 1].Start > window.Start)
        {
            place--;
        }

        _windows.Insert(place, opened);
        return opened;
    }

    internal AccountState State(in AccountCharge charge, in AccountPeriod window)
    {
        if (window.Buckets == 0)
        {
            WindowCounter? counter = Find(window.Start);
            return AccountState.Create(counter?.Settled ?? 0, counter?.Held ?? 0, Limit(in charge, in window), window.End);
        }

        long length = window.End - window.Start;
        long oldest = window.Start - (length * window.Buckets);
        long settled = 0, end = window.End;
        for (int i = _windows.Count - 1; i >= 0 && _windows[i].Start >= oldest; i--)
        {
            WindowCounter bucket = _windows[i];
            settled += bucket.Settled;
            end = bucket.Settled > 0 ? bucket.Start + (length * (window.Buckets + 1)) : end;
        }

        return AccountState.Create(settled, _held, charge.Limit, end); // a hold older than the window still holds
    }

    internal void Add(Hold hold, long deadline)
    {
        hold.Deadline = deadline;
        hold.Window.Held += hold.Amount;
        _held += hold.Amount;
        Hold? before = _last;
        while (before is not null && IsBefore(hold, before))
        {
            before = before.Earlier;
        }

        hold.Earlier = before;
        hold.Later = before is null ? _first : before.Later;
        if (hold.Later is null)
        {
            _last = hold;
        }
        else
        {
            hold.Later.Earlier = hold;
        }

        if (before is null)
        {
            _first = hold;
        }
        else
        {
            before.Later = hold;
        }
    }

    /// <summary>Takes a live hold out, and counts what was spent instead.</summary>
    internal void Remove(Hold hold, long spent)
    {
        hold.Window.Settled += spent;
        hold.Spent = spent;
        Unlink(hold);
    }

    /// <summary>Changes what a window holds by a number, which no command does: to mend it, or to damage it in a test.</summary>
    internal void Correct(WindowCounter window, long by)
    {
        window.Held += by;
        _held += by;
    }

    /// <summary>The window, of a rolling one all buckets that can hold something, and those that are counted.</summary>
    internal IEnumerable<WindowCounter> WindowsOf(AccountPeriod window) =>
        window.Buckets > 0 ? _windows : _windows.Where(one => one.Start == window.Start);

    /// <summary>The live holds.</summary>
    internal IEnumerable<Hold> Holds()
    {
        for (Hold? hold = _first; hold is not null; hold = hold.Later)
        {
            yield return hold;
        }
    }

    internal void Move(Hold hold, long deadline)
    {
        Unlink(hold);
        Add(hold, deadline);
    }

    internal Hold? FirstDue(long now) => _first is { } first && first.Deadline <= now ? first : null;

    /// <summary>Forgets windows that ended before an instant and hold nothing.</summary>
    internal void Forget(long before)
    {
        for (int i = 0; i < _windows.Count && _windows[i].End <= before;)
        {
            if (_windows[i].Held == 0)
            {
                _windows.RemoveAt(i); // they are in the order of their starts, so it is one of the first
            }
            else
            {
                i++;
            }
        }
    }

    /// <summary>The limit, with what the window before left of its own.</summary>
    private long? Limit(in AccountCharge charge, in AccountPeriod window)
    {
        if (charge.Limit is not { } limit || charge.MaxRollover == 0 || window.PreviousStart == window.Start)
        {
            return charge.Limit;
        }

        WindowCounter? before = Find(window.PreviousStart);
        return limit + Math.Clamp(limit - (before?.Settled ?? 0) - (before?.Held ?? 0), 0, charge.MaxRollover);
    }

    /// <summary>Every engine gives holds back in this order; ids decide between equal deadlines.</summary>
    private static bool IsBefore(Hold hold, Hold other) =>
        hold.Deadline < other.Deadline
        || (hold.Deadline == other.Deadline && string.CompareOrdinal(hold.Owner.Id, other.Owner.Id) < 0);

    private void Unlink(Hold hold)
    {
        hold.Deadline = 0;
        hold.Window.Held -= hold.Amount;
        _held -= hold.Amount;
        if (hold.Earlier is null)
        {
            _first = hold.Later;
        }
        else
        {
            hold.Earlier.Later = hold.Later;
        }

        if (hold.Later is null)
        {
            _last = hold.Earlier;
        }
        else
        {
            hold.Later.Earlier = hold.Earlier;
        }

        hold.Earlier = hold.Later = null;
    }
}
