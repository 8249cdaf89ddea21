using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace LlmCostModel.Budgets;

/// <summary>Fills the options from the application's configuration; what cannot be read becomes a fault with its path.</summary>
internal sealed class BudgetsOptionsReader(IConfigurationSection section) : IConfigureOptions<BudgetsOptions>
{
    private static readonly string[] Names =
    [
        nameof(BudgetsOptions.Budgets), nameof(BudgetsOptions.TimeToLive), nameof(BudgetsOptions.WhenStoreIsAway),
        nameof(BudgetsOptions.MaxOpenTime), nameof(BudgetsOptions.LocalShare), nameof(BudgetsOptions.ReplayHorizon),
        nameof(BudgetsOptions.MaxPending), nameof(BudgetsOptions.FlushTime),
        nameof(BudgetsOptions.HashTags), nameof(BudgetsOptions.TagSecret),
    ];

    private static readonly string[] BudgetNames =
    [
        nameof(BudgetOptions.Limit), nameof(BudgetOptions.Unit), nameof(BudgetOptions.Currency), nameof(BudgetOptions.Window), "TimeZone",
        nameof(BudgetOptions.Mode), nameof(BudgetOptions.Per), nameof(BudgetOptions.Optional), nameof(BudgetOptions.MaxRollover),
        nameof(BudgetOptions.RolloverFrom), nameof(BudgetOptions.MaxWhileOpen),
        nameof(BudgetOptions.AlertAt), nameof(BudgetOptions.AlertOnProjectedOverrun), nameof(BudgetOptions.SpikeFactor),
    ];

    public void Configure(BudgetsOptions options)
    {
        ConfigNode root = ConfigNode.From(section, section.Path);
        FaultList faults = new();
        ValueReader values = new(faults);
        options.Path = section.Path;
        if (!section.Exists())
        {
            faults.Add(
                section.Path,
                null,
                "the configuration has no such section, or nothing is in it.",
                "Add the budgets, or call AddLlmBudgets with options set in code.");
        }

        values.ReportUnknownKeys(root, Names);
        options.TimeToLive = Duration(root[nameof(options.TimeToLive)], faults) ?? options.TimeToLive;
        options.WhenStoreIsAway = values.ReadOneOf<StoreOutage>(root[nameof(options.WhenStoreIsAway)]) ?? options.WhenStoreIsAway;
        options.MaxOpenTime = Duration(root[nameof(options.MaxOpenTime)], faults) ?? options.MaxOpenTime;
        options.LocalShare = Number(root[nameof(options.LocalShare)], faults) ?? options.LocalShare;
        options.ReplayHorizon = Duration(root[nameof(options.ReplayHorizon)], faults) ?? options.ReplayHorizon;
        options.MaxPending = Count(root[nameof(options.MaxPending)], faults) ?? options.MaxPending;
        options.FlushTime = Duration(root[nameof(options.FlushTime)], faults) ?? options.FlushTime;
        options.HashTags = values.ReadFlag(root[nameof(options.HashTags)]) ?? options.HashTags;
        options.TagSecret = Secret(root[nameof(options.TagSecret)], faults) ?? options.TagSecret;

        foreach (ConfigNode node in values.ReadParts(root[nameof(options.Budgets)], "a set of budgets by name"))
        {
            if (!options.Budgets.TryGetValue(node.Key, out BudgetOptions? budget))
            {
                options.Budgets[node.Key] = budget = new BudgetOptions();
            }

            Read(node, budget, values);
        }

        options.ReadingFaults.AddRange(faults.All);
    }

    private static void Read(ConfigNode node, BudgetOptions budget, ValueReader values)
    {
        values.ReportUnknownKeys(node, BudgetNames);
        budget.Limit = Number(node[nameof(budget.Limit)], values.Faults) ?? budget.Limit;
        budget.Unit = values.ReadOneOf<BudgetUnit>(node[nameof(budget.Unit)]) ?? budget.Unit;
        budget.Currency = values.ReadText(node[nameof(budget.Currency)]) ?? budget.Currency;
        budget.Mode = values.ReadOneOf<BudgetMode>(node[nameof(budget.Mode)]) ?? budget.Mode;
        budget.Optional = values.ReadFlag(node[nameof(budget.Optional)]) ?? budget.Optional;
        budget.MaxRollover = Number(node[nameof(budget.MaxRollover)], values.Faults) ?? budget.MaxRollover;
        budget.MaxWhileOpen = Number(node[nameof(budget.MaxWhileOpen)], values.Faults) ?? budget.MaxWhileOpen;
        budget.AlertOnProjectedOverrun = values.ReadFlag(node[nameof(budget.AlertOnProjectedOverrun)]) ?? budget.AlertOnProjectedOverrun;
        budget.SpikeFactor = Number(node[nameof(budget.SpikeFactor)], values.Faults) ?? budget.SpikeFactor;
        if (node[nameof(budget.AlertAt)] is { } shares)
        {
            budget.AlertAt =
                [.. values.ReadParts(shares, "a list of shares").Select(share => Number(share, values.Faults)).OfType<decimal>()];
        }

        budget.RolloverFrom = values.ReadInstant(node[nameof(budget.RolloverFrom)]) ?? budget.RolloverFrom;
        foreach (string tag in values.ReadTexts(node[nameof(budget.Per)]))
        {
            budget.Per.Add(tag);
        }

        ReadWindow(node, budget, values);
    }

    private static void ReadWindow(ConfigNode node, BudgetOptions budget, ValueReader values)
    {
        ConfigNode? window = node[nameof(budget.Window)];
        ConfigNode? zone = node["TimeZone"];
        if (values.ReadText(window) is not { } text)
        {
            if (zone is { IsEmpty: false })
            {
                values.Faults.Add(zone, "is the zone of a window that is not there.", "Write a Window: day, week or month.");
            }

            return;
        }

        try
        {
            budget.Window = BudgetWindow.Parse(text, values.ReadText(zone));
        }
        catch (Exception error) when (error is ArgumentException or FormatException)
        {
            budget.Window = BudgetWindow.Total; // so that nobody says that it is missing
            ConfigNode wrong = error is ArgumentException { ParamName: "timeZone" } ? zone! : window!;
            values.Faults.Add(
                wrong,
                "is not a window of a budget: " + Said(error),
                "Write total, day, week, month, every 6h or rolling 24h; days, weeks and months may have a TimeZone, an IANA name.");
        }
    }

    /// <summary>What an exception says, without what the framework adds for those who write code.</summary>
    private static string Said(Exception error)
    {
        int end = error is ArgumentException { ParamName: { } name }
            ? error.Message.IndexOf($" (Parameter '{name}')", StringComparison.Ordinal)
            : -1;
        return end < 0 ? error.Message : error.Message[..end];
    }

    /// <summary>A number, also a negative one, so that the check of the options says what is wrong with it.</summary>
    private static decimal? Number(ConfigNode? node, FaultList faults)
    {
        if (node is null || node.IsEmpty)
        {
            return null;
        }

        if (node.Value is { } text && ExactDecimal.TryParse(text, out decimal number, out bool tooPrecise) && !tooPrecise)
        {
            return number;
        }

        faults.Add(node, "is not a number that can be kept exactly.", "Write a number such as 5 or 0.25, with a point.");
        return null;
    }

    /// <summary>A text whose value stands in no fault.</summary>
    private static string? Secret(ConfigNode? node, FaultList faults)
    {
        if (node is null || node.IsEmpty)
        {
            return null;
        }

        if (node.Value is null)
        {
            faults.Add(node.Path, null, "is not a text.", "Write the secret as one text.");
        }

        return node.Value;
    }

    private static int? Count(ConfigNode? node, FaultList faults)
    {
        if (Number(node, faults) is not { } number)
        {
            return null;
        }

        if (number is >= int.MinValue and <= int.MaxValue && number == decimal.Truncate(number))
        {
            return (int)number;
        }

        faults.Add(node!, "is not a count.", "Write a whole number such as 1000.");
        return null;
    }

    private static TimeSpan? Duration(ConfigNode? node, FaultList faults)
    {
        if (node is null || node.IsEmpty)
        {
            return null;
        }

        if (DurationText.TryParse(node.Value, out TimeSpan duration))
        {
            return duration;
        }

        faults.Add(node, "is not a duration.", "Write one such as 90s, 10m or 2h.");
        return null;
    }
}
