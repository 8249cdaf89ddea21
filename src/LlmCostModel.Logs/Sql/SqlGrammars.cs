namespace LlmCostModel.Logs;

/// <summary>The grammars of all dialects. Pages of engines were read on 2026-11-27.</summary>
internal static class SqlGrammars
{
    // A sum of products has at most 38 digits, 12 of them decimals: see ProbedPrices. Engines that would round a product with decimals, or
    // its shift by six places, count in whole numbers of 10^-18 instead, and a text moves the point at the end.
    private const string WholePrice = "CAST({0} * 1000000000000 AS DECIMAL(17, 0))";
    private const string GreatestWhole = "79228162514264337593543950335";
    private const string Digits = "LPAD(CAST({0} AS {1}), 38, '0')";

    private static readonly string PriceDigits = $"({ProbedPrices.WholeDigits + ProbedPrices.Decimals}, {ProbedPrices.Decimals})";

    internal static readonly SqlGrammar DuckDb = new()
    {
        Name = "DuckDB",
        Text = "TEXT",
        Key = "INTEGER",
        Count = "BIGINT",
        Instant = "TIMESTAMP",
        Day = "DATE",
        Price = "DECIMAL" + PriceDigits,
        HasKeys = true,
        Begin = "BEGIN;\n",
        End = "COMMIT;\n",
        InstantOf = "TIMESTAMP '{0}'",
        DayOf = "CAST({0} AS DATE)",
        IsOtherTime = "typeof(u.at_utc) NOT IN ('TIMESTAMP', 'TIMESTAMP_S', 'TIMESTAMP_MS', 'TIMESTAMP_NS', 'DATE')",
        Whole = "DECIMAL(19, 0)",
        Total = "CAST({0} * 0.000001 AS DECIMAL(38, 18))",
    };

    internal static readonly SqlGrammar PostgreSql = DuckDb with
    {
        Name = "PostgreSQL",
        End = $"COMMIT;\n{string.Concat(SqlTables.Names.Select(name => $"ANALYZE {name};\n"))}",
        IsOtherTime = "pg_typeof(u.at_utc) NOT IN ('timestamp without time zone'::regtype, 'date'::regtype)",
    };

    /// <summary>TIMESTAMP of Spark is an instant, which it shows on the clock of the session.</summary>
    /// <remarks>
    /// <para>A product of DECIMAL(19, 0) and DECIMAL(17, 0) is DECIMAL(37, 0), and their sums DECIMAL(38, 0): without decimals there is
    /// nothing that Spark would round, whatever spark.sql.decimalOperations.allowPrecisionLoss says
    /// (DecimalType.adjustPrecisionScale and DecimalPrecision of https://github.com/apache/spark).</para>
    /// <para>Two quotation marks in a text are none before Spark 4 (https://spark.apache.org/docs/latest/sql-ref-literals.html).</para>
    /// </remarks>
    internal static readonly SqlGrammar Spark = new()
    {
        Name = "Spark SQL",
        Text = "STRING",
        Key = "INT",
        Count = "BIGINT",
        Instant = "TIMESTAMP",
        Day = "DATE",
        Price = "DECIMAL" + PriceDigits,
        NotNull = "",
        EndOfTable = " USING PARQUET",
        HasBackslashes = true,
        InstantOf = "TIMESTAMP '{0}Z'",
        InstantCell = "TIMESTAMP '{0}Z'",
        DayCell = "DATE '{0}'",
        DayOf = "DATE_FROM_UNIX_DATE(CAST(UNIX_MICROS({0}) DIV 86400000000 AS INT))",
        IsOtherTime = "TYPEOF(u.at_utc) <> 'timestamp'",
        Whole = "DECIMAL(19, 0)",
        Rate = WholePrice,
        GreatestAmount = GreatestWhole,
        Total = Shifted("STRING"),
    };

    /// <summary>TIMESTAMP of BigQuery is an instant; a comparison with another type is an error.</summary>
    /// <remarks>
    /// <para>A view names the dataset of what it reads, whatever the default one is (https://cloud.google.com/bigquery/docs/views), and
    /// transactions have no CREATE TABLE (https://cloud.google.com/bigquery/docs/transactions).</para>
    /// <para>BIGNUMERIC has 38 digits before the point and 38 after it, and is an error beyond; a number with a point is FLOAT64 unless it
    /// says BIGNUMERIC (https://cloud.google.com/bigquery/docs/reference/standard-sql/lexical).</para>
    /// </remarks>
    internal static readonly SqlGrammar BigQuery = new()
    {
        Name = "BigQuery",
        Text = "STRING",
        Key = "INT64",
        Count = "INT64",
        Instant = "TIMESTAMP",
        Day = "DATE",
        Price = "BIGNUMERIC" + PriceDigits,
        Prefix = "llmcost.",
        Begin = "CREATE SCHEMA IF NOT EXISTS llmcost;\n",
        HasBackslashes = true,
        InstantOf = "TIMESTAMP '{0}+00'",
        InstantCell = "TIMESTAMP '{0}+00'",
        DayCell = "DATE '{0}'",
        PriceCell = "BIGNUMERIC '{0}'",
        DayOf = "DATE({0}, 'UTC')",
        IsOtherTime = "FALSE",
        Whole = "BIGNUMERIC",
        GreatestAmount = "BIGNUMERIC '79228162514264337.593543950335'",
        Total = "{0} * BIGNUMERIC '0.000001'",
    };

    /// <summary>Columns of ClickHouse have no nulls unless they say so, and a join without a row gives 0 and '' for those.</summary>
    /// <remarks>
    /// <para>Decimal256 has 76 digits, of which 44 are used: beyond, ClickHouse would not stop
    /// (https://clickhouse.com/docs/sql-reference/data-types/decimal).</para>
    /// <para>DateTime64 is an instant, which it shows in its time zone; it ends in 2299
    /// (https://clickhouse.com/docs/sql-reference/data-types/datetime64).</para>
    /// </remarks>
    internal static readonly SqlGrammar ClickHouse = new()
    {
        Name = "ClickHouse",
        Text = "Nullable(String)",
        Key = "Nullable(Int32)",
        Count = "Nullable(Int64)",
        Instant = "Nullable(DateTime64(6, 'UTC'))",
        Day = "Nullable(Date32)",
        Price = $"Nullable(Decimal{PriceDigits})",
        NotNull = "",
        EndOfTable = " ENGINE = MergeTree ORDER BY tuple()",
        HasBackslashes = true,
        InstantOf = "toDateTime64('{0}', 6, 'UTC')",
        PriceCell = "'{0}'",
        DayOf = "toDate32({0}, 'UTC')",
        IsOtherTime = "toTypeName(u.at_utc) NOT LIKE '%DateTime%'",
        Left = "leftUTF8({0}, {1})",
        Whole = "Decimal(38, 0)",
        Rate = "CAST({0} AS Nullable(Decimal(76, 12)))",
        GreatestAmount = "toDecimal256('79228162514264337.593543950335', 12)",
        Total = "{0} * toDecimal256('0.000001', 6)",
    };

    /// <summary>TIMESTAMP_NTZ is the only type of Snowflake that no session changes.</summary>
    /// <remarks>A product has at most 12 decimals unless a factor has more, and would be rounded to them; without decimals nothing is, and
    /// more than 38 digits are an error (https://docs.snowflake.com/en/sql-reference/operators-arithmetic). Every statement that
    /// makes a table commits (https://docs.snowflake.com/en/sql-reference/transactions).</remarks>
    internal static readonly SqlGrammar Snowflake = new()
    {
        Name = "Snowflake",
        Text = "VARCHAR",
        Key = "INTEGER",
        Count = "BIGINT",
        Instant = "TIMESTAMP_NTZ",
        Day = "DATE",
        Price = "NUMBER" + PriceDigits,
        HasBackslashes = true,
        InstantOf = "CAST('{0}' AS TIMESTAMP_NTZ)",
        DayOf = "CAST({0} AS DATE)",
        IsOtherTime = "NOT IS_TIMESTAMP_NTZ(TO_VARIANT(u.at_utc))",
        Whole = "DECIMAL(19, 0)",
        Rate = WholePrice,
        GreatestAmount = GreatestWhole,
        Total = Shifted("VARCHAR"),
    };

    /// <summary>A whole number of 10^-18 as an amount.</summary>
    private static string Shifted(string text)
    {
        string digits = Digits.Replace("{1}", text, StringComparison.Ordinal);
        return $"CAST(SUBSTR({digits}, 1, 20) || '.' || SUBSTR({digits}, 21) AS DECIMAL(38, 18))";
    }
}
