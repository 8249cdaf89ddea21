using System.Globalization;
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

    private static readonly string[] Lists = [nameof(BudgetsOptions.Budgets), nameof(BudgetOptions.Per), nameof(BudgetOptions.AlertAt)];

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
        ReportNulls(root, faults);
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
        ReportNulls(node, values.Faults);
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

        ConfigNode? per = node[nameof(budget.Per)];
        foreach (string tag in per is { Value: "" } ? [] : values.ReadTexts(per)) // [ ] is an empty text from .NET 10 on
        {
            budget.Per.Add(tag);
        }

        WindowReader.Read(node, budget, values);
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

        if (IsOutOfRange(node.Value))
        {
            faults.Add(
                node,
                node.Value!.TrimStart().StartsWith('-') ? "is negative." : "is more than anything here counts exactly.",
                "Write a number such as 5 or 0.25.");
            return null;
        }

        faults.Add(node, "is not a number that can be kept exactly.", "Write a number such as 5 or 0.25, with a point.");
        return null;
    }

    /// <summary>Whether a text is a number beyond those of a decimal, such as 1e30.</summary>
    private static bool IsOutOfRange(string? text) =>
        text is not null
        && text.Any(char.IsAsciiDigit)
        && text.All(letter => char.IsAsciiDigit(letter) || letter is '+' or '-' or '.' or 'e' or 'E' or ' ')
        && double.TryParse(
            text,
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent
                | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite,
            CultureInfo.InvariantCulture,
            out double size)
        && Math.Abs(size) >= (double)decimal.MaxValue;

    /// <summary>A null says nothing, and would silently be the default: no limit, or no hashes. Lists may be empty, which configuration
    /// does not always tell from null.</summary>
    private static void ReportNulls(ConfigNode node, FaultList faults)
    {
        foreach (ConfigNode child in node.Children
            .Where(child => child.IsEmpty && !Lists.Contains(child.Key, StringComparer.OrdinalIgnoreCase)))
        {
            bool isLimit = child.Key.Equals(nameof(BudgetOptions.Limit), StringComparison.OrdinalIgnoreCase);
            faults.Add(
                child.Path,
                null,
                isLimit ? "is null, which would be no limit." : "is null.",
                isLimit ? "Write a number, or leave it out: then the budget only counts." : "Give it a value, or leave it out.");
        }
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
