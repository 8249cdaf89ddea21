using System.Collections.Immutable;
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

    /// <summary>The names of the accounts that spent most in a window, of those that spent something. It looks at every account.</summary>
    internal ImmutableArray<string> FindTop(string prefix, in AccountPeriod window, int count)
    {
        // The last one of those kept is the first to go.
        Comparer<(long Spent, string Name)> order = Comparer<(long Spent, string Name)>.Create((left, right) =>
            left.Spent != right.Spent ? left.Spent.CompareTo(right.Spent) : string.CompareOrdinal(right.Name, left.Name));
        PriorityQueue<string, (long Spent, string Name)> top = new(order);
        AccountCharge any = new() { Account = prefix, Period = window, Amount = 0 };
        foreach ((string name, Account account) in _accounts)
        {
            long spent = name.StartsWith(prefix, StringComparison.Ordinal) ? account.State(in any, in window).Settled : 0;
            if (spent > 0)
            {
                top.Enqueue(name, (spent, name));
                if (top.Count > count)
                {
                    top.Dequeue();
                }
            }
        }

        string[] names = new string[top.Count];
        for (int i = names.Length - 1; i >= 0; i--)
        {
            names[i] = top.Dequeue();
        }

        return [.. names];
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
