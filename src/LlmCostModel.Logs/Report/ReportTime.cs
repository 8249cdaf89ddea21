using System.Globalization;

namespace LlmCostModel.Logs;

/// <summary>Steps of time, which summaries name by their first moment: <c>2026-05-03T10:00</c>, <c>2026-05-03</c>, <c>2026-W18</c>,
/// <c>2026-05</c>, <c>2026</c>.</summary>
internal static class ReportTime
{
    private static readonly string[] Forms = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd", "yyyy-MM", "yyyy"];

    /// <summary>The moment at which a step begins, by its own clock; null for calls without a time.</summary>
    public static DateTime? Of(string? label)
    {
        if (label is not null && label.Contains("-W", StringComparison.Ordinal))
        {
            return ISOWeek.ToDateTime(Number(label[..4]), Number(label[6..]), DayOfWeek.Monday);
        }

        return DateTime.TryParseExact(label, Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime time) ? time : null;
    }

    /// <summary>The moment at which the next step begins.</summary>
    public static DateTime Next(DateTime at, string step) => step switch
    {
        "hour" => at.AddHours(1),
        "day" => at.AddDays(1),
        "week" => at.AddDays(7),
        "month" => at.AddMonths(1),
        _ => at.AddYears(1),
    };

    /// <summary>The name of the step that begins at a moment.</summary>
    public static string LabelOf(DateTime at, string step) => step switch
    {
        "hour" => at.ToString(Forms[0], CultureInfo.InvariantCulture),
        "day" => at.ToString(Forms[1], CultureInfo.InvariantCulture),
        "week" => string.Create(CultureInfo.InvariantCulture, $"{ISOWeek.GetYear(at)}-W{ISOWeek.GetWeekOfYear(at):00}"),
        "month" => at.ToString(Forms[2], CultureInfo.InvariantCulture),
        _ => at.ToString(Forms[3], CultureInfo.InvariantCulture),
    };

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
