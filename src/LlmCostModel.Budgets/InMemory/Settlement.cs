using LlmCostModel.Budgets.Stores;

namespace LlmCostModel.Budgets.InMemory;

/// <summary>How a reservation becomes what was spent.</summary>
internal static class Settlement
{
    /// <summary>Whether an account that holds nothing for the call, and so is charged in the window that is running, has none.</summary>
    internal static bool IsStale(Reservation? known, ReadOnlySpan<AccountCharge> charges, long now)
    {
        foreach (ref readonly AccountCharge charge in charges)
        {
            if (!charge.Period.TryFind(now, out _) && (known is null || known.Find(charge.Account, known.Reserved) < 0))
            {
                return true;
            }
        }

        return false;
    }

    internal static bool IsReservedAs(Reservation known, ReadOnlySpan<AccountCharge> charges)
    {
        if (known.Reserved != charges.Length)
        {
            return false;
        }

        foreach (ref readonly AccountCharge charge in charges)
        {
            int place = known.Find(charge.Account, known.Reserved);
            if (place < 0 || known[place].Amount != charge.Amount)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether what was settled is this, whatever the order; an account that is not named spent nothing.</summary>
    internal static bool IsSame(Reservation known, ReadOnlySpan<AccountCharge> charges)
    {
        foreach (ref readonly AccountCharge charge in charges)
        {
            int place = known.Find(charge.Account, known.Count);
            if ((place < 0 ? 0 : known[place].Spent) != charge.Amount)
            {
                return false;
            }
        }

        for (int i = 0; i < known.Count; i++)
        {
            if (known[i].Spent != 0 && Place(charges, known[i].Account.Name) < 0)
            {
                return false;
            }
        }

        return true;
    }

    internal static SettleRemarks Apply(Reservation known, ReadOnlySpan<AccountCharge> charges, AccountBook accounts, long now)
    {
        SettleRemarks remarks = known.IsReserved ? SettleRemarks.None : SettleRemarks.Unreserved;
        if (known.State is HoldState.Released or HoldState.Abandoned)
        {
            remarks |= SettleRemarks.Late;
        }

        for (int i = 0; i < known.Reserved; i++)
        {
            Hold hold = known[i];
            int place = Place(charges, hold.Account.Name);
            if (place < 0)
            {
                End(hold, 0);
                continue;
            }

            remarks |= charges[place].Amount > hold.Amount ? SettleRemarks.AboveHold : SettleRemarks.None;
            End(hold, charges[place].Amount);
            remarks |= Above(hold.Window, in charges[place], now);
        }

        return remarks | ApplyUnheld(known, charges, accounts, now);
    }

    /// <summary>Ends every hold alike, also those that were given back before: which were depends on who used the accounts meanwhile.
    /// Until somebody says what was spent, that is the floor.</summary>
    internal static void Release(Reservation known, bool chargesFloor)
    {
        for (int i = 0; i < known.Reserved; i++)
        {
            End(known[i], chargesFloor ? known[i].Spent : 0);
        }
    }

    private static SettleRemarks ApplyUnheld(
        Reservation known, ReadOnlySpan<AccountCharge> charges, AccountBook accounts, long now)
    {
        SettleRemarks remarks = SettleRemarks.None;
        foreach (ref readonly AccountCharge charge in charges)
        {
            if (known.Find(charge.Account, known.Reserved) >= 0)
            {
                continue;
            }

            WindowCounter window = accounts.Window(accounts.Open(charge.Account), in charge, now);
            known.Add(window, 0, charge.Amount);
            window.Settled += charge.Amount;
            remarks |= known.IsReserved && charge.Amount > 0 ? SettleRemarks.AboveHold : SettleRemarks.None;
            remarks |= Above(window, in charge, now);
        }

        return remarks;
    }

    private static void End(Hold hold, long spent)
    {
        if (hold.IsLive)
        {
            hold.Account.Remove(hold, spent);
            return;
        }

        hold.Window.Settled += spent - hold.Spent;
        hold.Spent = spent;
    }

    /// <summary>Whether the window that was charged is above its limit.</summary>
    private static SettleRemarks Above(WindowCounter charged, in AccountCharge charge, long now)
    {
        if (charge.Limit is null)
        {
            return SettleRemarks.None;
        }

        AccountPeriod window = charge.Period;
        if (window.Buckets > 0)
        {
            window.TryFind(now, out window);
        }
        else if (window.Start != charged.Start)
        {
            window = charged.Period;
        }

        AccountState state = charged.Account.State(in charge, in window);
        return state.Limit is { } limit && state.Settled > limit ? SettleRemarks.AboveLimit : SettleRemarks.None;
    }

    private static int Place(ReadOnlySpan<AccountCharge> charges, string account)
    {
        for (int i = 0; i < charges.Length; i++)
        {
            if (charges[i].Account == account)
            {
                return i;
            }
        }

        return -1;
    }
}
