using System.Globalization;
using LlmCostModel.Budgets.Outages;

namespace LlmCostModel.Budgets;

/// <summary>Reads what happens while the store of budgets is away.</summary>
internal static class OutageReader
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    internal static OutageRules Rules(BudgetsOptions options) =>
        new(options.WhenStoreIsAway, options.MaxOpenTime ?? TimeSpan.Zero, options.ReplayHorizon, options.MaxPending, options.FlushTime);

    internal static void Check(BudgetsOptions options, FaultList faults)
    {
        bool isOpen = options.WhenStoreIsAway == StoreOutage.Open, isShared = options.WhenStoreIsAway == StoreOutage.LocalShare;
        CheckTime(options, nameof(options.ReplayHorizon), options.ReplayHorizon, Second, TimeSpan.FromHours(1), faults);
        CheckTime(options, nameof(options.FlushTime), options.FlushTime, TimeSpan.Zero, TimeSpan.FromMinutes(10), faults);
        if (options.MaxOpenTime is { } time)
        {
            CheckTime(options, nameof(options.MaxOpenTime), time, Second, TimeSpan.FromDays(7), faults);
        }

        // Without the word nobody knows which of these it needs.
        bool isKnown = !faults.HasAt($"{options.Path}:{nameof(options.WhenStoreIsAway)}");
        if (isKnown && isOpen != options.MaxOpenTime is not null)
        {
            faults.AddUnlessInside(
                $"{options.Path}:{nameof(options.MaxOpenTime)}",
                null,
                isOpen ? "is missing: how long calls are admitted while the store is away." : "is for WhenStoreIsAway = Open alone.",
                isOpen ? "Write a time such as 5m." : "Leave it out, or let the store be away Open.");
        }

        if (isKnown && isShared != options.LocalShare is not null)
        {
            faults.AddUnlessInside(
                $"{options.Path}:{nameof(options.LocalShare)}",
                null,
                isShared ? "is missing: the part of each limit that a process admits by itself." : "is for WhenStoreIsAway = LocalShare.",
                isShared ? "Write a part such as 0.1." : "Leave it out, or let the store be away with LocalShare.");
        }

        if (options.LocalShare is { } share and (<= 0 or > 1))
        {
            faults.Add(
                $"{options.Path}:{nameof(options.LocalShare)}",
                share.ToString(CultureInfo.InvariantCulture),
                "is not a part.",
                "Write more than 0 and at most 1, such as 0.1.");
        }

        if (options.MaxPending < 1)
        {
            faults.Add(
                $"{options.Path}:{nameof(options.MaxPending)}",
                options.MaxPending.ToString(CultureInfo.InvariantCulture),
                "is less than 1.",
                "Write how many calls may wait for the store, such as 100000.");
        }
    }

    /// <summary>What a process admits of a window while the store is away, in units of a store.</summary>
    internal static long? LocalLimit(
        BudgetsOptions all, BudgetOptions budget, long? limit, long? maxWhileOpen, string path, FaultList faults)
    {
        bool isOpen = all.WhenStoreIsAway == StoreOutage.Open;
        string place = $"{path}:{nameof(budget.MaxWhileOpen)}";
        bool isKnown = !faults.HasAt($"{all.Path}:{nameof(all.WhenStoreIsAway)}") && !faults.HasAt($"{path}:{nameof(budget.Mode)}");
        if (isKnown && isOpen && budget is { MaxWhileOpen: null, Limit: not null, Mode: BudgetMode.Enforce })
        {
            faults.AddUnlessInside(
                place, null, "is missing: the most that a process admits while the store is away.", "Write an amount such as 1.");
        }
        else if (isKnown && !isOpen && budget.MaxWhileOpen is not null)
        {
            faults.Add(place, null, "is for WhenStoreIsAway = Open alone.", "Leave it out, or let the store be away Open.");
        }

        return all.WhenStoreIsAway switch
        {
            StoreOutage.Open => maxWhileOpen,
            StoreOutage.LocalShare when limit is { } whole => (long)decimal.Floor(whole * Math.Clamp(all.LocalShare ?? 0, 0, 1)),
            _ => limit,
        };
    }

    private static void CheckTime(BudgetsOptions options, string name, TimeSpan time, TimeSpan least, TimeSpan most, FaultList faults)
    {
        if (time < least || time > most)
        {
            faults.Add(
                $"{options.Path}:{name}",
                time.ToString("c", CultureInfo.InvariantCulture),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"is not {least.TotalSeconds:0} second{(least == Second ? "" : "s")} to {most.TotalSeconds:0} seconds."),
                "Write a time such as 2m.");
        }
    }
}
