using System.Buffers;
using System.Text;

namespace LlmCostModel.Logs;

/// <summary>Takes the tokens of JSON without escapes, in ASCII and on one line, one after the other. Each method says whether what it
/// takes is there.</summary>
internal static class PlainJson
{
    private const int MostDigits = 15; // so that no sum of counts is too large

    /// <summary>Escapes, what is not ASCII, and what is blank without being a space.</summary>
    private static readonly SearchValues<byte> Unusual = SearchValues.Create(
        [.. Enumerable.Range(0, 256).Select(code => (byte)code).Where(code => code is < 0x20 or (byte)'\\' or >= 0x7F)]);

    /// <summary>Whether a record is such JSON, as far as its bytes tell.</summary>
    public static bool IsPlain(ReadOnlySpan<byte> json) => !json.ContainsAny(Unusual);

    /// <summary>Takes a text in quotes.</summary>
    public static bool TakeText(ReadOnlySpan<byte> json, ref int at, out ReadOnlySpan<byte> text)
    {
        text = default;
        if (!Take(json, ref at, (byte)'"'))
        {
            return false;
        }

        ReadOnlySpan<byte> rest = json[at..];
        int end = rest.IndexOf((byte)'"');
        if (end < 0)
        {
            return false;
        }

        text = rest[..end];
        at += end + 1;
        return true;
    }

    /// <summary>Takes a whole number.</summary>
    public static bool TakeCount(ReadOnlySpan<byte> json, ref int at, out long count)
    {
        SkipBlanks(json, ref at);
        int start = at;
        count = 0;
        while (at < json.Length && json[at] is >= (byte)'0' and <= (byte)'9' && at - start <= MostDigits)
        {
            count = (count * 10) + (json[at++] - '0');
        }

        int digits = at - start;
        bool isEnd = at < json.Length && json[at] is (byte)',' or (byte)'}' or (byte)' ';
        return isEnd && digits is > 0 and <= MostDigits && (digits == 1 || json[start] != '0');
    }

    /// <summary>Where the number stands that ends before a place.</summary>
    public static TextRange LastCount(ReadOnlySpan<byte> json, int end)
    {
        int start = json[..end].LastIndexOfAnyExceptInRange((byte)'0', (byte)'9') + 1;
        return new(start, end - start);
    }

    /// <summary>Takes a mark, with what is blank before it.</summary>
    public static bool Take(ReadOnlySpan<byte> json, ref int at, byte mark)
    {
        SkipBlanks(json, ref at);
        if (at >= json.Length || json[at] != mark)
        {
            return false;
        }

        at++;
        return true;
    }

    private static void SkipBlanks(ReadOnlySpan<byte> json, ref int at)
    {
        while (at < json.Length && json[at] == ' ')
        {
            at++;
        }
    }

    /// <summary>Whether nothing follows.</summary>
    public static bool IsEnd(ReadOnlySpan<byte> json, int at)
    {
        SkipBlanks(json, ref at);
        return at == json.Length;
    }

    /// <summary>An instant: by hand as most are written.</summary>
    public static bool TryInstant(ReadOnlySpan<byte> text, out DateTimeOffset instant) =>
        TryFullInstant(text, out instant) || InstantFormat.TryParse(Encoding.ASCII.GetString(text), out instant);

    /// <summary>An instant with seconds, in UTC or with an offset.</summary>
    public static bool TryFullInstant(ReadOnlySpan<byte> text, out DateTimeOffset instant)
    {
        if (text.Length >= "2026-01-01T00:00:00Z".Length
            && (text[4], text[7], text[10], text[13], text[16]) == ('-', '-', 'T', ':', ':')
            && TryTwo(text, 0, out int century)
            && TryTwo(text, 2, out int year)
            && TryTwo(text, 5, out int month)
            && TryTwo(text, 8, out int day)
            && TryTwo(text, 11, out int hour)
            && TryTwo(text, 14, out int minute)
            && TryTwo(text, 17, out int second)
            && (century * 100) + year is > 1 and < 9999 and var full
            && month is >= 1 and <= 12
            && day >= 1
            && day <= DateTime.DaysInMonth(full, month)
            && hour < 24
            && minute < 60
            && second < 60
            && TryEnd(text[19..], out int fraction, out int offset))
        {
            long ticks = new DateTime(full, month, day, hour, minute, second).Ticks + fraction;
            instant = new DateTimeOffset(ticks, new TimeSpan(offset * TimeSpan.TicksPerMinute));
            return true;
        }

        instant = default;
        return false;
    }

    /// <summary>What stands behind the seconds: up to 7 digits of them, and the offset in minutes.</summary>
    private static bool TryEnd(ReadOnlySpan<byte> text, out int fraction, out int offset)
    {
        const int Digits = 7;
        (fraction, offset) = (0, 0);
        if (text[0] == '.')
        {
            int digits = 0;
            for (text = text[1..]; text.Length > digits && text[digits] is >= (byte)'0' and <= (byte)'9' && digits < Digits; digits++)
            {
                fraction = (fraction * 10) + (text[digits] - '0');
            }

            if (digits == 0)
            {
                return false;
            }

            text = text[digits..];
            for (; digits < Digits; digits++)
            {
                fraction *= 10;
            }
        }

        if (text.Length == 6
            && text[0] is (byte)'+' or (byte)'-'
            && text[3] == ':'
            && TryTwo(text, 1, out int hours)
            && TryTwo(text, 4, out int minutes)
            && hours < 14
            && minutes < 60
            && (text[0] == '+' || hours + minutes > 0))
        {
            offset = (text[0] == '-' ? -1 : 1) * ((hours * 60) + minutes);
            return true;
        }

        return text is [(byte)'Z'];
    }

    private static bool TryTwo(ReadOnlySpan<byte> text, int at, out int number)
    {
        (int tens, int ones) = (text[at] - '0', text[at + 1] - '0');
        number = (tens * 10) + ones;
        return tens is >= 0 and <= 9 && ones is >= 0 and <= 9;
    }
}
