namespace LlmCostModel.Cli.Tests.Commands;

/// <summary><c>llmcost catalog export --sql</c>; what engines make of it is tested with the library.</summary>
public sealed class CatalogSqlTests : IDisposable
{
    private const string Card = """
        { "RateCards": { "acme": { "Provider": "acme", "Currency": "USD", "Models": { "acme-1": { "PerMillionTokens": { "Input": 1 } } } } } }
        """;

    private readonly CliRunner _folder = new();

    private string Script => _folder.PathOf("prices.sql");

    [Fact]
    public void Export_Card_IsAScript()
    {
        string ids = _folder.Write("ids.txt", "ACME-1\n\nacme-1\r\n");
        CliResult result = Export("--sql", "DuckDB", "--rates", _folder.Write("card.json", Card), "--no-catalog", "--ids", ids);
        string script = File.ReadAllText(Script);

        Assert.Equal((0, "", ""), (result.Code, result.Output, result.Error));
        Assert.Contains("-- Prices by hours of the week are written out until 2027-01-27T00:00:00Z.\n", script, StringComparison.Ordinal);
        Assert.Contains("('ACME-1', '', 1, NULL, NULL),\n('ACME-1', 'acme', 1, NULL, NULL),\n('acme-1', '', 1,", script, StringComparison.Ordinal);
        Assert.Contains("CREATE VIEW llmcost_calls AS\n", script, StringComparison.Ordinal);
        Assert.DoesNotContain("ANALYZE", script, StringComparison.Ordinal);
    }

    [Fact]
    public void Export_WhatSqlCannotSay_IsTold()
    {
        string card = _folder.Write("card.json", Card.Replace("\"Input\": 1 }", "\"Input\": 1 }, \"MinimumCharge\": 1", StringComparison.Ordinal));
        CliResult result = Export("--sql", "postgresql", "--rates", card, "--no-catalog", "--hours-until", "2026-01-01");
        string script = File.ReadAllText(Script);

        Assert.Equal(1, result.Code);
        Assert.Equal("not in the SQL, and unpriced: 'acme-1' of rate card 'acme': it has a minimum charge.\n", result.Error.ReplaceLineEndings("\n"));
        Assert.Contains("\n-- 'acme-1' of rate card 'acme': it has a minimum charge.\n", script, StringComparison.Ordinal);
        Assert.Contains("until 2026-01-01T00:00:00Z.\n", script, StringComparison.Ordinal);
        Assert.Contains("\nANALYZE llmcost_rates;\n", script, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("spark", ") USING PARQUET;")]
    [InlineData("bigquery", "CREATE VIEW llmcost.llmcost_rows AS")]
    [InlineData("ClickHouse", "toDateTime64(")]
    [InlineData("snowflake", "TIMESTAMP_NTZ")]
    public void Export_Dialect_IsWritten(string dialect, string only)
    {
        CliResult result = Export("--sql", dialect, "--rates", _folder.Write("card.json", Card), "--no-catalog");

        Assert.Equal((0, "", ""), (result.Code, result.Output, result.Error));
        Assert.Contains(only, File.ReadAllText(Script), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'oracle' is not a dialect that is written. Write duckdb, postgresql, spark, bigquery, clickhouse or snowflake.", "--sql", "oracle")]
    [InlineData("--hours-until belongs to --sql. Name the dialect, such as --sql duckdb, or leave it out.", "--hours-until", "2026-01-01")]
    [InlineData("Time, provider, region and tier are columns of the table of calls", "--sql", "duckdb", "--tier", "batch")]
    [InlineData("Strict options throw where something has no price. Leave Strict out for SQL.", "--sql", "duckdb", "--strict")]
    [InlineData("Hours are written out until an instant from 2020 to 2168. Name one.", "--sql", "duckdb", "--hours-until", "2200-01-01")]
    public void Export_WhatMakesNoSense_IsRefused(string why, params string[] arguments)
    {
        CliResult result = Export([.. arguments, "--no-catalog", "--rates", _folder.Write("card.json", Card)]);

        Assert.Equal((2, ""), (result.Code, result.Output));
        Assert.Contains(why, result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Script));
    }

    [Fact]
    public void Export_OverlayThatSqlCannotSay_IsRefused()
    {
        string rates = _folder.Write("options.json", """
            { "Overlays": { "router": { "Rules": [ { "Name": "fee", "PercentFee": 5 } ] } }, "RateCards": { "acme": { "Currency": "USD",
              "Models": { "acme-1": { "PerMillionTokens": { "Input": 1 } } } } } }
            """);
        CliResult result = Export("--sql", "duckdb", "--rates", rates, "--no-catalog");

        Assert.Equal(2, result.Code);
        Assert.Equal(
            "Overlay 'router' cannot be written as SQL: rule 'fee' charges a fee. Leave it out.\n", result.Error.ReplaceLineEndings("\n"));
    }

    public void Dispose() => _folder.Dispose();

    private CliResult Export(params string[] arguments) => CliRunner.Run(["catalog", "export", "-o", Script, .. arguments]);
}
