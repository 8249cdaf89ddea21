namespace LlmCostModel.Logs;

/// <summary>Finds causes that only several days and models together show: a discount, another beginning of the day, another
/// name.</summary>
internal static class PeriodCauses
{
    /// <summary>So few rows do not show a constant.</summary>
    private const int FewestRows = 2;

    private static readonly int[] Offsets = [.. Enumerable.Range(1, 14).SelectMany(hours => new[] { -hours, hours })];

    /// <summary>Finds them.</summary>
    /// <param name="rows">All rows.</param>
    /// <param name="hours">What the log has of every hour.</param>
    public static void Find(IReadOnlyList<DayRow> rows, LogHours hours)
    {
        foreach (var group in rows.GroupBy(row => (row.Key.Provider, row.Currency)))
        {
            DayRow[] ofProvider = [.. group.Where(row => row.Result.Status != ReconciliationStatus.UnknownName)];
            FindRatio(ofProvider);
            FindZone(ofProvider, hours);
            FindNeighbors(ofProvider);
        }

        FindNames(rows);
        FindOutside(rows);
    }

    private static void FindRatio(DayRow[] rows)
    {
        DayRow[] compared = [.. rows.Where(row => row.IsCompared && row.Log!.Amount != 0 && row.Result.Bill != 0)];
        if (compared.Length < FewestRows || compared.Any(row => row.Result.Status == ReconciliationStatus.Equal))
        {
            return;
        }

        decimal log = compared.Sum(row => row.Log!.Amount);
        decimal bill = compared.Sum(row => row.Result.Bill!.Value);
        if (log <= 0 || bill <= 0)
        {
            return;
        }

        for (int digits = 2; digits <= 4; digits++)
        {
            decimal ratio = decimal.Round(bill / log, digits);
            if (ratio > 0 && ratio != 1 && compared.All(row => row.IsBilled(row.Log!.Amount * ratio)))
            {
                string percent = AmountFormat.ToText(Math.Abs(ratio - 1) * 100);
                string text =
                    $"The bill is {AmountFormat.ToText(ratio)} times the log on all {AmountFormat.ToText(compared.Length)} days and models"
                    + ": " + (ratio < 1 ? $"a discount of {percent}%, or another currency."
                        : $"a tax or margin of {percent}%, or another currency.");
                foreach (DayRow row in compared)
                {
                    row.Add(ratio < 1 ? ReconciliationCauseKind.Discount : ReconciliationCauseKind.Surcharge, text);
                }

                return;
            }
        }
    }

    /// <summary>The smallest shift of the days by which every row of a provider is equal.</summary>
    private static void FindZone(DayRow[] rows, LogHours hours)
    {
        DayRow[] differing = [.. rows.Where(row => row.Differs)];
        if (differing.Count(row => row.Bill is not null) < FewestRows)
        {
            return;
        }

        foreach (int offset in Offsets)
        {
            if (rows.Where(row => row.Bill is not null).All(row => row.IsBilled(hours.AmountOf(row.Key, row.Currency, offset))))
            {
                string text = FormattableString.Invariant($"The days of the bill begin {Math.Abs(offset)} ")
                    + $"{(Math.Abs(offset) == 1 ? "hour" : "hours")} {(offset < 0 ? "earlier" : "later")} than those of the log.";
                foreach (DayRow row in differing)
                {
                    row.Add(ReconciliationCauseKind.TimeZone, text);
                }

                return;
            }
        }
    }

    /// <summary>An amount that the other side has on the day before or after.</summary>
    private static void FindNeighbors(DayRow[] rows)
    {
        Dictionary<DayKey, DayRow> byKey = rows.ToDictionary(row => row.Key);
        foreach (DayRow row in rows.Where(row => row.Result.Status == ReconciliationStatus.MissingInLog))
        {
            foreach (int days in (ReadOnlySpan<int>)[-1, 1])
            {
                if (byKey.TryGetValue(row.Key with { Day = row.Key.Day.AddDays(days) }, out DayRow? other)
                    && other.Result.Status == ReconciliationStatus.MissingInBill && row.IsBilled(other.Log!.Amount))
                {
                    row.Add(ReconciliationCauseKind.Date, $"The log has the amount on {AmountFormat.ToText(other.Key.Day)}.");
                    other.Add(ReconciliationCauseKind.Date, $"The bill has the amount on {AmountFormat.ToText(row.Key.Day)}.");
                }
            }
        }
    }

    /// <summary>An amount that the other side has on the same day under another name.</summary>
    private static void FindNames(IReadOnlyList<DayRow> rows)
    {
        foreach (var day in rows.GroupBy(row => (row.Key.Day, row.Currency)))
        {
            DayRow[] ofLog = [.. day.Where(row => row.Result.Status == ReconciliationStatus.MissingInBill)];
            foreach (DayRow row in day.Where(row =>
                row.Result.Status is ReconciliationStatus.MissingInLog or ReconciliationStatus.UnknownName))
            {
                foreach (DayRow other in ofLog.Where(other => other.Log!.Amount != 0 && row.IsBilled(other.Log.Amount)))
                {
                    row.Add(ReconciliationCauseKind.OtherName, $"The log has the amount as '{other.Key.Model}' of {Of(other)}.");
                    other.Add(ReconciliationCauseKind.OtherName, $"The bill has the amount as '{row.Key.Model}' of {Of(row)}.");
                }
            }
        }
    }

    private static string Of(DayRow row) => row.Key.Provider.Length == 0 ? "no provider" : row.Key.Provider;

    /// <summary>Days that the other side does not cover at all.</summary>
    private static void FindOutside(IReadOnlyList<DayRow> rows)
    {
        DateOnly[] logDays = [.. rows.Where(row => row.Log is not null).Select(row => row.Key.Day)];
        foreach (DayRow row in rows.Where(row => row.Differs && row.Causes.Count == 0))
        {
            if (row.Result.Status == ReconciliationStatus.MissingInBill)
            {
                DateOnly[] billDays =
                [
                    .. rows.Where(other => other.Bill is not null && other.Key.Provider == row.Key.Provider).Select(other => other.Key.Day),
                ];
                if (billDays.Length == 0)
                {
                    row.Add(ReconciliationCauseKind.Period, $"There is no bill of {Of(row)}.");
                }
                else if (row.Key.Day < billDays.Min() || row.Key.Day > billDays.Max())
                {
                    row.Add(ReconciliationCauseKind.Period, $"The bill of {Of(row)} covers {Span(billDays)}.");
                }
            }
            else if (row.Result.Status == ReconciliationStatus.MissingInLog
                && (logDays.Length == 0 || row.Key.Day < logDays.Min() || row.Key.Day > logDays.Max()))
            {
                row.Add(
                    ReconciliationCauseKind.Period,
                    logDays.Length == 0 ? "The log has no calls." : $"The log covers {Span(logDays)}.");
            }
        }
    }

    private static string Span(DateOnly[] days) => $"{AmountFormat.ToText(days.Min())} to {AmountFormat.ToText(days.Max())}";
}
