using System.Globalization;

namespace LlmCostModel;

/// <summary>How rate cards and logs write instants: ISO 8601, a date alone is midnight UTC, a time needs its offset.</summary>
internal static class InstantFormat
{
    private static readonly string[] WithOffset =
    [
        "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
    ];

    internal static bool TryParse(string? text, out DateTimeOffset instant)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date))
        {
            instant = new DateTimeOffset(date, TimeOnly.MinValue, TimeSpan.Zero);
            return true;
        }

        instant = default;
        bool hasOffset = text is not null && text.Length > 16 && (text.EndsWith('Z') || text.AsSpan(16).ContainsAny('+', '-'));
        return hasOffset && DateTimeOffset.TryParseExact(text, WithOffset, CultureInfo.InvariantCulture, DateTimeStyles.None, out instant);
    }
}
