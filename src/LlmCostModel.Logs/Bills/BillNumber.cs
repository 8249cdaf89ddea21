using System.Globalization;

namespace LlmCostModel.Logs;

/// <summary>Reads amounts and days as bills write them.</summary>
internal static class BillNumber
{
    private static readonly string[] Days = ["yyyy-MM-dd", "yyyyMMdd", "MM/dd/yyyy", "yyyy/MM/dd"];

    /// <summary>An amount: digits with a point, with commas between thousands, a sign of the dollar or parentheses.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static decimal Parse(string text, string name)
    {
        string plain = text.Trim();
        plain = plain is ['(', .., ')'] ? "-" + plain[1..^1] : plain;
        plain = plain.Replace("$", "", StringComparison.Ordinal);
        plain = AreThousands(plain) ? plain.Replace(",", "", StringComparison.Ordinal) : plain;
        return ExactDecimal.TryParse(plain, out decimal amount, out _)
            ? amount
            : throw new FormatException($"{name} is '{(text.Length > 60 ? text[..60] + "..." : text)}', not an amount such as 1234.56.");
    }

    /// <summary>A day; <see langword="null"/> when the text is none.</summary>
    public static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text.Trim(), Days, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day) ? day : null;

    /// <summary>A day, or the day of an instant in UTC, with the instant where it is not the first of a day.</summary>
    /// <exception cref="FormatException">It is neither.</exception>
    public static (DateOnly Day, DateTimeOffset? At) DayOf(string text, string name)
    {
        if (Day(text) is { } day)
        {
            return (day, null);
        }

        DateTimeOffset at = LogInstant.Parse(text, out _)?.ToUniversalTime()
            ?? throw new FormatException($"{name} is '{(text.Length > 60 ? text[..60] + "..." : text)}', not a day such as 2026-04-02.");
        return (DateOnly.FromDateTime(at.DateTime), at);
    }

    private static bool AreThousands(string text)
    {
        string[] groups = text.TrimStart('-', '+').Split('.')[0].Split(',');
        return groups.Length > 1 && groups[0].Length is >= 1 and <= 3 && groups.Skip(1).All(group => group.Length == 3)
            && text.AsSpan().LastIndexOf(',') < (text.Contains('.', StringComparison.Ordinal) ? text.IndexOf('.', StringComparison.Ordinal)
                : text.Length);
    }
}
