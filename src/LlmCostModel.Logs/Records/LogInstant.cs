using System.Globalization;

namespace LlmCostModel.Logs;

/// <summary>Reads instants as logs, databases and exports write them.</summary>
internal static class LogInstant
{
    /// <summary>1973-03-03 in seconds: an earlier one is none, and a larger number counts in a smaller unit.</summary>
    private const decimal EarliestSecond = 100_000_000m;

    /// <summary>2100-01-01.</summary>
    private const decimal LatestSecond = 4_102_444_800m;

    private static readonly string[] WithOffset =
        ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd' 'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd'T'HH:mmzzz", "yyyy-MM-dd' 'HH:mmzzz"];

    private static readonly string[] WithoutOffset =
    [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", "yyyy-MM-dd' 'HH:mm:ss.FFFFFFF", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd' 'HH:mm", "yyyy-MM-dd",
    ];

    /// <summary>Reads an instant: ISO 8601 with a T or a blank, or Unix time in seconds or a smaller unit.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isZoned">Whether it says its offset; one that does not is taken as UTC.</param>
    /// <returns>The instant; <see langword="null"/> when the text is none.</returns>
    public static DateTimeOffset? Parse(string text, out bool isZoned)
    {
        isZoned = true;
        text = text.Trim();
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number))
        {
            return FromUnixTime(number);
        }

        string written = WithoutFinestDigits(OffsetInFull(text));
        if (DateTimeOffset.TryParseExact(written, WithOffset, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset at))
        {
            return at;
        }

        isZoned = false;
        return DateTimeOffset.TryParseExact(
            written, WithoutOffset, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out at) ? at : null;
    }

    /// <summary>Seconds since 1970, or where that would be centuries away milliseconds, microseconds or nanoseconds.</summary>
    private static DateTimeOffset? FromUnixTime(decimal number)
    {
        for (decimal unit = 1; unit <= 1_000_000_000; unit *= 1_000)
        {
            if (number >= EarliestSecond * unit && number < LatestSecond * unit)
            {
                return DateTimeOffset.UnixEpoch.AddTicks((long)(number / unit * TimeSpan.TicksPerSecond));
            }
        }

        return null;
    }

    /// <summary>Postgres writes <c>+00</c>, others <c>Z</c>, <c> UTC</c> or <c>+0000</c>.</summary>
    private static string OffsetInFull(string text)
    {
        foreach (string utc in (ReadOnlySpan<string>)[" UTC", "Z", "z"])
        {
            if (text.EndsWith(utc, StringComparison.Ordinal))
            {
                return text[..^utc.Length] + "+00:00";
            }
        }

        int sign = text.AsSpan().LastIndexOfAny('+', '-');
        string offset = sign > "yyyy-MM-dd".Length ? text[(sign + 1)..] : "";
        return offset.Length switch
        {
            2 => text + ":00",
            4 when !offset.Contains(':', StringComparison.Ordinal) => $"{text[..^2]}:{text[^2..]}",
            _ => text,
        };
    }

    /// <summary>No finer than a clock of .NET is.</summary>
    private static string WithoutFinestDigits(string text)
    {
        const int Digits = 7;
        int point = text.IndexOf('.', StringComparison.Ordinal);
        int end = point < 0 ? -1 : text.AsSpan(point + 1).IndexOfAnyExceptInRange('0', '9');
        end = point >= 0 && end < 0 ? text.Length - point - 1 : end;
        return end <= Digits ? text : text[..(point + 1 + Digits)] + text[(point + 1 + end)..];
    }
}
