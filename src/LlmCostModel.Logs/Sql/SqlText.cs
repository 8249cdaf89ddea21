using System.Globalization;

namespace LlmCostModel.Logs;

/// <summary>Writes values and rows as an engine reads them.</summary>
internal sealed class SqlText(SqlGrammar grammar)
{
    /// <summary>Rows of one statement: few enough for any parser, enough for speed.</summary>
    private const int RowsAtOnce = 500;

    internal string Of(string? text)
    {
        if (text is null)
        {
            return "NULL";
        }

        string escaped = grammar.HasBackslashes
            ? text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)
                .Replace("\n", "\\n", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal)
            : text.Replace("'", "''", StringComparison.Ordinal);
        return $"'{escaped}'";
    }

    internal static string Of(long? number) => number is { } known ? known.ToString(CultureInfo.InvariantCulture) : "NULL";

    internal static string Of(int? number) => Of((long?)number);

    /// <summary>An instant in UTC, to the microsecond, in a row.</summary>
    internal string OfInstant(long utcTicks) => Put(Instant(utcTicks), grammar.InstantCell);

    internal string OfDay(long utcTicks) => Put(Format(utcTicks, "yyyy-MM-dd"), grammar.DayCell);

    internal string OfPrice(string? price) => price is null ? "NULL" : Put(price, grammar.PriceCell);

    /// <summary>An instant in UTC in a query.</summary>
    internal static string Instant(long utcTicks) => Format(utcTicks, "yyyy-MM-dd HH:mm:ss.FFFFFF");

    /// <summary>Puts something where a piece of a grammar has <c>{0}</c>.</summary>
    internal static string Put(string what, string into) => into.Replace("{0}", what, StringComparison.Ordinal);

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

    private static string Format(long utcTicks, string format) =>
        new DateTime(utcTicks, DateTimeKind.Utc).ToString(format, CultureInfo.InvariantCulture);

    internal void WriteRows(TextWriter output, string table, IEnumerable<IEnumerable<string>> rows)
    {
        foreach (IEnumerable<string>[] some in rows.Chunk(RowsAtOnce))
        {
            output.Write($"INSERT INTO {grammar.Prefix}{table} VALUES\n");
            output.Write(string.Join(",\n", some.Select(row => $"({string.Join(", ", row)})")));
            output.Write(";\n");
        }
    }
}
