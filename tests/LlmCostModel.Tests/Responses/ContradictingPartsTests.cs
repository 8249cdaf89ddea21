using System.Text;

namespace LlmCostModel.Tests.Responses;

/// <summary>Parts of a count that are not the count, and answers that came out of nothing.</summary>
public class ContradictingPartsTests
{
    [Theory]
    [InlineData("""{ "usage": { "prompt_tokens": 1000, "completion_tokens": 10, "prompt_tokens_details": { "text_tokens": 300, "audio_tokens": 800 } } }""")]
    [InlineData("""{ "usage": { "prompt_tokens": 1000, "completion_tokens": 10, "prompt_tokens_details": { "text_tokens": 100, "audio_tokens": 800 } } }""")]
    [InlineData("""{ "usage": { "input_tokens": 100, "output_tokens": 10, "input_tokens_details": { "text_tokens": 70, "image_tokens": 80 } } }""")]
    [InlineData("""{ "usage": { "prompt_tokens": 10, "completion_tokens": 100, "completion_tokens_details": { "text_tokens": 30, "audio_tokens": 60 } } }""")]
    [InlineData("""{ "usage": { "inputTokens": 1510, "outputTokens": 50, "inputTokenDetails": { "noCacheTokens": 400, "cacheReadTokens": 1000, "cacheWriteTokens": 0 }, "totalTokens": 1560 } }""")]
    public void Parts_ThatAreNotTheWhole_AreSaid(string body)
    {
        UsageReading reading = UsageReader.Read(body);

        Assert.Equal(UsageStatus.Partial, reading.Status);
        Assert.NotNull(reading.Reason);
    }

    [Fact]
    public void Parts_OfTheCacheBeyondTheWhole_AreRefused()
    {
        UsageFormatException refusal = Assert.Throws<UsageFormatException>(() => UsageReader.Read(
            """{ "usage": { "inputTokens": 1510, "outputTokens": 50, "inputTokenDetails": { "noCacheTokens": 20, "cacheReadTokens": 1000, "cacheWriteTokens": 500 } } }"""));

        Assert.Equal(UsageFaultKind.Impossible, refusal.Kind);
    }

    [Theory]
    [InlineData("""{ "choices": [ { "message": { "content": "Hi." }, "finish_reason": "stop" } ], "usage": { "prompt_tokens": 1000, "completion_tokens": 0, "total_tokens": 1000 } }""", "output")]
    [InlineData("""{ "choices": [ { "message": { "content": "Hi." }, "finish_reason": "stop" } ], "usage": { "prompt_tokens": 1000, "completion_tokens": null, "total_tokens": 1000 } }""", "output")]
    [InlineData("""{ "object": "response", "status": "completed", "output": [ { "type": "message", "content": [ { "type": "output_text", "text": "Hi." } ] } ], "usage": { "input_tokens": 1000, "output_tokens": 0, "total_tokens": 1000 } }""", "output")]
    [InlineData("""{ "candidates": [ { "content": { "parts": [ { "text": "Hi." } ] }, "finishReason": "STOP" } ], "usageMetadata": { "promptTokenCount": 1000, "totalTokenCount": 1000 } }""", "output")]
    [InlineData("""{ "type": "message", "content": [ { "type": "text", "text": "Hi." } ], "stop_reason": "end_turn", "usage": { "input_tokens": 0, "output_tokens": 50 } }""", "input")]
    public void Answers_OutOfNothing_AreALowerBound(string body, string side)
    {
        UsageReading reading = UsageReader.Read(body);

        Assert.Equal(UsageStatus.Partial, reading.Status);
        Assert.Equal($"The response states no {side} tokens beside an answer, which cannot come out of nothing: its counts are a lower bound.", reading.Reason);
    }

    [Theory]
    [InlineData("""{ "choices": [ { "message": { "content": "" }, "finish_reason": "stop" } ], "usage": { "prompt_tokens": 1000, "completion_tokens": 0, "total_tokens": 1000 } }""")]
    [InlineData("""{ "choices": [ { "message": { "content": null, "tool_calls": [] }, "finish_reason": "length" } ], "usage": { "prompt_tokens": 1000, "completion_tokens": 0, "total_tokens": 1000 } }""")]
    [InlineData("""{ "model": "voxtral-mini-2507", "choices": [ { "message": { "content": "Hi." }, "finish_reason": "stop" } ], "usage": { "prompt_audio_seconds": 9, "prompt_tokens": 0, "completion_tokens": 5, "total_tokens": 5 } }""")]
    [InlineData("""{ "type": "message", "content": [ { "type": "text", "text": "Hi." } ], "usage": { "input_tokens": 0, "cache_read_input_tokens": 900, "output_tokens": 50 } }""")]
    public void Answers_WithoutText_MayBeOfNothing(string body) => Assert.Equal(UsageStatus.Complete, UsageReader.Read(body).Status);

    /// <summary>https://platform.claude.com/docs/en/agents-and-tools/tool-use/web-search-tool: what failed is not billed.</summary>
    [Theory]
    [InlineData("""{ "type": "web_search_tool_result", "tool_use_id": "a", "content": { "type": "web_search_tool_result_error", "error_code": "max_uses_exceeded" } }""", 0)]
    [InlineData("""{ "type": "web_search_tool_result", "tool_use_id": "a", "content": [ { "type": "web_search_result", "url": "https://example.com" } ] }""", 1)]
    public void Searches_ThatFailed_AreNotBilled(string result, int searches)
    {
        UsageReading reading = UsageReader.Read($$$"""
            { "type": "message", "content": [ { "type": "server_tool_use", "id": "a", "name": "web_search", "input": {} }, {{{result}}} ], "usage": { "input_tokens": 10, "output_tokens": 50 }
            }
            """);

        Assert.Equal((searches, UsageStatus.Complete), (reading.Meters["WebSearch"], reading.Status));
    }

    [Fact]
    public void Search_OfResponsesThatFailed_IsNamed()
    {
        UsageReading reading = UsageReader.Read("""
            { "object": "response", "output": [ { "type": "web_search_call", "status": "failed", "action": { "type": "search" } } ], "usage": { "input_tokens": 10, "output_tokens": 50, "total_tokens": 60 } }
            """);

        Assert.Equal((0, UsageStatus.Partial), (reading.Meters["WebSearch"], reading.Status));
        Assert.Contains("output.failed.web_search_call 1", reading.Reason, StringComparison.Ordinal);
    }

    /// <summary>Bedrock adds its own metrics to the last event, or to the body, of Claude's message.</summary>
    [Theory]
    [InlineData(ApiFormat.Detect)]
    [InlineData(ApiFormat.AnthropicMessages)]
    public void Metrics_OfBedrock_RepeatTheCounts(ApiFormat api)
    {
        const string Metrics = """ "amazon-bedrock-invocationMetrics": { "inputTokenCount": 100, "outputTokenCount": 50, "invocationLatency": 900, "firstByteLatency": 300 } """;
        string events = $$$"""
            data: {"type":"message_start","message":{"type":"message","model":"claude-sonnet-4-5","usage":{"input_tokens":100,"output_tokens":1} } }

            data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":50}}

            data: {"type":"message_stop",{{{Metrics}}} }


            """;

        Assert.Equal("Input 100, Output 50", UsageReader.ReadStream(Encoding.UTF8.GetBytes(events.ReplaceLineEndings("\n")), api).Usage?.ToString());
        Assert.Equal("Input 100, Output 50", UsageReader.Read($$$"""
            { "type": "message", "usage": { "input_tokens": 100, "output_tokens": 50 }, {{{Metrics}}}
            }
            """, api).Usage?.ToString());
    }
}
