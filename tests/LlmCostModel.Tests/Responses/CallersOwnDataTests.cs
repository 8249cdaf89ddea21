using System.Text;

namespace LlmCostModel.Tests.Responses;

/// <summary>What the caller keeps beside an answer is not its bill, whatever it looks like and wherever it stands.</summary>
public class CallersOwnDataTests
{
    private const string Metadata = """ "metadata": { "usage": { "prompt_tokens": 9000, "input_tokens": 9000, "output_tokens": 5, "total_tokens": 9005, "x_tokens": "5" } } """;

    public static TheoryData<string, string?> Answers => new()
    {
        { """ "object": "response", "status": "completed", "model": "gpt-5.1", "output": [ { "type": "message", "content": [ { "type": "output_text", "text": "Hi." } ] } ], "usage": null """, null },
        { """ "object": "response", "status": "queued", "model": "gpt-5.1", "output": [], "usage": null """, null },
        { """ "object": "chat.completion", "model": "gpt-5.1", "choices": [ { "message": { "content": "Hi." }, "finish_reason": "stop" } ] """, null },
        { """ "object": "chat.completion", "choices": [ { "message": { "content": "Hi." } } ], "usage": { "prompt_tokens": 1000, "completion_tokens": 100, "total_tokens": 1100 } """, "Input 1000, Output 100" },
        { """ "object": "response", "output": [], "usage": { "input_tokens": 1000, "output_tokens": 100, "total_tokens": 1100 } """, "Input 1000, Output 100" },
        { """ "type": "message", "content": [ { "type": "text", "text": "Hi." } ], "usage": { "input_tokens": 10, "output_tokens": 5 } """, "Input 10, Output 5" },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public void Metadata_OfTheCaller_AreNotTheBill(string answer, string? usage)
    {
        string meta = Metadata.Replace("metadata", "meta", StringComparison.Ordinal);
        foreach (string body in (string[])
            [$"{{ {Metadata}, {answer} }}", $"{{ {answer}, {Metadata} }}", $"{{ \"response\": {{ {Metadata}, {answer} }} }}", $"{{ {meta}, {answer} }}"])
        {
            UsageReading reading = UsageReader.Read(body);

            Assert.Equal(usage, reading.Usage?.ToString());
            Assert.Equal(usage is null ? UsageStatus.Unknown : UsageStatus.Complete, reading.Status);
        }
    }

    /// <summary>Bedrock's event is its metadata: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStreamMetadataEvent.html</summary>
    [Fact]
    public void Metadata_OfAStreamOfConverse_AreTheBill()
    {
        const string Events = """
            {"messageStart":{"role":"assistant"}}
            {"contentBlockDelta":{"delta":{"text":"Hi."},"contentBlockIndex":0}}
            {"messageStop":{"stopReason":"end_turn"}}
            {"metadata":{"usage":{"inputTokens":30,"outputTokens":4,"totalTokens":34},"metrics":{"latencyMs":9}}}
            """;

        Assert.Equal("Input 30, Output 4", UsageReader.ReadStream(Encoding.UTF8.GetBytes(Events.ReplaceLineEndings("\n"))).Usage?.ToString());
    }

    /// <summary>Arguments of tools, their results and schemas may use any name.</summary>
    [Theory]
    [InlineData("""{ "messages": [ { "role": "assistant", "content": [ { "type": "tool_use", "name": "f", "input": { "cache_control": { "ttl": "1h" } } } ] } ] }""", false)]
    [InlineData("""{ "tools": [ { "name": "f", "input_schema": { "properties": { "cache_control": { "ttl": "1h" } } } } ] }""", false)]
    [InlineData("""{ "toolConfig": { "tools": [ { "toolSpec": { "inputSchema": { "json": { "cachePoint": { "ttl": "1h" } } } } } ] } }""", false)]
    [InlineData("""{ "messages": [ { "content": [ { "toolUse": { "input": { "cachePoint": { "ttl": "1h" } } } }, { "toolResult": { "content": [ { "json": { "cachePoint": { "ttl": "1h" } } } ] } } ] } ] }""", false)]
    [InlineData("""{ "tools": [ { "name": "f", "input_schema": { "cache_control": {} }, "cache_control": { "type": "ephemeral", "ttl": "1h" } } ] }""", true)]
    [InlineData("""{ "system": [ { "type": "text", "text": "Be brief.", "cache_control": { "type": "ephemeral", "ttl": "1h" } } ], "metadata": { "cache_control": { "ttl": "5m" } } }""", true)]
    public void Lifetimes_AreThoseOfBreakpoints(string request, bool isAnHour)
    {
        ModelCall call = ModelCall.FromResponse("""{ "type": "message", "usage": { "input_tokens": 10, "cache_creation_input_tokens": 500, "output_tokens": 20 } }""");

        TokenUsage usage = call.WithRequest(Encoding.UTF8.GetBytes(request)).Reading.Usage!.Value;

        Assert.Equal((isAnHour ? 500 : 0, 500), (usage.CacheWrite1h, usage.TotalCacheWrite));
    }
}
