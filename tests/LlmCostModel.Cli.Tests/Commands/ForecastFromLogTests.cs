using System.Globalization;
using System.Text;

namespace LlmCostModel.Cli.Tests;

/// <summary><c>forecast --from</c> and <c>job</c> over logs made here: a call an hour, 1,000 in and 100 out, of a session of four.</summary>
public sealed class ForecastFromLogTests : IDisposable
{
    private const int Days = 42;

    private readonly CliRunner _cli = new();

    public void Dispose() => _cli.Dispose();

    /// <summary>2.50 and 10 per million: a call is 0.0025 + 0.001 = 0.0035, and 1,008 of them 3.528. February has 672 more, 2.352.</summary>
    [Fact]
    public void ForecastFrom_WholeLog_SaysWhatItSaysAndExitsWith0()
    {
        CliResult json = Run("--months", "1"), table = Run("--months", "1", "--format", "table", "--budget", "1", "--chart", _cli.PathOf("next.html"));

        Assert.Equal(0, json.Code);
        Assert.Equal("3.528", json.Json.GetProperty("log").GetProperty("lines")[0].GetProperty("cost").GetString());
        decimal median = decimal.Parse(json.Json.GetProperty("p50").GetString()!, CultureInfo.InvariantCulture);
        Assert.InRange(median, 2.352m * 0.95m, 2.352m * 1.05m);
        Assert.Contains("what the log says, 2024-12-16 to 2025-01-26", table.Output, StringComparison.Ordinal);
        Assert.Contains("Check: without its last days, 2025-01-20 to 2025-01-26", table.Output, StringComparison.Ordinal);
        Assert.Contains("exceed 1.00 USD", table.Output, StringComparison.Ordinal);
        Assert.Contains("gpt-4o", File.ReadAllText(_cli.PathOf("next.html")), StringComparison.Ordinal);
    }

    /// <summary>What is left out is named, in words of the command, and makes the exit code 1.</summary>
    [Theory]
    [InlineData("""{ "model": "nobody-1", "at": "2025-01-01T00:00:00Z", "usage": { "input": 1 } }""", "1 call of nobody-1 has no price and is in no line: No price for model 'nobody-1'. Add it to a file of --rates")]
    [InlineData("""{ "model": "gpt-4o", "usage": { "input": 1 } }""", "1 call states no time and is in no line.")]
    [InlineData("""{ "model": "gpt-4o", "at": "1970-01-01T00:00:00Z", "usage": { "input": 1, "output": 1 } }""", "1 call of gpt-4o has no price")]
    public void ForecastFrom_SomethingLeftOut_ExitsWith1(string record, string note)
    {
        string log = _cli.Write("more.jsonl", Log() + record + "\n");

        CliResult json = CliRunner.Run("forecast", "--from", log, "--months", "1"), table = CliRunner.Run("forecast", "--from", log, "--months", "1", "--format", "table");

        Assert.Equal((1, 1), (json.Code, table.Code));
        Assert.Contains(
            json.Json.GetProperty("log").GetProperty("notes").EnumerateArray(),
            one => one.GetString()!.StartsWith(note, StringComparison.Ordinal));
        Assert.Contains("Left out or assumed of the log:", table.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--start 2025-01-10", "A plan begins where the log ends, 2025-01-26T23:30:00Z, or later.")]
    [InlineData("--budget 5%", "--budget is '5%', not an amount")]
    public void ForecastFrom_WhatCannotBe_ExitsWith2(string options, string message)
    {
        CliResult result = Run(options.Split(' '));

        Assert.Equal((2, ""), (result.Code, result.Output));
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Forecast_ZoneBesideAFile_IsRefused() => Assert.Contains(
        "--time-zone says nothing beside a workload file",
        CliRunner.Run("forecast", _cli.Write("w.json", """{ "forecast": { "model": "o1", "start": "2025-02-01", "requests": 1, "promptTokens": 1 } }"""), "--time-zone", "UTC").Error,
        StringComparison.Ordinal);

    /// <summary>252 sessions of four calls, 0.014 each: 1,000 sessions are 14. By a tag that no call has there are no items.</summary>
    [Fact]
    public void Job_ByATag_CountsItsItems()
    {
        string log = _cli.Write("calls.jsonl", Log());
        CliResult job = CliRunner.Run("job", log, "--of", "1000", "--item", "session"), wrong = CliRunner.Run("job", log, "--of", "2000", "--item", "sesion");

        Assert.Equal((0, 252L, "14"), (job.Code, job.Json.GetProperty("sampledItems").GetInt64(), job.Json.GetProperty("mean").GetString()));
        Assert.Equal((2, ""), (wrong.Code, wrong.Output));
        Assert.Equal("No call of the sample has the tag 'sesion' that says its item. They have session.", wrong.Error.Trim());
    }

    private CliResult Run(params string[] options) => CliRunner.Run(["forecast", "--from", _cli.Write("calls.jsonl", Log()), .. options]);

    private static string Log()
    {
        StringBuilder lines = new();
        for (int hour = 0; hour < 24 * Days; hour++)
        {
            string at = new DateTime(2024, 12, 16, 0, 30, 0, DateTimeKind.Utc).AddHours(hour).ToString("s", CultureInfo.InvariantCulture);
            lines.Append(
                CultureInfo.InvariantCulture,
                $$"""{ "model": "gpt-4o", "at": "{{at}}Z", "usage": { "input": 1000, "output": 100 }, "tags": { "session": "s{{hour / 4}}" } }""").Append('\n');
        }

        return lines.ToString();
    }
}
