using System.Text;

namespace LlmCostModel.Cli;

/// <summary>Breaks sentences between words, where a terminal would break them anywhere. Lines of tables, and words that are longer than a
/// line, stay as they are.</summary>
internal static class WordWrap
{
    private const string TableStarts = "╭│├╰+|";

    public static string Of(CommandHost host, string text) => Of(text, host.Width);

    public static string Of(string text, int width)
    {
        string[] lines = text.Split('\n');
        return Array.TrueForAll(lines, line => line.Length <= width)
            ? text
            : string.Join('\n', lines.Select(line => line.Length <= width || IsOfTable(line) ? line : Wrapped(line, width)));
    }

    private static bool IsOfTable(string line) =>
        line.AsSpan().TrimStart() is [var first, ..] && TableStarts.Contains(first, StringComparison.Ordinal);

    /// <summary>What follows the first line is indented as it is.</summary>
    private static string Wrapped(string line, int width)
    {
        string indent = line[..(line.Length - line.AsSpan().TrimStart().Length)];
        StringBuilder text = new(indent);
        int column = indent.Length;
        foreach (string word in line[indent.Length..].Split(' '))
        {
            if (column > indent.Length && column + 1 + word.Length > width)
            {
                text.Append('\n').Append(indent);
                column = indent.Length;
            }
            else if (column > indent.Length)
            {
                text.Append(' ');
                column++;
            }

            text.Append(word);
            column += word.Length;
        }

        return text.ToString();
    }
}
