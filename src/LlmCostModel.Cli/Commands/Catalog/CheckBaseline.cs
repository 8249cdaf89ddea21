using System.Text;
using System.Text.RegularExpressions;

namespace LlmCostModel.Cli.Commands.Catalog;

/// <summary>A file of differences that are explained, a line each: <c>differs | azure | gpt-4o-mini | input | 0.15 | 0.165 | reason</c>.
/// What stands between the model and the reason may be left out, <c>*</c> stands for anything, and <c>#</c> begins a remark.</summary>
internal sealed class CheckBaseline
{
    private const int Cells = 6;

    private readonly List<(string Line, Regex[] Cells)> _lines = [];
    private readonly HashSet<string> _used = [];

    private CheckBaseline()
    {
    }

    public static CheckBaseline Empty { get; } = new();

    /// <summary>The lines that explain nothing any more.</summary>
    public IEnumerable<string> Stale => _lines.Select(line => line.Line).Where(line => !_used.Contains(line));

    /// <exception cref="CliException">A line is not as described.</exception>
    public static CheckBaseline Read(string path, CommandHost host)
    {
        CheckBaseline baseline = new();
        foreach ((int index, string text) in Encoding.UTF8.GetString(InputFile.Bytes(path, host).Span).Split('\n').Index())
        {
            string line = text.Trim();
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            string[] parts = [.. line.Split('|').Select(part => part.Trim())];
            if (parts.Length is < 4 or > Cells + 1 || parts.Contains(""))
            {
                throw new CliException($"{path}, line {index + 1}: '{line}' is not of the form 'finding | provider | model | what | ours | "
                    + "table | reason', of which what, ours and table may be left out. The reason says why it is right as it is.");
            }

            baseline._lines.Add((line, [.. parts[..^1].Select(Pattern)]));
        }

        return baseline;
    }

    /// <summary>Whether a line explains a finding, as the columns of <c>check</c> have it.</summary>
    public bool Explains(string?[] finding)
    {
        bool isExplained = false;
        foreach ((string line, Regex[] cells) in _lines)
        {
            if (cells.Index().All(cell => cell.Item.IsMatch(finding[cell.Index] ?? "")))
            {
                isExplained = true;
                _used.Add(line);
            }
        }

        return isExplained;
    }

    /// <summary>The line that explains a finding as it is now.</summary>
    public static string LineOf(string?[] finding, string reason) =>
        $"{string.Join(" | ", finding.Select(cell => string.IsNullOrEmpty(cell) ? "*" : cell))} | {reason}";

    private static Regex Pattern(string text) =>
        new(
            $"^{Regex.Escape(text).Replace("\\*", ".*", StringComparison.Ordinal)}$",
            RegexOptions.CultureInvariant,
            TimeSpan.FromSeconds(1));
}
