using System.Globalization;
using System.Text.Json;
using LlmCostModel.Cli.Output;

namespace LlmCostModel.Cli.Tests.Commands;

/// <summary><c>gate BASE HEAD</c>: whether a change may pass, in every format.</summary>
public sealed class GateCommandTests : IDisposable
{
    // o1 in January 2025: 15 USD per million tokens of input, 60 of output.
    private const string Base = """
        {"model":"o1","at":"2025-01-20T10:00:00Z","usage":{"input":100000},"tags":{"scenario":"checkout","test":"a"}}
        {"model":"o1","at":"2025-01-20T10:00:00Z","usage":{"input":200000},"tags":{"scenario":"search","test":"a"}}
        """;

    private const string Head = """
        {"model":"o1","at":"2025-01-21T10:00:00Z","usage":{"input":60000,"cacheRead":60000},"tags":{"scenario":"checkout","test":"a"}}
        {"model":"o1","at":"2025-01-21T10:00:00Z","usage":{"input":206000},"tags":{"scenario":"search","test":"a"}}
        """;

    private readonly CliRunner _cli = new();

    public void Dispose() => _cli.Dispose();

    /// <summary>Checkout: 1.5 to 0.9 + 0.45 (cache reads at 7.50) = 1.35, 10% less, 20% more input; search: 3 to 3.09, 3% more; all: 4.5
    /// to 4.44.</summary>
    [Fact]
    public void WithinTheLimit_Passes()
    {
        CliResult result = Run(Base, Head);

        JsonElement json = result.Json;
        Assert.Equal((0, true, "lastOfHead", "2025-01-21T10:00:00Z"), (result.Code, json.GetProperty("passed").GetBoolean(), Text(json, "instant"), Text(json, "at")));
        Assert.Equal(
            ["checkout decrease 1.5 1.35 -0.1", "search withinLimit 3 3.09 0.03"],
            json.GetProperty("scenarios").EnumerateArray().Select(one => $"{Text(one, "scenario")} {Text(one, "verdict")} {Costs(one)}"));
        Assert.Equal("4.5 4.44 -0.013333", Costs(json.GetProperty("total")));
        Assert.Equal("0.5", Text(json.GetProperty("scenarios")[0].GetProperty("head"), "cacheHitRate"));
        Assert.Contains("Each side is one run", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2%", 1)]
    [InlineData("3%", 0)]
    [InlineData("0.03", 0)]
    [InlineData("0.0299", 1)]
    [InlineData("250%", 0)]
    [InlineData("0", 1)]
    public void Limit_Decides(string limit, int code) => Assert.Equal(code, Run(Base, Head, "--max-increase", limit).Code);

    /// <summary>Search costs 0.09 more.</summary>
    [Theory]
    [InlineData("0.09", 0)]
    [InlineData("0.0899999", 1)]
    public void Amount_DecidesBesideTheShare(string amount, int code)
    {
        CliResult result = Run(Base, Head, "--max-increase", "50%", "--max-increase-amount", amount);

        Assert.Equal((code, amount), (result.Code, Text(result.Json, "maxIncreaseAmount")));
        Assert.Contains($"Allowed: 50% more, and at most {amount} USD. Both", Run(Base, Head, "--max-increase", "50%", "--max-increase-amount", amount, "--format", "table").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Amount_WithoutACurrency_IsRefused()
    {
        CliResult result = Run(Base.Replace("o1", "acme-1", StringComparison.Ordinal), Head.Replace("o1", "acme-1", StringComparison.Ordinal), "--max-increase-amount", "1");

        Assert.Equal((2, ""), (result.Code, result.Output));
        Assert.Equal("--max-increase-amount has the currency of the costs, and nothing has a price. Leave it out, or give what can be priced.", result.Error.TrimEnd());
    }

    [Fact]
    public void Table_SaysWhatChanged()
    {
        CliResult result = Run(Base, Head, "--max-increase", "2%", "--format", "table");

        Assert.Equal(1, result.Code);
        string[] row = Array.Find(result.Output.Split('\n'), line => line.Contains("search", StringComparison.Ordinal))!.Split('│', StringSplitOptions.TrimEntries);
        Assert.Equal(["search", "increase", "3.00", "3.09"], row[1..5]);
        Assert.Contains("-1.33%", result.Output, StringComparison.Ordinal);
        Assert.Contains("0% to 50%", result.Output, StringComparison.Ordinal);
        Assert.Contains("Allowed: 2% more. Both at the prices of 2025-01-21 10:00 UTC, when the last call of HEAD was made.", result.Output, StringComparison.Ordinal);
        Assert.EndsWith("'search' costs more than is allowed.\n", result.Output, StringComparison.Ordinal);
    }

    /// <summary>A side of which nothing has a price is not 0: null, an empty cell, or said in words.</summary>
    [Fact]
    public void UnpricedSide_IsNeverZero()
    {
        const string Open = """{"model":"nobody-knows-it","at":"2025-01-20T10:00:00Z","usage":{"input":100000},"tags":{"scenario":"checkout"}}""";
        string priced = Open.Replace("nobody-knows-it", "o1", StringComparison.Ordinal); // 0.1 M at 15

        JsonElement cost = Run(Open, priced).Json.GetProperty("total").GetProperty("costs")[0];
        Assert.Equal((JsonValueKind.Null, "1.5"), (cost.GetProperty("base").ValueKind, Text(cost, "head")));
        Assert.Contains("total,,unpriced,USD,,1.5,", Run(Open, priced, "--format", "csv").Output, StringComparison.Ordinal);
        Assert.Contains("| **unpriced** | unpriced | 1.50 USD |", Run(Open, priced, "--format", "markdown").Output, StringComparison.Ordinal);
        Assert.Matches("checkout +│ unpriced +│ unpriced +│ +1.50", Run(Open, priced, "--format", "table").Output);
        Assert.Contains("| **unpriced** | 1.50 USD | unpriced |", Run(priced, Open, "--format", "markdown").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Csv_HasARowForEachScenario_AndTheTotal()
    {
        string[] lines = Run(Base, Head, "--format", "csv").Output.Split('\n');

        Assert.Equal(5, lines.Length); // the header, two, the total, and the end
        Assert.StartsWith("scenario,checkout,decrease,USD,1.5,1.35,-0.1,,,,1,1,1,1,0,0,0,0.5,100000,0,", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("total,,decrease,USD,4.5,4.44,-0.013333,", lines[3], StringComparison.Ordinal);
        Assert.Equal(lines[0].Split(',').Length, lines[1].Split(',').Length);
    }

    [Fact]
    public void Markdown_IsAComment()
    {
        string text = Run(Base, Head, "--format", "markdown", "--max-increase", "2%").Output;

        Assert.Equal(
            """
            <!-- llmcost gate -->
            ### Cost of model calls: not passed

            - 'search' costs more than is allowed.

            | scenario | verdict | base | head | change | calls | input | output | cache hits |
            |---|---|--:|--:|--:|--:|--:|--:|--:|
            | <code>checkout</code> | decrease | 1.50 USD | 1.35 USD | -10% | 1 | 100,000 → 120,000 | 0 | 0% → 50% |
            | <code>search</code> | **increase** | 3.00 USD | 3.09 USD | +3% | 1 | 200,000 → 206,000 | 0 | 0% |
            | **all** | decrease | 4.50 USD | 4.44 USD | -1.33% | 2 | 300,000 → 326,000 | 0 | 0% → 18.4% |

            Allowed: 2% more. Both at the prices of 2025-01-21 10:00 UTC, when the last call of HEAD was made.

            - Each side is one run, so that chance and change cannot be distinguished: the limit alone decides.

            """,
            text);
    }

    /// <summary>A name from a log is text: no cell, code, tag, line, link, mention or issue of its own.</summary>
    [Fact]
    public void Markdown_NamesAreText()
    {
        const string Name = "a|b `c` <img src=x>\n| d |\r[e](http://f.io) @ann #12 **g** \\| &lt; www.h.io";
        string call = $$$"""{"model":"nobody|`1`","at":"2025-01-20","usage":{"input":1},"tags":{"scenario":{{{JsonSerializer.Serialize(Name)}}}}}""";

        string text = Run(call, call, "--format", "markdown").Output;

        string[] rows = [.. text.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal))];
        Assert.Equal(3, rows.Length); // the header, the scenario and the total
        Assert.All(rows, row => Assert.Equal(10, row.Count(one => one == '|')));
        string name = rows[1].Split('|')[1].Trim();
        Assert.Equal(
            "<code>a&#124;b &#96;c&#96; &#60;img src&#61;x&#62;&#92;u000a&#124; d &#124;&#92;u000d&#91;e&#93;(http&#58;//f&#46;io) &#64;ann &#35;12 &#42;&#42;g&#42;&#42; &#92;&#124; &#38;lt; www&#46;h&#46;io</code>",
            name);
        Assert.DoesNotContain("@ann", text, StringComparison.Ordinal);
        Assert.DoesNotContain("#12", text.Replace("&#12", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("&#64;ann", text.Replace(name, "", StringComparison.Ordinal), StringComparison.Ordinal); // outside of code, a comment stands between
        Assert.DoesNotContain("<img", text, StringComparison.Ordinal);
        Assert.Contains("nobody&#124;&#96;1&#96;", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Formula_InCsv_IsText()
    {
        string call = """{"model":"o1","at":"2025-01-20","usage":{"input":1},"tags":{"scenario":"=1+1"}}""";

        Assert.Contains("scenario,'=1+1,", Run(call, call, "--format", "csv").Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, """{"model":"nobody-1","at":"2025-01-20","usage":{"input":1},"tags":{"scenario":"checkout"}}""", "Add it to a file of --rates")]
    [InlineData(1, "{broken", "Records of the head that cannot be read, so that it lacks calls: 1.")]
    [InlineData(1, """{"model":"o1","at":"2025-01-20","usage":{"input":-1}}""", "Records of the head that cannot be read, so that it lacks calls: 1.")]
    public void WhatIsNotKnown_DoesNotPass(int code, string more, string reason)
    {
        CliResult result = Run(Base, $"{Head}\n{more}");

        Assert.Equal((code, false), (result.Code, result.Json.GetProperty("passed").GetBoolean()));
        Assert.Contains(result.Json.GetProperty("reasons").EnumerateArray(), one => one.GetString()!.Contains(reason, StringComparison.Ordinal));
    }

    [Fact]
    public void EmptySide_DoesNotPass()
    {
        CliResult result = Run("", Head);

        Assert.Equal((1, "new"), (result.Code, Text(result.Json.GetProperty("total"), "verdict")));
        Assert.Equal("The base has no calls, so that nothing can be compared.", result.Json.GetProperty("reasons")[0].GetString());
    }

    /// <summary>A tag of one's own, a tag that nobody has, and runs by day.</summary>
    [Fact]
    public void Keys_AreChosen()
    {
        Assert.Equal("a", Text(Run(Base, Head, "--scenario", "tag:test").Json.GetProperty("scenarios")[0], "scenario"));
        Assert.Equal("o1", Text(Run(Base, Head, "--scenario", "model").Json.GetProperty("scenarios")[0], "scenario"));
        Assert.Equal("day", Text(Run(Base, Head, "--run", "day").Json, "runKey"));

        CliResult missing = Run(Base, Head, "--scenario", "tag:nobody");

        Assert.Equal((1, JsonValueKind.Null), (missing.Code, missing.Json.GetProperty("scenarioKey").ValueKind));
        Assert.Equal("No call states 'tag:nobody'. Name what the calls state.", missing.Json.GetProperty("reasons")[0].GetString());
    }

    [Theory]
    [InlineData("'5x' is not a share of 0 or more. Write a percentage such as 5%, or up to 1 such as 0.05.", "--max-increase", "5x")]
    [InlineData("'-5%' is not a share of 0 or more. Write a percentage such as 5%, or up to 1 such as 0.05.", "--max-increase=-5%")]
    [InlineData("'5' is not a share of 0 or more. Write a percentage such as 5%, or up to 1 such as 0.05.", "--max-increase", "5")]
    [InlineData("'scenario' is not what calls state. Use model, provider", "--scenario", "scenario")]
    [InlineData("--confidence is from 50% to 99.99%.", "--confidence", "40%")]
    [InlineData("'focus' is not a format. Write table, json, csv or markdown.", "--format", "focus")]
    public void WrongUse_IsRefused(string message, params string[] more)
    {
        CliResult result = Run(Base, Head, more);

        Assert.Equal((2, ""), (result.Code, result.Output));
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Sides_AreBothNeeded_AndStandardInputIsOne()
    {
        Assert.Equal(2, CliRunner.Run("gate", _cli.Write("only.jsonl", Base)).Code);
        Assert.Equal(2, CliRunner.Run("gate", _cli.Write("only.jsonl", Base), _cli.PathOf("nothing.jsonl")).Code);
        Assert.Equal(0, CliRunner.RunWith(Base, "gate", "-", _cli.Write("head.jsonl", Base)).Code);

        CliResult twice = CliRunner.RunWith(Base, "gate", "-", "-");

        Assert.Equal((2, "BASE and HEAD are both standard input, which can be read only once.\n"), (twice.Code, twice.Error.ReplaceLineEndings("\n")));
    }

    [Fact]
    public void Text_DoesNotFollowTheCulture()
    {
        CultureInfo here = CultureInfo.CurrentCulture;
        string[] formats = ["table", "json", "csv", "markdown"];
        string[] before = [.. formats.Select(format => Run(Base, Head, "--format", format).Output)];
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            Assert.Equal(before, formats.Select(format => Run(Base, Head, "--format", format).Output));
        }
        finally
        {
            CultureInfo.CurrentCulture = here;
        }
    }

    [Theory]
    [InlineData("0.1234", "+12.34%")]
    [InlineData("-0.5", "-50%")]
    [InlineData("0", "0%")]
    [InlineData("0.00001", "<+0.01%")]
    [InlineData("-0.00001", ">-0.01%")]
    [InlineData("12.5", "+1,250%")]
    public void Changes_HaveASign(string change, string text) => Assert.Equal(text, GateText.Change(decimal.Parse(change, CultureInfo.InvariantCulture)));

    /// <summary>What is refused does not look like what is allowed.</summary>
    [Theory]
    [InlineData("0.050001", "0.05", "+5.0001%")]
    [InlineData("0.05", "0.05", "+5%")]
    [InlineData("0.0500000000000000000000000001", "0.05", "+5.00000000000000000000000001%")]
    [InlineData("0.0512", "0.05", "+5.12%")]
    [InlineData("0.00001", "0", "+0.001%")]
    [InlineData("-0.2", "0", "-20%")]
    public void Change_AboveTheLimit_LooksSo(string change, string allowed, string text) => Assert.Equal(
        text, GateText.ChangeBeyond(decimal.Parse(change, CultureInfo.InvariantCulture), decimal.Parse(allowed, CultureInfo.InvariantCulture)));

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    private static string Costs(JsonElement json) =>
        string.Join("; ", json.GetProperty("costs").EnumerateArray().Select(cost => $"{Text(cost, "base")} {Text(cost, "head")} {Text(cost, "change")}"));

    private CliResult Run(string before, string after, params string[] more) =>
        CliRunner.Run(["gate", _cli.Write("base.jsonl", before), _cli.Write("head.jsonl", after), .. more]);
}
