using LlmCostModel.Tests.Support;

namespace LlmCostModel.Tests.Responses;

/// <summary>Siblings of what was lost without a word: each is read, or named in the reason.</summary>
public sealed class SilentLossTests
{
    /// <summary>The AI SDK nests its counts under the names of Bedrock's, where the cache is inside.</summary>
    [Theory]
    [InlineData("""{"usage":{"inputTokens":{"total":1500,"noCache":1000,"cacheRead":400,"cacheWrite":100},"outputTokens":{"total":100,"text":60,"reasoning":40}}}""", "Input 1000, CacheRead 400, CacheWrite 100, Output 60, Reasoning 40")]
    [InlineData("""{"usage":{"outputTokens":{"total":100},"inputTokens":{"total":1500,"noCache":1100,"cacheRead":400}}}""", "Input 1100, CacheRead 400, Output 100")]
    [InlineData("""{"usage":{"inputTokens":1100,"outputTokens":100,"cacheReadInputTokens":400}}""", "Input 1100, CacheRead 400, Output 100")] // Bedrock
    public void Read_NestedCounts_AreTheAiSdks(string body, string usage) =>
        Assert.Equal((usage, UsageStatus.Complete), (UsageReader.Read(body).Usage.ToString(), UsageReader.Read(body).Status));

    /// <summary>A result of Claude Code is a sum, also without the usage of every model.</summary>
    [Fact]
    public void Read_ResultWithoutModels_IsASum()
    {
        UsageReading reading = UsageReader.Read("""{"type":"result","subtype":"success","num_turns":30,"usage":{"input_tokens":1000,"cache_creation_input_tokens":0,"cache_read_input_tokens":1000000,"output_tokens":500}}""");

        Assert.Null(reading.Calls);
    }

    [Fact]
    public void Read_BatchThatStillRuns_IsALowerBound()
    {
        UsageReading reading = UsageReader.Read("""{"id":"b","object":"batch","status":"in_progress","request_counts":{"total":3,"completed":1},"usage":{"input_tokens":1000,"output_tokens":100,"total_tokens":1100}}""");

        Assert.Equal(UsageStatus.Partial, reading.Status);
        Assert.Contains("not finished", reading.Reason, StringComparison.Ordinal);
    }

    /// <summary>The first event of Anthropic's streams states a token of output before there is any.</summary>
    [Fact]
    public void ReadStream_RefusalBehindThePlaceholder_IsNotBilled()
    {
        UsageStreamReader stream = new();
        stream.AppendEvent("""{"type":"message_start","message":{"type":"message","model":"m","usage":{"input_tokens":1000,"output_tokens":1}}}"""u8);
        stream.AppendEvent("""{"type":"message_delta","delta":{"stop_reason":"refusal"},"usage":{"output_tokens":0}}"""u8);

        Assert.Equal(UsageStatus.NotBilled, stream.Finish().Status);
    }

    [Theory]
    [InlineData("\"audio_seconds\":\"12.5\"", "usage.audio_seconds 12.5")]
    [InlineData("\"grounding_count\":3", "usage.grounding_count 3")]
    [InlineData("\"web_results\":5", "usage.web_results 5")]
    [InlineData("\"tool_uses\":2", "usage.tool_uses 2")]
    [InlineData("\"megapixels\":4", "usage.megapixels 4")]
    public void Read_CountOfAnotherName_IsNamed(string field, string named)
    {
        UsageReading reading = UsageReader.Read($$$"""{"object":"chat.completion","usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2,{{{field}}}}}""");

        Assert.Equal(UsageStatus.Partial, reading.Status);
        Assert.Contains(named, reading.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"meta":{"billed_units":{"input_tokens":1,"output_tokens":1,"classifications":4}}}""", "classifications 4")]
    [InlineData("""{"pages":[],"model":"m","usage_info":{"pages_processed":1,"image_pages":4}}""", "image_pages 4")]
    public void Read_UnitNextToBilledOnes_IsNamed(string body, string named)
    {
        UsageReading reading = UsageReader.Read(body);

        Assert.Equal(UsageStatus.Partial, reading.Status);
        Assert.Contains(named, reading.Reason, StringComparison.Ordinal);
    }
}
