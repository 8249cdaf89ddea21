using System.Data;
using System.Globalization;
using System.Text.RegularExpressions;

namespace LlmCostModel.Docs.Tests.Figures;

/// <summary>A line of <c>figures.txt</c>: which lines of a page it speaks of, and what holds their figures.</summary>
/// <remarks>
/// <c>page | words of the line | holder; holder; ... | figures</c>, where page and words are regular expressions, and the figures are those
/// of the lines, in order: where no report is compared with them, whoever changes one has to look at what holds it. A holder is one of
/// <list type="bullet">
/// <item><c>test NAME</c>: a test of this repository.</item>
/// <item><c>ratio REPORT: A / B</c>, <c>time REPORT: A</c>, <c>bytes REPORT: A</c>: rows of a benchmark's report, whose figure stands in the line.</item>
/// <item><c>long STEP: TEXT</c>: a text of a long run, which stands in the line.</item>
/// <item><c>sum</c>: the line adds up.</item>
/// <item><c>page TEST</c>: the whole page is compared by a test, so that its figures are not repeated.</item>
/// <item><c>fact TEXT</c>: something from outside, with its source; <c>name</c>: no figure but a part of a name, or a number of a heading.</item>
/// </list>
/// </remarks>
internal sealed partial record FigureHolder(string Page, Regex Words, string[] Holders, string Figures)
{
    /// <summary>Kinds that compare a figure themselves; the others name who does.</summary>
    private static readonly string[] Comparing = ["ratio", "time", "bytes", "long", "page"];

    private static string File => Path.Combine(Repository.Folder, "tests", "LlmCostModel.Docs.Tests", "figures.txt");

    internal static FigureHolder[] All() =>
        [.. System.IO.File.ReadLines(File).Where(line => line.Length > 0 && line[0] != '#').Select(Parse)];

    /// <summary>Writes the figures of each line that lists them.</summary>
    internal static void WriteFigures(FigureLine[] lines) => System.IO.File.WriteAllLines(
        File,
        System.IO.File.ReadAllLines(File).Select(text => text.Length == 0 || text[0] == '#' ? text : Parse(text).WithFigures(text, lines)));

    /// <summary>The figures of the lines that it speaks of; empty where a report is compared with them.</summary>
    internal string FiguresOf(IEnumerable<FigureLine> lines) =>
        Holders.Any(holder => Comparing.Contains(holder.Split(' ')[0])) ? "" : string.Join(' ', lines.Where(SpeaksOf).SelectMany(line => line.Figures));

    internal bool SpeaksOf(FigureLine line) => Regex.IsMatch(line.Page, $"^({Page})$") && Words.IsMatch(line.Text);

    public override string ToString() => $"{Page} | {Words} | {string.Join("; ", Holders)}";

    /// <summary>Fails when a holder does not hold a line that it speaks of.</summary>
    internal void Check(FigureLine line)
    {
        foreach (string holder in Holders)
        {
            (string kind, string rest) = holder.Split(' ', 2) is [var first, var second] ? (first, second) : (holder, "");
            switch (kind)
            {
                case "test" or "page":
                    Assert.True(TestNames.All.Contains(rest), $"{this}: there is no test {rest}");
                    break;
                case "ratio":
                    CheckRatio(line, rest);
                    break;
                case "time":
                    CheckTime(line, rest);
                    break;
                case "bytes":
                    (BenchmarkReport allocating, string row) = Report(rest);
                    AssertSays(line, BytesOf(allocating.Allocated(row)), holder);
                    break;
                case "long":
                    string[] run = rest.Split(": ", 2);
                    string result = System.IO.File.ReadLines(Path.Combine(AppContext.BaseDirectory, "results", "long-runs.md")).Single(text => text.StartsWith($"| {run[0]} |", StringComparison.Ordinal));
                    Assert.Contains(run[1], result, StringComparison.Ordinal);
                    AssertSays(line, run[1].Split(' ')[0], holder);
                    break;
                case "sum":
                    CheckSum(line);
                    break;
                case "fact" when rest.Length > 0:
                case "name":
                    break;
                default:
                    Assert.Fail($"{this}: unknown holder '{holder}'");
                    break;
            }
        }
    }

    private static void CheckRatio(FigureLine line, string rest)
    {
        (BenchmarkReport report, string rows) = Report(rest);
        string[] parts = rows.Split(" / ");
        double ratio = report.Nanoseconds(parts[0]) / report.Nanoseconds(parts[1]);
        AssertSays(line, ratio.ToString(ratio < 2 ? "0.00" : "0.0", CultureInfo.InvariantCulture), rest);
    }

    private static void CheckTime(FigureLine line, string rest)
    {
        (BenchmarkReport report, string row) = Report(rest);
        double time = report.Nanoseconds(row);
        (double unit, string text) = time < 1e3 ? (1, "0 ns") : time < 1e6 ? (1e3, "0.0 µs") : time < 1e9 ? (1e6, "0.0 ms") : (1e9, "0.0 s");
        AssertSays(line, Write(time / unit, text), rest);
    }

    private static string BytesOf(string text)
    {
        string[] parts = text.Split(' ');
        int unit = parts[1] switch { "B" => 1, "KB" => 1 << 10, "MB" => 1 << 20, _ => throw new FormatException($"'{text}' has an unknown unit.") };
        double bytes = double.Parse(parts[0].Replace(",", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) * unit;
        return bytes < 1e3 ? Write(bytes, "0 B") : bytes < 1e6 ? Write(bytes / 1e3, "0.0 KB") : Write(bytes / 1e6, "0.0 MB");
    }

    private static string Write(double value, string formatAndUnit) =>
        formatAndUnit.Split(' ') is [string format, string unit] ? $"{value.ToString(format, CultureInfo.InvariantCulture)} {unit}" : formatAndUnit;

    private static void CheckSum(FigureLine line)
    {
        string[] sides = Sum().Match(line.Text).Value.Split('=');
        Assert.True(sides.Length == 2, $"{line} has no sum such as '2 x 3 + 4 = 10'");
        using DataTable table = new();
        object value = table.Compute(Spell(sides[0]), null);
        Assert.Equal(decimal.Parse(Spell(sides[1]), CultureInfo.InvariantCulture), Convert.ToDecimal(value, CultureInfo.InvariantCulture));

        static string Spell(string text) => text.Replace(",", "", StringComparison.Ordinal).Replace('x', '*').Trim();
    }

    private static void AssertSays(FigureLine line, string figure, string holder) =>
        Assert.True(Regex.IsMatch(line.Text, $@"(?<![\d.]){Regex.Escape(figure)}(?![\d])"), $"{line} does not say {figure}, which is what '{holder}' gives");

    private static (BenchmarkReport Report, string Rows) Report(string rest) =>
        rest.Split(": ", 2) is [string name, string rows] ? (BenchmarkReport.Read(name), rows) : throw new FormatException($"'{rest}' is not 'REPORT: ROW'.");

    private string WithFigures(string text, FigureLine[] lines) =>
        string.Join(" | ", text.Split(" | ")[..3]) + (FiguresOf(lines) is { Length: > 0 } figures ? $" | {figures}" : "");

    private static FigureHolder Parse(string line) =>
        line.Split(" | ") is [string page, string words, string holders, .. string[] rest] && rest.Length <= 1
            ? new(page, new Regex(words), holders.Split("; "), rest.FirstOrDefault() ?? "")
            : throw new FormatException($"figures.txt: '{line}' is not 'page | words | holder | figures'.");

    [GeneratedRegex(@"\d[\d,.]*( [x+/-] \d[\d,.]*)+ = \d[\d,]*(\.\d+)?")]
    private static partial Regex Sum();
}
