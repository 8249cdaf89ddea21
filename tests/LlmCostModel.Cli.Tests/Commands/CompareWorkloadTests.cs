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

    /// <summary>Findings 4.1, worked out in CacheStorageTests: 0.2514 of tokens and 0.1 million token-hours at 4.50.</summary>
    [Fact]
    public void Compare_ExplicitCacheOfGemini_PaysForItsStorage()
    {
        _cli.Write("log.jsonl", string.Join('\n', Enumerable.Range(0, 3).Select(number =>
            $$"""{"at":"2026-11-24T10:{{number * 20:00}}:00Z","messages":[{"id":"doc","tokens":100000,"breakpoint":true},{"id":"q{{number}}","tokens":100}],"output":300}""")));
        string file = _cli.Write("w.json", """
            { "log": "log.jsonl", "candidates": [ { "model": "gemini-3.1-pro-preview" }, { "model": "gemini-3.1-pro-preview", "cache": "gemini-explicit" } ] }
            """);
        JsonElement[] results = [.. CliRunner.Run("compare", "--workload", file).Json.GetProperty("results").EnumerateArray()];

        Assert.Equal([(null, "0.6114"), ("gemini-explicit", "0.7014")], results.Select(item => (Text(item, "policy"), Text(item, "total"))));
        Assert.Equal("360000000", Text(results[1].GetProperty("meters"), "cacheStorageTokenSecond"));
        Assert.Equal("1.147203", Text(results[1], "ratio"));
    }

    /// <summary>Four requests of a Tuesday at 07 UTC, in the peak hours: the log says when they were, so both commands price them then. A
    /// date alone is midnight, which costs half.</summary>
    [Fact]
    public void Compare_Log_HasThePricesOfItsInstantsAsSimulateHas()
    {
        string log = _cli.Write("log.jsonl", string.Join('\n', Enumerable.Range(0, 4).Select(number =>
            $$"""{"at":"2026-11-24T07:0{{number}}:00Z","conversation":"a","input":{{(number + 1) * 100_000}},"output":1000}""")));
        string file = _cli.Write("w.json", """
            { "log": "log.jsonl", "candidates": [ { "model": "deepseek-v4-flash", "cache": "deepseek-v4" }, { "model": "deepseek-v4-flash", "cache": "auto", "at": "2026-11-24" } ] }
            """);
        JsonElement[] results = [.. CliRunner.Run("compare", "--workload", file).Json.GetProperty("results").EnumerateArray()];
        JsonElement simulated = CliRunner.Run("simulate", log, "--policy", "deepseek-v4", "--model", "deepseek-v4-flash").Json;

        Assert.Equal([("2026-11-24T00:00:00Z", "deepseek-v4"), (null, "deepseek-v4")], results.Select(item => (Text(item, "at"), Text(item, "policy"))));
        Assert.Equal((Text(simulated, "total"), null), (Text(results[1], "total"), Text(simulated, "at")));
        Assert.Equal(2m, Amount(results[1]) / Amount(results[0]));
        Assert.Empty(results[1].GetProperty("notes").EnumerateArray());
        Assert.Equal(
            "The hour decides the price of 'deepseek-v4-flash': these are the prices of 2026-11-24T00:00:00Z; at other hours of that day a call costs 2 times as much. A date alone is midnight UTC.",
            Assert.Single(results[0].GetProperty("notes").EnumerateArray()).GetString());

        static decimal Amount(JsonElement item) => decimal.Parse(Text(item, "total")!, System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public void Compare_PolicyThatTheWorkloadCannotAnswer_IsRefusedWithItsFile()
    {
        string file = _cli.Write("w.json", """
            { "agentLoop": { "turns": 3, "prefixTokens": 10000, "growthTokens": 100 }, "candidates": [ { "model": "claude-haiku-4-5", "cache": "bedrock-5m" } ] }
            """);
        CliResult result = CliRunner.Run("compare", "--workload", file);

        Assert.Equal((2, ""), (result.Code, result.Output));
        Assert.Contains("'claude-haiku-4-5': 'bedrock-5m' caches only where the caller sets a breakpoint, and the requests have none", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_PresetOfAnotherProvider_IsSaidInEveryFormat()
    {
        string file = _cli.Write("w.json", """
            { "agentLoop": { "turns": 3, "prefixTokens": "10k", "growthTokens": 100 }, "candidates": [ { "model": "gpt-5.6-sol", "cache": "openai-in-memory", "quality": "70%" } ] }
            """);
        const string Note = "'openai-in-memory' is not a cache of 'gpt-5.6-sol' at openai, which has openai-implicit and openai-explicit";

        Assert.All([Format("json"), Format("csv"), Format("table")], output => Assert.Contains(Note, output, StringComparison.Ordinal));
        Assert.Contains("\"quality\":\"0.7\"", CliRunner.Run("compare", "--workload", file).OneLine, StringComparison.Ordinal);

        string Format(string format) => CliRunner.Run("compare", "--workload", file, "--format", format, "--at", "2026-11-24T12:00:00Z").Output.ReplaceLineEndings(" ");
    }

    /// <summary>No row is wider than the terminal, amounts of a column have the same decimals, and small ones keep their digits.</summary>
    [Theory]
    [InlineData(140)]
    [InlineData(100)]
    [InlineData(80)]
    [InlineData(60)]
    public void Compare_Table_FitsItsTerminal(int width)
    {
        string file = _cli.Write("w.json", """
            {
              "agentLoop": { "turns": 3, "prefixTokens": 10000, "growthTokens": 100 }, "tasks": 5000,
              "candidates": [
                { "model": "claude-haiku-4-5", "cache": "auto", "quality": 0.7 }, { "model": "claude-opus-4-5", "cache": "anthropic-1h", "quality": 0.8 },
                { "model": "claude-opus-4-5", "label": "a label of some length, as people write" }
              ]
            }
            """);
        CliResult result = CliRunner.RunAt(width, "compare", "--workload", file, "--format", "table", "--at", "2026-11-24T12:00:00Z");
        string[] rows = [.. result.Output.Split('\n').Where(line => line.StartsWith('│'))];

        Assert.All(rows, row => Assert.True(row.Length <= width, row));
        Assert.Equal(4, rows.Length);
        Assert.Single(rows[1..].Select(row => row.Split('│')[2].Trim().Split('.')[1].Length).Distinct());
        Assert.True(width < 100 || rows.Any(row => row.Contains("0.00000", StringComparison.Ordinal)), result.Output);
    }

    [Fact]
    public void Compare_Nonsense_IsRefusedWithItsPath()
    {
        CliResult result = CliRunner.Run("compare", "--workload", _cli.Write("w.json", """
            {
              "calls": [ { "input": -5, "count": 0, "meters": { "webSearch": -1 } }, { "count": 2 } ], "tasks": -1,
              "candidates": [ { "model": "o1", "quality": 60, "tokenRatio": 0, "reasoningRatio": -1 }, { "model": "o1", "quality": "170%", "tokenRatio": "-3" } ]
            }
            """));

        Assert.Equal((2, ""), (result.Code, result.Output));
        Assert.All(
            ["calls:0:input", "calls:0:count", "calls:0:meters:webSearch", "calls:1", "tasks", "candidates:0:quality", "candidates:0:tokenRatio", "candidates:0:reasoningRatio", "candidates:1:quality", "candidates:1:tokenRatio"],
            path => Assert.Contains($"w.json:{path}: ", result.Error, StringComparison.Ordinal));
    }

    [Fact]
    public void Compare_CallsWithMetersAudioAndImages_ArePriced()
    {
        string rates = _cli.Write("rates.json", """{ "Currency": "USD", "Models": { "m": { "PerMillionTokens": { "Input": 1, "AudioInput": 10, "ImageInput": 2 }, "PerMeter": { "WebSearch": 0.01 } } } }""");
        string file = _cli.Write("w.json", """{ "calls": [ { "input": "1k", "audioInput": 1000, "imageInput": 1000, "count": 5, "meters": { "webSearch": 2 } } ], "candidates": [ { "model": "m" } ] }""");
        JsonElement result = CliRunner.Run("compare", "--workload", file, "--rates", rates, "--no-catalog").Json.GetProperty("results")[0];

        Assert.Equal(("0.165", "10"), (Text(result, "total"), Text(result.GetProperty("meters"), "webSearch"))); // 5 x (0.001 + 0.01 + 0.002 + 0.02)
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
