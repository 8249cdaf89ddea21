using System.Buffers;
using System.Text.Json;

namespace LlmCostModel;

/// <summary>How rate cards and logs write dates, instants and times of day: ISO 8601, a date alone is midnight UTC, a time needs its
/// offset.</summary>
/// <remarks>Read with the JSON reader: the parsers of <see cref="DateOnly"/> and its like load the collation of a culture first, a quarter
/// of the time of a cold start.</remarks>
internal static class InstantFormat
{
    private const int MaxLength = 42;

    private static readonly SearchValues<char> Allowed = SearchValues.Create("0123456789-:.+TZ");

    internal static bool TryParse(string? text, out DateTimeOffset instant)
    {
        if (TryParseDate(text, out DateOnly date))
        {
            instant = new DateTimeOffset(date, TimeOnly.MinValue, TimeSpan.Zero);
            return true;
        }

        instant = default;
        bool hasOffset = text is not null && text.Length > 16 && (text.EndsWith('Z') || text.AsSpan(16).ContainsAny('+', '-'));
        return hasOffset && TryParseIso(text, out instant);
    }

    internal static bool TryParseDate(ReadOnlySpan<char> text, out DateOnly date)
    {
        // Offset zero, so that the local time zone plays no part.
        date = default;
        if (text.Length != "yyyy-MM-dd".Length || !TryParseIso($"{text}T00:00Z", out DateTimeOffset instant))
        {
            return false;
        }

        date = DateOnly.FromDateTime(instant.DateTime);
        return true;
    }

    internal static bool TryParseTime(ReadOnlySpan<char> text, out TimeOnly time)
    {
        time = default;
        if (!TryParseIso($"2000-01-01T{text}Z", out DateTimeOffset instant))
        {
            return false;
        }

        time = TimeOnly.FromDateTime(instant.DateTime);
        return true;
    }

    private static bool TryParseIso(ReadOnlySpan<char> text, out DateTimeOffset instant)
    {
        instant = default;
        if (text.Length > MaxLength || text.ContainsAnyExcept(Allowed))
        {
            return false;
        }

        Span<byte> json = stackalloc byte[MaxLength + 2];
        json[0] = (byte)'"';
        for (int i = 0; i < text.Length; i++)
        {
            json[i + 1] = (byte)text[i];
        }

        json[text.Length + 1] = (byte)'"';
        Utf8JsonReader reader = new(json[..(text.Length + 2)]);
        return reader.Read() && reader.TryGetDateTimeOffset(out instant);
    }
}
