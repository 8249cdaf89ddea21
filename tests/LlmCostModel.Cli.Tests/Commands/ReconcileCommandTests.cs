using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;

namespace LlmCostModel.Cli.Tests.Commands;

/// <summary>gpt-4o costs 2.50 a million tokens of input, 1.25 from the cache and 10 of output in 2026; gpt-4o-mini 0.15, 0.075 and
/// 0.60.</summary>
public sealed class ReconcileCommandTests : IDisposable
{
    // 1,000,000 x 2.50 + 1,000,000 x 1.25 + 100,000 x 10 = 4.75; of mini 0.15 + 0.06.
    private const string Log = """
        {"model":"gpt-4o","provider":"openai","at":"2026-04-02T10:00:00Z","usage":{"input":1000000,"cacheRead":1000000,"output":100000}}
        {"model":"gpt-4o-mini","provider":"openai","at":"2026-04-02T12:00:00Z","usage":{"input":1000000,"output":100000}}
        """;

    private readonly CliRunner _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Reconcile_Equal_ExitsWithNothingToShow()
    {
        CliResult result = Run(Bill("3.75", "1.0"), "--format", "table");

        Assert.Equal((0, "2 of 2 days and models are equal: log 4.96, bill 4.96 USD\n", ""), (result.Code, result.Output, result.Error));
    }

    [Fact]
    public void Reconcile_Different_SaysWhyInJson()
    {
        CliResult result = Run(Bill("5.00", "1.0"), "--format", "json"); // reads as input: 2 x 2.50
        JsonElement day = result.Json.GetProperty("days")[0];

        Assert.Equal(1, result.Code);
        Assert.Equal(
            """{"day":"2026-04-02","model":"gpt-4o","provider":"openai","status":"different","currency":"USD","log":"4.75","bill":"6","difference":"1.25","tolerance":"0.01","cause":"The bill charges cache reads as fresh input.","causes":[{"kind":"cacheRead","text":"The bill charges cache reads as fresh input."}],"""
                + """
                "tokens":[{"kind":"input","log":"2.5","bill":"5","logTokens":1000000,"billTokens":null},{"kind":"cacheRead","log":"1.25","bill":"0","logTokens":1000000,"billTokens":null},{"kind":"output","log":"1","bill":"1","logTokens":100000,"billTokens":null}],"calls":1,"partial":0,"unpriced":0,"names":["gpt-4o"]}
                """,
            JsonSerializer.Serialize(day));
        Assert.Equal(
            """[{"currency":"USD","log":"4.96","bill":"6.21","difference":"1.25","days":2,"equal":1,"explained":[{"kind":"cacheRead","days":1,"difference":"1.25"}],"unexplained":"0"}]""",
            JsonSerializer.Serialize(result.Json.GetProperty("totals")));
        Assert.Equal((false, 2, 0), (result.Json.GetProperty("equal").GetBoolean(), result.Json.GetProperty("records").GetInt32(), result.Json.GetProperty("leftOut").GetInt32()));
    }

    [Fact]
    public void Reconcile_Csv_HasAllDigits()
    {
        CliResult result = Run(Bill("3.75", "1.03"), "--format", "csv");

        Assert.Equal(
            """
            day,model,provider,status,currency,log,bill,difference,calls,partial,unpriced,kind,cause
            2026-04-02,gpt-4o,openai,different,USD,4.75,4.78,0.03,1,0,0,,Not explained.
            2026-04-02,gpt-4o-mini,openai,equal,USD,0.21,0.21,0,1,0,0,,

            """.ReplaceLineEndings("\n"),
            result.Output);
    }

    [Fact]
    public void Reconcile_Table_FitsATerminal()
    {
        using MemoryStream output = new();
        using StringWriter error = new();
        CommandHost host = new()
        {
            Input = Stream.Null,
            Output = output,
            Error = error,
            Width = 80,
            Clock = new FakeTimeProvider(new DateTimeOffset(2026, 5, 1, 0, 0, 0, TimeSpan.Zero)),
        };
        int code = CommandLineApp.Run(
            ["reconcile", _folder.Write("log.jsonl", Log), "--bill", _folder.Write("bill.json", Bill("5.00", "1.0").Replace("0.06", "0.09", StringComparison.Ordinal)), "--format", "table"], host);

        Assert.Equal(1, code);
        Assert.Equal(
            """
            ╭────────────┬─────────────┬──────┬──────┬────────────┬───────────────╮
            │ day        │ model       │  log │ bill │ difference │ cause         │
            ├────────────┼─────────────┼──────┼──────┼────────────┼───────────────┤
            │ 2026-04-02 │ gpt-4o      │ 4.75 │ 6.00 │       1.25 │ cacheRead     │
            │ 2026-04-02 │ gpt-4o-mini │ 0.21 │ 0.24 │       0.03 │ not explained │
            ╰────────────┴─────────────┴──────┴──────┴────────────┴───────────────╯
            In every row: provider openai, currency USD.
            2026-04-02 gpt-4o: The bill charges cache reads as fresh input.
            0 of 2 days and models are equal: log 4.96, bill 6.24, difference 1.28 USD
              1.25 USD: cache reads billed as fresh input (1)
              0.03 USD: not explained

            """.ReplaceLineEndings("\n"),
            Encoding.UTF8.GetString(output.ToArray()));
    }

    [Theory]
    [InlineData("--tolerance", "0.05", 0)]
    [InlineData("--tolerance", "1%", 0)]
    [InlineData("--tolerance", "0.02", 1)]
    [InlineData("--to", "2026-04-02", 0)]
    public void Reconcile_Options_Decide(string option, string value, int code) =>
        Assert.Equal(code, Run(Bill("3.75", "1.03"), option, value).Code);

    [Theory]
    [InlineData("--tolerance", "much", "'much' is not a tolerance. Write an amount such as 0.01, or a percentage below 100 such as 1%.\n")]
    [InlineData("--name", "x", "'x' is not a pair. Write --name NAME=MODEL.\n")]
    [InlineData("--map", "day=x", "--map: The map of a bill lacks model and cost.\n")]
    [InlineData("--time-zone", "Moon/Base", "'Moon/Base' is not a time zone. Write a name such as Europe/Berlin or UTC.\n")]
    public void Reconcile_WrongUsage_IsSaid(string option, string value, string error)
    {
        CliResult result = Run(Bill("3.75", "1.0"), option, value);

        Assert.Equal((2, "", error), (result.Code, result.Output, result.Error.ReplaceLineEndings("\n")));
    }

    [Fact]
    public void Reconcile_NoBill_IsRefusedOnce()
    {
        CliResult result = Run("""{"id":"x"}""");

        Assert.Equal((2, ""), (result.Code, result.Output));
        Assert.EndsWith("say its columns with --map day=COLUMN --map model=COLUMN --map cost=COLUMN.\n", result.Error.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Single(result.Error.TrimEnd().Split('\n'));
    }

    // A mapped bill, a name that is said, and a credit that stays apart.
    [Fact]
    public void Reconcile_MappedNames_AndUnknownOnes()
    {
        string bill = "when,what,usd\n2026-04-02,GPT Four,4.75\n2026-04-02,gpt-4o-mini,0.21\n2026-04-02,Storage,1.00\n";
        string[] options = ["--map", "day=when", "--map", "model=what", "--map", "cost=usd"];
        CliResult unknown = Run(bill, [.. options]);
        CliResult known = Run(bill, [.. options, "--name", "GPT Four=gpt-4o"]);

        Assert.Equal(["unknownName", "unknownName", "missingInBill", "equal"], Statuses(unknown));
        Assert.Equal(["unknownName", "equal", "equal"], Statuses(known));
        Assert.Contains("Say which it is with --name NAME=MODEL.", unknown.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Reconcile_ManyRecordsThatCannotBeRead_AreSaidShortly()
    {
        string log = Log + "\n" + string.Concat(Enumerable.Repeat("""{"model":"gpt-4o","usage":{"imput":1}}""" + "\n", 30));
        CliResult result = CliRunner.Run("reconcile", _folder.Write("log.jsonl", log), "--bill", _folder.Write("bill.json", Bill("3.75", "1.0")));

        Assert.Equal((1, 30), (result.Code, result.Json.GetProperty("rejected").GetInt32()));
        Assert.Equal(12, result.Error.TrimEnd().Split('\n').Length); // 10 of them, how many more, and the note
    }

    private static string[] Statuses(CliResult result) =>
        [.. result.Json.GetProperty("days").EnumerateArray().Select(day => day.GetProperty("status").GetString()!)];

    private CliResult Run(string bill, params string[] options) =>
        CliRunner.Run(["reconcile", _folder.Write("log.jsonl", Log), "--bill", _folder.Write("bill", bill), .. options]);

    /// <summary>OpenAI's costs of 2026-04-02.</summary>
    private static string Bill(string input, string output) => $$"""
        {"object":"page","data":[{"object":"bucket","start_time":1775088000,"end_time":1775174400,"results":[
          {"object":"organization.costs.result","amount":{"value":"{{input}}","currency":"usd"},"line_item":"gpt-4o, input"},
          {"object":"organization.costs.result","amount":{"value":"{{output}}","currency":"usd"},"line_item":"gpt-4o, output"},
          {"object":"organization.costs.result","amount":{"value":0.15,"currency":"usd"},"line_item":"gpt-4o-mini, input"},
          {"object":"organization.costs.result","amount":{"value":0.06,"currency":"usd"},"line_item":"gpt-4o-mini, output"} ]}]}
        """;
}
