using System.Text.RegularExpressions;

namespace LlmCostModel.Logs.Tests.Formats;

/// <summary>Half a character in any text or name of any format ends no log: a call that would hold it is rejected, and the others are
/// there.</summary>
public partial class HalfCharacterTests
{
    private const string Neighbor = """{"id":"neighbor","model":"gpt-4o","at":"2026-06-01","usage":{"input":1000}}""";

    private const string Span = """{"traceId":"t","spanId":"ID","name":"chat","startTimeUnixNano":"1772359200000000000","endTimeUnixNano":"1772359201000000000","attributes":[{"key":"gen_ai.request.model","value":{"stringValue":"MODEL"}},{"key":"gen_ai.usage.input_tokens","value":{"intValue":"12"}}]}""";

    private static readonly string[] Records =
    [
        """{"id":"a","model":"gpt-4o","at":"2026-06-01","provider":"openai","region":"eu","tier":"batch","attributes":{"quality":"high"},"usage":{"input":3},"meters":{"webSearch":"2"},"tags":{"team":"x"}}""",
        """{"id":"a","object":"chat.completion","created":1780000000,"model":"gpt-4o","service_tier":"default","choices":[{"message":{"content":"cut"},"finish_reason":"stop"}],"usage":{"prompt_tokens":3,"completion_tokens":1,"cost":0.5},"metadata":{"team":"x"}}""",
        """{"id":"resp_1","object":"response","created_at":1780000000,"model":"gpt-5","status":"completed","output":[{"type":"web_search_call","status":"completed","action":{"type":"search"}}],"usage":{"input_tokens":3,"output_tokens":1}}""",
        """{"id":"msg_1","type":"message","role":"assistant","model":"claude-opus-4-6","content":[],"stop_reason":"end_turn","usage":{"input_tokens":3,"output_tokens":1,"service_tier":"standard","inference_geo":"us"}}""",
        """[{"responseId":"r","modelVersion":"gemini-2.5-pro","candidates":[{"content":{}}]},{"responseId":"r","modelVersion":"gemini-2.5-pro","candidates":[{"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":3,"trafficType":"ON_DEMAND"}}]""",
        """{"id":"b","custom_id":"c","response":{"status_code":200,"request_id":"y","body":{"id":"a","object":"chat.completion","model":"gpt-4o","choices":[],"usage":{"prompt_tokens":3,"completion_tokens":1}}},"error":null}""",
        """{"type":"assistant","sessionId":"s1","uuid":"u1","requestId":"q1","timestamp":"2026-05-01T10:00:00Z","cwd":"/src","gitBranch":"main","message":{"id":"msg_1","type":"message","model":"claude-opus-4-6","content":[{"type":"text","text":"cut"}],"usage":{"input_tokens":1000,"output_tokens":10}}}""",
        """
        {"timestamp":"2026-05-01T10:00:00Z","type":"session_meta","payload":{"id":"a","cwd":"/src","forked_from_id":null}}
        {"timestamp":"2026-05-01T10:00:00Z","type":"turn_context","payload":{"model":"gpt-5.1-codex"}}
        {"timestamp":"2026-05-01T10:00:05Z","type":"event_msg","payload":{"type":"token_count","info":{"total_token_usage":{"input_tokens":9,"output_tokens":0,"total_tokens":9}}}}
        """,
        """{"lease":"l1","at":"2026-06-01T12:00:00Z","tags":{"user":"ann"},"calls":[{"at":"2026-06-01T12:00:00Z","asked":{"provider":"openai"},"reading":{"model":"gpt-4o","status":"Complete","usage":{"input":1000},"origin":"Application"}}]}""",
        """{"request_id":"r","spend":0.1,"prompt_tokens":3,"completion_tokens":1,"total_tokens":4,"startTime":"2026-04-02T09:00:00Z","model":"gpt-4o","custom_llm_provider":"openai","call_type":"acompletion","api_key":"k","metadata":"{\"user_api_key_alias\":\"web\",\"usage_object\":{\"prompt_tokens\":3}}"}""",
        Export(Span),
    ];

    public static TheoryData<string> All => [.. Records, .. FormatSamples.All.Select(sample => (string)sample[1])];

    [Theory]
    [MemberData(nameof(All))]
    public void AnyTextOrName_ThatHoldsHalfACharacter_EndsNoLog(string sample)
    {
        int places = 0;
        foreach ((string bad, bool isTable) in Places(sample))
        {
            LogRecord[] records = TextLog.Read(isTable ? bad : $"{bad}\n{Neighbor}");

            Assert.NotEmpty(records);
            Assert.True(isTable || records.Any(IsNeighbor), bad);
            Assert.All(records, record => Assert.DoesNotContain(@"\ufdd0", record.Text + record.Fault + record.Call, StringComparison.OrdinalIgnoreCase));
            Assert.All(records, record => Assert.DoesNotContain('\uFDD0', record.Text + record.Fault + record.Id + record.Call + string.Concat(record.Tags)));
            places++;
        }

        Assert.True(places > 0 || !sample.Contains('"', StringComparison.Ordinal) || IsTable(sample), "no place was found");
    }

    /// <summary>The same of a stream of events.</summary>
    [Fact]
    public void Event_ThatHoldsHalfACharacter_EndsNothing()
    {
        const string Events = """
            data: {"id":"a","object":"chat.completion.chunk","model":"gpt-4o","choices":[{"delta":{"content":"hi"}}]}

            data: {"id":"a","object":"chat.completion.chunk","model":"gpt-4o","choices":[],"usage":{"prompt_tokens":3,"completion_tokens":1}}

            data: [DONE]

            """;
        Assert.All(Places(Events), place => Assert.NotEmpty(TextLog.Read(place.Text)));
    }

    /// <summary>Of many spans in one export, that one alone is rejected, and its text is as the log has it.</summary>
    [Fact]
    public void Span_ThatHoldsHalfACharacter_IsRejectedAlone()
    {
        string bad = Span.Replace("ID", "2", StringComparison.Ordinal).Replace("MODEL", @"gpt-4o\ud800", StringComparison.Ordinal);
        LogRecord[] records = TextLog.Read(Export(string.Join(',', Good("1"), bad, Good("3"))), new() { KeepText = true });

        Assert.Equal([true, false, true], records.Select(record => record.Call is not null));
        Assert.EndsWith("holds half a character (a lone surrogate), which is not text.", records[1].Fault, StringComparison.Ordinal);
        Assert.Contains(@"gpt-4o\ud800", records[1].Text, StringComparison.Ordinal);

        static string Good(string id) => Span.Replace("ID", id, StringComparison.Ordinal).Replace("MODEL", "gpt-4o", StringComparison.Ordinal);
    }

    /// <summary>What is not read may hold what it likes: the answer of a model, cut in the middle of a character.</summary>
    [Fact]
    public void Answer_ThatWasCut_IsPriced()
    {
        LogRecord record = Assert.Single(TextLog.Read(Records[1].Replace("cut", @"cut \ud83d", StringComparison.Ordinal)));

        Assert.Equal(3, TextLog.UsageOf(record).Input);
    }

    /// <summary>Whole characters are text, however they are written, and so is a backslash before what looks like half of one.</summary>
    [Theory]
    [InlineData(@"\ud83d\ude00", "\U0001F600")]
    [InlineData(@"\uD83D\uDE00x", "\U0001F600x")]
    [InlineData(@"C:\\ud800", @"C:\ud800")]
    [InlineData(@"\\\ud83d\ude00", "\\\U0001F600")]
    public void WholeCharacter_IsText(string written, string id)
    {
        LogRecord record = Assert.Single(TextLog.Read(Neighbor.Replace("neighbor", written, StringComparison.Ordinal)));

        Assert.Equal((id, null), (record.Call?.Identity.ResponseId, record.Fault));
    }

    private static string Export(string spans) => $$"""{"resourceSpans":[{"scopeSpans":[{"spans":[{{spans}}]}]}]}""";

    private static bool IsNeighbor(LogRecord record) => record.Call?.Identity.ResponseId == "neighbor";

    private static bool IsTable(string sample) => sample[0] is not ('{' or '[' or 'd');

    /// <summary>The sample with half a character at the end of each text and each name in turn, those of JSON within a text too.</summary>
    private static IEnumerable<(string Text, bool IsTable)> Places(string sample)
    {
        bool isTable = IsTable(sample);
        foreach (Match match in isTable ? InCell().Matches(sample) : Text().Matches(sample))
        {
            int end = match.Index + match.Length - (isTable ? 2 : 1);
            yield return (sample.Insert(end, @"\ud800"), isTable);
            yield return (sample.Insert(match.Index + (isTable ? 2 : 1), @"\udc00"), isTable);
            foreach (Match inner in Escaped().Matches(match.Value))
            {
                yield return (sample.Insert(match.Index + inner.Index + inner.Length - 2, @"\\ud800"), isTable);
            }
        }
    }

    [GeneratedRegex("""
        "(?:[^"\\]|\\.)*"
        """)]
    private static partial Regex Text();

    [GeneratedRegex("""
        ""[^"]+""
        """)]
    private static partial Regex InCell();

    [GeneratedRegex("""
        \\"[^"\\]*\\"
        """)]
    private static partial Regex Escaped();
}
