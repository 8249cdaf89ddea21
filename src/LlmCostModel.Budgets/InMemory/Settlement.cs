using LlmCostModel.Budgets.Stores;

namespace LlmCostModel.Budgets.InMemory;

/// <summary>How a reservation becomes what was spent.</summary>
internal static class Settlement
{
    /// <summary>The accounts of a settlement that hold nothing for it, and are charged in the window that is running.</summary>
    internal static ReadOnlySpan<AccountCharge> Unheld(Reservation? known, ReadOnlySpan<AccountCharge> charges)
    {
        if (known is null || known.Holds.Length == 0)
        {
            return charges;
        }

        List<AccountCharge>? unheld = null;
        foreach (ref readonly AccountCharge charge in charges)
        {
            if (Find(known.Holds, charge.Account) is null)
            {
                (unheld ??= []).Add(charge);
            }
        }

        return unheld is null ? [] : unheld.ToArray();
    }

    internal static bool IsReservedAs(Reservation known, ReadOnlySpan<AccountCharge> charges)
    {
        if (known.Holds.Length != charges.Length)
        {
            return false;
        }

        foreach (ref readonly AccountCharge charge in charges)
        {
            if (Find(known.Holds, charge.Account)?.Amount != charge.Amount)
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
            if (((Find(known.Holds, charge.Account) ?? Find(known.Further, charge.Account))?.Spent ?? 0) != charge.Amount)
            {
                return false;
            }
        }

        return AreNamed(known.Holds, charges) && AreNamed(known.Further, charges);
    }

    internal static SettleRemarks Apply(Reservation known, ReadOnlySpan<AccountCharge> charges, AccountBook accounts, long now)
    {
        SettleRemarks remarks = known.IsReserved ? SettleRemarks.None : SettleRemarks.Unreserved;
        if (known.State is HoldState.Released or HoldState.Abandoned)
        {
            remarks |= SettleRemarks.Late;
        }

        foreach (Hold hold in known.Holds)
        {
            long spent = 0;
            int place = Place(charges, hold.Account.Name);
            if (place >= 0)
            {
                spent = charges[place].Amount;
                remarks |= spent > hold.Amount ? SettleRemarks.AboveHold : SettleRemarks.None;
            }

            End(hold, spent);
            remarks |= place >= 0 ? Above(hold.Account, hold.Window, in charges[place], now) : SettleRemarks.None;
        }

        return remarks | ApplyUnheld(known, charges, accounts, now);
    }

    private static SettleRemarks ApplyUnheld(
        Reservation known, ReadOnlySpan<AccountCharge> charges, AccountBook accounts, long now)
    {
        SettleRemarks remarks = SettleRemarks.None;
        ReadOnlySpan<AccountCharge> unheld = Unheld(known, charges);
        if (unheld.Length == 0)
        {
            return remarks;
        }

        known.Further = new Hold[unheld.Length];
        for (int i = 0; i < unheld.Length; i++)
        {
            Account account = accounts.Open(unheld[i].Account);
            WindowCounter window = accounts.Window(account, in unheld[i], now);
            known.Further[i] = new Hold(account, window, 0, 0) { Spent = unheld[i].Amount };
            window.Settled += unheld[i].Amount;
            remarks |= known.IsReserved && unheld[i].Amount > 0 ? SettleRemarks.AboveHold : SettleRemarks.None;
            remarks |= Above(account, window, in unheld[i], now);
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
    private static SettleRemarks Above(Account account, WindowCounter charged, in AccountCharge charge, long now)
    {
        AccountPeriod window = charge.Period;
        if (window.Buckets > 0)
        {
            window.TryFind(now, out window);
        }
        else if (window.Start != charged.Start)
        {
            window = charged.Period;
        }

        AccountState state = account.State(in charge, in window);
        return state.Limit is { } limit && state.Settled > limit ? SettleRemarks.AboveLimit : SettleRemarks.None;
    }

    /// <summary>Whether all that spent something are named.</summary>
    private static bool AreNamed(Hold[] holds, ReadOnlySpan<AccountCharge> charges)
    {
        foreach (Hold hold in holds)
        {
            if (hold.Spent != 0 && Place(charges, hold.Account.Name) < 0)
            {
                return false;
            }
        }

        return true;
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

    private static Hold? Find(Hold[] holds, string account)
    {
        foreach (Hold hold in holds)
        {
            if (hold.Account.Name == account)
            {
                return hold;
            }
        }

        return null;
    }
}
