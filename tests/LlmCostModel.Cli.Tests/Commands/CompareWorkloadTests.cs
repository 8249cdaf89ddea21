using System.Text.Json;

namespace LlmCostModel.Cli.Tests;

public sealed class CompareWorkloadTests : IDisposable
{
    private readonly CliRunner _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void Compare_DeepSeekDay_O1Costs29Point6TimesR1()
    {
        string file = _cli.Write("day.json", """{ "calls": [ { "cacheRead": 342000000000, "input": 266000000000, "output": 168000000000 } ], "candidates": [ { "model": "o1" }, { "model": "deepseek-reasoner" } ] }""");
        CliResult result = CliRunner.Run("compare", "--workload", file);
        JsonElement[] results = [.. result.Json.GetProperty("results").EnumerateArray()];

        Assert.Equal([("deepseek-reasoner", "562100", "1"), ("o1", "16635000", "29.594378")], results.Select(item => (Text(item, "model"), Text(item, "total"), Text(item, "ratio"))));
        Assert.Equal(0, result.Code);
    }

    [Fact]
    public void Compare_TraceBesideTheFile_IsSimulatedPerCandidate()
    {
        _cli.Write("t.jsonl", """
            {"timestamp":0,"input_length":1024,"output_length":10,"hash_ids":[1,2]}
            {"timestamp":1000,"input_length":1024,"output_length":10,"hash_ids":[1,2]}
            """);
        string file = _cli.Write("w.json", """
            { "trace": "t.jsonl", "tasks": 2, "candidates": [ { "model": "deepseek-reasoner", "label": "cached", "cache": "deepseek", "quality": 0.5 }, { "model": "deepseek-reasoner", "label": "plain" } ] }
            """);
        CliResult result = CliRunner.Run("compare", "--workload", file, "nobody-1");
        JsonElement[] results = [.. result.Json.GetProperty("results").EnumerateArray()];

        // 1024 x 0.55 + 1024 x 0.14 + 20 x 2.19 millionths = 750.36; without the cache 1170.2; per solved 750.36 / (2 x 0.5).
        Assert.Equal(["cached", "plain", "nobody-1"], results.Select(item => Text(item, "label")));
        Assert.Equal(("0.00075036", "0.00075036", "0.5"), (Text(results[0], "total"), Text(results[0], "perSolved"), Text(results[0], "hitRate")));
        Assert.Equal("0.0011702", Text(results[1], "total"));
        Assert.Equal((null, "unpriced", 1), (Text(results[2], "total"), Text(results[2], "status"), result.Code));
        Assert.Contains("| 0.00", CliRunner.Run("compare", "--workload", file, "--format", "table").Output.Replace('│', '|'), StringComparison.Ordinal);
        Assert.StartsWith("label,model,provider,policy,status,currency,total,", CliRunner.Run("compare", "--workload", file, "--format", "csv").Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "candidates": [ { "model": "o1" } ] }""", "Give one of trace, log, agentLoop, calls")]
    [InlineData("""{ "calls": [ { "input": 1 } ] }""", "has no candidates. Add them, or name models.")]
    [InlineData("""{ "trace": "missing.jsonl", "candidates": [ { "model": "o1" } ] }""", "missing.jsonl' does not exist.")]
    public void Compare_NothingToCompare_ExitsWith2(string text, string message)
    {
        CliResult result = CliRunner.Run("compare", "--workload", _cli.Write("w.json", text));

        Assert.Equal((2, ""), (result.Code, result.Output));
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_NeitherModelsNorWorkload_ExitsWith2() => Assert.Equal(2, CliRunner.Run("compare").Code);

    private static string? Text(JsonElement item, string name) => item.GetProperty(name).GetString();
}
