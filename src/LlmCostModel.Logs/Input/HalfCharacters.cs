using System.Text.Json;

namespace LlmCostModel.Logs;

/// <summary>Half characters (lone surrogates): JSON can write them as escapes, but no text can hold them, and whoever asks a JSON reader
/// for such a text or name gets an exception.</summary>
/// <remarks>A document is read with a mark in their place, so that no format has to know of them: one in what nobody reads, such as an
/// answer that was cut, does no harm, and a call in whose id, model or tags the mark turns up is rejected (LogReader).</remarks>
internal static class HalfCharacters
{
    /// <summary>What stands for one: a code point that Unicode keeps for such uses and that is no character.</summary>
    public const char Mark = '\uFDD0';

    private const int EscapeLength = 6;

    private static ReadOnlySpan<byte> MarkEscape => @"\ufdd0"u8;

    /// <summary>A document with each of them replaced by the mark, byte for byte in the same places.</summary>
    /// <param name="json">The document, which is given back when it has none.</param>
    public static ReadOnlyMemory<byte> Replace(ReadOnlyMemory<byte> json)
    {
        ReadOnlySpan<byte> bytes = json.Span;
        byte[]? marked = null;
        for (int at = NextEscape(bytes, 0); at >= 0;)
        {
            bool isHigh = IsHigh(bytes, at);
            bool isPair = isHigh && IsLow(bytes, at + EscapeLength);
            if (!isPair && (isHigh || IsLow(bytes, at)))
            {
                MarkEscape.CopyTo((marked ??= json.ToArray()).AsSpan(at));
            }

            at = NextEscape(bytes, at + (isPair ? 2 * EscapeLength : 2));
        }

        return marked ?? json;
    }

    /// <summary>Whether JSON inside a text of a document has halves of characters in escapes, be it of whole ones: nobody knows before it
    /// is read.</summary>
    public static bool MayBeInside(ReadOnlySpan<byte> json) => json.IndexOf(@"\\ud"u8) >= 0 || json.IndexOf(@"\\uD"u8) >= 0;

    /// <summary>Where the first one stands in a value that is read with marks, such as <c>tags.team</c>; <see langword="null"/> when there
    /// is none.</summary>
    public static string? FindIn(JsonElement value) => Find(value, "");

    private static string? Find(JsonElement value, string path)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                return value.GetString()!.Contains(Mark, StringComparison.Ordinal) ? path : null;
            case JsonValueKind.Array:
                return value.EnumerateArray().Select(item => Find(item, path)).FirstOrDefault(found => found is not null);
            case JsonValueKind.Object:
                return value.EnumerateObject().Select(member => FindIn(member, path)).FirstOrDefault(found => found is not null);
            default:
                return null;
        }
    }

    private static string? FindIn(JsonProperty member, string path)
    {
        bool isNamed = member.Name.Contains(Mark, StringComparison.Ordinal);
        return isNamed ? (path.Length == 0 ? "A name" : $"A name in {path}")
            : Find(member.Value, path.Length == 0 ? member.Name : $"{path}.{member.Name}");
    }

    /// <summary>Where the next escape of a code unit begins; below 0 when there is none.</summary>
    private static int NextEscape(ReadOnlySpan<byte> json, int from)
    {
        for (int at = from; at < json.Length; at += 2)
        {
            int found = json[at..].IndexOf(@"\u"u8);
            if (found < 0)
            {
                return -1;
            }

            at += found;
            int backslashes = at - 1 - json[..at].LastIndexOfAnyExcept((byte)'\\');
            if (backslashes % 2 == 0)
            {
                return at;
            }
        }

        return -1;
    }

    /// <summary>Whether the escape of a first half stands there: D800 to DBFF.</summary>
    private static bool IsHigh(ReadOnlySpan<byte> json, int at) => IsHalf(json, at, "89abAB"u8);

    /// <summary>Whether the escape of a second half stands there: DC00 to DFFF.</summary>
    private static bool IsLow(ReadOnlySpan<byte> json, int at) => IsHalf(json, at, "cdefCDEF"u8);

    private static bool IsHalf(ReadOnlySpan<byte> json, int at, ReadOnlySpan<byte> seconds) =>
        at + EscapeLength <= json.Length
        && json[at] == '\\' && json[at + 1] == 'u'
        && (json[at + 2] is (byte)'d' or (byte)'D')
        && seconds.Contains(json[at + 3]);
}
