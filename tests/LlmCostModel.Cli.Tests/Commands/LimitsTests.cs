namespace LlmCostModel.Cli.Tests.Commands;

/// <summary>How much one call of a model may hold, shown and compared with a call that is planned.</summary>
public sealed class LimitsTests : IDisposable
{
    private const string Rates = """
        { "Provider": "p", "Currency": "USD", "AsOf": "2025-01-01", "Source": "https://example.com", "Models": {
            "m": { "Limits": { "ContextWindow": 4000, "MaxInputTokens": 3000, "MaxOutputTokens": 500, "ReasoningInOutput": true, "AsOf": "2025-01-02", "Basis": "page" },
                   "PerMillionTokens": { "Input": 1, "Output": 2 } },
            "n": { "PerMillionTokens": { "Input": 1, "Output": 2 } } } }
        """;

    private readonly CliRunner _runner = new();

    public void Dispose() => _runner.Dispose();

    [Fact]
    public void Show_Limits_AreToldWithTheirReading()
    {
        string rates = _runner.Write("rates.json", Rates);

        Assert.Contains(
            "\nlimits: 4,000 tokens of context, 3,000 of input, 500 of output with reasoning; as of 2025-01-02, from the provider's\npage\n",
            CliRunner.Run("show", "m", "--rates", rates, "--no-catalog", "--format", "table").Output,
            StringComparison.Ordinal);
        Assert.Equal(
            """{"contextWindow":4000,"maxInputTokens":3000,"maxOutputTokens":500,"reasoningInOutput":true,"source":"https://example.com","asOf":"2025-01-02","basis":"page"}""",
            System.Text.Json.JsonSerializer.Serialize(CliRunner.Run("show", "m", "--rates", rates, "--no-catalog").Json.GetProperty("limits")));
        Assert.Equal("null", CliRunner.Run("show", "n", "--rates", rates, "--no-catalog").Json.GetProperty("limits").GetRawText());
        Assert.DoesNotContain("limits:", CliRunner.Run("show", "n", "--rates", rates, "--no-catalog", "--format", "table").Output, StringComparison.Ordinal);
    }

    /// <summary>The price is what it is, and the exit code too: 3,001 x 1 millionth.</summary>
    [Theory]
    [InlineData("3001", "0", "0.003001", "3,001 input tokens do not fit into one call of m, which has room for 3,000.")]
    [InlineData("1000", "501", "0.002002", "501 output tokens do not fit into one call of m, which has room for 500.")]
    [InlineData("3000", "500", "0.004", "")]
    public void Estimate_MoreThanOneCallHolds_SaysSo(string input, string output, string total, string said)
    {
        CliResult result = CliRunner.Run("estimate", "m", "--input", input, "--output", output, "--rates", _runner.Write("rates.json", Rates), "--no-catalog");

        Assert.Equal((0, total, said), (result.Code, result.Json.GetProperty("total").GetString(), result.Error.TrimEnd()));
    }
}
