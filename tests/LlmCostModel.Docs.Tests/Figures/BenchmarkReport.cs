using System.Globalization;
using System.Net;

namespace LlmCostModel.Docs.Tests.Figures;

/// <summary>A committed report of BenchmarkDotNet: its table by the name of the method, whose first column may be followed by parameters.</summary>
internal sealed class BenchmarkReport
{
    private static readonly string[] Units = ["ns", "us", "ms", "s"];

    private readonly string _name;
    private readonly Dictionary<string, Dictionary<string, string>> _rows;

    private BenchmarkReport(string name, Dictionary<string, Dictionary<string, string>> rows)
    {
        _name = name;
        _rows = rows;
    }

    internal static BenchmarkReport Read(string name)
    {
        string file = Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "results"), name + ".md", SearchOption.AllDirectories).Single();
        string[][] table = [.. File.ReadLines(file).Where(line => line.StartsWith('|')).Select(Cells)];
        string[] columns = table[0];
        int parameters = Array.IndexOf(columns, "Mean");
        return new BenchmarkReport(
            name,
            table[2..].Where(row => row[0].Length > 0).ToDictionary(
                row => string.Join(", ", row[..parameters]),
                row => columns.Zip(row).ToDictionary(cell => cell.First, cell => cell.Second, StringComparer.Ordinal),
                StringComparer.Ordinal));
    }

    internal double Nanoseconds(string row)
    {
        string[] parts = Cell(row, "Mean").Split(' ');
        double value = double.Parse(parts[0], CultureInfo.InvariantCulture);
        int unit = Array.IndexOf(Units, parts[1].Replace("μs", "us", StringComparison.Ordinal).Replace("µs", "us", StringComparison.Ordinal));
        Assert.True(unit >= 0, $"{_name}: unknown unit in '{Cell(row, "Mean")}'");
        return value * Math.Pow(1000, unit);
    }

    /// <summary>The bytes that a call allocates, such as <c>1199 B</c>; <c>0 B</c> where the report has a dash.</summary>
    internal string Allocated(string row) => Cell(row, "Allocated") is var text && text == "-" ? "0 B" : text;

    private string Cell(string row, string column)
    {
        Assert.True(_rows.TryGetValue(row, out Dictionary<string, string>? cells), $"{_name} has no row '{row}'; it has {string.Join("; ", _rows.Keys)}");
        return cells[column];
    }

    private static string[] Cells(string line) => [.. line.Trim().Trim('|').Split('|').Select(cell => WebUtility.HtmlDecode(cell).Trim().Trim('*').Trim('\''))];
}
