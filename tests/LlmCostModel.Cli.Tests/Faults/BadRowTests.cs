using System.Globalization;
using System.Text;
using System.Text.Json;

namespace LlmCostModel.Cli.Tests;

/// <summary>Files with a bad row of each kind, and a good one behind it: every bad one is reported with its line and the reason, every good
/// one is priced, and the run says that something is missing.</summary>
public sealed class BadRowTests : IDisposable
{
    /// <summary>1,000 tokens at 2.50 and 100 at 10 USD per million: https://openai.com/api/pricing/ (gpt-4o, 2025-01).</summary>
    private const decimal OfGoodRow = 0.0035m;

    private readonly CliRunner _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void UsageRecords_ThatAreBad_AreReportedByLine()
    {
        const string NotACount = "not a whole number of tokens, 0 or more";
        const string NotAnInstant = "not an instant";
        Check("log.jsonl", "", Good, [
            ("""{"model":"gpt-4o" """, "it ends too early"),
            ("nonsense", "not valid JSON"),
            ("42", "The record is 42, not an object"),
            ("\"text\"", "not an object"),
            ("null", "not an object"),
            ("{}", "no model"),
            ("""{"usage":{"input":1}}""", "no model"),
            ("""{"model":null,"usage":{"input":1}}""", "no model"),
            ("""{"model":"","usage":{"input":1}}""", "no model"),
            ("""{"model":" ","usage":{"input":1}}""", "no model"),
            ("""{"model":["gpt-4o"],"usage":{"input":1}}""", "model is a list, not a text"),
            ("""{"model":"gpt-4\ud800","usage":{"input":1}}""", "half a character"),
            ("{\"model\":\"gpt-4o\u0001\",\"usage\":{\"input\":1}}", "not valid JSON"),
            ("""{"model":"gpt-4o"}""", "no usage"),
            ("""{"model":"gpt-4o","usage":null}""", "no usage"),
            ("""{"model":"gpt-4o","usage":5}""", "usage is a number, not an object"),
            ("""{"model":"gpt-4o","usage":[1,2]}""", "usage is a list, not an object"),
            ("""{"model":"gpt-4o","usage":{"inputs":5}}""", "Did you mean input?"),
            ("""{"model":"gpt-4o","usage":{"input":-1}}""", $"usage.input is -1, {NotACount}"),
            ("""{"model":"gpt-4o","usage":{"input":1.5}}""", $"usage.input is 1.5, {NotACount}"),
            ("""{"model":"gpt-4o","usage":{"input":"12"}}""", NotACount),
            ("""{"model":"gpt-4o","usage":{"input":true}}""", NotACount),
            ("""{"model":"gpt-4o","usage":{"input":{}}}""", NotACount),
            ("""{"model":"gpt-4o","usage":{"input":null}}""", NotACount),
            ("""{"model":"gpt-4o","usage":{"input":1e400}}""", NotACount),
            ("""{"model":"gpt-4o","usage":{"input":9223372036854775808}}""", NotACount),
            ("""{"model":"gpt-4o","usage":{"input":9223372036854775807,"cacheRead":1}}""", "The counts add up to more than 9223372036854775807"),
            ("""{"model":"gpt-4o","usage":{"input":NaN}}""", "not valid JSON"),
            ("""{"model":"gpt-4o","usage":{"input":01}}""", "not valid JSON"),
            ("""{"model":"gpt-4o","usage":{"input":1},}""", "trailing comma"),
            ("{'model':'gpt-4o','usage':{'input':1}}", "not valid JSON"),
            ("""{"model":"gpt-4o","usage":{"input":1}} // note""", "stands behind the end"),
            ("""{"model":"gpt-4o","usage":{"input":1}}{"model":"gpt-4o","usage":{"input":1}}""", "stands behind the end"),
            ("""{"model":"gpt-4o","model":"o1","usage":{"input":1}}""", "model is stated twice"),
            ("""{"model":"gpt-4o","usage":{"input":1,"input":2}}""", "usage.input is stated twice"),
            ("""{"model":"gpt-4o","mdoel":"x","usage":{"input":1}}""", "Did you mean model?"),
            ("""{"model":"gpt-4o","user":"ann","usage":{"input":1}}""", "Write it in \"tags\""),
            ("""{"model":"gpt-4o","at":"yesterday","usage":{"input":1}}""", NotAnInstant),
            ("""{"model":"gpt-4o","at":"2025-02-30T00:00:00Z","usage":{"input":1}}""", NotAnInstant),
            ("""{"model":"gpt-4o","at":"2025-01-20T00:00:00","usage":{"input":1}}""", NotAnInstant),
            ("""{"model":"gpt-4o","at":"","usage":{"input":1}}""", NotAnInstant),
            ("""{"model":"gpt-4o","tier":"","usage":{"input":1}}""", "tier is empty"),
            ("""{"model":"gpt-4o","tags":["a"],"usage":{"input":1}}""", "tags is a list, not an object"),
            ("""{"model":"gpt-4o","tags":{"a":{"b":1}},"usage":{"input":1}}""", "tags.a is an object, not a text"),
            ("""{"model":"gpt-4o","meters":{"webSearch":-1},"usage":{"input":1}}""", "meters.webSearch is -1"),
            ("""{"model":"gpt-4o","meters":[1],"usage":{"input":1}}""", "meters is a list, not an object"),
            ("""{"model":"gpt-4o","attributes":{"a":[1]},"usage":{"input":1}}""", "attributes.a is a list, not a text"),
            ("""{"model":"gpt-4o","region":[],"usage":{"input":1}}""", "region is a list, not a text"),
            ("""{"model":"gpt-4o","usage":{"input":1},"batch":true}""", "\"tier\": \"batch\""),
            ("<html>503</html>", "not valid JSON"),
            ("2025-01-20 INFO started", "not valid JSON"),
        ]);

        static string Good(int number) => string.Create(
            CultureInfo.InvariantCulture,
            $$$"""{"id":"call-{{{number}}}","model":"gpt-4o","at":"2025-01-20T00:00:00Z","usage":{"input":1000,"output":100}}""");
    }

    [Fact]
    public void RowsOfATable_ThatAreBad_AreReportedByLine()
    {
        (string, string)[] instants =
        [
            .. ((string[])["yesterday", "2025-02-30", "01/20/2025", "2025-01-20T25:00:00Z", "5", "-1737331200", "2025-01-20T00:00:00+99:00"])
                .Select(at => ($"bad,gpt-4o,{at},1,,1,,", $"at is '{at}', not an instant")),
        ];
        (string, string)[] counts =
        [
            .. ((string[])["-1", "1.5", "many", "1e400", "99999999999999999999", "0x10", "1.000", "1 000", "TRUE", "#REF!", "1/2", "12 tokens", "--5",
                "\u221E", "\u0661\u0662", "1_000", "Infinity", "-0.5", "{}", "[1]", "1;2", "\u00BD", "5%", "$5"])
                .Select(count => ($"bad,gpt-4o,2025-01-20T00:00:00Z,{count},,1,,", $"input is '{count}', not a whole number of 0 or more")),
        ];
        Check("log.csv", "id,model,at,input,cacheRead,output,cost,user\n", Good, [
            .. instants,
            .. counts,
            ("bad,gpt-4o,2025-01-20T00:00:00Z,\"1,5\",,1,,", "input is '1,5'"),
            ("bad,gpt-4o,2025-01-20T00:00:00Z,1,-1,1,,", "cacheRead is '-1'"),
            ("bad,gpt-4o,2025-01-20T00:00:00Z,1,x,1,,", "cacheRead is 'x'"),
            ("bad,gpt-4o,2025-01-20T00:00:00Z,1,,-1,,", "output is '-1'"),
            ("bad,gpt-4o,2025-01-20T00:00:00Z,1,,1,abc,", "cost is 'abc', not a number"),
            ("bad,gpt-4o,2025-01-20T00:00:00Z,1,,1,-5,", "cost is less than 0"),
            ("bad,gpt-4o,2025-01-20T00:00:00Z,1,,1", "The row has 6 values, and the header 8 names"),
            ("bad,gpt-4o,2025-01-20T00:00:00Z,1,,1,,,more", "The row has 9 values"),
            ("gpt-4o", "The row has 1 value, and the header 8 names"),
            ("bad,gpt-4o,2025-01-20T00:00:00Z,9223372036854775807,1,1,,", "The counts add up to more than 9223372036854775807"),
            ("id,model,at,input,cacheRead,output,cost,user", "at is 'at', not an instant"),
        ]);

        static string Good(int number) =>
            string.Create(CultureInfo.InvariantCulture, $"call-{number},gpt-4o,2025-01-20T00:00:00Z,1000,,100,,ann");
    }

    [Fact]
    public void Table_WhoseQuotesAreBroken_EndsThere()
    {
        string log = _cli.Write("log.csv", "model,input,output\ngpt-4o,1000,100\n\"gpt-4o\" x,1,1\ngpt-4o,1000,100\n");

        CliResult result = CliRunner.Run("price", log, "--at", "2025-01-20", "--format", "json");

        Assert.Equal(1, result.Code);
        Assert.Contains(":3: The row breaks the rules of CSV for quotes. It and what follows are not read.", result.Error, StringComparison.Ordinal);
        Assert.Equal("0.0035", result.Json.GetProperty("totals")[0].GetProperty("total").GetString());
    }

    [Fact]
    public void Spans_ThatAreBad_AreReportedByLine()
    {
        string[] counts =
        [
            "input_tokens", "output_tokens", "cache_read.input_tokens", "cache_creation.input_tokens", "reasoning.output_tokens",
            "server_tool_use.web_search_requests",
        ];
        (string Json, string Text)[] wrong =
        [
            ("""{"intValue":"-1"}""", "-1"), ("""{"doubleValue":1.5}""", "1.5"), ("""{"stringValue":"many"}""", "many"),
            ("""{"boolValue":true}""", "True"), ("""{"intValue":"99999999999999999999"}""", "99999999999999999999"),
            ("""{"stringValue":"0x10"}""", "0x10"), ("""{"stringValue":""}""", ""),
        ];
        (string, string)[] bad =
        [
            .. from count in counts
               from value in wrong
               let name = $"gen_ai.usage.{count}"
               select (Span(0, $$"""{"key":"{{name}}","value":{{value.Json}}}"""), $"{name} is '{value.Text}', not a whole number of 0 or more"),
        ];
        Check("spans.jsonl", "", number => Span(number, ""), [
            .. bad,
            (Span(0, """{"key":"gen_ai.usage.cache_read.input_tokens","value":{"intValue":"2000"}}"""), "exceed gen_ai.usage.input_tokens (1000)"),
            (Span(0, """{"key":"gen_ai.usage.reasoning.output_tokens","value":{"intValue":"2000"}}"""), "exceed gen_ai.usage.output_tokens (100)"),
            (Span(0, "").Replace("gpt-4o", "", StringComparison.Ordinal), "The span names no model"),
            (Span(0, "")[..80], "not valid JSON"),
            ("""{"resourceSpans":5}""", "no usage of a known shape"),
            ("nonsense", "not valid JSON"),
        ]);
    }

    /// <summary>A span of 1,000 tokens in and 100 out, with one attribute more, which wins over one of the same name.</summary>
    private static string Span(int number, string attribute) => string.Create(CultureInfo.InvariantCulture, $$$"""
        {"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"{{{number:x32}}}","spanId":"{{{number + 1:x16}}}","name":"chat",
        "startTimeUnixNano":"1737331200000000000","attributes":[{"key":"gen_ai.operation.name","value":{"stringValue":"chat"}},
        {"key":"gen_ai.response.model","value":{"stringValue":"gpt-4o"}},{"key":"gen_ai.response.id","value":{"stringValue":"call-{{{number}}}"}},
        {"key":"gen_ai.usage.input_tokens","value":{"intValue":"1000"}},{"key":"gen_ai.usage.output_tokens","value":{"intValue":"100"}}
        {{{(attribute.Length > 0 ? "," : "")}}}{{{attribute}}}]}]}]}]}
        """).ReplaceLineEndings("");

    /// <summary>Writes each bad row and a good one behind it, and prices them, with one thread and with two.</summary>
    private void Check(string name, string header, Func<int, string> good, (string Row, string Reason)[] bad)
    {
        Assert.InRange(bad.Length, 40, int.MaxValue);
        StringBuilder text = new(header);
        for (int i = 0; i < bad.Length; i++)
        {
            text.Append(bad[i].Row).Append('\n').Append(good(i + 1)).Append('\n');
        }

        string log = _cli.Write(name, text.ToString());
        int first = header.Length > 0 ? 2 : 1;
        foreach (string threads in (string[])["1", "2"])
        {
            string rejects = _cli.PathOf("rejects.jsonl");

            CliResult result = CliRunner.Run("price", log, "--threads", threads, "--rejects", rejects, "--format", "json");

            Assert.Equal(1, result.Code);
            JsonElement[] reported = [.. File.ReadLines(rejects).Select(line => JsonDocument.Parse(line).RootElement)];
            Assert.Equal(Enumerable.Range(0, bad.Length).Select(i => first + (2 * i)), reported.Select(one => one.GetProperty("line").GetInt32()));
            Assert.All(bad.Zip(reported), pair => Assert.Contains(pair.First.Reason, pair.Second.GetProperty("reason").GetString(), StringComparison.Ordinal));
            JsonElement total = Assert.Single(result.Json.GetProperty("totals").EnumerateArray());
            Assert.Equal(bad.Length * OfGoodRow, decimal.Parse(total.GetProperty("total").GetString()!, CultureInfo.InvariantCulture));
            Assert.Equal((bad.Length, bad.Length), (result.Json.GetProperty("rejected").GetInt32(), result.Json.GetProperty("calls").GetInt32()));
        }
    }
}
