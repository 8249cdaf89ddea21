using System.Text.Json;

namespace LlmCostModel.Cli.Tests;

/// <summary>Files with traffic, compared and forecast.</summary>
public sealed class TrafficCommandTests : IDisposable
{
    private const string Rates = """
        { "Provider": "acme", "Currency": "USD", "Models": {
          "small": { "PerMillionTokens": { "Input": 1, "CacheRead": 0.1, "CacheWrite5m": 1.25, "Output": 5 } },
          "large": { "PerMillionTokens": { "Input": 10, "CacheRead": 1, "CacheWrite5m": 12.5, "Output": 50 },
                     "Rules": [ { "Name": "batch", "When": { "Tier": "batch" }, "Multiply": 0.5 } ] } } }
        """;

    private const string Traffic = """
        { "traffic": { "start": "2026-12-01", "conversations": 10000, "turns": 3, "userTokens": 50, "systemTokens": 1000, "outputTokens": 200, "sample": 200 },
          "candidates": [ { "model": "large", "tier": "batch" }, { "model": "small" }, { "model": "nobody-1" } ],
          "forecast": { "months": 1, "samples": 200 } }
        """;

    private readonly CliRunner _cli = new();

    public void Dispose() => _cli.Dispose();

    /// <summary>3,900 prompt tokens and 600 of output a conversation: 0.0069 at the small model, half of ten times that in a batch.</summary>
    [Fact]
    public void Compare_Traffic_IsTheMonthWorkedOutByHand()
    {
        string file = _cli.Write("traffic.json", Traffic), rates = _cli.Write("rates.json", Rates);

        CliResult result = CliRunner.Run("compare", "--workload", file, "--rates", rates, "--no-catalog");

        Assert.Equal(1, result.Code); // nobody-1 has no price
        JsonElement[] candidates = [.. result.Json.GetProperty("results").EnumerateArray()];
        Assert.Equal(["small", "large", "nobody-1"], candidates.Select(one => one.GetProperty("label").GetString()));
        Assert.Equal(["69", "345", null], candidates.Select(one => one.GetProperty("perMonth").GetString()));
        Assert.Equal(["0.0069", "0.0345", null], candidates.Select(one => one.GetProperty("perConversation").GetString()));
        Assert.Equal("1", candidates[0].GetProperty("ratio").GetString());
    }

    [Fact]
    public void Compare_TrafficAsTableCsvAndChart_IsWritten()
    {
        string file = _cli.Write("traffic.json", Traffic), rates = _cli.Write("rates.json", Rates), svg = _cli.PathOf("chart.svg");
        string[] shared = ["compare", "--workload", file, "--rates", rates, "--no-catalog"];

        string table = CliRunner.Run([.. shared, "--format", "table", "--chart", svg]).Output;
        string[] rows = CliRunner.Run([.. shared, "--format", "csv"]).Output.Split('\n');

        Assert.Contains("conversations of 1 week from 2026-12-01 on were drawn (seed 0); a month has 10,000.", table, StringComparison.Ordinal);
        Assert.Contains("No price for model 'nobody-1'", table, StringComparison.Ordinal);
        Assert.StartsWith("small,model,small,,priced,", rows[1], StringComparison.Ordinal);
        string chart = File.ReadAllText(svg);
        Assert.Contains(">69.00 USD &#177;0.0%<", chart, StringComparison.Ordinal);
        Assert.Contains(">not priced<", chart, StringComparison.Ordinal);
    }

    /// <summary>The first candidate, in the tier that the file says: 345, for as many conversations as were stated.</summary>
    [Fact]
    public void Forecast_OfTraffic_IsThatOfItsCandidateAndTier()
    {
        string file = _cli.Write("traffic.json", Traffic), rates = _cli.Write("rates.json", Rates);

        CliResult result = CliRunner.Run("forecast", file, "--rates", rates, "--no-catalog");

        Assert.Equal(0, result.Code);
        Assert.Equal("large", result.Json.GetProperty("model").GetString());
        Assert.InRange(decimal.Parse(result.Json.GetProperty("mean").GetString()!, System.Globalization.CultureInfo.InvariantCulture), 344m, 346m);
        Assert.Contains("Name another in the file.", CliRunner.Run("forecast", file, "--model", "small").Error, StringComparison.Ordinal);
    }

    /// <summary>Without --tier the tier of a file counts, whatever it is.</summary>
    [Fact]
    public void Forecast_TierOfTheFile_IsNotLost()
    {
        string rates = _cli.Write("rates.json", Rates);
        string file = _cli.Write("plan.json", """
            { "forecast": { "model": "large", "tier": "batch", "start": "2026-12-01", "months": 1, "requests": 1000, "promptTokens": 1000, "outputTokens": 0 } }
            """);

        CliResult result = CliRunner.Run("forecast", file, "--rates", rates, "--no-catalog");

        Assert.Equal("5", result.Json.GetProperty("mean").GetString()); // a million tokens at half of 10
    }
}
