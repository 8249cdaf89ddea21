namespace LlmCostModel;

/// <summary>Takes the date off the id of a dated snapshot.</summary>
/// <remarks>
/// The forms that providers write: <c>gpt-4o-2024-08-06</c>, <c>claude-sonnet-4-5-20250929</c>, <c>claude-opus-4@20250514</c> (Vertex AI),
/// <c>gpt-4-0613</c> (month and day), <c>mistral-large-2411</c> (year and month), <c>cogview-4-250304</c>,
/// <c>gemini-2.5-flash-preview-05-20</c>, <c>command-r-08-2024</c>. What is not a date, such as a size or a version, stays; 1024 is a size.
/// </remarks>
internal static class SnapshotDate
{
    /// <summary>A year that has every day, for dates without a year.</summary>
    private const int LeapYear = 2000;

    private static readonly string[] Forms = ["####-##-##", "########", "##-####", "##-##", "######", "####"];

    /// <summary>Takes the date off.</summary>
    /// <param name="modelId">The id.</param>
    /// <param name="model">The id without the date.</param>
    /// <returns>Whether the id ends in a date.</returns>
    internal static bool TryTakeOff(ReadOnlySpan<char> modelId, out ReadOnlySpan<char> model)
    {
        foreach (string form in Forms)
        {
            int start = modelId.Length - form.Length;
            if (start > 1 && modelId[start - 1] is '-' or '@' && IsWritten(modelId[start..], form) && IsDate(modelId[start..]))
            {
                model = modelId[..(start - 1)];
                return true;
            }
        }

        model = default;
        return false;
    }

    private static bool IsWritten(ReadOnlySpan<char> text, string form)
    {
        for (int i = 0; i < form.Length; i++)
        {
            if (form[i] == '#' ? !char.IsAsciiDigit(text[i]) : text[i] != form[i])
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsDate(ReadOnlySpan<char> text) => text.Length switch
    {
        10 => text.StartsWith("20") && IsMonthAndDay(text[5..7], text[8..]),
        8 => text.StartsWith("20") && IsMonthAndDay(text[4..6], text[6..]),
        7 => text[3..].StartsWith("20") && IsMonthAndDay(text[..2], "01"),
        6 => IsYear(text[..2]) && IsMonthAndDay(text[2..4], text[4..]),
        5 => IsMonthAndDay(text[..2], text[3..]),
        _ => text is not "1024" && IsMonthAndDay(text[..2], text[2..]) || (IsYear(text[..2]) && IsMonthAndDay(text[2..], "01")),
    };

    private static bool IsYear(ReadOnlySpan<char> text) => Number(text) is >= 22 and <= 49;

    private static bool IsMonthAndDay(ReadOnlySpan<char> month, ReadOnlySpan<char> day) =>
        Number(month) is >= 1 and <= 12 && Number(day) >= 1 && Number(day) <= DateTime.DaysInMonth(LeapYear, Number(month));

    private static int Number(ReadOnlySpan<char> twoDigits) => ((twoDigits[0] - '0') * 10) + twoDigits[1] - '0';
}
