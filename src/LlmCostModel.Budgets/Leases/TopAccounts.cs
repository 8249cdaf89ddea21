using System.Collections.Immutable;
using LlmCostModel.Budgets.Stores;

namespace LlmCostModel.Budgets;

/// <summary>Finds whose budget is used most.</summary>
internal sealed class TopAccounts
{
    /// <summary>A window can end between asking and answering.</summary>
    private const int Tries = 3;

    private readonly BudgetStore _store;
    private readonly Budget _budget;
    private long _now;

    private TopAccounts(BudgetStore store, Budget budget, long now) => (_store, _budget, _now) = (store, budget, now);

    /// <exception cref="ArgumentException">There is no budget of the name.</exception>
    internal static TopAccounts Of(BudgetStore store, ImmutableArray<Budget> budgets, string budget, long now) => new(
        store,
        budgets.FirstOrDefault(one => one.Name.Equals(budget, StringComparison.OrdinalIgnoreCase)) ?? throw new ArgumentException(
            budgets.IsEmpty ? "There are no budgets."
                : $"There is no budget '{budget}'. There are {string.Join(", ", budgets.Select(one => one.Name))}.",
            nameof(budget)),
        now);

    /// <returns>The accounts, the one that spent most first; <see langword="null"/> when the clocks do not agree.</returns>
    internal async ValueTask<ImmutableArray<BudgetAccount>?> FindAsync(int count, CancellationToken cancellationToken)
    {
        if (await NamesAsync(count, cancellationToken).ConfigureAwait(false) is not { } names)
        {
            return null;
        }

        ClaimedBudget[] claimed = [.. names.Select(name => ClaimedBudget.Of(_budget, name, 0, 0))];
        AccountState[] states = new AccountState[claimed.Length];
        for (int i = 0; i < Tries; i++)
        {
            ReadCommand command = new() { Accounts = claimed.Select(one => one.Charge(_now)).ToArray(), States = states };
            ReadReply reply = await _store.ReadAsync(command, cancellationToken).ConfigureAwait(false);
            if (!reply.IsStale)
            {
                // Reading gives back what is due, which may charge floors.
                return
                [
                    .. claimed
                        .Select((one, place) => new BudgetAccount
                        {
                            Tags = _budget.TagsOf(one.Account)!,
                            Status = one.Status(states[place]),
                        })
                        .OrderByDescending(account => account.Status.Spent),
                ];
            }

            _now = reply.Stamp.Now;
        }

        return null;
    }

    /// <summary>The names of the accounts. Some may be of tags that the budget had once: then more are asked for.</summary>
    private async ValueTask<List<string>?> NamesAsync(int count, CancellationToken cancellationToken)
    {
        if (_budget.Per.Count == 0)
        {
            return [_budget.AccountPrefix];
        }

        int asked = count;
        for (int i = 0; i < Tries;)
        {
            TopCommand command = new() { Prefix = _budget.AccountPrefix, Period = _budget.Window.PeriodAt(_now), Count = asked };
            TopReply reply = await _store.FindTopAsync(command, cancellationToken).ConfigureAwait(false);
            if (reply.IsStale)
            {
                (_now, i) = (reply.Stamp.Now, i + 1);
                continue;
            }

            List<string> own = [.. reply.Accounts.Where(account => _budget.TagsOf(account) is not null).Take(count)];
            if (own.Count == count || reply.Accounts.Length < asked || asked == TopCommand.MaxCount)
            {
                return own;
            }

            asked = Math.Min(TopCommand.MaxCount, asked * 4);
        }

        return null;
    }
}
