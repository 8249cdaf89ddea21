using System.Text.Json;

namespace LlmCostModel.Cli.Tests.Records;

/// <summary>Events of sessions, one a line: those that tell of models, those that are calls, and totals beside their parts.</summary>
public sealed class EventLineTests
{
    private const string Created = """{"type":"session.created","event_id":"e","session":{"id":"s","object":"realtime.session","model":"gpt-realtime","audio":{"input":{"transcription":{"model":"gpt-4o-transcribe"}}}}}""";
    private const string Beta = """{"type":"session.created","session":{"model":"gpt-realtime","input_audio_transcription":{"model":"gpt-4o-transcribe"}}}""";
    private const string Mini = """{"type":"session.updated","session":{"audio":{"input":{"transcription":{"model":"gpt-4o-mini-transcribe"}}}}}""";
    private const string Heard = """{"type":"conversation.item.input_audio_transcription.completed","item_id":"i","transcript":"x","usage":{"type":"tokens","input_tokens":1000,"input_token_details":{"text_tokens":0,"audio_tokens":1000},"output_tokens":0,"total_tokens":1000}}""";
    private const string Noise = """{"type":"response.output_audio.delta","response_id":"r1","delta":"xxx"}""";

    private const string Session = """{"id":"sesn_1","type":"session","status":"idle","updated_at":"2026-05-01T10:00:00Z","agent":{"id":"agent_1","type":"agent","model":{"id":"claude-opus-4-6","speed":"standard"}},"usage":{"input_tokens":3000,"output_tokens":300}}""";

    /// <summary>gpt-realtime: 4 and 16. 100 x 4 + 10 x 16 = 560 millionths a turn, whose line does not name the model.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData("openai.realtime")]
    public void Price_EventsOfARealtimeSession_AreTurnsOfItsModel(string? api)
    {
        string[] args = api is null ? [] : ["--api", api];

        JsonElement report = Price([Created, """{"type":"rate_limits.updated","rate_limits":[]}""", Turn("r1"), Noise, Turn("r2")], args);

        Assert.Equal(["gpt-realtime 2 0.00112"], Groups(report));
        Assert.Equal((2, 0), (report.GetProperty("records").GetInt32(), report.GetProperty("rejected").GetInt32()));
    }

    /// <summary>Audio at 2.5 and 1.25 a million since May 2026: what was heard before the session was set to the smaller model is of the larger one.</summary>
    [Theory]
    [InlineData(Created)]
    [InlineData(Beta)]
    public void Price_Transcriptions_AreOfTheModelThatTheSessionHadThen(string created)
    {
        JsonElement report = Price([created, Heard, Turn("r1"), Mini, Heard, Heard]);

        Assert.Equal(["gpt-4o-mini-transcribe 2 0.0025", "gpt-4o-transcribe 1 0.0025", "gpt-realtime 1 0.00056"], Groups(report));
    }

    /// <summary>The model of the session is not the one that transcribes, even where the command line names it.</summary>
    [Fact]
    public void Price_TranscriptionThatNoSessionNames_HasNoPrice()
    {
        JsonElement report = Price(["""{"type":"session.created","session":{"model":"gpt-realtime"}}""", Heard, Turn("r1")], "--model", "gpt-realtime");

        Assert.Equal([" 1 ", "gpt-realtime 1 0.00056"], Groups(report));
    }

    /// <summary>A second session begins anew, also with what it does not say.</summary>
    [Fact]
    public void Price_SecondSession_HasItsOwnModels()
    {
        JsonElement report = Price([Created, Turn("r1"), """{"type":"session.created","session":{"model":"gpt-realtime-mini"}}""", Turn("r2"), Heard]);

        Assert.Equal([" 1 ", "gpt-realtime 1 0.00056", "gpt-realtime-mini 1 0.000084"], Groups(report)); // 100 x 0.6 + 10 x 2.4
    }

    /// <summary>claude-opus-4-6: 5 and 25. 3,000 x 5 + 300 x 25 = 22,500 millionths, whether the total stands before, between or behind its parts.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Price_TotalOfAnAgentsSession_IsNoCallBesideItsRequests(int place)
    {
        List<string> lines = [Request("sevt_1", 1_000, 100), Request("sevt_2", 2_000, 200)];
        lines.Insert(place, Session);

        JsonElement report = Price([.. lines, """{"type":"session.status_idle","id":"sevt_3"}""", """{"type":"agent.message","id":"sevt_4","content":[]}"""]);

        Assert.Equal(["claude-opus-4-6 2 0.0225"], Groups(report));
        Assert.Equal(0, report.GetProperty("rejected").GetInt32());
    }

    /// <summary>The hours of a session are billed beside its tokens, and have no price here.</summary>
    [Theory]
    [InlineData("\"usage\":{\"input_tokens\":3000,\"output_tokens\":300},", true)]
    [InlineData("\"usage\":{\"input_tokens\":0,\"output_tokens\":0},", true)]
    [InlineData("", false)]
    public void Price_SessionThatWasActive_IsNamed(string usage, bool isPartial)
    {
        string session = "{\"id\":\"sesn_1\",\"type\":\"session\"," + usage
            + "\"agent\":{\"model\":{\"id\":\"claude-opus-4-6\"}},\"stats\":{\"active_seconds\":3600,\"duration_seconds\":9000}}";

        JsonElement group = Price([session]).GetProperty("groups")[0];

        Assert.Equal((isPartial ? 1 : 0, 0), (group.GetProperty("partial").GetInt32(), group.GetProperty("priced").GetInt32()));
        Assert.Contains("active_seconds 3600", group.GetProperty("reasons").ToString(), StringComparison.Ordinal);
    }

    /// <summary>The same event in a second copy of the log is the same request.</summary>
    [Fact]
    public void Price_RequestTwice_IsOne()
    {
        JsonElement report = Price([Session, Request("sevt_1", 3_000, 300), Request("sevt_1", 3_000, 300)]);

        Assert.Equal(["claude-opus-4-6 1 0.0225"], Groups(report));
    }

    /// <summary>What the total has more is counted, and said: 1,000 x 5 + 100 x 25 = 7,500 of a request, 15,000 more of the total.</summary>
    [Fact]
    public void Price_RequestsThatAreMissing_AreTheRestOfTheTotal()
    {
        JsonElement report = Price([Session, Request("sevt_1", 1_000, 100)]);

        Assert.Equal(["claude-opus-4-6 2 0.0225"], Groups(report));
        Assert.Contains("The total of the session has more than its model requests.", report.GetProperty("groups")[0].GetProperty("reasons")[0].GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    /// <summary>Totals without requests are counters: 3,000 and 300, the same again, then 1,000 and 100 more, 22,500 + 7,500 millionths.</summary>
    [Fact]
    public void Price_TotalsThatGrow_AreDeltas()
    {
        string later = Session.Replace("3000", "4000", StringComparison.Ordinal).Replace("300}", "400}", StringComparison.Ordinal);

        JsonElement report = Price([Session, Session, later, """{"type":"session.usage","id":"sevt_9","usage":{"input_tokens":4000,"output_tokens":400}}"""]);

        Assert.Equal(0.03m, decimal.Parse(report.GetProperty("totals")[0].GetProperty("total").GetString()!, System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>Two sessions whose requests name none: what one total cannot hold is in the other. 6,000 x 5 + 600 x 25 in all.</summary>
    [Fact]
    public void Price_RequestsOfSeveralSessions_AreTakenFromEachTotal()
    {
        JsonElement report = Price([Session, Session.Replace("sesn_1", "sesn_2", StringComparison.Ordinal), Request("sevt_1", 4_000, 400)]);

        Assert.Equal(["claude-opus-4-6 2 0.045"], Groups(report));
    }

    /// <summary>The agents of a session may have models of their own: 1,000 x 1 + 100 x 5 = 1,500, and 2,000 x 5 + 200 x 25 = 15,000. Writes of an
    /// hour in the total are those that the request does not name by their time.</summary>
    [Fact]
    public void Price_ThreadsOfASession_HaveTheirModels()
    {
        const string Thread = """{"id":"sthr_2","type":"session_thread","session_id":"sesn_1","parent_thread_id":"sthr_1","agent":{"model":{"id":"claude-haiku-4-5"}},"usage":{"input_tokens":1000,"output_tokens":100}}""";

        JsonElement report = Price(
        [
            Session.Replace("300}", "300,\"cache_creation\":{\"ephemeral_1h_input_tokens\":50}}", StringComparison.Ordinal),
            Thread,
            Request("sevt_1", 1_000, 100).Replace("\"is_error\"", "\"session_thread_id\":\"sthr_2\",\"is_error\"", StringComparison.Ordinal),
            Request("sevt_2", 2_000, 200).Replace("\"cache_creation_input_tokens\":0", "\"cache_creation_input_tokens\":50", StringComparison.Ordinal),
        ]);

        Assert.Equal(["claude-haiku-4-5 1 0.0015", "claude-opus-4-6 1 0.0153125"], Groups(report)); // 50 x 6.25 = 312.5 for the default of five minutes
    }

    /// <summary>Searches are only in the total: two at 0.01 beside 22,500 millionths.</summary>
    [Fact]
    public void Price_SearchesOfTheTotal_AreCounted()
    {
        JsonElement report = Price([Session.Replace("300}", "300,\"server_tool_use\":{\"web_search_requests\":2}}", StringComparison.Ordinal), Request("sevt_1", 3_000, 300)]);

        Assert.Equal(["claude-opus-4-6 2 0.0425"], Groups(report));
    }

    private static string Turn(string id) =>
        $$$$"""{"type":"response.done","response":{"object":"realtime.response","id":"{{{{id}}}}","status":"completed","usage":{"input_tokens":100,"output_tokens":10,"total_tokens":110}}}""";

    private static string Request(string id, int input, int output) =>
        $$$"""{"type":"span.model_request_end","id":"{{{id}}}","model_request_start_id":"sevt_0","is_error":false,"processed_at":"2026-05-01T10:00:00Z","model_usage":{"input_tokens":{{{input}}},"output_tokens":{{{output}}},"cache_read_input_tokens":0,"cache_creation_input_tokens":0}}""";

    private static JsonElement Price(string[] lines, params string[] args)
    {
        CliResult result = CliRunner.RunWith(string.Join('\n', lines), ["price", "-", "--format", "json", "--at", "2026-11-25", .. args]);
        return JsonDocument.Parse(result.Output).RootElement;
    }

    private static IEnumerable<string> Groups(JsonElement report) => report.GetProperty("groups").EnumerateArray()
        .Select(group => $"{group.GetProperty("key").GetProperty("model").GetString()} {group.GetProperty("requests").GetInt32()} {group.GetProperty("total").GetString()}")
        .Order(StringComparer.Ordinal);
}
