namespace LlmCostModel.Cli.Tests;

public sealed class ForecastCommandTests : IDisposable
{
    private const string Exact = """
        { "forecast": { "model": "deepseek-reasoner", "start": "2025-02-01", "months": 1, "requests": 1000000, "promptTokens": 1000, "outputTokens": 100, "reasoningTokens": 200, "hitRate": 0.6, "budget": 900 } }
        """;

    private readonly CliRunner _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void Forecast_NothingUncertain_IsTheExactPrice()
    {
        CliResult result = CliRunner.Run("forecast", _cli.Write("w.json", Exact), "--at", "2025-01-27");

        // 10^6 x (400 x 0.55 + 600 x 0.14 + 300 x 2.19) millionths = 220 + 84 + 657
        Assert.Equal(
            """{"model":"deepseek-reasoner","currency":"USD","exact":true,"mean":"961","p5":"961","p50":"961","p95":"961","p99":"961","budget":"900","probabilityOverBudget":"1","months":[{"from":"2025-02-01","mean":"961","p5":"961","p50":"961","p95":"961","p99":"961"}],"drivers":[],"assumptions":["requests: 1000000","promptTokens: 1000","outputTokens: 100","reasoningTokens: 200","hitRate: 0.6","There are no bursts.","Every call has the mean length.","The prices are those of 2025-01-27 00:00:00Z.","The inputs are independent of each other.","Nothing is uncertain: one scenario, priced exactly."],"lines":[{"name":"deepseek-reasoner","model":"deepseek-reasoner","mean":"961","p5":"961","p50":"961","p95":"961","p99":"961","months":[{"from":"2025-02-01","mean":"961","requests":"1000000","freshTokens":"400000000","cachedTokens":"600000000","outputTokens":"300000000"}]}],"scenarios":[],"notes":[]}""",
            result.OneLine);
        Assert.Equal(0, result.Code);
    }

    [Fact]
    public void Forecast_Uncertain_RepeatsWithItsSeedAndNamesTheDriver()
    {
        string file = _cli.Write("w.json", Exact.Replace("\"requests\": 1000000", "\"requests\": { \"p5\": 500000, \"p95\": 2000000 }", StringComparison.Ordinal));
        CliResult result = CliRunner.Run("forecast", file, "--at", "2025-01-27", "--samples", "2000", "--seed", "5");

        Assert.Equal(result, CliRunner.Run("forecast", file, "--at", "2025-01-27", "--samples", "2000", "--seed", "5"));
        Assert.Equal("requests", result.Json.GetProperty("drivers")[0].GetProperty("input").GetString());
        Assert.Equal("1", result.Json.GetProperty("drivers")[0].GetProperty("share").GetString());
        Assert.Contains("2000 scenarios, seed 5.", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Forecast_TableCsvAndPage_AreWritten()
    {
        string file = _cli.Write("w.json", Exact);
        string page = _cli.PathOf("page.html");
        string table = CliRunner.Run("forecast", file, "--at", "2025-01-27", "--format", "table", "--chart", page).Output;

        Assert.Contains("961.00", table, StringComparison.Ordinal);
        Assert.Contains("exceed 900.00 USD.", table, StringComparison.Ordinal);
        Assert.StartsWith("<!DOCTYPE html>", File.ReadAllText(page), StringComparison.Ordinal);
        Assert.Equal("from,mean,p5,p50,p95,p99,currency\n2025-02-01,961,961,961,961,961,USD\ntotal,961,961,961,961,961,USD\n", CliRunner.Run("forecast", file, "--at", "2025-01-27", "--format", "csv").Output);
    }

    [Fact]
    public void Forecast_FileWithMistakes_ListsThemAllAndExitsWith2()
    {
        CliResult result = CliRunner.Run("forecast", _cli.Write("w.json", """{ "forecast": { "start": "soon", "months": 0, "requets": 5 } }"""));

        Assert.Equal((2, ""), (result.Code, result.Output));
        string[] parts = ["w.json:forecast:model", "w.json:forecast:start", "w.json:forecast:months", "w.json:forecast:requests", "w.json:forecast:requets", "w.json:forecast:promptTokens"];
        Assert.All(parts, part => Assert.Contains(part, result.Error, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{ "calls": [ { "input": 1 } ] }""", "has no 'forecast'.")]
    [InlineData("{", "w.json is not JSON")]
    public void Forecast_NothingToForecast_ExitsWith2(string text, string message)
    {
        CliResult result = CliRunner.Run("forecast", _cli.Write("w.json", text));

        Assert.Equal((2, ""), (result.Code, result.Output));
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Forecast_UnknownModelOrMissingFile_ExitsWith2()
    {
        Assert.Equal(2, CliRunner.Run("forecast", _cli.Write("w.json", Exact), "--model", "nobody-1").Code);
        Assert.Equal(2, CliRunner.Run("forecast", _cli.PathOf("missing.json")).Code);
        Assert.Equal(2, CliRunner.Run("forecast", _cli.Write("w.json", Exact), "--samples", "1").Code);
    }
}
