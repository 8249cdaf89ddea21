namespace LlmCostModel.Logs.Tests.Sql;

/// <summary>What dialects write differently, worked out by hand, and what engines make of it.</summary>
public sealed class SqlDialectTests
{
    /// <summary>A backslash and quotation marks in the name, a tenth of a millionth of a millionth and nearly 100,000 per million, a rule
    /// for regions, an end and a beginning, and hours.</summary>
    private const string Card = """
        { "RateCards": { "acme": { "Provider": "acme", "Currency": "USD", "Models": {
          "it's \\ a \"b\"": { "PerMillionTokens": { "Input": 0.000000000001, "Output": 99999.999999999999 }, "Rules": [
            { "Name": "é", "When": { "Region": "é'*" }, "PerMillionTokens": { "Input": 0.000000000002 } } ] },
          "dated": { "Versions": [
            { "PerMillionTokens": { "Input": 1 }, "Until": "2026-01-01T00:00:00.000001Z" },
            { "From": "2026-01-01T00:00:00.000001Z", "PerMillionTokens": { "Input": 2 }, "Rules": [
              { "Name": "night", "When": { "Daily": [ "22:00-02:00" ] }, "Multiply": 0.5 } ] } ] },
          "lost": { "PerMillionTokens": { "Input": 1 }, "Rules": [ { "Name": "a'b\\", "FixedFee": 1 } ] } } } } }
        """;

    private const string Model = "it's \\ a \"b\"";

    [Theory]
    [InlineData(SqlDialect.DuckDb, "'it''s \\ a \"b\"'", "'new\nline'", "'2026-01-01 00:00:00.000001'", "0.000000000001")]
    [InlineData(SqlDialect.PostgreSql, "'it''s \\ a \"b\"'", "'new\nline'", "'2026-01-01 00:00:00.000001'", "0.000000000001")]
    [InlineData(SqlDialect.Spark, @"'it\'s \\ a ""b""'", @"'new\nline'", "TIMESTAMP '2026-01-01 00:00:00.000001Z'", "0.000000000001")]
    [InlineData(SqlDialect.BigQuery, @"'it\'s \\ a ""b""'", @"'new\nline'", "TIMESTAMP '2026-01-01 00:00:00.000001+00'", "BIGNUMERIC '0.000000000001'")]
    [InlineData(SqlDialect.ClickHouse, @"'it\'s \\ a ""b""'", @"'new\nline'", "'2026-01-01 00:00:00.000001'", "'0.000000000001'")]
    [InlineData(SqlDialect.Snowflake, @"'it\'s \\ a ""b""'", @"'new\nline'", "'2026-01-01 00:00:00.000001'", "0.000000000001")]
    public void Write_Values_AreLiteralsOfTheDialect(SqlDialect dialect, string text, string lines, string instant, string price)
    {
        string script = Script(dialect);

        Assert.Contains($"({text}, 'acme', ", script, StringComparison.Ordinal);
        Assert.Contains($"({lines}, '', NULL, NULL, 'unknownModel')", script, StringComparison.Ordinal);
        Assert.Contains($", {instant}, ", script, StringComparison.Ordinal);
        Assert.Contains($", {price}, ", script, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SqlDialect.DuckDb, "DuckDB")]
    [InlineData(SqlDialect.PostgreSql, "PostgreSQL")]
    [InlineData(SqlDialect.Spark, "Spark SQL")]
    [InlineData(SqlDialect.BigQuery, "BigQuery")]
    [InlineData(SqlDialect.ClickHouse, "ClickHouse")]
    [InlineData(SqlDialect.Snowflake, "Snowflake")]
    public void Write_Head_SpellsTheEngineAsItsMakersDo(SqlDialect dialect, string name) =>
        Assert.StartsWith($"-- Prices of language models for {name}, written by ", Script(dialect), StringComparison.Ordinal);

    [Theory]
    [InlineData(SqlDialect.DuckDb, "BEGIN;\n", "COMMIT;\n")]
    [InlineData(SqlDialect.PostgreSql, "BEGIN;\n", "ANALYZE llmcost_rates;\n")]
    [InlineData(SqlDialect.Spark, "DROP VIEW IF EXISTS llmcost_calls;\n", null)]
    [InlineData(SqlDialect.BigQuery, "CREATE SCHEMA IF NOT EXISTS llmcost;\nDROP VIEW IF EXISTS llmcost.llmcost_calls;\n", null)]
    [InlineData(SqlDialect.ClickHouse, "DROP VIEW IF EXISTS llmcost_calls;\n", null)]
    [InlineData(SqlDialect.Snowflake, "DROP VIEW IF EXISTS llmcost_calls;\n", null)]
    public void Write_Statements_HaveTransactionsWhereTablesCanBePartOfThem(SqlDialect dialect, string first, string? last)
    {
        string script = Script(dialect);
        string statements = script[(script.IndexOf("\n-- 'lost'", StringComparison.Ordinal) + 1)..];

        Assert.StartsWith(first, statements[(statements.IndexOf('\n', StringComparison.Ordinal) + 1)..], StringComparison.Ordinal);
        Assert.EndsWith(last ?? "WHERE r.id IS NULL AND r.parent IS NULL;\n", statements, StringComparison.Ordinal);
        Assert.Equal(last is not null, statements.Contains("PRIMARY KEY", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(SqlDialect.DuckDb, "id TEXT", "at_utc TIMESTAMP,", "input BIGINT", ");")]
    [InlineData(SqlDialect.PostgreSql, "id TEXT", "at_utc TIMESTAMP,", "input BIGINT", ");")]
    [InlineData(SqlDialect.Spark, "id STRING", "at_utc TIMESTAMP,", "input BIGINT", ") USING PARQUET;")]
    [InlineData(SqlDialect.BigQuery, "id STRING", "at_utc TIMESTAMP,", "input INT64", ");")]
    [InlineData(SqlDialect.ClickHouse, "id Nullable(String)", "at_utc Nullable(DateTime64(6, 'UTC')),", "input Nullable(Int64)", ") ENGINE = MergeTree ORDER BY tuple();")]
    [InlineData(SqlDialect.Snowflake, "id VARCHAR", "at_utc TIMESTAMP_NTZ,", "input BIGINT", ");")]
    public void GetUsageTable_Dialect_HasItsTypes(SqlDialect dialect, string id, string at, string count, string end)
    {
        string table = SqlPriceWriter.GetUsageTable(dialect);

        Assert.Contains($"llmcost_usage ({id}, ", table, StringComparison.Ordinal);
        Assert.Contains($", {at} ", table, StringComparison.Ordinal);
        Assert.Contains($"\n  {count}, ", table, StringComparison.Ordinal);
        Assert.EndsWith(end, table, StringComparison.Ordinal);
    }

    [Fact]
    public void GetUsageTable_NoSuchDialect_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => SqlPriceWriter.GetUsageTable((SqlDialect)6));

    [Fact]
    public void DuckDb_Edges_CostWhatTheyDo() => Check(static () => new DuckDbEngine());

    [PostgreSqlFact]
    public void PostgreSql_Edges_CostWhatTheyDo() => Check(static () => new PostgreSqlEngine());

    [SqlToolsFact]
    public void ClickHouse_Edges_CostWhatTheyDo() => Check(static () => new ClickHouseEngine());

    [Fact]
    public void SparkInDuckDb_Edges_CostWhatTheyDo() => Check(static () => new SparkInDuckDb());

    [Fact]
    public void SnowflakeInDuckDb_Edges_CostWhatTheyDo() => Check(static () => new SnowflakeInDuckDb());

    [PostgreSqlFact]
    public void BigQueryInPostgreSql_Edges_CostWhatTheyDo() => Check(static () => new BigQueryInPostgreSql());

    private static void Check(Func<SqlEngine> start)
    {
        SqlCall One(string model, string? at, long input) => SqlCall.Of(model, at, (TokenBucket.Input, input));
        SqlCall output = SqlCall.Of(Model, null, (TokenBucket.Output, 700_000_000_000));
        (SqlCall Call, decimal? Total, string? Reason)[] cases =
        [
            (One(Model, null, 1), 0.000000000000000001m, null),
            (One(Model, null, 1) with { Region = "É'x" }, 0.000000000000000001m, null), // no letter of ASCII: not the same one
            (One(Model, null, 1) with { Region = "é'X" }, 0.000000000000000002m, null),
            (One(Model, null, 0), 0, null),

            // 7e11 x 99,999.999999999999 = 7e16 - 0.7, per million.
            (output, 69_999_999_999.9999993m, null),
            (SqlCall.Of(Model, null, (TokenBucket.Output, 800_000_000_000)), null, "amountTooLarge"),
            (SqlCall.Of(Model, null, (TokenBucket.Output, long.MaxValue)), null, "amountTooLarge"),
            (SqlCall.Of(Model, null, (TokenBucket.Input, long.MaxValue), (TokenBucket.Output, 1)), null, "tooManyTokens"),
            (One("it's a \"b\"", null, 1), null, "unknownModel"),
            (One(Model, null, 1) with { Provider = "" }, 0.000000000000000001m, null),
            (One(Model, null, 1) with { Provider = "ACME", Tier = "", Region = "" }, 0.000000000000000001m, null),
            (One("dated", "1900-01-01T00:00:00Z", 1_000_000), 1, null),
            (One("dated", "1969-12-31T23:59:59.999999Z", 1_000_000), 1, null),
            (One("dated", "2026-01-01T00:00:00Z", 1_000_000), 1, null),
            (One("dated", "2026-01-01T00:00:00.000001Z", 1_000_000), 1, null), // 2, and half of it at night
            (One("dated", "2026-01-01T01:59:59.999999Z", 1_000_000), 1, null),
            (One("dated", "2026-01-01T02:00:00Z", 1_000_000), 2, null),
            (One("dated", "2026-01-01T22:00:00Z", 1_000_000), 1, null),
            (One("dated", "2299-01-01T00:00:00Z", 1_000_000), null, "outsideHours"),
            (One("dated", null, 1_000_000), null, "missingTime"),
            (One("lost", null, 1), null, "notInSql: rule 'a'b\\' charges a fee"),
            (One("dated", "2025-01-01T00:00:00Z", -1), null, "negativeCount"),
            (SqlCall.Of("dated", "2025-01-01T00:00:00Z"), null, "unknownUsage"),
            (SqlCall.Of("dated", "2025-01-01T00:00:00Z", (TokenBucket.VideoOutput, 1)), null, "unknownTokenPrice: video_output"),
        ];
        LlmCostModelOptions options = Options();
        using SqlEngine engine = start();
        List<SqlCost> costs = engine.Price(new CostEstimator(options), options, [.. cases.Select(one => one.Call)]);

        Assert.All(cases.Zip(costs), pair => Assert.Equal((pair.First.Total, pair.First.Reason), (pair.Second.Total, pair.Second.Reason)));
    }

    private static string Script(SqlDialect dialect)
    {
        LlmCostModelOptions options = Options();
        using StringWriter script = new();
        new SqlPriceWriter(new CostEstimator(options), options).Write(
            script, dialect, ["new\nline"], new DateTimeOffset(2026, 2, 1, 0, 0, 0, default));
        return script.ToString();
    }

    private static LlmCostModelOptions Options()
    {
        LlmCostModelOptions options = new();
        options.AddJson(Card, "card.json");
        return options;
    }
}
