using System.Collections.Immutable;
using System.Globalization;
using LlmCostModel.Budgets.Stores;
using Microsoft.Extensions.Options;

namespace LlmCostModel.Budgets;

/// <summary>Turns options into budgets, or into every fault that they have.</summary>
internal static class BudgetReader
{
    private const int LongestName = 100;

    /// <exception cref="OptionsValidationException">The options are not valid.</exception>
    internal static ImmutableArray<Budget> Read(BudgetsOptions options, BudgetStoreTraits store)
    {
        ImmutableArray<Budget> budgets = Read(options, store, out IReadOnlyList<InputFault> faults);
        return faults.Count == 0
            ? budgets
            : throw new OptionsValidationException(Options.DefaultName, typeof(BudgetsOptions), faults.Select(fault => fault.ToString()));
    }

    internal static ImmutableArray<Budget> Read(BudgetsOptions options, BudgetStoreTraits store, out IReadOnlyList<InputFault> faults)
    {
        FaultList found = new();
        foreach (InputFault fault in options.ReadingFaults)
        {
            found.Add(fault);
        }

        if (options.TimeToLive < TimeSpan.FromSeconds(1) || options.TimeToLive > TimeSpan.FromDays(7))
        {
            found.Add(
                $"{options.Path}:{nameof(options.TimeToLive)}",
                Text(options.TimeToLive),
                "is not 1 second to 7 days.",
                "Write a time longer than the longest call, such as 10m.");
        }

        if (options.TimeToLive > store.Retention / 2)
        {
            found.AddUnlessInside(
                $"{options.Path}:{nameof(options.TimeToLive)}",
                Text(options.TimeToLive),
                $"is more than half of the time for which the store knows an id ({Text(store.Retention)}): a call could be counted twice.",
                "Shorten it, or let the store remember ids for longer.");
        }

        CheckWord(options.WhenStoreIsAway, $"{options.Path}:{nameof(options.WhenStoreIsAway)}", found);
        OutageReader.Check(options, found);
        TagHashReader.Check(options, found);
        TagHash? hash = TagHashReader.Of(options);
        ImmutableArray<Budget> budgets =
        [
            .. options.Budgets.Select(pair => Read(
                pair.Key, pair.Value ?? Missing(pair.Key, options, found), $"{options.Path}:Budgets:{pair.Key}", store.MaxAmount, options,
                hash, found)),
        ];
        faults = found.All;
        return budgets;
    }

    private static Budget Read(
        string name, BudgetOptions options, string path, long maxAmount, BudgetsOptions all, TagHash? hash, FaultList faults)
    {
        // A slash would let a budget have the account of another one's user.
        if (name.Length is 0 or > LongestName || name.Any(letter => char.IsControl(letter) || letter == '/') || !WholeText.Is(name))
        {
            faults.Add(path, null, "is not a name of 1 to 100 characters without a slash.", "Choose a name such as user-day.");
        }

        BudgetUnit unit = options.Unit;
        CheckWord(unit, $"{path}:{nameof(options.Unit)}", faults);
        CheckWord(options.Mode, $"{path}:{nameof(options.Mode)}", faults);
        CheckCurrency(options, path, faults);
        if (options.Window is null)
        {
            faults.AddUnlessInside(
                $"{path}:{nameof(options.Window)}", null, "is missing.", "Write total, day, week, month, every 6h or rolling 24h.");
        }

        foreach (IGrouping<string, string> tag in options.Per.GroupBy(tag => tag))
        {
            if (string.IsNullOrWhiteSpace(tag.Key) || tag.Count() > 1)
            {
                faults.Add(
                    $"{path}:{nameof(options.Per)}",
                    tag.Key,
                    tag.Count() > 1 ? "is given twice." : "is empty.",
                    "Write the names of tags, each once, such as user.");
            }
        }

        if (options.Optional && options.Per.Count == 0 && !faults.HasAt($"{path}:{nameof(options.Per)}"))
        {
            faults.Add(
                $"{path}:{nameof(options.Optional)}",
                null,
                "is for budgets per tags alone: no call passes by this one.",
                "Name the tags in Per, or leave it out.");
        }

        long? limit = Units(options.Limit, unit, $"{path}:{nameof(options.Limit)}", maxAmount, faults);
        return new Budget
        {
            Name = name,
            Unit = unit,
            Currency = unit == BudgetUnit.Money ? options.Currency?.Trim().ToUpperInvariant() ?? "" : "",
            Limit = limit,
            LocalLimit = OutageReader.LocalLimit(
                all,
                options,
                limit,
                Units(options.MaxWhileOpen, unit, $"{path}:{nameof(options.MaxWhileOpen)}", maxAmount, faults),
                path,
                faults),
            Alerts = Alerts(options, limit, path, faults),
            Window = options.Window ?? BudgetWindow.Total,
            Mode = options.Mode,
            Per = [.. options.Per],
            Hash = hash,
            IsOptional = options.Optional,
            MaxAmount = maxAmount,
            MaxRollover = Rollover(options, limit, path, maxAmount, faults),
            RollsFrom = options.RolloverFrom ?? DateTimeOffset.MaxValue,
        };
    }

    private static BudgetOptions Missing(string name, BudgetsOptions options, FaultList faults)
    {
        faults.Add($"{options.Path}:Budgets:{name}", null, "is null.", "Give the budget its settings, or leave it out.");
        return new() { Currency = "XXX", Window = BudgetWindow.Total };
    }

    private static AlertRules Alerts(BudgetOptions options, long? limit, string path, FaultList faults)
    {
        decimal[] shares = [.. options.AlertAt ?? [0.5m, 0.8m, 1m]];
        foreach (decimal share in shares.Where(share => share is <= 0 or > 10))
        {
            faults.Add(
                $"{path}:{nameof(options.AlertAt)}",
                share.ToString(CultureInfo.InvariantCulture),
                "is not a share of the limit.",
                "Write more than 0 and at most 10; 0.8 for four fifths.");
        }

        if (options.SpikeFactor <= 1)
        {
            faults.Add(
                $"{path}:{nameof(options.SpikeFactor)}",
                options.SpikeFactor?.ToString(CultureInfo.InvariantCulture),
                "is not more than 1.",
                "Write how many times as much as before is a spike, such as 3.");
        }

        bool ends = options.Window is { CanRollOver: true };
        return limit is null
            ? AlertRules.None
            : new([.. shares.Distinct().Order()], options.AlertOnProjectedOverrun && ends, ends ? options.SpikeFactor : null);
    }

    private static void CheckCurrency(BudgetOptions options, string path, FaultList faults)
    {
        string place = $"{path}:{nameof(options.Currency)}";
        string? currency = options.Currency?.Trim();
        if (faults.HasAt($"{path}:{nameof(options.Unit)}"))
        {
            return; // nobody knows whether it needs one
        }

        if (options.Unit != BudgetUnit.Money)
        {
            if (currency is not null)
            {
                faults.Add(place, currency, $"is a currency, and the budget counts {options.Unit}.", "Leave it out, or count Money.");
            }
        }
        else if (currency is null)
        {
            faults.AddUnlessInside(place, null, "is missing.", "Write the code of the currency that prices are in, such as USD.");
        }
        else if (currency.Length != 3 || !currency.All(char.IsAsciiLetter))
        {
            faults.Add(place, currency, "is not an ISO 4217 currency code.", "Write a code such as USD, EUR or CNY.");
        }
    }

    /// <summary>Configuration has words; code can have any number.</summary>
    private static void CheckWord<T>(T value, string path, FaultList faults)
        where T : struct, Enum
    {
        if (!Enum.IsDefined(value))
        {
            faults.Add(path, value.ToString(), "is not a known word.", $"Write one of: {string.Join(", ", Enum.GetNames<T>())}.");
        }
    }

    private static long Rollover(BudgetOptions options, long? limit, string path, long maxAmount, FaultList faults)
    {
        string place = $"{path}:{nameof(options.MaxRollover)}", from = $"{path}:{nameof(options.RolloverFrom)}";
        if (options.MaxRollover is null)
        {
            if (options.RolloverFrom is not null && !faults.HasAt(place))
            {
                faults.Add(
                    from, null, "is for MaxRollover alone: nothing is handed over without it.", "Leave it out, or give MaxRollover.");
            }

            return 0;
        }

        if (options.RolloverFrom is null)
        {
            faults.AddUnlessInside(
                from, null, "is missing: windows before the budget existed were not spent either.",
                "Write the day on which the first window begins that hands over what it leaves.");
        }

        // Where the limit or the window cannot be read, it is not that they are missing.
        if ((options.Limit is null && !faults.HasAt($"{path}:{nameof(options.Limit)}")) || options.Window is { CanRollOver: false })
        {
            faults.Add(place, null, "needs a limit and a window that ends.", "Leave it out, or choose day, week, month or every ...");
            return 0;
        }

        if (options.MaxRollover > options.Limit && limit is not null)
        {
            faults.Add(
                place,
                Number(options.MaxRollover.Value),
                "is more than the limit, and a window hands over what it leaves of its limit.",
                $"Write at most {Number(options.Limit.Value)}.");
            return 0;
        }

        return Units(options.MaxRollover, options.Unit, place, maxAmount - (limit ?? 0), faults) ?? 0;
    }

    private static long? Units(decimal? amount, BudgetUnit unit, string path, long maxAmount, FaultList faults)
    {
        if (amount is not { } given)
        {
            return null;
        }

        string text = Number(given);
        if (given < 0)
        {
            faults.Add(path, text, "is negative.", "Write 0 or more; 0 denies everything that is not free, and nothing means no limit.");
            return null;
        }

        if (faults.HasAt($"{path[..path.LastIndexOf(':')]}:{nameof(BudgetOptions.Unit)}"))
        {
            return null; // nobody knows what it counts
        }

        try
        {
            long units = Budget.ToUnits(given, unit);
            if (Budget.FromUnits(units, unit) != given)
            {
                faults.Add(path, text, $"is finer than {Finest(unit)}, which is what is counted.", "Round it.");
            }
            else if (units <= maxAmount)
            {
                return units;
            }
        }
        catch (OverflowException)
        {
            // Said below.
        }

        string most = Budget.FromUnits(maxAmount, unit).ToString("0.#########", CultureInfo.InvariantCulture);
        faults.AddUnlessInside(path, text, "is more than the store of budgets can count exactly.", $"Write at most {most}.");
        return null;
    }

    private static string Finest(BudgetUnit unit) => unit switch
    {
        BudgetUnit.Money => "a billionth of the currency",
        BudgetUnit.Seconds => "a thousandth of a second",
        _ => "a whole number",
    };

    private static string Number(decimal amount) => amount.ToString("0.############################", CultureInfo.InvariantCulture);

    private static string Text(TimeSpan time) => time.ToString("c", CultureInfo.InvariantCulture);
}
