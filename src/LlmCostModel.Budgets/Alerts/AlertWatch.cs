using System.Collections.Concurrent;
using System.Globalization;
using LlmCostModel.Budgets.Stores;

namespace LlmCostModel.Budgets.Alerts;

/// <summary>Looks at every settlement for what is worth an alert.</summary>
internal sealed class AlertWatch
{
    /// <summary>Of so many accounts a process remembers what it saw; more of them alert on their thresholds alone.</summary>
    private const int MostAccounts = 100_000;

    /// <summary>A pace says nothing before this much of a window is over.</summary>
    private const decimal EarliestShare = 0.1m;

    private readonly ConcurrentDictionary<string, SpendHistory> _histories = new(StringComparer.Ordinal);

    /// <summary>Something that is worth an alert, once in its window however many processes see it.</summary>
    internal readonly record struct Finding(BudgetAlertKind Kind, decimal Share, long? Projected, string Id);

    /// <param name="budget">The budget.</param>
    /// <param name="account">Its account.</param>
    /// <param name="window">The window that was charged.</param>
    /// <param name="state">What it has, with the settlement.</param>
    /// <param name="own">What the settlement changed.</param>
    /// <param name="now">The store's time.</param>
    internal IEnumerable<Finding> Look(Budget budget, string account, AccountPeriod window, AccountState state, long own, long now)
    {
        if (state.Limit is not { } limit || limit == 0 || budget.Alerts == AlertRules.None)
        {
            yield break;
        }

        SpendHistory history = History(account, window.Buckets > 0 ? 0 : window.Start);
        long spent = state.Settled, before;
        decimal? growth;
        bool saysOverrun = false, saysSpike = false;
        lock (history)
        {
            before = Math.Min(spent - own, history.LastSpent); // what floors of abandoned holds added since is new, too
            growth = budget.Alerts.SpikeFactor is null ? null : history.Growth(now, spent);
            history.Add(now, spent);
            if (Overruns(budget, window, limit, spent, now) && !history.SaidOverrun)
            {
                saysOverrun = history.SaidOverrun = true;
            }

            if (growth >= budget.Alerts.SpikeFactor && !history.SaidSpike)
            {
                saysSpike = history.SaidSpike = true;
            }
        }

        foreach (decimal share in budget.Alerts.Thresholds)
        {
            decimal threshold = limit * share;
            if (before < threshold && spent >= threshold)
            {
                yield return new(BudgetAlertKind.Threshold, share, null, Id(share.ToString(CultureInfo.InvariantCulture)));
            }
        }

        if (saysOverrun)
        {
            long projected = (long)Math.Min(Projected(window, spent, now), long.MaxValue / 2);
            yield return new(BudgetAlertKind.ProjectedOverrun, Math.Round((decimal)projected / limit, 2), projected, Id("projected"));
        }

        if (saysSpike)
        {
            yield return new(BudgetAlertKind.Spike, Math.Round(growth!.Value, 2), null, Id("spike"));
        }

        string Id(string what) => string.Create(CultureInfo.InvariantCulture, $"{account}/{window.Start}/{what}");
    }

    private static bool Overruns(Budget budget, AccountPeriod window, long limit, long spent, long now) =>
        budget.Alerts.ProjectsOverrun && window is { Buckets: 0, End: < long.MaxValue } && spent < limit
        && now - window.Start >= EarliestShare * (window.End - window.Start) && now < window.End && Projected(window, spent, now) > limit;

    private static decimal Projected(AccountPeriod window, long spent, long now) =>
        decimal.Floor((decimal)spent * (window.End - window.Start) / (now - window.Start));

    private SpendHistory History(string account, long start)
    {
        if (_histories.TryGetValue(account, out SpendHistory? known) && known.Start == start)
        {
            return known;
        }

        SpendHistory begun = new(start);
        if (known is not null || _histories.Count < MostAccounts)
        {
            _histories[account] = begun;
        }

        return begun;
    }
}
