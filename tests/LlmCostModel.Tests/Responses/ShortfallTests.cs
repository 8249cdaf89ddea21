using System.Text;

namespace LlmCostModel.Tests.Responses;

/// <summary>How much of its usage a response states, and in which words it says what is missing.</summary>
public sealed class ShortfallTests
{
    private const string NoUsage =
        "The response does not state its usage. Ask for it (stream_options.include_usage in OpenAI's streams), or count the tokens.";

    private const string OnlyCost = "The response states its cost but not its usage.";
    private const string NoCounts = "The usage of the response holds no counts of input or output.";
    private const string NoOutput = "The response does not state its output tokens.";
    private const string NoInput = "The response does not state its input tokens.";
    private const string UnknownKind = "usage.iterations holds a call of a kind that is not known, so part of the cost may be missing.";
    private const string CutOff = "The stream was cut off: the counts are a lower bound.";

    /// <summary>Api, body, what is known of it, and why not all; <see langword="null"/> where nothing is missing.</summary>
    public static TheoryData<ApiFormat, string, UsageStatus, string?> Bodies => new()
    {
        { ApiFormat.OpenAIChatCompletions, """{ }""", UsageStatus.Unknown, NoUsage },
        { ApiFormat.OpenAIChatCompletions, """{ "usage": { "cost": 0.5 } }""", UsageStatus.Unknown, OnlyCost },
        { ApiFormat.OpenAIChatCompletions, """{ "usage": { "cost": 0 } }""", UsageStatus.Unknown, OnlyCost },
        { ApiFormat.OpenAIChatCompletions, """{ "usage": { "prompt_tokens": 1 } }""", UsageStatus.Partial, NoOutput },
        { ApiFormat.OpenAIChatCompletions, """{ "usage": { "completion_tokens": 1 } }""", UsageStatus.Partial, NoInput },
        { ApiFormat.OpenAIChatCompletions, """{ "usage": { "prompt_tokens": 1, "total_tokens": 2 } }""", UsageStatus.Complete, null },
        { ApiFormat.OpenAIChatCompletions, """{ "usage": { "prompt_tokens": 0, "completion_tokens": 0 } }""", UsageStatus.Complete, null },

        // Gemini leaves out what is 0.
        { ApiFormat.GeminiGenerateContent, """{ "usageMetadata": { "promptTokenCount": 1 } }""", UsageStatus.Complete, null },
        { ApiFormat.GeminiGenerateContent, """{ "usageMetadata": { "candidatesTokenCount": 1 } }""", UsageStatus.Complete, null },
        { ApiFormat.GeminiGenerateContent, """{ "usageMetadata": { "totalTokenCount": 1 } }""", UsageStatus.Unknown, NoCounts },
        { ApiFormat.GeminiGenerateContent, """{ "usageMetadata": { "thoughtsTokenCount": 1 } }""", UsageStatus.Unknown, NoCounts },

        // What is billed by something else than tokens.
        { ApiFormat.Cohere, """{ "meta": { "billed_units": { "search_units": 1 } } }""", UsageStatus.Complete, null },
        { ApiFormat.Cohere, """{ "meta": { "billed_units": { "images": 1 } } }""", UsageStatus.Complete, null },
        { ApiFormat.Cohere, """{ "meta": { "billed_units": { } } }""", UsageStatus.Unknown, NoCounts },
        { ApiFormat.OpenAITranscriptions, """{ "usage": { "type": "duration", "seconds": 7.5 } }""", UsageStatus.Complete, null },
        { ApiFormat.OpenAITranscriptions, """{ "usage": { "type": "duration", "seconds": 0 } }""", UsageStatus.Complete, null },
        { ApiFormat.Mistral, """{ "usage": { "prompt_audio_seconds": 7 } }""", UsageStatus.Complete, null },
        { ApiFormat.OpenAIImages, """{ "background": "opaque", "data": [{}] }""", UsageStatus.Complete, null },
        { ApiFormat.OpenAIImages, """{ "background": "opaque", "data": [] }""", UsageStatus.Unknown, NoUsage },
        { ApiFormat.OpenAIChatCompletions, """{ "data": [{}] }""", UsageStatus.Unknown, NoUsage },

        // A total alone is the input of those that put nothing out.
        { ApiFormat.OpenAIEmbeddings, """{ "usage": { "total_tokens": 1 } }""", UsageStatus.Complete, null },
        { ApiFormat.Rerank, """{ "usage": { "total_tokens": 1 } }""", UsageStatus.Complete, null },

        // Calls within the call of a kind that nobody knows, with counts of the whole or without.
        { ApiFormat.AnthropicMessages, """{ "type": "message", "usage": { "input_tokens": 1, "output_tokens": 1, "iterations": [{ "type": "new" }] } }""",
            UsageStatus.Partial, UnknownKind },
        { ApiFormat.AnthropicMessages, """{ "type": "message", "usage": { "input_tokens": 1, "iterations": [{ "type": "new" }] } }""",
            UsageStatus.Partial, UnknownKind },
        { ApiFormat.AnthropicMessages, """{ "type": "message", "usage": { "input_tokens": 1, "output_tokens": 1, "iterations": [] } }""",
            UsageStatus.Complete, null },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public void Read_Body_SaysWhatIsMissing(ApiFormat api, string body, UsageStatus status, string? reason)
    {
        UsageReading reading = UsageReader.Read(body, api);

        Assert.Equal((status, reason), (reading.Status, reading.Reason));
        Assert.Equal(status == UsageStatus.Unknown, reading.Usage is null);
    }

    private const string DoesNotCount = "The response states no tokens at all beside an answer, which cannot come out of nothing: its server "
        + "does not count. Count the tokens, or have the server state them.";

    private const string NotYet = "The response is not finished, so it has no usage yet. Fetch it again by its id when it is.";

    /// <summary>Zero beside an answer is what a server says that does not count; without an answer it is a count.</summary>
    [Theory]
    [InlineData("""{"object":"chat.completion","choices":[{"message":{"content":"a"},"finish_reason":"stop"}],"usage":{"prompt_tokens":0,"completion_tokens":0,"total_tokens":0}}""", DoesNotCount)]
    [InlineData("""{"type":"message","content":[{"type":"text","text":"x"}],"usage":{"input_tokens":0,"output_tokens":0,"cache_read_input_tokens":0}}""", DoesNotCount)]
    [InlineData("""{"object":"response","status":"completed","output":[{"type":"message"}],"usage":{"input_tokens":0,"output_tokens":0,"total_tokens":0}}""", DoesNotCount)]
    [InlineData("""{"output":{"message":{"content":[{"text":"x"}]}},"stopReason":"end_turn","usage":{"inputTokens":0,"outputTokens":0,"totalTokens":0}}""", DoesNotCount)]
    [InlineData("""{"candidates":[{"content":{}}],"usageMetadata":{"promptTokenCount":0,"candidatesTokenCount":0,"totalTokenCount":0}}""", DoesNotCount)]
    [InlineData("""{"object":"list","data":[{"embedding":[0.1]}],"usage":{"prompt_tokens":0,"total_tokens":0}}""", DoesNotCount)]
    [InlineData("""{"object":"list","data":[],"usage":{"prompt_tokens":0,"total_tokens":0}}""", null)] // nothing was embedded
    [InlineData("""{"object":"chat.completion","choices":[],"usage":{"prompt_tokens":0,"completion_tokens":0,"total_tokens":0}}""", null)]
    [InlineData("""{"object":"response","status":"failed","output":[],"usage":{"input_tokens":0,"output_tokens":0,"total_tokens":0}}""", null)]
    [InlineData("""{"type":"message","content":[],"stop_reason":"max_tokens","usage":{"input_tokens":9,"output_tokens":0}}""", null)] // max_tokens 0
    public void Read_ZerosBesideAnAnswer_AreNotCounted(string body, string? reason) => Assert.Equal(
        (reason is null ? UsageStatus.Complete : UsageStatus.Unknown, reason),
        (UsageReader.Read(body).Status, UsageReader.Read(body).Reason));

    [Theory]
    [InlineData("""{"id":"resp_1","object":"response","status":"queued","background":true,"output":[],"usage":null}""")]
    [InlineData("""{"id":"resp_1","object":"response","status":"in_progress","output":[],"usage":null}""")]
    [InlineData("""{"id":"batch_1","object":"batch","status":"validating","request_counts":{"total":3,"completed":0}}""")]
    [InlineData("""{"id":"batch_1","object":"batch","status":"finalizing"}""")]
    public void Read_BeforeItIsFinished_SaysSo(string body) =>
        Assert.Equal((UsageStatus.Unknown, NotYet), (UsageReader.Read(body).Status, UsageReader.Read(body).Reason));

    /// <summary>Claude Code makes such an answer itself, for an error of the API.</summary>
    [Fact]
    public void Read_AnswerOfTheClient_IsNotBilled() => Assert.Equal(
        (UsageStatus.NotBilled, "The client made this answer itself: no model was called, and nothing is billed."),
        (UsageReader.Read("""{"type":"message","model":"<synthetic>","content":[{}],"usage":{"input_tokens":0,"output_tokens":0}}""").Status,
            UsageReader.Read("""{"type":"message","model":"<synthetic>","content":[{}],"usage":{"input_tokens":0,"output_tokens":0}}""").Reason));

    /// <summary>Counts of a stream only grow: what is repeated without its value is not lost.</summary>
    [Theory]
    [InlineData(0, UsageStatus.Complete, null)]
    [InlineData(1000, UsageStatus.Complete, null)]
    [InlineData(1200, UsageStatus.Complete, null)]
    [InlineData(7, UsageStatus.Partial, "The stream states Input and later less of it, as if it were of several answers; the larger count is taken.")]
    public void ReadStream_LaterSmallerCount_DoesNotWin(int later, UsageStatus status, string? reason)
    {
        UsageReading reading = UsageReader.ReadStream(Encoding.UTF8.GetBytes($$$$"""
            {"type":"message_start","message":{"type":"message","usage":{"input_tokens":1000,"cache_read_input_tokens":30,"output_tokens":1}}}
            {"type":"message_delta","usage":{"input_tokens":{{{{later}}}},"cache_read_input_tokens":0,"output_tokens":16}}
            {"type":"message_stop"}
            """));

        Assert.Equal((status, reason), (reading.Status, reading.Reason));
        Assert.Equal(new TokenUsage { Input = Math.Max(1000, later), CacheRead = 30, Output = 16 }, reading.Usage);
    }

    public static TheoryData<ApiFormat> Apis => [.. Enum.GetValues<ApiFormat>().Except([ApiFormat.Detect])];

    /// <summary>Input alone is the whole usage only of an API that leaves out what is 0.</summary>
    [Theory]
    [MemberData(nameof(Apis))]
    public void Read_InputAlone_IsWholeWhereZeroIsLeftOut(ApiFormat api)
    {
        ApiFormat[] leaveZeroOut =
        [
            ApiFormat.GeminiGenerateContent, ApiFormat.GeminiInteractions, ApiFormat.Cohere, ApiFormat.Ollama, // output that is 0
            ApiFormat.OpenAIEmbeddings, ApiFormat.Rerank, // there is no output
        ];
        string[] bodies =
        [
            """{ "usage": { "prompt_tokens": 7 } }""", """{ "usage": { "input_tokens": 7 } }""", """{ "usageMetadata": { "promptTokenCount": 7 } }""",
            """{ "usage": { "total_input_tokens": 7 } }""", """{ "usage": { "inputTokens": 7 } }""", """{ "prompt_token_count": 7 }""",
            """{ "usage": { "billed_units": { "input_tokens": 7 } } }""", """{ "prompt_eval_count": 7 }""",
            """{ "usage": { "inputTokenCount": 7 } }""", """{ "tokensIn": 7 }""",
        ];
        UsageReading[] readings = [.. bodies.Where(body => UsageReader.TryRead(Encoding.UTF8.GetBytes(body), api, out _, out _))
            .Select(body => UsageReader.Read(body, api))];

        Assert.NotEmpty(readings);
        Assert.All(readings, reading => Assert.Equal(new TokenUsage { Input = 7 }, reading.Usage));
        Assert.All(readings, reading => Assert.Equal(leaveZeroOut.Contains(api) ? null : NoOutput, reading.Reason));
    }

    /// <summary>The same at the end of a stream and in the middle of it, where only what is stated is known.</summary>
    [Theory]
    [InlineData("""{ "choices": [{ "finish_reason": "stop" }], "usage": { "prompt_tokens": 1, "completion_tokens": 1 } }""", UsageStatus.Complete, null)]
    [InlineData("""{ "choices": [{ "finish_reason": null }], "usage": { "prompt_tokens": 1, "completion_tokens": 1 } }""", UsageStatus.Partial, CutOff)]
    [InlineData("""{ "choices": [{ "finish_reason": null }], "usage": { "prompt_tokens": 1 } }""", UsageStatus.Partial, CutOff)]
    [InlineData("""{ "choices": [{ "finish_reason": "" }], "usage": { "prompt_tokens": 1 } }""", UsageStatus.Partial, CutOff)]
    [InlineData("""{ "choices": [{ "finish_reason": "stop" }], "usage": { "prompt_tokens": 1 } }""", UsageStatus.Partial, NoOutput)]
    [InlineData("""{ "choices": [], "usage": { "prompt_tokens": 1, "completion_tokens": 1 } }""", UsageStatus.Complete, null)]
    [InlineData("""{ "choices": [{ "delta": { } }], "usage": { "cost": 1 } }""", UsageStatus.Unknown, OnlyCost)]
    [InlineData("""{ "choices": [{ "delta": { } }] }""", UsageStatus.Unknown, "The stream was cut off before it stated its usage.")]
    [InlineData("""{ "choices": [{ "finish_reason": "stop" }] }""", UsageStatus.Unknown,
        "The stream ended without usage. Ask for it: stream_options.include_usage in OpenAI's streams.")]
    [InlineData("""{ "type": "message_start", "message": { "type": "message", "usage": { "input_tokens": 1, "output_tokens": 1 } } }""",
        UsageStatus.Partial, CutOff)]
    [InlineData("""{ "type": "message_delta", "usage": { "input_tokens": 1, "output_tokens": 1 } }""", UsageStatus.Complete, null)]
    [InlineData("""{ "type": "message_start", "message": { "usage": { "input_tokens": 1, "iterations": [{ "type": "new" }] } } }""",
        UsageStatus.Partial, CutOff)]
    [InlineData("""{ "interaction": { "status": "in_progress", "usage": { "total_input_tokens": 1 } } }""", UsageStatus.Partial, CutOff)]
    [InlineData("""{ "interaction": { "usage": { "total_input_tokens": 1 } } }""", UsageStatus.Partial, CutOff)]
    [InlineData("""{ "interaction": { "status": "completed", "usage": { "total_input_tokens": 1 } } }""", UsageStatus.Complete, null)]
    [InlineData("""{ "candidates": [{}], "usageMetadata": { "thoughtsTokenCount": 1 } }""", UsageStatus.Partial, CutOff)]
    [InlineData("""{ "done": false, "prompt_eval_count": 1 }""", UsageStatus.Partial, CutOff)]
    [InlineData("""{ "done": true, "prompt_eval_count": 1 }""", UsageStatus.Complete, null)]
    public void ReadStream_OneEvent_SaysWhatIsMissing(string json, UsageStatus status, string? reason)
    {
        UsageReading reading = UsageReader.ReadStream(Encoding.UTF8.GetBytes($"data: {json}\n\n"));

        Assert.Equal((status, reason), (reading.Status, reading.Reason));

        UsageStreamReader events = new();
        events.AppendEvent(Encoding.UTF8.GetBytes(json));
        Assert.Equal(reading, events.Finish());
    }

    [Fact]
    public void ReadStream_ImagesBeforeTheEnd_AreNotTheWhole() => Assert.Equal(
        OnlyCost,
        UsageReader.ReadStream("""{ "status": "in_progress", "data": [{}], "usage": { "cost": 1 } }"""u8, ApiFormat.OpenAIImages).Reason);

    /// <summary><c>[DONE]</c> is the end, also of servers that give no reason for it.</summary>
    [Theory]
    [InlineData("data: {\"choices\":[],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1}}\n\ndata: [DONE]\n\ndata: {", UsageStatus.Complete)]
    [InlineData("data: {\"choices\":[],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1}}\n\ndata: {", UsageStatus.Partial)]
    [InlineData("data: {\"choices\":[{}],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1}}\n\ndata: [DONE]\n\n", UsageStatus.Complete)]
    [InlineData("data: {\"choices\":[{}],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1}}\n\n", UsageStatus.Partial)]
    public void ReadStream_Done_IsAnEndThatWasSaid(string stream, UsageStatus status) =>
        Assert.Equal(status, UsageReader.ReadStream(Encoding.UTF8.GetBytes(stream)).Status);

    [Fact]
    public void ReadStream_DoneAlone_EndedWithoutUsage() => Assert.Equal(
        "The stream ended without usage. Ask for it: stream_options.include_usage in OpenAI's streams.",
        UsageReader.ReadStream("data: [DONE]\n\n"u8, ApiFormat.Groq).Reason);

    [Fact]
    public void ReadStream_NothingOfANamedApi_IsOfThatApi() =>
        Assert.Equal(ApiFormat.Groq, UsageReader.ReadStream("data: { \"model\": \"m\" }\n\n"u8, ApiFormat.Groq).Api);
}
