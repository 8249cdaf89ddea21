using System.Text;

namespace LlmCostModel.Cli.Output;

/// <summary>Writes CSV as RFC 4180 has it.</summary>
internal static class CsvText
{
    public static string Write(IEnumerable<IReadOnlyList<string?>> rows)
    {
        StringBuilder text = new();
        foreach (IReadOnlyList<string?> row in rows)
        {
            text.AppendJoin(',', row.Select(Field)).Append('\n');
        }

        return text.ToString();
    }

    private static string Field(string? value)
    {
        value ??= "";
        return value.AsSpan().ContainsAny(",\"\r\n") ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : value;
    }
}
