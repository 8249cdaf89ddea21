namespace LlmCostModel.Cli.Tests;

/// <summary><c>report LOG -o PAGE</c>: writes the page, says the sums, and refuses what it cannot write.</summary>
public sealed class ReportCommandTests : IDisposable
{
    private const string Log = """
        {"model":"o1","at":"2025-01-26T23:30:00Z","usage":{"input":1000000},"tags":{"user":"ann","team":"blue"}}
        {"model":"acme-1","at":"2025-01-27T10:00:00Z","usage":{"input":5}}
        {broken
        """;

    private readonly CliRunner _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void Page_IsWritten_AndTheSumsAreSaid()
    {
        string page = _cli.PathOf("out.html");

        CliResult result = CliRunner.RunWith(Log, "report", "-", "-o", page, "--title", "Spend & more", "--group-by", "model,tag:team", "--rows", "5");

        string html = File.ReadAllText(page);
        Assert.Equal((1, "15"), (result.Code, result.Json.GetProperty("totals")[0].GetProperty("total").GetString()));
        Assert.Contains("<h1>Spend &amp; more</h1>", html, StringComparison.Ordinal);
        Assert.Contains("Cost by team", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Cost by user", html, StringComparison.Ordinal);
        Assert.Contains("Add it to a file of --rates", html, StringComparison.Ordinal); // in words of the command
        Assert.Contains("1 record could not be read, and is in no sum.", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("day", "2025-01-27")]
    [InlineData("hour", "2025-01-27T00:00")]
    [InlineData("week", "2025-W05")]
    [InlineData("month", "2025-01")]
    public void Steps_AreThoseOfTheZone(string step, string label)
    {
        string page = _cli.PathOf("out.html");

        CliRunner.RunWith(Log, "report", "-", "-o", page, "--step", step, "--time-zone", "Europe/Berlin"); // where 23:30 UTC is 00:30

        Assert.Contains($"<th scope=\"row\"><bdi>{label}</bdi></th>", File.ReadAllText(page), StringComparison.Ordinal);
    }

    [Fact]
    public void Amounts_AreConverted_AndTheRateIsNamed()
    {
        string page = _cli.PathOf("out.html");

        CliRunner.RunWith(Log, "report", "-", "-o", page, "--currency", "EUR", "--exchange-rate", "0.5@2025-01-01"); // 15 x 0.5

        string html = File.ReadAllText(page);
        Assert.Contains("<dd>7<span class=\"f\">.5</span> <small>EUR</small>", html, StringComparison.Ordinal);
        Assert.Contains("Exchange rate:", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'out.txt' does not end in .html. Name the page so, such as report.html.", "-o", "out.txt")]
    [InlineData("'model' is not a step of time. Use hour, day, week or month.", "-o", "out.html", "--step", "model")]
    [InlineData("'fortnight' is not a step of time. Use hour, day, week or month.", "-o", "out.html", "--step", "fortnight")]
    [InlineData("--rows is '0', not a whole number from 1 to 1,000.", "-o", "out.html", "--rows", "0")]
    public void WhatCannotBeWritten_IsRefused(string message, params string[] more)
    {
        CliResult result = CliRunner.RunWith(Log, ["report", "-", .. more]);

        Assert.Equal((2, ""), (result.Code, result.Output));
        Assert.Contains(message, result.Error.Replace("1000", "1,000", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.False(File.Exists("out.html"));
    }

    /// <summary>The log is not written over.</summary>
    [Fact]
    public void PageOverTheLog_IsRefused()
    {
        string log = _cli.Write("log.html", Log);

        Assert.Equal(2, CliRunner.Run("report", log, "-o", log).Code);
        Assert.Equal(Log, File.ReadAllText(log));
    }
}
