using System.Globalization;

namespace LlmCostModel.Cli.Tests;

public sealed class BreakEvenCommandTests : IDisposable
{
    private readonly CliRunner _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void BreakEven_Cache_WritesBothLinesAndThePoint() => Assert.Equal(
        // 1.15 / 0.9
        """{"name":"cache","unit":"requests","first":{"name":"uncached","fixed":"0","perUnit":"1"},"second":{"name":"cached","fixed":"1.15","perUnit":"0.1"},"breakEven":"1.2777777777777777777777777778","firstWholeUnit":"2","verdict":"equal at 1.277778 requests; cheaper above: cached","outcome":"above","model":null,"inputs":{"write":"1.25","read":"0.1"},"notes":[]}""",
        CliRunner.Run("breakeven", "cache", "--write", "1.25", "--read", "0.1").OneLine);

    [Theory]
    [InlineData("1.11111", "cache-reads --write 2 --read 0.1")]
    [InlineData("0.65217", "hit-rate --write 1.25 --read 0.1 --instead 0.5")]
    [InlineData("11.50000", "keep-alive --write 1.25 --read 0.1")]
    [InlineData("0.08696", "keep-alive-probability --write 1.25 --read 0.1")]
    [InlineData("6.11111", "storage --input 2 --read 0.20 --storage 4.50 --hours 2")]
    [InlineData("1.00000", "provisioned --hourly 0.36 --tokens-per-minute 3000 --input 2")]
    [InlineData("0.15492", "self-host --hourly 16 --api-hourly 103.276")]
    [InlineData("625.00000", "self-host-requests --hourly 2.50 --per-request 0.004")]
    [InlineData("50000.00000", "fine-tune --once 100 --before 0.005 --after 0.003")]
    [InlineData("500.00000", "batch --per-batch 1 --per-request 0.004")]
    [InlineData("5.00000", "lines --unit1 4 --fixed2 10 --unit2 2")]
    public void BreakEven_EveryQuestion_AnswersIt(string expected, string arguments)
    {
        CliResult result = CliRunner.Run(["breakeven", .. arguments.Split(' ')]);

        Assert.Equal(0, result.Code);
        decimal units = decimal.Parse(result.Json.GetProperty("breakEven").GetString()!, CultureInfo.InvariantCulture);
        Assert.Equal(expected, units.ToString("0.00000", CultureInfo.InvariantCulture));
    }

    /// <summary>531% of an hour is no part of it: neither the text nor a whole number says that it pays.</summary>
    [Fact]
    public void BreakEven_ShareAboveTheWhole_IsNever()
    {
        CliResult result = CliRunner.Run("breakeven", "self-host", "--hourly", "5.31", "--api-hourly", "1");

        Assert.Equal("never", result.Json.GetProperty("outcome").GetString());
        Assert.Equal("5.31", result.Json.GetProperty("breakEven").GetString());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, result.Json.GetProperty("firstWholeUnit").ValueKind);
        Assert.Equal("never cheaper: own machines (equal only at 531% of the hour)", result.Json.GetProperty("verdict").GetString());
    }

    [Theory]
    [InlineData("cache --write 3.75 --read 0.30", "--write is 3.75, which looks like a price: a multiplier is of plain input, 1.25 or 2.")]
    [InlineData("hit-rate --write 1.25 --read 1.5", "--read is 1.5, which looks like a price: a multiplier is of plain input, 0.02 to 0.5.")]
    [InlineData("hit-rate --write 1.25 --read 0.1 --instead 50", "--instead is 50, which looks like a price: a multiplier is of plain input, 1 without a cache, 0.5 in a batch.")]
    public void BreakEven_PricesForMultipliers_AreSaid(string arguments, string note)
    {
        CliResult result = CliRunner.Run(["breakeven", .. arguments.Split(' ')]);

        Assert.StartsWith(note, result.Json.GetProperty("notes")[0].GetString(), StringComparison.Ordinal);
        Assert.StartsWith($"note: {note}", result.Error, StringComparison.Ordinal);
        Assert.Equal(0, result.Code);
    }

    [Theory]
    [InlineData("1.25", "0.1", "cache --model claude-sonnet-4-5")] // 3.75 and 0.30 of 3
    [InlineData("2", "0.1", "cache --model claude-sonnet-4-5 --ttl 1h")] // 6 of 3
    [InlineData("1", "0.25", "cache --model gpt-4.1")] // 0.50 of 2, no price of writes
    [InlineData("1.5", "0.1", "cache --model claude-sonnet-4-5 --write 1.5")]
    public void BreakEven_Model_GivesItsMultipliers(string write, string read, string arguments)
    {
        CliResult result = CliRunner.Run(["breakeven", .. arguments.Split(' '), "--at", "2026-01-01"]);

        Assert.Equal((write, read), (Input("write"), Input("read")));
        Assert.Equal(arguments.Split(' ')[2], result.Json.GetProperty("model").GetString());

        string? Input(string name) => result.Json.GetProperty("inputs").GetProperty(name).GetString();
    }

    /// <summary>Gemini 3.1 Pro, 2 / 0.20 / 4.50 an hour: (2 + 9) / 1.8 for two hours.</summary>
    [Fact]
    public void BreakEven_ModelWithStorage_GivesItsPrices()
    {
        CliResult result = CliRunner.Run("breakeven", "storage", "--model", "gemini-3.1-pro-preview", "--hours", "2", "--at", "2026-11-01");

        Assert.Equal("7", result.Json.GetProperty("firstWholeUnit").GetString());
        Assert.Equal("4.5", result.Json.GetProperty("inputs").GetProperty("storage").GetString());
    }

    [Fact]
    public void BreakEven_TableCsvAndChart_AreWritten()
    {
        string svg = _cli.PathOf("c.svg");
        CliResult table = CliRunner.Run("breakeven", "lines", "--unit1", "4", "--fixed2", "10", "--unit2", "2", "--format", "table", "--chart", svg);

        Assert.Equal("Where any two ways of paying cost the same:\n  5 units\n  the first:  0 + 4 x\n  the second: 10 + 2 x\n  equal at 5 units; cheaper above: the second\n", table.Output);
        Assert.Contains("<polyline", File.ReadAllText(svg), StringComparison.Ordinal);
        Assert.Equal("name,unit,breakEven,firstWholeUnit\nlines,units,5,5\n", CliRunner.Run("breakeven", "lines", "--unit1", "4", "--fixed2", "10", "--unit2", "2", "--format", "csv").Output);
    }

    [Theory]
    [InlineData("breakeven cache --write 1.25", "Option '--read' is required, or --model, whose prices say it.")]
    [InlineData("breakeven cache --write 1,25 --read 0.1", "'1,25' is not a number. Write it with a point, such as 1.25.")]
    [InlineData("breakeven cache --write -1 --read 0.1", "write is -1, but must be 0 or more.")]
    [InlineData("breakeven self-host", "Run 'llmcost breakeven self-host --help' for usage.")]
    [InlineData("breakeven storage --model o1 --read 1", "'o1' has no price for storing a cache. Give --storage.")]
    [InlineData("breakeven cache --model nobody-1", "No price for model 'nobody-1'")]
    [InlineData("breakeven cache --model claude-sonnet-4-5 --ttl 2h", "'2h' is not a lifetime of a cache. Write 5m, 30m, 1h, 12h.")]
    public void BreakEven_WrongUsage_ExitsWith2AndPrintsNothing(string arguments, string message)
    {
        CliResult result = CliRunner.Run(arguments.Split(' '));

        Assert.Equal((2, ""), (result.Code, result.Output));
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }
}
