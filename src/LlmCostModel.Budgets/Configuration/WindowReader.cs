namespace LlmCostModel.Budgets;

/// <summary>Reads when a budget begins anew, in which zone, and since when windows hand over what they leave.</summary>
internal static class WindowReader
{
    internal static void Read(ConfigNode node, BudgetOptions budget, ValueReader values)
    {
        ConfigNode? zone = node["TimeZone"];
        string? zoneName = values.ReadText(zone);
        if (zoneName is not null && !TimeZoneInfo.TryFindSystemTimeZoneById(zoneName, out _))
        {
            values.Faults.Add(
                zone!,
                "is not a time zone of this system.",
                "Write an IANA name such as Europe/Berlin or America/New_York, or leave it out for UTC.");
            zoneName = null;
        }

        if (values.ReadText(node[nameof(budget.Window)]) is { } text)
        {
            budget.Window = Window(node[nameof(budget.Window)]!, text, zone, zoneName, values.Faults) ?? budget.Window;
        }
        else if (zoneName is not null && !values.Faults.HasAt($"{node.Path}:{nameof(budget.Window)}"))
        {
            values.Faults.Add(zone!, "is the zone of a window that is not there.", "Write a Window: day, week or month.");
        }

        budget.RolloverFrom = Since(node[nameof(budget.RolloverFrom)], budget.Window, values.Faults) ?? budget.RolloverFrom;
    }

    private static BudgetWindow? Window(ConfigNode node, string text, ConfigNode? zone, string? zoneName, FaultList faults)
    {
        try
        {
            BudgetWindow window = BudgetWindow.Parse(text);
            if (zoneName is null)
            {
                return window;
            }

            if (window.IsCalendar)
            {
                return BudgetWindow.Parse(text, zoneName);
            }

            faults.Add(zone!, $"is a time zone, and the window '{text}' has none.", "Leave it out, or choose day, week or month.");
            return window;
        }
        catch (FormatException)
        {
            faults.Add(node, "is not a window.", "Write total, day, week, month, every 6h or rolling 24h.");
        }
        catch (ArgumentOutOfRangeException error) when (error.ParamName == "buckets")
        {
            faults.Add(
                node,
                error.ActualValue is >= 1 and <= BudgetWindow.MaxBuckets
                    ? "has buckets that are not a whole number of milliseconds long."
                    : "does not have 1 to 1,440 buckets.",
                "Choose another number of them, such as rolling 24h in 96.");
        }
        catch (ArgumentOutOfRangeException)
        {
            faults.Add(
                node,
                "is not 1 second to 3,653 days long, in whole milliseconds.",
                "Write a length such as every 6h or rolling 24h.");
        }

        return null;
    }

    /// <summary>A date is midnight where the window has its midnights.</summary>
    private static DateTimeOffset? Since(ConfigNode? node, BudgetWindow? window, FaultList faults)
    {
        if (node is null || node.IsEmpty)
        {
            return null;
        }

        if (InstantFormat.TryParseDate(node.Value, out DateOnly date))
        {
            return window?.StartOf(date) ?? new DateTimeOffset(date, TimeOnly.MinValue, TimeSpan.Zero);
        }

        if (InstantFormat.TryParse(node.Value, out DateTimeOffset instant))
        {
            return instant;
        }

        faults.Add(
            node,
            "is not an instant.",
            "Write a date (midnight in the time zone of the window) such as 2026-12-01, or an instant with its offset such as "
                + "2026-12-01T00:00:00+01:00.");
        return null;
    }
}
