using System.Text;

namespace LlmCostModel.Cli.Tests.Faults;

/// <summary>Everything ends, and what is too large is told (findings C2, C3).</summary>
public sealed class BoundsTests : IDisposable
{
    private const string Good = """{ "id": "a", "model": "gpt-4o", "at": "2025-01-27", "usage": { "input": 1000000 } }""";

    private readonly CliRunner _cli = new();

    public void Dispose() => _cli.Dispose();

    /// <summary>C2: 1.2 GB in one line, 1.2 MB packed, was "Out of memory". Here 80 MB; .ci/long takes all of it under a limit.</summary>
    [Fact]
    public void Line_OfABomb_IsRejected_AndTheRestIsPriced()
    {
        using MemoryStream packed = new();
        using (System.IO.Compression.GZipStream gzip = new(packed, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(Good + "\n"));
            byte[] million = Encoding.UTF8.GetBytes(new string('a', 1_000_000));
            for (int i = 0; i < 80; i++)
            {
                gzip.Write(million);
            }

            gzip.Write(Encoding.UTF8.GetBytes("\n" + Good.Replace("\"a\"", "\"b\"", StringComparison.Ordinal)));
        }

        CliResult result = CliRunner.RunWith(packed.ToArray(), "price", "-");

        Assert.Equal("5", result.Json.GetProperty("totals")[0].GetProperty("total").GetString());
        Assert.Equal("record 2: The line is longer than 67,108,864 characters; longer ones are not read.\n", result.Error.ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData(63, false)]
    [InlineData(65, true)]
    [InlineData(100_000, true)]
    public void Record_NestedDeeply_IsRejected(int depth, bool isRejected)
    {
        string record = $$"""{ "object": "chat.completion", "model": "gpt-4o", "x": {{new string('[', depth - 1)}}{{new string(']', depth - 1)}}, "usage": { "prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2 } }""";

        CliResult result = CliRunner.RunWith(record + "\n" + Good, "price", "-");

        Assert.Equal(isRejected ? "1" : "0", result.Json.GetProperty("rejected").GetRawText());
    }

    /// <summary>C2: each was an unhandled exception.</summary>
    [Theory]
    [InlineData("--rejects is empty. Give it a value, or leave it out.", "price", "log", "--rejects", "")]
    [InlineData("-o", "catalog", "import", "litellm", "log", "-o", "")]
    [InlineData("--chart is empty.", "breakeven", "cache", "--write", "1.25", "--read", "0.1", "--chart", "")]
    [InlineData("'. ' is a folder.", "price", "log", "--rejects", ". ")]
    public void EmptyFileName_IsWrongUsage(string message, params string[] args)
    {
        _ = message;
        CliResult result = CliRunner.Run(args);

        Assert.Equal((2, ""), (result.Code, result.Output));
        Assert.NotEmpty(result.Error);
    }

    /// <summary>C2: writing a message must not end the command.</summary>
    [Fact]
    public void StandardError_ThatIsClosed_ChangesNothing()
    {
        using MemoryStream output = new();
        using StreamWriter closed = new(new ClosedStream("closed")) { AutoFlush = true };
        CommandHost host = new() { Input = Stream.Null, Output = output, Error = closed };

        Assert.Equal(2, CommandLineApp.Run(["price", "missing.jsonl"], host));
        Assert.Equal(1, CommandLineApp.Run(["estimate", "acme-1", "--input", "1"], host));
        Assert.NotEqual(0, output.Length);
    }

    /// <summary>C3: a closed standard input is told, not waited for.</summary>
    [Fact]
    public void StandardInput_ThatIsClosed_IsAFault()
    {
        using StringWriter error = new();
        CommandHost host = new() { Input = new ClosedStream("Standard input is closed."), Output = Stream.Null, Error = error };

        Assert.Equal(2, CommandLineApp.Run(["price", "-"], host));
        Assert.Equal("Standard input is closed.\n", error.ToString().ReplaceLineEndings("\n"));
    }

    /// <summary>C2, C3: plans that end too late, or never.</summary>
    [Theory]
    [InlineData("forecast", """{ "forecast": { "model": "o1", "start": "9999-11-01", "requests": 1, "promptTokens": 1 } }""", "the plan ends after the year 9999")]
    [InlineData("compare --workload", """{ "agentLoop": { "turns": 2000000000, "prefixTokens": 1, "growthTokens": 1 }, "candidates": [ { "model": "o1" } ] }""", "requests are made of at most 2000")]
    public void Plan_BeyondItsBounds_IsAFault(string command, string workload, string message)
    {
        CliResult result = CliRunner.Run([.. command.Split(' '), _cli.Write("w.json", workload)]);

        Assert.Equal((2, ""), (result.Code, result.Output));
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }
}
