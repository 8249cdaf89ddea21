using System.Globalization;
using System.Text;

namespace LlmCostModel;

/// <summary>Reads instants as providers and those who keep their answers write them.</summary>
internal static class StatedInstant
{
    /// <summary>2100-01-01; a later creation time is not a number of seconds.</summary>
    private const decimal LatestSecond = 4_102_444_800m;

    /// <summary>1973-03-03; an earlier creation time is not a number of milliseconds, or finer.</summary>
    private const decimal EarliestSecond = 100_000_000m;

    private static readonly string[] Formats =
    [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz",
        "yyyy-MM-dd' 'HH:mm:ss.FFFFFFFzzz",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'",
        "yyyy-MM-dd' 'HH:mm:ss.FFFFFFF'Z'",
    ];

    /// <summary>Unix time in seconds, or where that would be centuries away in milliseconds, microseconds or nanoseconds; <see
    /// langword="null"/> for a number that is none of them.</summary>
    internal static DateTimeOffset? FromUnixTime(decimal number)
    {
        if (number is > 0 and < LatestSecond)
        {
            return DateTimeOffset.FromUnixTimeSeconds((long)number);
        }

        for (decimal unit = 1_000; unit <= 1_000_000_000; unit *= 1_000)
        {
            if (number >= EarliestSecond * unit && number < LatestSecond * unit)
            {
                return At(number / unit);
            }
        }

        return null;
    }

    /// <summary>An instant with its offset, or Unix time as text; <see langword="null"/> for anything else. Without an offset it could be
    /// of any time zone.</summary>
    internal static DateTimeOffset? Parse(ReadOnlySpan<byte> utf8)
    {
        Span<char> text = stackalloc char[utf8.Length];
        text = text[..Encoding.UTF8.GetChars(utf8, text)];
        text = text.Trim();
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number))
        {
            return FromUnixTime(number);
        }

        // The letters in either case, and no finer than a clock of .NET is.
        for (int i = 0; i < text.Length; i++)
        {
            text[i] = text[i] is 't' or 'z' ? char.ToUpperInvariant(text[i]) : text[i];
        }

        text = WithoutFinestDigits(text);
        return DateTimeOffset.TryParseExact(
            text,
            Formats,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out DateTimeOffset instant)
            ? instant
            : null;
    }

    private static Span<char> WithoutFinestDigits(Span<char> text)
    {
        const int Digits = 7;
        int point = text.IndexOf('.');
        int end = point < 0 ? -1 : text[(point + 1)..].IndexOfAnyExceptInRange('0', '9');
        if (end <= Digits)
        {
            return text;
        }

        text[(point + 1 + end)..].CopyTo(text[(point + 1 + Digits)..]);
        return text[..(text.Length - (end - Digits))];
    }

    private static DateTimeOffset At(decimal seconds) =>
        DateTimeOffset.UnixEpoch.AddTicks((long)(seconds * TimeSpan.TicksPerSecond));
}
