using System.Globalization;

namespace LlmCostModel.Logs;

/// <summary>Writes values and rows as both engines read them.</summary>
internal static class SqlText
{
    /// <summary>Rows of one statement: few enough for any parser, enough for speed.</summary>
    private const int RowsAtOnce = 500;

    internal static string Of(string? text) => text is null ? "NULL" : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    internal static string Of(long? number) => number is { } known ? known.ToString(CultureInfo.InvariantCulture) : "NULL";

    internal static string Of(int? number) => Of((long?)number);

    /// <summary>An instant in UTC, to the microsecond.</summary>
    internal static string OfInstant(long utcTicks) =>
        $"'{new DateTime(utcTicks, DateTimeKind.Utc).ToString("yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture)}'";

    internal static string OfDay(long utcTicks) =>
        $"'{new DateTime(utcTicks, DateTimeKind.Utc).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}'";

    /// <summary>The name of a bucket as a column, such as <c>cache_write_5m</c> of <c>CacheWrite5m</c>.</summary>
    internal static string ColumnOf(TokenBucketInfo row)
    {
        List<char> column = [];
        foreach (char character in row.Name)
        {
            bool isStart = char.IsAsciiLetterUpper(character) || (char.IsAsciiDigit(character) && !char.IsAsciiDigit(column[^1]));
            if (isStart && column.Count > 0)
            {
                column.Add('_');
            }

            column.Add(char.ToLowerInvariant(character));
        }

        return new string([.. column]);
    }

    internal static void WriteRows(TextWriter output, string table, IEnumerable<IEnumerable<string>> rows)
    {
        foreach (IEnumerable<string>[] some in rows.Chunk(RowsAtOnce))
        {
            output.Write($"INSERT INTO {table} VALUES\n");
            output.Write(string.Join(",\n", some.Select(row => $"({string.Join(", ", row)})")));
            output.Write(";\n");
        }
    }
}
