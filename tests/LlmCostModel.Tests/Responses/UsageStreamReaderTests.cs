using System.Text;

namespace LlmCostModel.Tests.Responses;

public sealed class UsageStreamReaderTests
{
    private const string Anthropic = """
        event: message_start
        data: {"type":"message_start","message":{"type":"message","model":"claude-sonnet-4-5","usage":{"input_tokens":2060,"cache_creation_input_tokens":7,"cache_creation":{"ephemeral_5m_input_tokens":7},"cache_read_input_tokens":3,"output_tokens":1}}}

        event: content_block_delta
        data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"hi"}}

        event: message_delta
        data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"input_tokens":2088,"output_tokens":760,"server_tool_use":{"web_search_requests":4}}}

        event: message_stop
        data: {"type":"message_stop"}


        """;

    private const string Chat = """
        : a comment
        data: {"object":"chat.completion.chunk","model":"gpt-4o","choices":[{"delta":{"content":"a"},"finish_reason":null}],"usage":null}

        data: {"object":"chat.completion.chunk","model":"gpt-4o","choices":[{"delta":{},"finish_reason":"stop"}],"usage":null}

        data: {"object":"chat.completion.chunk","model":"gpt-4o","choices":[],"usage":{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15}}

        data: [DONE]


        """;

    private const string Growing = """
        data: {"object":"chat.completion.chunk","model":"deepseek-chat","choices":[{"delta":{"content":"a"},"finish_reason":null}],"usage":{"prompt_tokens":12,"completion_tokens":1,"total_tokens":13}}

        data: {"object":"chat.completion.chunk","model":"deepseek-chat","choices":[{"delta":{"content":"b"},"finish_reason":null}],"usage":{"prompt_tokens":12,"completion_tokens":3,"total_tokens":15}}

        data: {"object":"chat.completion.chunk","model":"deepseek-chat","choices":[{"delta":{},"finish_reason":"stop"}],"usage":{"prompt_tokens":12,"completion_tokens":6,"total_tokens":18}}


        """;

    public static TheoryData<string, string> Streams => new()
    {
        // the last value of each count; the delta does not repeat the caches
        { Anthropic, "claude-sonnet-4-5: Input 2088, CacheRead 3, CacheWrite5m 7, Output 760 (Complete)" },
        { Chat, "gpt-4o: Input 10, Output 5 (Complete)" },
        { Growing, "deepseek-chat: Input 12, Output 6 (Complete)" },
        { "data: {\"candidates\":[{\"content\":{}}],\"usageMetadata\":{\"promptTokenCount\":4,\"totalTokenCount\":4},\"modelVersion\":\"g\"}\r\n\r\ndata: {\"candidates\":[{\"finishReason\":\"STOP\"}],\"usageMetadata\":{\"promptTokenCount\":4,\"candidatesTokenCount\":2,\"totalTokenCount\":6},\"modelVersion\":\"g\"}\r\n\r\n", "g: Input 4, Output 2 (Complete)" },
        { "data: {\"type\":\"response.created\",\"response\":{\"object\":\"response\",\"status\":\"in_progress\",\"model\":\"o1\",\"usage\":null}}\n\ndata: {\"type\":\"response.completed\",\"response\":{\"object\":\"response\",\"status\":\"completed\",\"model\":\"o1\",\"usage\":{\"input_tokens\":5,\"output_tokens\":6}}}\n\n", "o1: Input 5, Output 6 (Complete)" },
        { "{\"model\":\"llama3\",\"done\":false}\n{\"model\":\"llama3\",\"done\":true,\"prompt_eval_count\":3,\"eval_count\":4}\n", "llama3: Input 3, Output 4 (Complete)" },
    };

    [Theory]
    [MemberData(nameof(Streams))]
    public void Append_CutAnywhere_GivesTheSame(string stream, string expected)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(stream);
        Assert.Equal(expected, UsageReader.ReadStream(bytes).ToString());
        for (int size = 1; size < 80; size++)
        {
            UsageStreamReader reader = new();
            for (int at = 0; at < bytes.Length; at += size)
            {
                reader.Append(bytes.AsSpan(at, Math.Min(size, bytes.Length - at)));
            }

            Assert.Equal(expected, reader.Finish().ToString());
        }
    }

    [Theory]
    [InlineData(Anthropic)]
    [InlineData(Chat)]
    [InlineData(Growing)]
    public void Finish_CutAtEveryByte_IsNeverCompleteWithLess(string stream)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(stream);
        UsageReading whole = UsageReader.ReadStream(bytes);
        for (int length = 0; length < bytes.Length; length++)
        {
            UsageReading cut = UsageReader.ReadStream(bytes.AsSpan(0, length));
            if (cut.Status == UsageStatus.Complete)
            {
                Assert.Equal(whole.Usage, cut.Usage);
            }
            else
            {
                Assert.NotNull(cut.Reason);
                Assert.Equal(cut.Status == UsageStatus.Unknown, cut.Usage is null);
            }
        }
    }

    [Fact]
    public void Finish_CutAfterTheFirstAnthropicEvent_IsPartial()
    {
        UsageReading cut = UsageReader.ReadStream(Encoding.UTF8.GetBytes(Anthropic[..Anthropic.IndexOf("event: content", StringComparison.Ordinal)]));

        Assert.Equal(UsageStatus.Partial, cut.Status);
        Assert.Equal("The stream was cut off: the counts are a lower bound.", cut.Reason);
        Assert.Equal(2060, cut.Usage!.Value.Input);
    }

    [Fact]
    public void Finish_NoUsageAtAll_IsUnknownAndNeverZero()
    {
        UsageReading reading = UsageReader.ReadStream("data: {\"object\":\"chat.completion.chunk\",\"model\":\"m\",\"choices\":[{\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n"u8);

        Assert.Equal(UsageStatus.Unknown, reading.Status);
        Assert.Null(reading.Usage);
        Assert.Equal("m", reading.Model);
        Assert.Equal("The stream ended without usage. Ask for it: stream_options.include_usage in OpenAI's streams.", reading.Reason);
    }

    [Fact]
    public void Finish_RealtimeTurns_AddUp()
    {
        const string Turn = "data: {\"type\":\"response.done\",\"response\":{\"object\":\"realtime.response\",\"usage\":{\"input_tokens\":10,\"output_tokens\":3,\"total_tokens\":13}}}\n\n";

        // 2 x 10 and 2 x 3
        Assert.Equal(new TokenUsage { Input = 20, Output = 6 }, UsageReader.ReadStream(Encoding.UTF8.GetBytes(Turn + Turn)).Usage);
    }

    /// <summary>Calls within the call stand in one event; those behind it do not repeat them.</summary>
    [Fact]
    public void Finish_CallsWithinTheCall_AreKept()
    {
        UsageReading reading = UsageReader.ReadStream("""
            data: {"type":"message_start","message":{"type":"message","model":"m","usage":{"input_tokens":9,"output_tokens":1}}}

            data: {"type":"message_delta","usage":{"output_tokens":7,"iterations":[{"type":"compaction","input_tokens":5,"output_tokens":2},{"type":"message","input_tokens":9,"output_tokens":7}]}}

            data: {"type":"message_stop"}


            """u8);

        Assert.Equal("m: Input 9, Output 7 (Complete)", reading.ToString());
        Assert.Equal("Compaction of the same model: Input 5, Output 2", Assert.Single(reading.Nested).ToString());
    }

    [Fact]
    public void Append_HundredMegabytes_KeepsOneEvent()
    {
        byte[] chunk = Encoding.UTF8.GetBytes("data: {\"object\":\"chat.completion.chunk\",\"choices\":[{\"delta\":{\"content\":\"" + new string('a', 60_000) + "\"}}]}\n\n");
        UsageStreamReader reader = new();
        reader.Append(chunk);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1_700; i++)
        {
            reader.Append(chunk.AsSpan(0, 31_000));
            reader.Append(chunk.AsSpan(31_000));
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
        reader.Append("data: {\"choices\":[],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2}}\n\n"u8);
        Assert.Equal(new TokenUsage { Input = 1, Output = 2 }, reader.Finish().Usage);
    }

    [Fact]
    public void Append_AfterFinish_Throws()
    {
        UsageStreamReader reader = new();
        reader.Finish();
        Assert.Equal(
            "The stream was finished. Make a new UsageStreamReader for the next one.",
            Assert.Throws<InvalidOperationException>(() => reader.Append("data: {}"u8)).Message);
        Assert.Throws<InvalidOperationException>(() => reader.AppendEvent("{}"u8));
    }

    [Fact]
    public void Append_BrokenEvent_Throws() =>
        Assert.Equal(UsageFaultKind.InvalidJson, Assert.Throws<UsageFormatException>(() => new UsageStreamReader().Append("data: {\"usage\":\n\n"u8)).Kind);
}
