using System.Globalization;

namespace LlmCostModel.Planning;

/// <summary>Says what of a log is in no plan, and what the fit had to assume.</summary>
internal static class LogNotes
{
    /// <summary>Fewer clusters than these say little of others.</summary>
    private const double FewClusters = 10;

    internal static IEnumerable<string> OfLeftOut(
        LogSpan span, IReadOnlyDictionary<(string Model, CostIssueKind? Kind), (long Calls, string Reason)> unpriced)
    {
        foreach (((string model, _), (long calls, string reason)) in unpriced)
        {
            yield return $"{Calls(calls)} of {model} {(calls == 1 ? "has" : "have")} no price and {Are(calls)} in no line: {reason}";
        }

        if (span.Undated > 0)
        {
            yield return $"{Calls(span.Undated)} {(span.Undated == 1 ? "states" : "state")} no time and {Are(span.Undated)} in no line.";
        }

        if (span.BeyondLines > 0)
        {
            yield return $"{Calls(span.BeyondLines)} of further models, tiers or regions {Are(span.BeyondLines)} in no line: there are "
                + "more than can be planned.";
        }

        if (span.Unreadable > 0)
        {
            yield return $"{Text(span.Unreadable)} {(span.Unreadable == 1 ? "record" : "records")} cannot be read and "
                + $"{Are(span.Unreadable)} in no line.";
        }

        if (span.Failed > 0)
        {
            yield return $"{Calls(span.Failed)} cost nothing and {Are(span.Failed)} left out: failed, refused, or answered by a gateway.";
        }
    }

    internal static IEnumerable<string> OfDays(LogSpan span, LogDays days, IReadOnlyCollection<int> silent)
    {
        if (span.IsFirstCut && days.First == span.FirstDay + 1)
        {
            yield return $"The log begins within {Day(span.FirstDay)}: that day says what calls consume, not how many there are.";
        }

        if (span.IsLastCut && days.Last == span.LastDay - 1)
        {
            yield return $"The log ends within {Day(span.LastDay)}: that day says what calls consume, not how many there are.";
        }

        if (silent.Count > 0)
        {
            yield return $"Nothing at all is logged on {string.Join(", ", silent.Take(5).Select(Day))}"
                + $"{(silent.Count > 5 ? $" and {silent.Count - 5} more days" : "")}: taken as a gap of the log, not of the traffic.";
        }
    }

    internal static IEnumerable<string> OfLine(FittedLine line, string currency)
    {
        if (line.Cost.Currency != currency)
        {
            yield return $"{line.Name}: priced in {line.Cost.Currency}, which does not add up with {currency}. It is in no plan.";
            yield break;
        }

        int days = line.LastDay.DayNumber - line.FirstDay.DayNumber + 1;
        if (line.HasNoWholeDay)
        {
            yield return $"{line.Name}: all calls are of days that the log has not whole, so that nothing is known of a day. It is in "
                + "no plan.";
            yield break;
        }

        if (line.HasStopped)
        {
            yield return $"{line.Name}: no calls for days when the log ends. It is taken to have ended, and is in no plan.";
            yield break;
        }

        if (line.PartlyPriced > 0)
        {
            yield return $"{line.Name}: {Calls(line.PartlyPriced)} {Are(line.PartlyPriced)} priced in part, as the forecast is.";
        }

        if (days < 14)
        {
            yield return $"{line.Name}: {days} {(days == 1 ? "day says" : "days say")} nothing of weekdays, and hardly anything of growth: "
                + "none is expected, within 2% to 20% a month.";
        }

        if (line.Clusters == 1)
        {
            yield return $"{line.Name}: all calls are of one {(line.HasSessions ? "session" : "day")}, which says nothing of how others "
                + "differ. What calls consume is taken as known to half of it.";
        }
        else if (line.Clusters < FewClusters)
        {
            yield return $"{line.Name}: the calls are of {line.Clusters} {(line.HasSessions ? "sessions" : "days")}, few to say what "
                + "others consume.";
        }
    }

    internal static string Day(int day) => DateOnly.FromDayNumber(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Calls(long calls) => $"{Text(calls)} {(calls == 1 ? "call" : "calls")}";

    private static string Are(long calls) => calls == 1 ? "is" : "are";

    private static string Text(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
