using System.IO.Compression;
using System.Text;

namespace LlmCostModel.Cli.Tests;

public sealed class PriceCommandTests : IDisposable
{
    // o1: 1 M x 15 = 15; gpt-4o: 2 M x 2.50 = 5; R1: 1 M x 2.19 = 2.19
    private const string Records = """
        {"id":"a","model":"o1","at":"2025-01-27T12:00:00Z","usage":{"input":1000000},"tags":{"team":"x"}}
        {"id":"b","model":"gpt-4o","at":"2025-01-27T23:59:59Z","usage":{"input":2000000},"tags":{"team":"y"}}
        {"id":"c","model":"deepseek-reasoner","at":"2025-01-28T00:00:00Z","usage":{"output":1000000},"tags":{"team":"x"}}

        """;

    private readonly CliRunner _cli = new();

    public void Dispose() => _cli.Dispose();

    /// <summary>An old log whose instants have another name would have the prices of today without a word.</summary>
    [Fact]
    public void Records_WithoutATime_AreCounted_AndNoted()
    {
        const string Log = """
            { "model": "o1", "usage": { "input": 1000000 } }
            { "model": "o1", "at": "2024-12-20", "usage": { "input": 1000000 } }
            { "model": "acme-1", "usage": { "input": 1 } }
            """;

        Assert.Equal(
            "1 record states no time and has the prices of now. Add the instant of a call as \"at\", or say --at for all of them.\n",
            CliRunner.RunWith(Log, "price", "-").Error.ReplaceLineEndings("\n"));
        Assert.Contains(
            "\"notes\":[\"The call states no time, so the prices are those of now.\"]",
            CliRunner.RunWith(Log, "price", "-", "--each").Output.Split('\n')[0],
            StringComparison.Ordinal);
        Assert.Empty(CliRunner.RunWith(Log, "price", "-", "--at", "2024-12-20").Error);
    }

    [Fact]
    public void Record_WithANegativeCount_IsRejectedInOneLine() => Assert.Equal(
        "record 1: usage.input is -1, not a whole number of tokens, 0 or more.\n",
        CliRunner.RunWith("""{ "model": "o1", "usage": { "input": -1 } }""", "price", "-").Error.ReplaceLineEndings("\n"));

    /// <summary>3,599 s at 1.00 an hour are 0.9997 with 2 for ever, to 28 decimals 0.9997222222222222222222222222; 10 USD beside it need two
    /// digits more than a decimal has.</summary>
    [Fact]
    public void Price_EndlessAmountsBesideOthers_AreOneTotal()
    {
        string rates = _cli.Write("rates.json", """
            { "Currency": "USD", "Models": {
              "listen": { "PerMeter": { "AudioInputSecond": { "Price": 1.00, "Per": 3600 } } },
              "chat": { "PerMillionTokens": { "Input": 10 } } } }
            """);
        const string Log = """
            { "model": "listen", "at": "2025-01-27", "usage": { "input": 0 }, "meters": { "AudioInputSecond": 3599 } }
            { "model": "chat", "at": "2025-01-27", "usage": { "input": 1000000 } }
            """;

        CliResult result = CliRunner.RunWith(Log, "price", "-", "--rates", rates);

        Assert.Equal(0, result.Code);
        Assert.Equal("10.999722222222222222222222222", result.Json.GetProperty("totals")[0].GetProperty("total").GetString());
    }

    [Fact]
    public void Price_Records_AddUpPerModel()
    {
        CliResult result = CliRunner.RunWith(Records, "price", "-");

        Assert.Equal(0, result.Code);
        Assert.Equal("3", result.Json.GetProperty("records").ToString());
        Assert.Equal("""[{"currency":"USD","total":"22.19","status":"priced","partial":0,"unpriced":0}]""", System.Text.Json.JsonSerializer.Serialize(result.Json.GetProperty("totals")));
        Assert.Equal(["deepseek-reasoner 2.19", "gpt-4o 5", "o1 15"], Groups(result, "model").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("day", "2025-01-27 20", "2025-01-28 2.19")]
    [InlineData("month", "2025-01 22.19")]
    [InlineData("provider", "deepseek 2.19", "openai 20")]
    [InlineData("tag:team", "x 17.19", "y 5")]
    public void Price_GroupBy_AddsUpByIt(string by, params string[] groups)
    {
        CliResult result = CliRunner.RunWith(Records, "price", "-", "--group-by", by);

        Assert.Equal(groups, Groups(result, by).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Price_Each_WritesOneLinePerRecordInOrder()
    {
        string[] lines = CliRunner.RunWith(Records, "price", "-", "--each").Output.Trim().Split('\n');

        Assert.Equal(3, lines.Length);
        Assert.StartsWith("""{"record":1,"file":"-","line":1,"id":"a","at":"2025-01-27T12:00:00Z","model":"o1","canonical":"o1","provider":"openai","status":"priced","reasons":[],"notes":[],"currency":"USD","total":"15",""", lines[0], StringComparison.Ordinal);
        Assert.Contains("\"total\":\"2.19\"", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Price_GzipAndArray_ReadTheSame()
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionMode.Compress, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(Records));
        }

        File.WriteAllBytes(_cli.PathOf("calls.jsonl.gz"), packed.ToArray());
        string array = _cli.Write("calls.json", "[" + string.Join(",", Records.Trim().Split('\n')) + "]");
        string expected = CliRunner.RunWith(Records, "price", "-").OneLine;

        Assert.Equal(expected, CliRunner.Run("price", _cli.PathOf("calls.jsonl.gz")).OneLine);
        Assert.Equal(expected, CliRunner.Run("price", array).OneLine);
    }

    [Fact]
    public void Price_BadRecords_AreRejectedWithReason_AndLoseNothingElse()
    {
        string records = """
            {"model":"o1","at":"2025-01-27T12:00:00Z","usage":{"input":1000000}}
            {"model":"o1","usage":{"input":-1}}
            {"model":"o1","usage":{"imput":1}}
            not json
            {"usage":{"input":1}}
            {"model":"o1","usage":{"input":1.5}}
            {"model":"o1","at":"2025-01-27T12:00:00Z","usage":{"output":1000000}}
            """;

        CliResult result = CliRunner.RunWith(records, "price", "-", "--rejects", _cli.PathOf("rejects.jsonl"));

        Assert.Equal(1, result.Code);
        Assert.Equal("5", result.Json.GetProperty("rejected").ToString());
        Assert.Equal("""[{"currency":"USD","total":"75","status":"partial","partial":0,"unpriced":0}]""", System.Text.Json.JsonSerializer.Serialize(result.Json.GetProperty("totals"))); // 15 + 60
        string[] rejects = File.ReadAllLines(_cli.PathOf("rejects.jsonl"));
        Assert.Equal(5, rejects.Length);
        Assert.Contains("imput", rejects[1], StringComparison.Ordinal);
        Assert.Contains("not json", rejects[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Price_UnpricedAndPartial_AreCountedNotAddedAsZero()
    {
        CliResult result = CliRunner.RunWith("""
            {"model":"acme","usage":{"input":1}}
            {"model":"o1","at":"2025-01-27T12:00:00Z","usage":{"input":1000000,"audioInput":5}}
            """, "price", "-");

        Assert.Equal(1, result.Code);
        Assert.Equal("1", Group(result, "acme").GetProperty("unpriced").ToString());
        Assert.Equal("1", Group(result, "o1").GetProperty("partial").ToString());
    }

    [Fact]
    public void Price_SeveralCurrencies_AreNotAdded()
    {
        string rates = _cli.Write("eur.json", """{ "Currency": "EUR", "Models": { "m": { "PerMillionTokens": { "Input": 1 } } } }""");

        CliResult result = CliRunner.RunWith("""
            {"model":"m","usage":{"input":1000000}}
            {"model":"o1","at":"2025-01-27T12:00:00Z","usage":{"input":1000000}}
            """, "price", "-", "--rates", rates);

        Assert.Equal("""[{"currency":"EUR","total":"1","status":"priced","partial":0,"unpriced":0},{"currency":"USD","total":"15","status":"priced","partial":0,"unpriced":0}]""", System.Text.Json.JsonSerializer.Serialize(result.Json.GetProperty("totals")));
    }

    /// <summary>The files of a command may be many, so that the parser takes anything for one.</summary>
    [Theory]
    [InlineData("price", "calls.jsonl", "--groupby", "model")]
    [InlineData("price", "calls.jsonl", "--chart", "cost.svg")]
    [InlineData("compare", "gpt-4o", "--inputs", "5")]
    public void OptionThatThereIsNot_IsNamed(params string[] arguments)
    {
        CliResult result = CliRunner.Run(arguments);

        Assert.Equal(2, result.Code);
        Assert.Equal("", result.Output);
        Assert.StartsWith($"Unknown option {arguments[2]}", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void FileNamedLikeAnOption_BehindTwoDashes_IsAFile() =>
        Assert.Contains("'--calls.jsonl' does not exist", CliRunner.Run("price", "--", "--calls.jsonl").Error, StringComparison.Ordinal);

    [Fact]
    public void Price_MissingFile_IsNamed()
    {
        CliResult result = CliRunner.Run("price", _cli.PathOf("nowhere.jsonl"));

        Assert.Equal(2, result.Code);
        Assert.Equal("", result.Output);
        Assert.Contains("nowhere.jsonl", result.Error, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Groups(CliResult result, string key) => result.Json.GetProperty("groups").EnumerateArray()
        .Select(group => $"{group.GetProperty("key").GetProperty(key).GetString()} {group.GetProperty("total").GetString()}");

    private static System.Text.Json.JsonElement Group(CliResult result, string model) =>
        result.Json.GetProperty("groups").EnumerateArray().Single(group => group.GetProperty("key").GetProperty("model").GetString() == model);
}
