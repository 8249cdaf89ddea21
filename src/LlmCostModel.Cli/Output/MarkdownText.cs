using System.Globalization;
using System.Text;

namespace LlmCostModel.Cli.Output;

/// <summary>Writes text from outside into Markdown, where it stays text: no cell, link, mention, issue, tag or line of its own.</summary>
/// <remarks>What has a meaning in Markdown or HTML is a numeric reference, which has none
/// (https://spec.commonmark.org/0.31.2/#entity-and-numeric-character-references, read 2026-11-27). Mentions and numbers of issues are
/// found after that in what is shown, but not in code, nor across a comment.</remarks>
internal static class MarkdownText
{
    /// <summary>A name, as code.</summary>
    public static string Name(string name) => $"<code>{Escape(name, isCode: true)}</code>";

    /// <summary>A sentence.</summary>
    public static string Sentence(string text) => Escape(text, isCode: false);

    private static string Escape(string text, bool isCode)
    {
        string line = VisibleText.OneLine(text);
        StringBuilder escaped = new(line.Length + 16);
        for (int i = 0; i < line.Length; i++)
        {
            if (IsPlain(line[i], i == 0, i + 1 < line.Length ? line[i + 1] : ' '))
            {
                escaped.Append(line[i]);
            }
            else
            {
                string end = !isCode && line[i] is '@' or '#' ? "<!-- -->" : "";
                escaped.Append(CultureInfo.InvariantCulture, $"&#{(int)line[i]};").Append(end);
            }
        }

        return escaped.ToString();
    }

    /// <summary>Whether a character means itself where it stands. A point in a name, and a colon before a slash, may begin an
    /// address.</summary>
    private static bool IsPlain(char one, bool isFirst, char next) => one switch
    {
        ' ' => !isFirst,
        '.' or ':' => next == ' ' || char.IsAsciiDigit(next),
        '-' => !isFirst && next != '-',
        ',' or ';' or '\'' or '%' or '(' or ')' or '/' => true,
        _ => !char.IsAscii(one) || char.IsAsciiLetterOrDigit(one),
    };
}
