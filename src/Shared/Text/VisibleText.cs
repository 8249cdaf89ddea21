using System.Globalization;
using System.Text;

namespace LlmCostModel;

/// <summary>Text from outside, fit to be shown on a terminal, in a log or in a drawing: what would move the cursor, begin a line, turn the
/// direction of writing or not be seen at all stands there as an escape, such as <c>\u001b</c>.</summary>
/// <remarks>The escapes are those of JSON, so that JSON stays the same text.</remarks>
internal static class VisibleText
{
    /// <summary>Shows a value: line ends are escaped too, so that it cannot pretend to be a line of its own.</summary>
    internal static string OneLine(string text) => Show(text, keepsLines: false);

    /// <summary>Shows text of several lines: line feeds and tabs stay.</summary>
    internal static string Lines(string text) => Show(text, keepsLines: true);

    /// <summary>Cuts text that nobody reads to its end, such as a line of megabytes in a message: its beginning and its end stay.</summary>
    internal static string Short(string text, int most)
    {
        if (text.Length <= most)
        {
            return text;
        }

        int head = most * 3 / 4, tail = text.Length - (most / 4);
        head -= char.IsHighSurrogate(text[head - 1]) ? 1 : 0;
        tail += char.IsLowSurrogate(text[tail]) ? 1 : 0;
        return $"{text[..head]}…{text[tail..]}";
    }

    private static string Show(string text, bool keepsLines)
    {
        int at = FindHidden(text, 0, keepsLines, out int length);
        if (at < 0)
        {
            return text;
        }

        StringBuilder shown = new(text.Length + 16);
        int start = 0;
        for (; at >= 0; at = FindHidden(text, start, keepsLines, out length))
        {
            shown.Append(text, start, at - start);
            foreach (char unit in text.AsSpan(at, length))
            {
                shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:x4}");
            }

            start = at + length;
        }

        return shown.Append(text, start, text.Length - start).ToString();
    }

    private static int FindHidden(string text, int start, bool keepsLines, out int length)
    {
        length = 1;
        for (int i = start; i < text.Length; i += length)
        {
            char first = text[i];
            length = 1;
            if (first is >= ' ' and <= '~' || (keepsLines && first is ('\n' or '\t')))
            {
                continue;
            }

            bool isWhole = Rune.TryGetRuneAt(text, i, out Rune rune);
            length = isWhole ? rune.Utf16SequenceLength : 1;
            if (!isWhole || IsHidden(rune))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Control characters, signs that only change how others are shown, other line ends, and what is not a character.</summary>
    private static bool IsHidden(Rune rune) =>
        (rune.Value & 0xFFFE) == 0xFFFE
        || Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
