using LlmCostModel.Catalog;

namespace LlmCostModel.Cli.Tests.Commands;

public sealed class CatalogExportTests : IDisposable
{
    private readonly CliRunner _runner = new();

    public void Dispose() => _runner.Dispose();

    [Fact]
    public void Export_File_IsTheCatalog()
    {
        string path = _runner.PathOf("catalog.json");

        CliResult result = CliRunner.Run("catalog", "export", "-o", path);

        Assert.Equal((0, "", ""), (result.Code, result.Output, result.Error));
        Assert.Equal(BuiltInCatalog.RateCards.Count, CatalogFile.Load(path).Count);
    }

    /// <summary>In, priced, and out again: 0.8 of Opus 4.5's 5 of input are 4, and the override of 3 becomes 2.4.</summary>
    [Fact]
    public void ClaudeCode_SettingsInAndOut_KeepContractPrices()
    {
        string settings = _runner.Write("managed-settings.json", """
            { "modelPricing": { "multiplier": 0.8, "overrides": { "claude-sonnet-4-5": { "input": 3, "output": 15, "cacheRead": 0.3, "cacheWrite": 3.75 } } } }
            """);
        string rates = _runner.PathOf("contract.json");
        string again = _runner.PathOf("again.json");

        CliResult import = CliRunner.Run("catalog", "import", "claude-code", settings, "-o", rates);
        CliResult opus = CliRunner.Run("estimate", "claude-opus-4-5", "--input", "1M", "--rates", rates, "--at", "2026-11-26");
        CliResult export = CliRunner.Run("catalog", "export", "-o", again, "--claude-code", "claude-sonnet-4-5", "--rates", rates, "--at", "2026-11-26");
        CliResult refused = CliRunner.Run("catalog", "export", "-o", again + "2", "--claude-code", "no-such-model");

        Assert.Equal((0, 2, 2), (import.Code, import.Json.GetProperty("entries").GetInt32(), import.Json.GetProperty("imported").GetInt32()));
        Assert.Equal("4", opus.Json.GetProperty("total").GetString());
        Assert.Equal(0, export.Code);
        Assert.Contains("\"input\": 2.4,", File.ReadAllText(again), StringComparison.Ordinal);
        Assert.Equal(1, refused.Code);
        Assert.Contains("no-such-model: input: No price for model 'no-such-model'", refused.Error, StringComparison.Ordinal);
    }
}
