using System.Text.Json;

namespace LlmCostModel.Cli.Tests;

/// <summary>What a log would have cost: <c>--at-today</c> and <c>--what-if</c>.</summary>
public sealed class QuestionOptionTests : IDisposable
{
    /// <summary>DeepSeek's day in millionths: 0.5621 on R1, 16.635 on o1.</summary>
    private const string Day = """{"model":"deepseek-reasoner","at":"2025-01-27T10:00:00Z","usage":{"cacheRead":342000,"input":266000,"output":168000},"tags":{"user":"ann"}}""";

    private readonly CliRunner _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void WhatIf_IsShownBesideTheCost()
    {
        CliResult result = CliRunner.RunWith(Day, "price", "-", "--what-if", "o1", "--group-by", "user");

        JsonElement question = Assert.Single(result.Json.GetProperty("whatIf").EnumerateArray());
        JsonElement total = question.GetProperty("totals")[0];
        Assert.Equal(0, result.Code);
        Assert.Equal("o1", question.GetProperty("model").GetString());
        Assert.Equal(
            ("0.5621", "16.635", "16.0729", "29.594378"),
            (Text(total, "actual"), Text(total, "total"), Text(total, "difference"), Text(total, "ratio")));
        Assert.Equal("ann", Text(question.GetProperty("groups")[0].GetProperty("key"), "user"));
        Assert.Equal("0.5621", result.Json.GetProperty("totals")[0].GetProperty("total").GetString());
    }

    /// <summary>Several models by comma and by repetition, one with 1.5 tokens for one: 24.9525.</summary>
    [Fact]
    public void Models_AreShownInTheirOrder_AlsoInATableAndACsv()
    {
        string[] arguments = ["price", "-", "--what-if", "o1=1.5,gpt-4o", "--what-if", "o1-mini"];

        CliResult json = CliRunner.RunWith(Day, arguments);
        CliResult table = CliRunner.RunWith(Day, [.. arguments, "--format", "table"]);
        CliResult csv = CliRunner.RunWith(Day, [.. arguments, "--format", "csv"]);

        Assert.Equal(
            ["o1 1.5", "gpt-4o 1", "o1-mini 1"],
            json.Json.GetProperty("whatIf").EnumerateArray().Select(one => $"{Text(one, "model")} {Text(one, "tokenRatio")}"));
        Assert.Contains("o1 x 1.5 tokens", table.Output, StringComparison.Ordinal);
        Assert.Contains("24.9525", table.Output, StringComparison.Ordinal);
        Assert.Contains(",whatIf o1 calls,whatIf o1 actual,whatIf o1 total,whatIf gpt-4o calls,", csv.Output, StringComparison.Ordinal);
        Assert.Contains(",1,0.5621,24.9525,1,0.5621,", csv.Output, StringComparison.Ordinal);
    }

    /// <summary>Prices that ended are no prices of today: the answer is not whole, and says why. What costs half today is summed up.</summary>
    [Fact]
    public void AtToday_OfAPriceThatEnded_SaysWhy_AndIsNotWhole()
    {
        string rates = _cli.PathOf("rates.json");
        File.WriteAllText(rates, """
            { "Provider": "acme", "Currency": "USD", "Models": {
              "gone": { "Versions": [ { "From": "2024-01-01", "Until": "2025-01-01", "PerMillionTokens": { "Input": 3 } } ] },
              "cut": { "Versions": [ { "From": "2024-01-01", "Until": "2025-01-01", "PerMillionTokens": { "Input": 4 } },
                { "From": "2025-01-01", "PerMillionTokens": { "Input": 2 } } ] } } }
            """);
        const string Log = """
            {"model":"gone","at":"2024-06-01","usage":{"input":1000000}}
            {"model":"cut","at":"2024-06-01","usage":{"input":1000000}}
            """;

        CliResult result = CliRunner.RunWith(Log, "price", "-", "--rates", rates, "--at-today");

        JsonElement question = result.Json.GetProperty("whatIf")[0];
        Assert.Equal(1, result.Code);
        JsonElement total = Assert.Single(question.GetProperty("totals").EnumerateArray());
        Assert.Equal(("4", "2", 1), (Text(total, "actual"), Text(total, "total"), question.GetProperty("notCompared").GetInt32()));
        Assert.Contains("'gone'", question.GetProperty("reasons")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Report_HasASectionOfIt_WithTheFiguresOfTheCommand()
    {
        string page = _cli.PathOf("out.html");

        CliResult result = CliRunner.RunWith(Day, "report", "-", "-o", page, "--what-if", "o1");

        string html = File.ReadAllText(page);
        Assert.Equal(0, result.Code);
        Assert.Equal("16.635", Text(result.Json.GetProperty("whatIf")[0].GetProperty("totals")[0], "total"));
        foreach (string shown in (string[])["What if</h2>", "<bdi>o1</bdi>", "reads the same tokens from its cache."])
        {
            Assert.Contains(shown, html, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("--what-if: No price for model 'nobody-1'.", "--what-if", "nobody-1")]
    [InlineData("'o1=x' is not a model and a ratio.", "--what-if", "o1=x")]
    [InlineData("'o1=0' is not a model and a ratio.", "--what-if", "o1=0")]
    [InlineData("'=2' is not a model and a ratio.", "--what-if", "=2")]
    [InlineData("--what-if names 'o1' more than once.", "--what-if", "o1,o1=2")]
    [InlineData("Give one of the two.", "--what-if", "o1", "--each")]
    [InlineData("Leave --at-today out.", "--at-today", "--format", "focus")]
    public void Slips_AreRefused(string message, params string[] options)
    {
        CliResult result = CliRunner.RunWith(Day, ["price", "-", .. options]);

        Assert.Equal((2, ""), (result.Code, result.Output));
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    private static string? Text(JsonElement owner, string name) => owner.GetProperty(name).GetString();
}
