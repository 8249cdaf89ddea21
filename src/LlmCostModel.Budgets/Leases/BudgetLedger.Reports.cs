using System.Collections.Immutable;
using LlmCostModel.Budgets.Stores;

namespace LlmCostModel.Budgets;

/// <content>What the budgets have, and whether it is right.</content>
public sealed partial class BudgetLedger
{
    /// <summary>Reads what the budgets of some tags have.</summary>
    /// <param name="tags">Whose; budgets kept per a tag that is not among them are left out.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The budgets, in the order of configuration.</returns>
    /// <exception cref="BudgetStoreException">The store does not answer.</exception>
    public async ValueTask<ImmutableArray<BudgetStatus>> GetStatusAsync(
        IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tags);
        ObjectDisposedException.ThrowIf(_hasEnded, this);
        ImmutableArray<ClaimedBudget> known = Known(tags);
        AccountState[] states = new AccountState[known.Length];
        await _desk.ReadAsync(known, states, cancellationToken).ConfigureAwait(false);
        return BudgetDesk.Statuses(known, states);
    }

    /// <summary>Finds whose budget is used most in the window that is running.</summary>
    /// <param name="budget">The name of the budget.</param>
    /// <param name="count">How many to find at most, 1 to 1,000.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Those that spent something, the one that spent most first; of a budget of all calls, that one.</returns>
    /// <exception cref="ArgumentException">There is no such budget.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The count is out of its range.</exception>
    /// <exception cref="NotSupportedException">The store does not list its accounts, see <see
    /// cref="BudgetStoreTraits.ListsAccounts"/>.</exception>
    /// <exception cref="BudgetStoreException">The store does not answer.</exception>
    public async ValueTask<ImmutableArray<BudgetAccount>> GetTopAsync(
        string budget, int count = 10, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(budget);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, 1_000);
        ObjectDisposedException.ThrowIf(_hasEnded, this);
        TopAccounts top = TopAccounts.Of(_store, _budgets, budget, _clock.GetUtcNow().ToUnixTimeMilliseconds());
        return await top.FindAsync(count, cancellationToken).ConfigureAwait(false) ?? throw BudgetDesk.ClockRuns();
    }

    /// <summary>Says what the store calls a value of a tag, to find out whose account or entry it is.</summary>
    /// <param name="tag">The name of the tag.</param>
    /// <param name="value">The value.</param>
    /// <returns>With <see cref="BudgetsOptions.HashTags"/> 64 hexadecimal digits: the HMAC-SHA-256 of <c>tag=value</c> in UTF-8 by the
    /// secret; else the value.</returns>
    public string HashOf(string tag, string value)
    {
        ArgumentNullException.ThrowIfNull(tag);
        ArgumentNullException.ThrowIfNull(value);
        return _hash?.Hash(tag, value) ?? value;
    }

    /// <summary>Counts anew what the budgets of some tags hold and have spent, from the single leases and calls that the store knows, and
    /// says whether that is what they count. It is for administration: it takes longer the more the store knows, and a store in memory or
    /// in Redis does nothing else meanwhile.</summary>
    /// <param name="tags">Whose; budgets kept per a tag that is not among them are left out.</param>
    /// <param name="repair">Whether what is held is corrected where it is wrong: to what the leases hold that have not ended. What was
    /// spent is never changed; <see cref="CorrectAsync"/> does that.</param>
    /// <param name="cancellationToken">Stops waiting; a repair may have taken effect.</param>
    /// <returns>Both counts of each budget, in the order of configuration, each budget at an instant of its own. What is wrong is
    /// logged.</returns>
    /// <exception cref="NotSupportedException">The store does not count anew.</exception>
    /// <exception cref="BudgetStoreException">The store does not answer.</exception>
    public async ValueTask<ImmutableArray<BudgetRecount>> VerifyAsync(
        IReadOnlyDictionary<string, string> tags, bool repair = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tags);
        ObjectDisposedException.ThrowIf(_hasEnded, this);
        ImmutableArray<BudgetRecount>.Builder recounts = ImmutableArray.CreateBuilder<BudgetRecount>();
        foreach (ClaimedBudget claimed in Known(tags))
        {
            BudgetRecount recount = claimed.Recount(await _desk.VerifyAsync(claimed, repair, cancellationToken).ConfigureAwait(false));
            RecountLog.Tell(_log, recount);
            recounts.Add(recount);
        }

        return recounts.ToImmutable();
    }

    private ImmutableArray<ClaimedBudget> Known(IReadOnlyDictionary<string, string> tags) =>
    [
        .. from budget in _budgets
           let account = budget.AccountOf(tags, out _)
           where account is not null
           select ClaimedBudget.Of(budget, account, 0, 0),
    ];
}
