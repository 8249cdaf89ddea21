using System.Text.Json;
using LlmCostModel.TestData;

namespace LlmCostModel.Cli.Tests.Records;

/// <summary>Lines of sessions and spans are read together: a sum beside its parts is no call, a counter that did not move neither.</summary>
public sealed class SessionLineTests
{
    private const string Assistant = """{"type":"assistant","session_id":"s1","message":{"id":"msg_1","type":"message","model":"claude-opus-4-6","usage":{"input_tokens":1000,"output_tokens":100}}}""";
    private const string Result = """{"type":"result","subtype":"success","session_id":"s1","num_turns":1,"total_cost_usd":0.0075,"usage":{"input_tokens":1000,"output_tokens":100},"modelUsage":{"claude-opus-4-6":{"inputTokens":1000,"outputTokens":100,"cacheReadInputTokens":0,"cacheCreationInputTokens":0,"costUSD":0.0075}}}""";

    /// <summary>The situations of public reports, with the right answer worked out beside them.</summary>
    public static TheoryData<string> Cases => SharedData.Folder is null
        ? ["none"]
        : [.. SharedData.ReadLines("field-cases/cases.jsonl")];

    [SharedDataTheory]
    [MemberData(nameof(Cases))]
    public void Price_SituationOfAReport_IsRight(string line)
    {
        JsonElement situation = JsonDocument.Parse(line).RootElement;
        string folder = SharedData.PathOf($"field-cases/{situation.GetProperty("case").GetString()}");
        string[] stated = [.. situation.GetProperty("args").EnumerateArray().Select(arg => arg.GetString()!)];
        string[] args =
        [
            .. stated.Select(arg => File.Exists(Path.Combine(folder, arg)) ? Path.Combine(folder, arg) : arg),
            "--format", "json", "--at", stated.Contains("gpt-5.1-codex") ? "2026-07-01" : "2026-11-25", // that one was retired on 2026-07-23
        ];

        CliResult result = CliRunner.Run(args);

        JsonElement report = JsonDocument.Parse(result.Output).RootElement;
        JsonElement[] groups = [.. report.GetProperty("groups").EnumerateArray()];
        if (situation.TryGetProperty("not_priced", out _))
        {
            Assert.Equal((1, 0), (result.Code, report.GetProperty("totals").GetArrayLength()));
            return;
        }

        if (situation.TryGetProperty("groups", out JsonElement expected))
        {
            Assert.Equal(
                expected.EnumerateObject().Select(group => (group.Name, group.Value.GetString())).Order(),
                groups.Select(group => (group.GetProperty("key").EnumerateObject().Single().Value.GetString()!, group.GetProperty("total").GetString())).Order());
            return;
        }

        string? total = Assert.Single(report.GetProperty("totals").EnumerateArray()).GetProperty("total").GetString();
        Assert.Equal((situation.TryGetProperty("total", out JsonElement sum) ? sum : situation.GetProperty("first")).GetString(), total);
        if (situation.TryGetProperty("calls", out JsonElement calls))
        {
            Assert.Equal(calls.GetInt32(), groups.Sum(group => group.GetProperty("requests").GetInt32()));
        }
    }

    [Theory]
    [InlineData(1, "0.0075", Assistant, Result)] // 1,000 x 5 + 100 x 25
    [InlineData(1, "0.0075", Assistant, Assistant, Result)]
    [InlineData(1, "0.0075", Result)] // alone it is all there is
    [InlineData(1, "0.0075", """{"type":"system","subtype":"init","session_id":"s1","model":"x"}""", Assistant, """{"type":"user","session_id":"s1","message":{"role":"user","content":"x"}}""")]
    [InlineData(2, "0.015", """{"type":"assistant","session_id":"s2","message":{"id":"msg_2","type":"message","model":"claude-opus-4-6","usage":{"input_tokens":1000,"output_tokens":100}}}""", Result)]
    public void Price_ResultOfASession_IsNoCallBesideItsParts(int calls, string total, params string[] lines) => AssertPrice(calls, total, lines);

    [Fact]
    public void Price_CounterThatGrows_IsACallWhereItGrew()
    {
        // 1,000 x 1.25 + 100 x 10 = 2,250; the same again; 500 more, of which 400 were read, and 50 more: 100 x 1.25 + 400 x 0.125
        // + 50 x 10 = 675; then it begins anew with 2,250 millionths.
        AssertPrice(3, "0.005175", Context, Counter(1000, 0, 100), Counter(1000, 0, 100), Counter(1500, 400, 150), Counter(1000, 0, 100).Replace("10:00:05", "11:00:05", StringComparison.Ordinal));
    }

    /// <summary>gpt-4o: 2.5 and 10, read 1.25. Spans around others repeat their sum; those without any below are calls.</summary>
    [Theory]
    [InlineData(2, "0.00105", "a1 - 300 0 30", "a2 a1 100 0 10", "a3 a1 200 0 20")] // 300 x 2.5 + 30 x 10
    [InlineData(1, "0.00105", "a1 - 300 0 30")]
    [InlineData(1, "0.00025", "a1 - - - -", "a2 a1 - - -", "a3 a2 100 0 0")] // 100 x 2.5
    [InlineData(1, "0.00025", "a1 - 100 0 0", "a2 a1 - - -", "a3 a2 100 0 0")]
    [InlineData(1, "0.00025", "a1 - 100 0 0", "a2 a1 0 0 0")] // a tool without tokens takes nothing from the span around it
    [InlineData(1, "0.000175", "a1 - 100 60 0")] // 40 x 2.5 + 60 x 1.25
    [InlineData(1, "0.00025", "a1 a1 - - -", "a2 a1 100 0 0")] // its own parent
    public void Price_Spans_AreCallsWithoutCallsBelow(int calls, string total, params string[] spans) => AssertPrice(calls, total, Export(spans));

    [Fact]
    public void Price_SpanThatContradictsItself_IsRejected_AndTheOthersArePriced()
    {
        CliResult result = CliRunner.RunWith(Export("a1 - 100 101 0", "a2 - 100 0 0"), "price", "-", "--format", "json");

        Assert.Equal(1, result.Code);
        Assert.Contains("span a1: ", result.Error, StringComparison.Ordinal);
        Assert.Equal("0.00025", JsonDocument.Parse(result.Output).RootElement.GetProperty("totals")[0].GetProperty("total").GetString());
    }

    /// <summary>A span that states more than those below it sums calls of which some are missing: the rest is a lower bound of its own.</summary>
    [Fact]
    public void Price_SpanThatStatesMoreThanThoseBelow_KeepsTheRest()
    {
        CliResult result = CliRunner.RunWith(Export("a1 - 500 0 0", "a2 a1 100 0 0", "a3 a1 100 0 0"), "price", "-", "--format", "json");

        JsonElement group = JsonDocument.Parse(result.Output).RootElement.GetProperty("groups")[0];
        Assert.Equal((1, "0.00125"), (result.Code, group.GetProperty("total").GetString())); // 500 x 2.5
        Assert.Equal((2, 1), (group.GetProperty("priced").GetInt32(), group.GetProperty("partial").GetInt32()));
        Assert.Contains("Span a1 states more than the spans below it: Input 300.", group.GetProperty("reasons")[0].GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    /// <summary>An agent's span alone is a sum of unknown calls: where the size of one call decides the price, only a bound is known.</summary>
    [Fact]
    public void Price_AgentSpanAlone_IsASum()
    {
        const string Span = """{"resourceSpans":[{"scopeSpans":[{"spans":[{"spanId":"a","attributes":[{"key":"gen_ai.operation.name","value":{"stringValue":"invoke_agent"}},{"key":"gen_ai.request.model","value":{"stringValue":"claude-sonnet-4-5-20250929"}},{"key":"gen_ai.usage.input_tokens","value":{"intValue":"300000"}},{"key":"gen_ai.usage.output_tokens","value":{"intValue":"2000"}}]}]}]}]}""";

        CliResult result = CliRunner.RunWith(Span, "price", "-", "--format", "json", "--at", "2025-12-01");

        JsonElement group = JsonDocument.Parse(result.Output).RootElement.GetProperty("groups")[0];
        Assert.Equal((1, 1, "0.93"), (result.Code, group.GetProperty("partial").GetInt32(), group.GetProperty("total").GetString())); // 300,000 x 3 + 2,000 x 15
    }

    /// <summary>Spans without usage are said; OpenInference's names are read.</summary>
    [Theory]
    [InlineData("""{"resourceSpans":[{"scopeSpans":[{"spans":[{"spanId":"a","attributes":[{"key":"http.method","value":{"stringValue":"GET"}}]}]}]}]}""", 1)]
    [InlineData("""{"resourceSpans":[]}""", 1)]
    [InlineData("""{"resourceSpans":[{"scopeSpans":[{"spans":[{"spanId":"a","attributes":[{"key":"llm.model_name","value":{"stringValue":"gpt-4o"}},{"key":"llm.token_count.prompt","value":{"intValue":1000}},{"key":"llm.token_count.completion","value":{"intValue":"100"}}]}]}]}]}""", 0)]
    public void Price_SpansOfOthers_AreReadOrRefused(string spans, int code)
    {
        CliResult result = CliRunner.RunWith(spans, "price", "-", "--format", "json", "--at", "2025-12-01");

        Assert.Equal(code, result.Code);
        Assert.Equal(code == 1, result.Error.Contains("spans states a usage", StringComparison.Ordinal));
        Assert.Equal(code == 0 ? "0.0035" : null, JsonDocument.Parse(result.Output).RootElement.GetProperty("totals").EnumerateArray().Select(total => total.GetProperty("total").GetString()).SingleOrDefault());
    }

    /// <summary>Spans as: id, parent, input, cached, output; a hyphen is nothing.</summary>
    private static string Export(params string[] spans)
    {
        IEnumerable<string> rendered = spans.Select(text => text.Split(' ')).Select(span =>
        {
            (string Name, string Value)[] counts =
                [("gen_ai.usage.input_tokens", span[2]), ("gen_ai.usage.cache_read.input_tokens", span[3]), ("gen_ai.usage.output_tokens", span[4])];
            IEnumerable<string> attributes = counts.Where(count => count.Value != "-")
                .Select(count => $$$"""{"key":"{{{count.Name}}}","value":{"intValue":"{{{count.Value}}}"}}""")
                .Append("""{"key":"gen_ai.request.model","value":{"stringValue":"gpt-4o"}}""");
            string parent = span[1] == "-" ? "" : span[1];
            return $$"""{"spanId":"{{span[0]}}","parentSpanId":"{{parent}}","startTimeUnixNano":"1772359200000000000","attributes":[{{string.Join(',', attributes)}}]}""";
        });
        return $$"""{"resourceSpans":[{"scopeSpans":[{"spans":[{{string.Join(',', rendered)}}]}]}]}""";
    }

    private const string Context = """{"timestamp":"2026-05-01T10:00:01.000Z","type":"turn_context","payload":{"model":"gpt-5.1-codex"}}""";

    private static string Counter(int input, int cached, int output) => $$$$$"""
        {"timestamp":"2026-05-01T10:00:05.000Z","type":"event_msg","payload":{"type":"token_count","info":{"total_token_usage":{"input_tokens":{{{{{input}}}}},"cached_input_tokens":{{{{{cached}}}}},"output_tokens":{{{{{output}}}}},"reasoning_output_tokens":0,"total_tokens":{{{{{input + output}}}}} }}}}
        """;

    private static void AssertPrice(int calls, string total, params string[] lines)
    {
        CliResult result = CliRunner.RunWith(string.Join('\n', lines), "price", "-", "--format", "json", "--at", "2026-11-25");

        JsonElement report = JsonDocument.Parse(result.Output).RootElement;
        Assert.Equal((0, 0), (result.Code, report.GetProperty("rejected").GetInt32()));
        Assert.Equal(calls, report.GetProperty("groups").EnumerateArray().Sum(group => group.GetProperty("requests").GetInt32()));
        Assert.Equal(decimal.Parse(total, System.Globalization.CultureInfo.InvariantCulture), decimal.Parse(report.GetProperty("totals")[0].GetProperty("total").GetString()!, System.Globalization.CultureInfo.InvariantCulture));
    }
}
