using System.Globalization;

namespace LlmCostModel.Cli.Tests;

public sealed class BreakEvenCommandTests : IDisposable
{
    private readonly CliRunner _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void BreakEven_Cache_WritesBothLinesAndThePoint() => Assert.Equal(
        // 1.15 / 0.9
        """{"name":"cache","unit":"requests","first":{"fixed":"0","perUnit":"1"},"second":{"fixed":"1.15","perUnit":"0.1"},"breakEven":"1.2777777777777777777777777778","firstWholeUnit":"2","verdict":"equal at 1.2777777777777777777777777778; the second is cheaper above"}""",
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

    [Fact]
    public void BreakEven_TableCsvAndChart_AreWritten()
    {
        string svg = _cli.PathOf("c.svg");
        CliResult table = CliRunner.Run("breakeven", "lines", "--unit1", "4", "--fixed2", "10", "--unit2", "2", "--format", "table", "--chart", svg);

        Assert.Equal("Where any two ways of paying cost the same:\n  5 units\n  first:  0 + 4 x\n  second: 10 + 2 x\n  equal at 5; the second is cheaper above\n", table.Output);
        Assert.Contains("<polyline", File.ReadAllText(svg), StringComparison.Ordinal);
        Assert.Equal("name,unit,breakEven,firstWholeUnit\nlines,units,5,5\n", CliRunner.Run("breakeven", "lines", "--unit1", "4", "--fixed2", "10", "--unit2", "2", "--format", "csv").Output);
    }

    [Theory]
    [InlineData("breakeven cache --write 1.25", "Option '--read' is required.")]
    [InlineData("breakeven cache --write 1,25 --read 0.1", "'1,25' is not a number. Write it with a point, such as 1.25.")]
    [InlineData("breakeven cache --write -1 --read 0.1", "write is -1, but must be 0 or more.")]
    [InlineData("breakeven cache", "Run 'llmcost breakeven cache --help' for usage.")]
    public void BreakEven_WrongUsage_ExitsWith2AndPrintsNothing(string arguments, string message)
    {
        CliResult result = CliRunner.Run(arguments.Split(' '));

        Assert.Equal((2, ""), (result.Code, result.Output));
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }
}
