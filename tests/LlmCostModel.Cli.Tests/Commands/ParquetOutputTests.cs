using LlmCostModel.Logs.Tests.Parquet;

namespace LlmCostModel.Cli.Tests;

/// <summary>What <c>price -o</c> writes: rows of FOCUS that equal those of CSV, and calls that cost the same when they are read
/// again.</summary>
public sealed class ParquetOutputTests : IDisposable
{
    private const string Log = """
        {"id":"a","model":"o1","at":"2025-01-20T10:00:00.1234567Z","usage":{"input":1000000,"output":20},"tags":{"user":"ann","team":"red"}}
        {"id":"a","model":"o1","at":"2025-01-20T10:00:00.1234567Z","usage":{"input":1000000,"output":20},"tags":{"user":"ann","team":"red"}}
        {"model":"gpt-4o","at":"2025-01-20T11:00:00Z","tier":"batch","usage":{"input":7,"cacheRead":600,"output":3},"tags":{"user":"böb"}}
        {"model":"deepseek-reasoner","at":"2025-01-20T12:00:00Z","provider":"deepseek","usage":{"input":400,"cacheRead":600,"output":500}}
        {"model":"gpt-4o","at":"2025-01-20T13:00:00Z","usage":{"input":5},"meters":{"webSearch":2}}
        {"model":"acme-99","at":"2025-01-20T13:00:00Z","usage":{"input":5}}
        """;

    private readonly CliRunner _cli = new();

    public void Dispose() => _cli.Dispose();

    /// <summary>o1: 1 M x 15 + 20 x 60 a million = 15.0012. The id that comes again is one call.</summary>
    [Fact]
    public void Calls_ReadAgain_CostTheSame()
    {
        string log = _cli.Write("calls.jsonl", Log);
        string file = _cli.PathOf("calls.parquet");

        CliResult written = CliRunner.Run("price", log, "--each", "-o", file);

        Assert.Equal((1, ""), (written.Code, written.Output)); // acme-99 has no price
        CliResult first = CliRunner.Run("price", log, "--group-by", "model,user,tag:team,tier");
        CliResult again = CliRunner.Run("price", file, "--group-by", "model,user,tag:team,tier");
        Assert.Equal(first.Json.GetProperty("groups").ToString(), again.Json.GetProperty("groups").ToString());
        Assert.Equal(first.Json.GetProperty("totals").ToString(), again.Json.GetProperty("totals").ToString());
        Assert.Contains("\"15.0012\"", again.Output, StringComparison.Ordinal);
        Assert.Equal(5, again.Json.GetProperty("calls").GetInt32());
        Assert.Equal(
            [["o1", "2025-01-20 10:00:00.123456+00", "1000000"], ["gpt-4o", "2025-01-20 11:00:00+00", "7"]],
            DuckDbFile.Read(File.ReadAllBytes(file), "SELECT model, CAST(\"at\" AS TIMESTAMPTZ)::VARCHAR, input::VARCHAR FROM file LIMIT 2"));
    }

    [Fact]
    public void RowsOfFocus_AreThoseOfCsv()
    {
        string log = _cli.Write("calls.jsonl", Log);

        CliResult parquet = CliRunner.Run("price", log, "--format", "focus", "--group-by", "user", "-o", _cli.PathOf("costs.parquet"));
        CliResult csv = CliRunner.Run("price", log, "--format", "focus", "--group-by", "user", "-o", _cli.PathOf("costs.csv"));

        Assert.Equal((1, "", parquet.Error), (parquet.Code, parquet.Output, csv.Error));
        string text = CliRunner.Run("price", log, "--format", "focus", "--group-by", "user").Output;
        Assert.Equal(text, File.ReadAllText(_cli.PathOf("costs.csv")));
        string[] names = text[..text.IndexOf('\n', StringComparison.Ordinal)].Split(',');
        string columns = string.Join(", ", names.Select(name => $"CAST(\"{name}\" AS VARCHAR)"));
        string?[][] rows = DuckDbFile.Read(File.ReadAllBytes(_cli.PathOf("costs.parquet")), $"SELECT {columns} FROM file");
        string?[][] lines = DuckDbFile.Read(
            File.ReadAllBytes(_cli.PathOf("costs.parquet")), // the same typed by DuckDB itself
            $"SELECT {string.Join(", ", names.Select(Typed))} FROM read_csv('{_cli.PathOf("costs.csv")}', all_varchar = true)");
        Assert.Equal(lines, rows);
        Assert.Equal(text.TrimEnd('\n').Split('\n').Length - 1, rows.Length);
        Assert.All(DuckDbFile.Read(File.ReadAllBytes(_cli.PathOf("costs.parquet")), "SELECT column_type FROM (DESCRIBE file) WHERE column_name LIKE '%Cost' OR column_name LIKE '%Price' OR column_name LIKE '%Quantity'"), type => Assert.Equal("DECIMAL(38,18)", type[0]));

        static string Typed(string name) => name switch
        {
            _ when name.EndsWith("Cost", StringComparison.Ordinal) || name.EndsWith("Price", StringComparison.Ordinal) || name.EndsWith("Quantity", StringComparison.Ordinal)
                => $"CAST(CAST(\"{name}\" AS DECIMAL(38,18)) AS VARCHAR)",
            "BillingPeriodStart" or "BillingPeriodEnd" or "ChargePeriodStart" or "ChargePeriodEnd" => $"CAST(CAST(\"{name}\" AS TIMESTAMPTZ) AS VARCHAR)",
            _ => $"\"{name}\"",
        };
    }

    [Theory]
    [InlineData("-o writes rows of --format focus, or the calls of --each. Say one of the two.", "x.parquet")]
    [InlineData("'x.txt' ends in neither .parquet nor .csv. Name the file of the rows so.", "x.txt", "--format", "focus")]
    [InlineData("'x.jsonl' does not end in .parquet. The lines of --each go to standard output: redirect them to a file.", "x.jsonl", "--each")]
    public void OtherFiles_AreRefused(string message, string file, params string[] more)
    {
        CliResult result = CliRunner.RunWith(Log, ["price", "-", "-o", file, .. more]);

        Assert.Equal((2, "", message), (result.Code, result.Output, result.Error.TrimEnd()));
    }

    /// <summary>A sum of calls is no call, and an answer whose counts are not known has none.</summary>
    [Fact]
    public void CallsThatNoRowCanSay_AreSaid()
    {
        string log = _cli.Write("calls.jsonl", """{"model":"gpt-4o","input_tokens":5}""" + "\n" + """{"object":"chat.completion","model":"gpt-4o"}""");

        CliResult result = CliRunner.Run("price", log, "--each", "-o", _cli.PathOf("x.parquet"));

        Assert.Equal(1, result.Code);
        Assert.Equal("", result.Output);
        Assert.True(File.Exists(_cli.PathOf("x.parquet")));
    }

    [Fact]
    public void Parquet_FromStandardInput_AndInAFolder_IsRead()
    {
        byte[] file = DuckDbFile.Write("SELECT 'o1' AS model, 1000000 AS input, TIMESTAMPTZ '2025-01-20 10:00:00+00' AS \"at\" FROM range(3)");
        Directory.CreateDirectory(_cli.PathOf("logs"));
        File.WriteAllBytes(Path.Combine(_cli.PathOf("logs"), "calls.parquet"), file);

        Assert.Equal("45", Total(CliRunner.RunWith(file, "price", "-")));
        Assert.Equal("45", Total(CliRunner.Run("price", _cli.PathOf("logs"))));
        Assert.Equal("45", Total(CliRunner.RunRecordByRecord("price", _cli.PathOf("logs"))));

        static string? Total(CliResult result) => result.Json.GetProperty("totals")[0].GetProperty("total").GetString();
    }

    [Fact]
    public void BrokenFile_IsRefused()
    {
        byte[] file = DuckDbFile.Write("SELECT 'o1' AS model, 1 AS input");
        File.WriteAllBytes(_cli.PathOf("calls.parquet"), file[..^9]);

        CliResult result = CliRunner.Run("price", _cli.PathOf("calls.parquet"));

        Assert.Equal((2, ""), (result.Code, result.Output));
        Assert.Contains("cannot be read: its end is missing: it was cut off, or is written still.", result.Error, StringComparison.Ordinal);
    }
}
