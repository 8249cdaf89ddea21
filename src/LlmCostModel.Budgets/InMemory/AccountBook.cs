using LlmCostModel.Budgets.Stores;

namespace LlmCostModel.Budgets.InMemory;

/// <summary>The accounts by name, in a bounded number.</summary>
internal sealed class AccountBook(long windowRetention, int maxAccounts)
{
    private readonly Dictionary<string, Account> _accounts = [];

    internal int Count => _accounts.Count;

    /// <summary>Finds the first charge whose windows do not have the instant; -1 for none.</summary>
    internal static int FindStale(ReadOnlySpan<AccountCharge> charges, long now)
    {
        for (int i = 0; i < charges.Length; i++)
        {
            if (!charges[i].Period.TryFind(now, out _))
            {
                return i;
            }
        }

        return -1;
    }

    internal Account? Find(string name) => _accounts.GetValueOrDefault(name);

    internal Account Open(string name)
    {
        if (!_accounts.TryGetValue(name, out Account? account))
        {
            _accounts.Add(name, account = new Account(name));
        }

        return account;
    }

    /// <summary>The window of a charge that is running, which begins with its first use. Old ones are forgotten then.</summary>
    internal WindowCounter Window(Account account, in AccountCharge charge, long now)
    {
        charge.Period.TryFind(now, out AccountPeriod window);
        account.Forget(now - windowRetention);
        return account.Open(in window);
    }

    internal bool HasRoom(ReadOnlySpan<AccountCharge> charges)
    {
        if (_accounts.Count + charges.Length <= maxAccounts)
        {
            return true;
        }

        int opened = 0;
        foreach (ref readonly AccountCharge charge in charges)
        {
            opened += _accounts.ContainsKey(charge.Account) ? 0 : 1;
        }

        return opened == 0 || _accounts.Count + opened <= maxAccounts;
    }

    internal void Sweep(long now, Action<Account> giveBack)
    {
        foreach (Account account in _accounts.Values)
        {
            giveBack(account);
            account.Forget(now - windowRetention);
            if (account.IsIdle)
            {
                _accounts.Remove(account.Name);
            }
        }
    }
}
