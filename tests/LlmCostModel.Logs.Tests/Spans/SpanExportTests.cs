namespace LlmCostModel.Logs.Tests.Spans;

/// <summary>Spans as exporters of SDKs and the collector write them.</summary>
public class SpanExportTests
{
    /// <summary>ReadableSpan.to_json of Python, as its console exporter prints it: over several lines, one behind the other.</summary>
    [Fact]
    public void PythonSpans_AreRead()
    {
        LogRecord[] records = TextLog.Read(Python("0x0b", "\"0x0a\"", 1000) + "\n" + Python("0x0a", "null", 1000) + "\n" + Python("0x0c", "null", 40) + "\n");

        Assert.Equal([1000, 40], records.Select(record => TextLog.UsageOf(record).Input)); // the second is the sum of the first
        Assert.Equal([1, 27], records.Select(record => record.Line));
        Assert.Equal("0x99:0x0b", records[0].Key);
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 10, 0, 0, TimeSpan.Zero).AddTicks(1_234_560), records[0].Call!.At);
    }

    /// <summary>ConsoleSpanExporter's object, and a ReadableSpan of JavaScript.</summary>
    [Theory]
    [InlineData("""{"traceId":"t","parentId":"p","id":"s","name":"chat","kind":2,"timestamp":1772359200000000,"duration":5,"attributes":{"gen_ai.request.model":"gpt-4o","gen_ai.usage.input_tokens":12},"status":{"code":0}}""")]
    [InlineData("""{"traceId":"t","parentSpanContext":{"traceId":"t","spanId":"p"},"id":"s","name":"chat","kind":2,"timestamp":1772359200000000,"attributes":{"gen_ai.request.model":"gpt-4o","gen_ai.usage.input_tokens":12}}""")]
    [InlineData("""{"_spanContext":{"traceId":"t","spanId":"s"},"parentSpanId":"p","name":"chat","kind":0,"startTime":[1772359200,0],"attributes":{"ai.model.id":"gpt-4o","ai.usage.promptTokens":12}}""")]
    public void JavaScriptSpan_IsRead(string span)
    {
        LogRecord record = Assert.Single(TextLog.Read(span));

        Assert.Equal((12, "otel", "t:s"), (TextLog.UsageOf(record).Input, record.Format, record.Key));
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 10, 0, 0, TimeSpan.Zero), record.Call!.At);
    }

    /// <summary>The AI SDK states the usage of a step in the step, and again in what is around it, which ends later and may stand on a later
    /// line.</summary>
    [Theory]
    [InlineData("\n")]
    [InlineData(",")]
    public void SumOfASdk_IsNoCall(string between)
    {
        string inner = Otlp("b", "a", "ai.generateText.doGenerate", 100);
        string second = Otlp("c", "a", "ai.generateText.doGenerate", 30);
        string outer = Otlp("a", "", "ai.generateText", 130);
        string[] spans = [inner, second, outer];
        string log = between == "," ? Export(string.Join(',', spans)) : string.Join('\n', spans.Select(Export));

        Assert.Equal([100, 30], TextLog.Read(log).Select(record => TextLog.UsageOf(record).Input));
    }

    /// <summary>Spans come in the order of their starts, of their ends, or of services: an agent (300) around two requests, the second within a
    /// span that states nothing.</summary>
    [Fact]
    public void SumOfAnAgent_IsNoCall_InAnyOrder()
    {
        string[] spans =
        [
            Export(Otlp("a", "", "ai.generateText", 300)),
            Export(Otlp("b", "a", "ai.generateText.doGenerate", 100)),
            Export("""{"traceId":"t","spanId":"m","parentSpanId":"a","name":"step"}"""),
            Export(Otlp("c", "m", "ai.generateText.doGenerate", 200)),
        ];
        for (int seed = 0; seed < 40; seed++)
        {
            Random random = new(seed);
            string[] lines = [.. spans];
            random.Shuffle(lines);

            Assert.Equal([100, 200], TextLog.Read(string.Join('\n', lines)).Select(record => TextLog.UsageOf(record).Input).Order());
        }
    }

    /// <summary>A span that does not say that it is an agent's was taken for a call when those below it come: that is told.</summary>
    [Fact]
    public void CallsBelowACall_ThatComeLater_AreTold()
    {
        LogRecord[] records = TextLog.Read(Python("0x0a", "null", 1000) + "\n" + Python("0x0b", "\"0x0a\"", 1000));

        Assert.Equal(3, records.Length);
        Assert.Contains("was taken for a call, and spans below it, which come later, state a usage, too", records[2].Fault, StringComparison.Ordinal);
    }

    /// <summary>A span around others with more than they have: the rest is of calls that are missing.</summary>
    [Fact]
    public void SumOnALaterLine_WithMore_IsTheRest()
    {
        LogRecord[] records = TextLog.Read($"{Export(Otlp("b", "a", "ai.generateText.doGenerate", 100))}\n{Export(Otlp("a", "", "ai.generateText", 150))}");

        Assert.Equal([100, 50], records.Select(record => TextLog.UsageOf(record).Input));
        Assert.StartsWith("Span a states more than the spans below it", records[1].Call!.Reading.Reason, StringComparison.Ordinal);
    }

    /// <summary>Lines of the collector without a call are passed over; a log without any is told once.</summary>
    [Fact]
    public void LinesWithoutACall_AreToldOnce()
    {
        const string Http = """{"resourceSpans":[{"scopeSpans":[{"spans":[{"spanId":"h","attributes":[]}]}]}]}""";
        const string Metrics = """{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"http.server.duration"}]}]}]}""";
        const string Tokens = """{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"gen_ai.client.token.usage"}]}]}]}""";
        const string Event = """{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"eventName":"gen_ai.client.inference.operation.details"}]}]}]}""";

        Assert.Single(TextLog.Read($"{Http}\n{Metrics}\n{Export(Otlp("a", "", "x.do", 5))}\n{Http}"));
        LogRecord none = Assert.Single(TextLog.Read($"{Metrics}\n{Http}\n{Http}"));
        Assert.Equal(("None of the 2 spans states a usage (gen_ai.usage.input_tokens, or llm.token_count.prompt).", 2), (none.Fault, none.Line));
        Assert.Equal(
            "Metrics and log events of OpenTelemetry about models (gen_ai.*) are not read: they do not say of which calls they are. Export the spans.",
            Assert.Single(TextLog.Read($"{Tokens}\n{Event}\n{Tokens}")).Fault);
    }

    private static string Export(string spans) => $$"""{"resourceSpans":[{"scopeSpans":[{"spans":[{{spans}}]}]}]}""";

    private static string Otlp(string id, string parent, string operation, int input) =>
        $$$"""{"traceId":"t","spanId":"{{{id}}}","parentSpanId":"{{{parent}}}","attributes":[{"key":"ai.operationId","value":{"stringValue":"{{{operation}}}"}},{"key":"ai.model.id","value":{"stringValue":"gpt-4o"}},{"key":"ai.usage.inputTokens","value":{"intValue":"{{{input}}}"}}]}""";

    /// <summary>Thirteen lines.</summary>
    private static string Python(string id, string parent, int input) => $$"""
        {
            "name": "chat gpt-4o",
            "context": {
                "trace_id": "0x99",
                "span_id": "{{id}}"
            },
            "kind": "SpanKind.CLIENT",
            "parent_id": {{parent}},
            "start_time": "2026-03-01T10:00:00.123456Z",
            "end_time": "2026-03-01T10:00:01Z",
            "attributes": { "gen_ai.request.model": "gpt-4o", "gen_ai.usage.input_tokens": {{input}}, "gen_ai.usage.output_tokens": 0, "stop": ["a"] },
            "events": []
        }
        """;
}
