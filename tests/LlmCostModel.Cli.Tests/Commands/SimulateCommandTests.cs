using LlmCostModel.TestData;

namespace LlmCostModel.Cli.Tests;

public sealed class SimulateCommandTests : IDisposable
{
    /// <summary>The two sample lines of Mooncake's README: 12 of 13 blocks are shared.</summary>
    private const string Trace = """
        {"timestamp": 27482, "input_length": 6955, "output_length": 52, "hash_ids": [46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 2353, 2354]}
        {"timestamp": 30535, "input_length": 6472, "output_length": 26, "hash_ids": [46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 2366]}
        """;

    private readonly CliRunner _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void Simulate_SampleTraceWithModel_WritesTheFieldsOfTheContract()
    {
        CliResult result = CliRunner.Run("simulate", _cli.Write("t.jsonl", Trace), "--model", "deepseek-reasoner");

        // fresh 7283 x 0.55 + read 6144 x 0.14 + 78 x 2.19 = 4005.65 + 860.16 + 170.82; without: 13427 x 0.55 + 170.82
        Assert.Equal(
            """{"requests":2,"promptTokens":13427,"readTokens":6144,"writeTokens":0,"freshTokens":7283,"outputTokens":78,"hitRate":"0.457585","currency":"USD","total":"0.00503663","totalWithoutCache":"0.00755567","meters":{},"at":"2025-01-27T12:00:00Z","policy":"unlimited","minimumTokens":0,"assumptions":["Prices are those of 2025-01-27T12:00:00Z."],"notes":[]}""",
            result.OneLine);
        Assert.Equal((0, ""), (result.Code, result.Error));
    }

    [Fact]
    public void Simulate_WithoutModel_CountsTokensOnly()
    {
        CliResult result = CliRunner.RunWith(Trace, "simulate", "-");

        Assert.Equal(
            """{"requests":2,"promptTokens":13427,"readTokens":6144,"writeTokens":0,"freshTokens":7283,"outputTokens":78,"hitRate":"0.457585","currency":null,"total":null,"totalWithoutCache":null,"meters":{},"at":null,"policy":"unlimited","minimumTokens":0,"assumptions":[],"notes":[]}""",
            result.OneLine);
        Assert.Equal(0, result.Code);
    }

    [Theory]
    [InlineData("6144", "--ttl", "3053ms")] // the requests are 3,053 ms apart
    [InlineData("0", "--ttl", "3s")]
    [InlineData("6144", "--ttl", "1h", "--no-refresh")]
    [InlineData("0", "--minimum", "6145")]
    [InlineData("6000", "--granularity", "1000", "--policy", "unlimited")]
    [InlineData("4096", "--granularity", "4096")]
    [InlineData("512", "--capacity-blocks", "1")]
    [InlineData("0", "--match", "entry")] // whole blocks: an entry ends at the end of the first prompt only
    [InlineData("6144", "--policy", "openai-in-memory")]
    public void Simulate_SingleParameters_OverrideThePolicy(string read, params string[] options)
    {
        CliResult result = CliRunner.Run(["simulate", _cli.Write("t.jsonl", Trace), .. options]);

        Assert.Equal(read, result.Json.GetProperty("readTokens").GetRawText());
    }

    [Fact]
    public void Simulate_PolicyFile_ChargesWrites()
    {
        string policy = _cli.Write("policy.json", """{ "match": "prefix", "granularity": 512, "writeBucket": "CacheWrite5m", "timeToLive": "5m" }""");
        CliResult result = CliRunner.Run("simulate", _cli.Write("t.jsonl", Trace), "--policy", policy);

        // 13 x 512 of 6955, then nothing new: 12 x 512 are read and 6472 is 12 x 512 and a rest.
        Assert.Equal(("6656", "6144", "627"), (Text("writeTokens"), Text("readTokens"), Text("freshTokens")));

        string Text(string name) => result.Json.GetProperty(name).GetRawText();
    }

    [Fact]
    public void Simulate_WritesWithoutAPrice_IsIncompleteAndSaysSo()
    {
        CliResult result = CliRunner.Run("simulate", _cli.Write("t.jsonl", Trace), "--policy", "anthropic-5m", "--model", "o1");

        Assert.Equal(1, result.Code);
        Assert.Contains("CacheWrite5m", result.Error, StringComparison.Ordinal);

        // The whole blocks are written, which has no price; 299 + 328 tokens after them at 15, and 78 out at 60 millionths.
        Assert.Equal("0.014085", result.Json.GetProperty("total").GetString());
    }

    [Fact]
    public void Simulate_ConversationLog_IsRecognized()
    {
        CliResult result = CliRunner.Run("simulate", _cli.Write("c.jsonl", """
            {"at":"2025-01-27T00:00:00Z","conversation":"a","input":1000,"output":50}
            {"at":"2025-01-27T00:01:00Z","conversation":"a","input":1500,"output":50}
            """));

        Assert.Equal("1000", result.Json.GetProperty("readTokens").GetRawText());
    }

    /// <summary>Whole blocks are 13 x 512 tokens of the first prompt and 12 of the second, which shares 12 but finds no entry there; a third
    /// request that repeats the first reads its 13.</summary>
    [Fact]
    public void Simulate_BlocksUnderEntries_EndAtWholeBlocksAndSaySo()
    {
        string again = Trace + "\n" + Trace.Split('\n')[0].Replace("27482", "31000", StringComparison.Ordinal).Replace("2354", "9999", StringComparison.Ordinal);
        CliResult result = CliRunner.Run("simulate", _cli.Write("t.jsonl", again), "--policy", "anthropic-5m", "--minimum", "1024");

        Assert.Equal("6656", result.Json.GetProperty("readTokens").GetRawText());
        Assert.Contains("The trace has blocks, not messages: entries end at the last whole block", result.Output, StringComparison.Ordinal);
        Assert.Contains("is never read", CliRunner.Run("simulate", _cli.PathOf("t.jsonl"), "--policy", "anthropic-5m", "--format", "table").Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bedrock-5m")]
    [InlineData("openai-explicit")]
    [InlineData("gemini-explicit")]
    public void Simulate_PolicyThatNeedsBreakpoints_IsRefusedUnlessTheyAreTakenForGranted(string policy)
    {
        string trace = _cli.Write("t.jsonl", Trace);
        string log = _cli.Write("c.jsonl", """{"at":"2025-01-27T00:00:00Z","conversation":"a","input":10000,"output":50}""");

        Assert.All([trace, log], file =>
        {
            CliResult result = CliRunner.Run("simulate", file, "--policy", policy);
            Assert.Equal((2, ""), (result.Code, result.Output));
            Assert.Contains($"'{policy}' caches only where the caller sets a breakpoint, and the requests have none", result.Error, StringComparison.Ordinal);
            Assert.Equal(0, CliRunner.Run("simulate", file, "--policy", policy, "--automatic-breakpoint").Code);
        });
    }

    [Fact]
    public void Simulate_ModelsOwnPolicy_HasItsMinimum()
    {
        string log = _cli.Write("c.jsonl", """
            {"at":"2026-11-20T00:00:00Z","conversation":"a","input":4000,"output":50}
            {"at":"2026-11-20T00:01:00Z","conversation":"a","input":4200,"output":50}
            {"at":"2026-11-20T00:02:00Z","conversation":"a","input":4300,"output":50}
            """);
        CliResult own = CliRunner.Run("simulate", log, "--policy", "auto", "--model", "claude-haiku-4-5");
        CliResult named = CliRunner.Run("simulate", log, "--policy", "anthropic-5m", "--model", "claude-haiku-4-5");
        CliResult set = CliRunner.Run("simulate", log, "--policy", "anthropic-5m", "--minimum", "1024", "--model", "claude-haiku-4-5");

        // 4,000 is below 4,096: the second request writes, the third reads its 4,200.
        Assert.Equal(("anthropic-5m", "4096", "4200"), (own.Json.GetProperty("policy").GetString(), own.Json.GetProperty("minimumTokens").GetRawText(), Read(own)));
        Assert.Equal(own.Output, named.Output);
        Assert.Equal("8200", Read(set));
        Assert.Equal(2, CliRunner.Run("simulate", log, "--policy", "auto").Code);
        Assert.Equal(2, CliRunner.Run("simulate", log, "--policy", "auto", "--ttl", "1h", "--model", "claude-haiku-4-5").Code);

        static string Read(CliResult result) => result.Json.GetProperty("readTokens").GetRawText();
    }

    [Theory]
    [InlineData("'nope' is neither a policy nor a file.", "--policy", "nope")]
    [InlineData("--granularity and --capacity-blocks are for prefix matching.", "--policy", "anthropic-5m", "--granularity", "16")]
    [InlineData("A time to live must be longer than zero.", "--ttl", "0s")]
    [InlineData("'soon' is not a duration.", "--ttl", "soon")]
    [InlineData("'half' is not a matching rule.", "--match", "half")]
    [InlineData("Line 1: 'hash_ids' has 14 ids, which do not fit 6955 tokens in blocks of 16.", "--block", "16")]
    [InlineData("--block is '0', not a whole number from 1 to 2147483647.", "--block", "0")]
    [InlineData("ends in neither .svg nor .html.", "--chart", "x.png")]
    public void Simulate_WrongUsage_ExitsWith2AndPrintsNothing(string message, params string[] options)
    {
        CliResult result = CliRunner.Run(["simulate", _cli.Write("t.jsonl", Trace), .. options]);

        Assert.Equal((2, ""), (result.Code, result.Output));
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Simulate_RequestsOutOfOrder_NamesTheRequest()
    {
        CliResult result = CliRunner.Run("simulate", _cli.Write("t.jsonl", string.Join('\n', Trace.Split('\n').Reverse())));

        Assert.Equal((2, ""), (result.Code, result.Output));
        Assert.StartsWith("Request 2: A request of 1970-01-01T00:00:27.4820000+00:00 cannot follow", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Simulate_TableAndCsvAndChart_AreWritten()
    {
        string trace = _cli.Write("t.jsonl", Trace);
        string svg = _cli.PathOf("chart.svg");

        Assert.Contains("unlimited: 2 requests, 45.7585% of the prompt", CliRunner.Run("simulate", trace, "--format", "table", "--chart", svg).Output, StringComparison.Ordinal);
        Assert.StartsWith("<svg ", File.ReadAllText(svg), StringComparison.Ordinal);
        Assert.Equal(
            "requests,promptTokens,readTokens,writeTokens,freshTokens,outputTokens,hitRate,currency,total,totalWithoutCache,at,policy\n2,13427,6144,0,7283,78,0.457585,,,,,unlimited\n",
            CliRunner.Run("simulate", trace, "--format", "csv").Output);
    }

    [SharedDataFact]
    public void Simulate_MooncakeTraceAtR1Prices_IsExact()
    {
        CliResult result = CliRunner.Run("simulate", SharedData.PathOf("traces/mooncake_conversation_trace.jsonl.gz"), "--model", "deepseek-reasoner");

        // 90,695,412 x 0.55 + 54,098,411 x 0.14 + 4,122,048 x 2.19 millionths; without: 144,793,823 x 0.55 + 9,027,285.12
        Assert.Equal(
            """{"requests":12031,"promptTokens":144793823,"readTokens":54098411,"writeTokens":0,"freshTokens":90695412,"outputTokens":4122048,"hitRate":"0.373624","currency":"USD","total":"66.48353926","totalWithoutCache":"88.66388777",""",
            result.OneLine[..(result.OneLine.IndexOf("\"meters\"", StringComparison.Ordinal))]);
    }
}
