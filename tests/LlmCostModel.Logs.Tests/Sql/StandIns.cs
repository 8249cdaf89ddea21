using System.Text.RegularExpressions;

namespace LlmCostModel.Logs.Tests.Sql;

/// <summary>The script for Spark in DuckDB, which also has decimals of 38 digits. What only Spark has is defined or replaced here.</summary>
internal sealed partial class SparkInDuckDb : DuckDbEngine
{
    public SparkInDuckDb() => Execute("""
        CREATE MACRO unix_micros(instant) AS epoch_us(instant);
        CREATE MACRO date_from_unix_date(days) AS DATE '1970-01-01' + days;
        """);

    public override SqlDialect Dialect => SqlDialect.Spark;

    protected override string Translated(string sql) => Escaped().Replace(sql, "E$0")
        .Replace(" USING PARQUET", "", StringComparison.Ordinal)
        .Replace(" DIV ", " // ", StringComparison.Ordinal)
        .Replace("TYPEOF(u.at_utc) <> 'timestamp'", "TYPEOF(u.at_utc) <> 'TIMESTAMP'", StringComparison.Ordinal);

    /// <summary>Texts with a backslash.</summary>
    [GeneratedRegex(@"'[^'\\]*(\\.[^'\\]*)+'")]
    internal static partial Regex Escaped();
}

/// <summary>The script for Snowflake in DuckDB, which also has decimals of 38 digits.</summary>
internal sealed class SnowflakeInDuckDb : DuckDbEngine
{
    public SnowflakeInDuckDb() => Execute("""
        CREATE TYPE timestamp_ntz AS TIMESTAMP;
        CREATE MACRO to_variant(value) AS value;
        CREATE MACRO is_timestamp_ntz(value) AS typeof(value) = 'TIMESTAMP';
        """);

    public override SqlDialect Dialect => SqlDialect.Snowflake;

    protected override string Translated(string sql) => SparkInDuckDb.Escaped().Replace(sql, "E$0")
        .Replace(" NUMBER(", " DECIMAL(", StringComparison.Ordinal);
}

/// <summary>The script for BigQuery in PostgreSQL, whose numeric holds what BIGNUMERIC does.</summary>
internal sealed class BigQueryInPostgreSql : PostgreSqlEngine
{
    public BigQueryInPostgreSql() => Execute("""
        CREATE SCHEMA llmcost;
        SET search_path TO llmcost, public;
        SET standard_conforming_strings = off;
        SET escape_string_warning = off;
        CREATE DOMAIN string AS text;
        CREATE DOMAIN int64 AS bigint;
        CREATE DOMAIN bignumeric AS numeric;
        CREATE FUNCTION date(instant timestamp, zone text) RETURNS date LANGUAGE sql IMMUTABLE AS 'SELECT CAST(instant AS date)';
        """);

    public override SqlDialect Dialect => SqlDialect.BigQuery;

    protected override string Translated(string sql) => sql.Replace(" BIGNUMERIC(17, 12)", " NUMERIC(17, 12)", StringComparison.Ordinal);
}
