using LlmCostModel.Budgets.Stores;

namespace LlmCostModel.Budgets.InMemory;

/// <summary>What is known of one id. It is its own first hold, because most calls have one budget: then there is one object for a call, and
/// a store keeps very many.</summary>
internal sealed class Reservation : Hold
{
    private OtherHold?[] _others = [];

    internal string Id = "";

    /// <summary>In how many accounts it holds or spent something. Those that were reserved come first.</summary>
    internal int Count;

    /// <summary>How many of the accounts were reserved; -1 when nobody reserved the id.</summary>
    internal int Reserved = -1;

    internal HoldState State;
    internal SettleRemarks Remarks;

    /// <summary>Since when nobody needs it, and the next one of which that is true.</summary>
    internal long EndedAt;
    internal Reservation? NextEnded;

    internal override Reservation Owner => this;

    internal bool IsReserved => Reserved >= 0;

    internal bool HasLiveHold
    {
        get
        {
            for (int i = 0; i < Reserved; i++)
            {
                if (this[i].IsLive)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Gets the hold of an account, by its place.</summary>
    internal Hold this[int place] => place == 0 ? this : _others[place - 1]!;

    internal Hold Add(WindowCounter window, long amount, long spent)
    {
        Hold hold = Count == 0 ? this : Other(Count - 1);
        (hold.Window, hold.Amount, hold.Spent) = (window, amount, spent);
        Count++;
        return hold;
    }

    /// <summary>The place of an account among the first ones; -1 for none.</summary>
    internal int Find(string account, int among)
    {
        for (int i = 0; i < among; i++)
        {
            if (this[i].Account.Name == account)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Tells the windows in which it spent something that it is forgotten.</summary>
    internal void LeaveWindows()
    {
        for (int i = 0; i < Count; i++)
        {
            this[i].Window.HasForgotten |= this[i].Spent != 0;
        }
    }

    /// <summary>Makes it as good as new. Objects of further accounts stay for the next call.</summary>
    internal void Clear()
    {
        for (int i = 0; i < Count; i++)
        {
            this[i].Window = null!;
        }

        (Id, Count, Reserved, State, Remarks, EndedAt) = ("", 0, -1, default, default, 0);
    }

    private OtherHold Other(int place)
    {
        if (place == _others.Length)
        {
            Array.Resize(ref _others, place == 0 ? 2 : 2 * place);
        }

        return _others[place] ??= new OtherHold(this);
    }

    private sealed class OtherHold(Reservation owner) : Hold
    {
        internal override Reservation Owner => owner;
    }
}
