using nietras.SeparatedValues;

namespace LlmCostModel.Logs;

/// <summary>The first row of a table.</summary>
/// <param name="Columns">Its names; one that is empty has no meaning.</param>
/// <param name="Delimiter">What stands between them.</param>
internal sealed record TableHeader(IReadOnlyList<string> Columns, char Delimiter)
{
    private const int LongestName = 100;
    private const int MostLooked = 20;

    private static readonly char[] Delimiters = [',', ';', '\t'];

    /// <summary>Reads a header out of the start of a log.</summary>
    /// <param name="start">The start.</param>
    /// <param name="isWhole">Whether it is the whole log.</param>
    /// <returns>The header; <see langword="null"/> when the log does not begin with one.</returns>
    public static TableHeader? Find(string start, bool isWhole)
    {
        start = start.TrimStart('\r', '\n');
        int end = start.AsSpan().IndexOfAny('\r', '\n');
        if (end < 0 && !isWhole)
        {
            return null;
        }

        string line = end < 0 ? start : start[..end];
        char delimiter = Delimiters.MaxBy(one => line.Count(one));
        string[]? names = Split(line, delimiter);
        return names is not null && names.Length > 1 && names.Any(name => name.Length > 0) && names.All(IsName)
            && IsRow(end < 0 ? "" : start[end..].TrimStart('\r', '\n'), delimiter, names.Length)
            ? new(names, delimiter)
            : null;
    }

    /// <summary>Words of a log are separated by commas too. In a table one of the next lines has as many of them; a line that ends within
    /// quotes may have more.</summary>
    private static bool IsRow(string rest, char delimiter, int count)
    {
        string[] lines = [.. rest.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries).Take(MostLooked)];
        return lines.Length == 0 || lines.TakeWhile(line => line[0] is not ('{' or '['))
            .Any(line => line.Contains('"', StringComparison.Ordinal) || line.Count(delimiter) + 1 == count);
    }

    private static bool IsName(string name) =>
        name.Length == 0
        || (name.Length <= LongestName && (char.IsLetter(name[0]) || name[0] is '_' or '#') && !name.AsSpan().ContainsAny("{}[]\""));

    /// <summary>A reader of rows as they stand, quotes included.</summary>
    internal static SepReader Open(TextReader text, char delimiter) => Sep.New(delimiter)
        .Reader(options => options with { HasHeader = false, DisableColCountCheck = true, Unescape = false })
        .From(text);

    private static string[]? Split(string line, char delimiter)
    {
        using SepReader reader = Open(new StringReader(line), delimiter);
        if (!reader.MoveNext())
        {
            return null;
        }

        List<string> names = [];
        for (int i = 0; i < reader.Current.ColCount; i++)
        {
            if (QuotedValue.Read(reader.Current[i].Span, delimiter) is not { } name)
            {
                return null;
            }

            names.Add(name.Trim());
        }

        return [.. names];
    }
}
