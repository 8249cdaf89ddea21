namespace LlmCostModel.Cli.Tests.Commands;

/// <summary>A log without calls says so, where a table without rows would leave it open.</summary>
public sealed class EmptyLogTests : IDisposable
{
    private readonly CliRunner _cli = new();

    public void Dispose() => _cli.Dispose();

    [Theory]
    [InlineData("", "The log holds no calls.\n")]
    [InlineData("{broken\n{broken\n", "The log holds no calls that can be read: 2 records rejected.\n")]
    public void Price_SaysIt(string log, string words) =>
        Assert.Equal(words, CliRunner.Run(["price", _cli.Write("calls.jsonl", log), "--format", "table"]).Output);

    /// <summary>A line of 100,000 letters is not quoted whole.</summary>
    [Fact]
    public void LongLine_IsCut()
    {
        CliResult result = CliRunner.Run(["price", _cli.Write("calls.jsonl", "{\"model\":\"o1\",\"usage\":{\"input\":\"" + new string('y', 100_000) + "\"}}")]);

        Assert.InRange((result.Output + result.Error).Length, 10, 5_000);
    }
}
