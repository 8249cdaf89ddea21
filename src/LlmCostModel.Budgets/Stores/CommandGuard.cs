namespace LlmCostModel.Budgets.Stores;

/// <summary>Refuses commands that no store could carry out, so that every store refuses the same ones.</summary>
internal static class CommandGuard
{
    private const int LongestId = 128;

    /// <summary>The longest a hold can live: a year of 366 days.</summary>
    private const long LongestLife = 366L * 24 * 60 * 60 * 1000;

    internal static void Check(in ReserveCommand command, long maxAmount)
    {
        CheckId(command.Id);
        CheckLife(command.TimeToLive);
        ReadOnlySpan<AccountCharge> charges = command.Charges.Span;
        CheckAccounts(charges, command.States.Length);
        foreach (ref readonly AccountCharge charge in charges)
        {
            CheckAmount(charge.Amount, 0, maxAmount, "holds");
            CheckAmount(charge.Floor, 0, charge.Amount, "has the floor");
            CheckLimit(in charge, maxAmount);
        }
    }

    internal static void Check(in SettleCommand command, long maxAmount)
    {
        CheckId(command.Id);
        ReadOnlySpan<AccountCharge> charges = command.Charges.Span;
        CheckAccounts(charges, command.States.Length);
        foreach (ref readonly AccountCharge charge in charges)
        {
            CheckAmount(charge.Amount, command.IsCorrection ? -maxAmount : 0, maxAmount, "spends");
            CheckLimit(in charge, maxAmount);
        }
    }

    internal static void Check(in ReleaseCommand command, long maxAmount)
    {
        CheckId(command.Id);
    }

    internal static void Check(in ExtendCommand command, long maxAmount)
    {
        CheckId(command.Id);
        CheckLife(command.TimeToLive);
    }

    internal static void Check(in ReadCommand command, long maxAmount)
    {
        ReadOnlySpan<AccountCharge> accounts = command.Accounts.Span;
        if (command.States.Length < accounts.Length)
        {
            throw new ArgumentException(
                $"There is room for the states of {command.States.Length} accounts, and {accounts.Length} are named.");
        }

        CheckAccounts(accounts, 0);
        foreach (ref readonly AccountCharge account in accounts)
        {
            CheckLimit(in account, maxAmount);
        }
    }

    internal static void Check(in TopCommand command)
    {
        if (string.IsNullOrEmpty(command.Prefix))
        {
            throw new ArgumentException("The names of accounts begin with something, and the prefix is empty.");
        }

        if (command.Count is < 1 or > TopCommand.MaxCount)
        {
            throw new ArgumentException($"{command.Count} accounts cannot be asked for. It is 1 to {TopCommand.MaxCount}.");
        }

        if (command.Period.End <= command.Period.Start)
        {
            throw new ArgumentException("The accounts have no window.");
        }
    }

    internal static void Check(in VerifyCommand command)
    {
        CheckAccount(command.Account);
        CheckWindow(command.Account, command.Period);
    }

    private static void CheckId(string id)
    {
        if (string.IsNullOrEmpty(id) || id.Length > LongestId)
        {
            throw new ArgumentException($"The id of a reservation has {id?.Length ?? 0} characters. It has 1 to {LongestId}.");
        }

        CheckText(id);
    }

    private static void CheckText(string text)
    {
        if (!WholeText.Is(text))
        {
            throw new ArgumentException(
                "An id or the name of an account has half of a character (a lone surrogate). It has to be text.");
        }
    }

    private static void CheckLife(long milliseconds)
    {
        if (milliseconds is < 1 or > LongestLife)
        {
            throw new ArgumentException($"A hold cannot live for {milliseconds} milliseconds. It lives for 1 to {LongestLife}, a year.");
        }
    }

    private static void CheckAccounts(ReadOnlySpan<AccountCharge> charges, int states)
    {
        if (states > 0 && states < charges.Length)
        {
            throw new ArgumentException($"There is room for the states of {states} accounts, and {charges.Length} are named.");
        }

        for (int i = 0; i < charges.Length; i++)
        {
            CheckAccount(charges[i].Account);
            for (int before = 0; before < i; before++)
            {
                if (charges[before].Account == charges[i].Account)
                {
                    throw new ArgumentException($"The account '{charges[i].Account}' is named twice.");
                }
            }
        }
    }

    private static void CheckAccount(string account)
    {
        if (string.IsNullOrEmpty(account))
        {
            throw new ArgumentException("An account has no name.");
        }

        CheckText(account);
    }

    private static void CheckWindow(string account, in AccountPeriod period)
    {
        if (period.End <= period.Start)
        {
            throw new ArgumentException($"The account '{account}' has no window.");
        }
    }

    private static void CheckLimit(in AccountCharge charge, long maxAmount)
    {
        CheckWindow(charge.Account, charge.Period);
        CheckAmount(charge.Limit ?? 0, 0, maxAmount, "has the limit");
        CheckAmount(charge.MaxRollover, 0, maxAmount - (charge.Limit ?? 0), "rolls over");
    }

    private static void CheckAmount(long amount, long least, long most, string what)
    {
        if (amount < least || amount > most)
        {
            throw new ArgumentException($"A charge {what} {amount}. It has to be {least} to {most}.");
        }
    }
}
