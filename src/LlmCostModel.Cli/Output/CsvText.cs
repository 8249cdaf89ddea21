using System.Buffers;
using System.Globalization;
using System.Text;

namespace LlmCostModel.Cli.Output;

/// <summary>Writes CSV as RFC 4180 has it.</summary>
internal static class CsvText
{
    /// <summary>What begins a formula in some spreadsheet; the last four are the wide forms of the first.
    /// https://owasp.org/www-community/attacks/CSV_Injection</summary>
    private static readonly SearchValues<char> FormulaStarts = SearchValues.Create("=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20");

    private const NumberStyles Plain = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;

    public static string Write(IEnumerable<IReadOnlyList<string?>> rows)
    {
        StringBuilder text = new();
        foreach (IReadOnlyList<string?> row in rows)
        {
            text.AppendJoin(',', row.Select(Field)).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>A field. Text that a spreadsheet would run as a formula gets an apostrophe, which a spreadsheet takes for "this is
    /// text"; numbers stay numbers.</summary>
    private static string Field(string? value)
    {
        value ??= "";
        bool isFormula = value.Length > 0 && FormulaStarts.Contains(value[0])
            && !decimal.TryParse(value, Plain, CultureInfo.InvariantCulture, out _);
        value = isFormula ? "'" + value : value;
        return value.AsSpan().ContainsAny(",\"\r\n") ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : value;
    }
}
