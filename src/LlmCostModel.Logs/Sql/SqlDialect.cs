using System.Text.Json.Serialization;

namespace LlmCostModel.Logs;

/// <summary>The engines whose SQL <see cref="SqlPriceWriter"/> writes.</summary>
[JsonConverter(typeof(JsonNameConverter<SqlDialect>))]
public enum SqlDialect
{
    /// <summary>DuckDB 1.4 or later.</summary>
    DuckDb,

    /// <summary>PostgreSQL 15 or later.</summary>
    PostgreSql,

    /// <summary>Spark SQL of Apache Spark 3.4 or later, and of Databricks.</summary>
    Spark,

    /// <summary>GoogleSQL of BigQuery, in a dataset <c>llmcost</c>.</summary>
    BigQuery,

    /// <summary>ClickHouse; tested with 26.7.</summary>
    ClickHouse,

    /// <summary>Snowflake.</summary>
    Snowflake,
}
