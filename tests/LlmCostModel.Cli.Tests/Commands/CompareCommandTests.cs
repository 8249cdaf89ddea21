using LlmCostModel.TestData;

namespace LlmCostModel.Cli.Tests;

public class CompareCommandTests
{
    private static readonly string[] PublishedDay =
        ["compare", "o1", "deepseek-reasoner", "--cache-read", "342B", "--input", "266B", "--output", "168B", "--at", "2025-01-27"];

    // R1: 342,000 x 0.14 + 266,000 x 0.55 + 168,000 x 2.19 = 47,880 + 146,300 + 367,920 = 562,100
    // o1: 342,000 x 7.50 + 266,000 x 15 + 168,000 x 60 = 2,565,000 + 3,990,000 + 10,080,000 = 16,635,000; 29.594378...
    [Fact]
    public void Compare_DeepSeeksPublishedDay_IsTheReferenceExample()
    {
        CliResult result = CliRunner.Run(PublishedDay);

        Assert.Equal(0, result.Code);
        Assert.Equal(
            """{"usage":{"input":266000000000,"cacheRead":342000000000,"output":168000000000},"results":[{"model":"deepseek-reasoner","provider":"deepseek","status":"priced","reasons":[],"currency":"USD","total":"562100","ratio":"1"},{"model":"o1","provider":"openai","status":"priced","reasons":[],"currency":"USD","total":"16635000","ratio":"29.594378"}],"at":"2025-01-27T00:00:00Z","notes":[]}""",
            result.OneLine);
    }

    [Fact]
    public void Compare_Table_ShowsBars() => TextSnapshot.Match(CliRunner.Run([.. PublishedDay, "--format", "table"]).Output, "compare-table");

    [Fact]
    public void Compare_Csv_HasOneLineEach() => TextSnapshot.Match(CliRunner.Run([.. PublishedDay, "--format", "csv"]).Output, "compare-csv");

    [Fact]
    public void Compare_UnknownModel_ComesLastWithoutRatio()
    {
        CliResult result = CliRunner.Run("compare", "acme-1", "o1", "--input", "1M");

        Assert.Equal(1, result.Code);
        System.Text.Json.JsonElement last = result.Json.GetProperty("results")[1];
        Assert.Equal("acme-1", last.GetProperty("model").GetString());
        Assert.False(last.TryGetProperty("ratio", out _));
        Assert.False(last.TryGetProperty("total", out _));
    }
}
