namespace LlmCostModel.Cli.Tests;

/// <summary><c>price --format focus</c>: rows of the FinOps specification as CSV, what is in none of them named, and what does not go with
/// them refused.</summary>
public class FocusFormatTests
{
    private const string Log = """
        {"model":"o1","at":"2025-01-27T10:00:00Z","usage":{"input":1000000,"output":20},"tags":{"user":"ann"}}
        {"model":"o1","at":"2025-01-27T11:00:00Z","usage":{"input":500000},"tags":{"user":"=1+1"}}
        """;

    /// <summary>1.5 M x 15 = 22.5, 20 x 60 a million = 0.0012.</summary>
    [Fact]
    public void Rows_AreCsv_WithTheColumnsOfTheSpecification()
    {
        CliResult result = CliRunner.RunWith(Log, "price", "-", "--format", "focus");

        string[][] rows = [.. result.Output.TrimEnd('\n').Split('\n').Select(line => line.Split(','))];
        Assert.Equal((0, ""), (result.Code, result.Error));
        Assert.Equal("BilledCost", rows[0][0]);
        Assert.Equal(["22.5", "0.0012"], rows[1..].Select(row => row[0]));
        Assert.Equal(["llmcost", "llmcost"], rows[1..].Select(row => row[1]));
        Assert.Contains("ProviderName", rows[0]);
    }

    [Fact]
    public void Options_ChooseVersionAndAccount()
    {
        string output = CliRunner.RunWith(Log, "price", "-", "--format", "focus", "--focus-version", "1.4", "--billing-account", "acct-1=Acme, Inc.").Output;

        Assert.Contains("HostProviderName", output, StringComparison.Ordinal);
        Assert.Contains("22.5,acct-1,\"Acme, Inc.\",USD,", output, StringComparison.Ordinal);
    }

    /// <summary>Tags are JSON in a field of CSV, so that no text of a log begins a field that a spreadsheet would run.</summary>
    [Fact]
    public void Tags_OfTheGroups_AreJson()
    {
        string output = CliRunner.RunWith(Log, "price", "-", "--format", "focus", "--group-by", "user").Output;

        Assert.Contains("\"{\"\"user\"\":\"\"ann\"\"}\"", output, StringComparison.Ordinal);
        Assert.Contains("\"{\"\"user\"\":\"\"=1+1\"\"}\"", output, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIsInNoRow_IsNamed_AndTheCodeSaysSo()
    {
        const string More = """
            {"model":"acme-1","at":"2025-01-27","usage":{"input":5}}
            {"model":"o1","usage":{"input":5}}
            """;

        CliResult result = CliRunner.RunWith($"{Log}\n{More}", "price", "-", "--format", "focus");

        Assert.Equal(1, result.Code);
        Assert.Equal(3, result.Output.TrimEnd('\n').Split('\n').Length);
        Assert.Contains("1 call states no time and is in no row. Add its instant as \"at\", or say --at.", result.Error, StringComparison.Ordinal);
        Assert.Contains("Not wholly in the rows, 1 call: No price for model 'acme-1'.", result.Error, StringComparison.Ordinal);
        Assert.Equal(0, CliRunner.RunWith("""{"model":"o1","usage":{"input":5}}""", "price", "-", "--format", "focus", "--at", "2025-01-27").Code);
    }

    [Theory]
    [InlineData("A week may lie in two billing periods, and a row of FOCUS in one. Group by hour, day or month.", "--group-by", "week")]
    [InlineData("'1.3' is not a version of FOCUS that can be written. Use 1.2 or 1.4.", "--focus-version", "1.3")]
    [InlineData("--format focus writes what was charged, every row in the currency of its price. Leave --top out.", "--top", "3")]
    [InlineData("--format focus writes what was charged, every row in the currency of its price. Leave --currency out.", "--currency", "EUR", "--exchange-rate", "0.86")]
    [InlineData("--billing-account needs an id, such as acct-1, or an id and a name, such as acct-1=Acme.", "--billing-account", "=Acme")]
    [InlineData("--each writes lines of JSON and nothing else. Leave --format out.", "--each")]
    public void WhatDoesNotGoWithRows_IsRefused(string message, params string[] more)
    {
        CliResult result = CliRunner.RunWith(Log, ["price", "-", "--format", "focus", .. more]);

        Assert.Equal((2, "", message), (result.Code, result.Output, result.Error.TrimEnd()));
    }

    [Fact]
    public void OptionsOfFocus_AreRefusedWithoutIt() => Assert.Equal(
        "--billing-account is for --format focus. Say --format focus, or leave it out.",
        CliRunner.RunWith(Log, "price", "-", "--billing-account", "acct-1").Error.TrimEnd());

    [Fact]
    public void OtherCommands_HaveNoRows() => Assert.Contains(
        "'focus' is not a format. Write table, json or csv.",
        CliRunner.Run("estimate", "o1", "--input", "5", "--format", "focus").Error,
        StringComparison.Ordinal);
}
