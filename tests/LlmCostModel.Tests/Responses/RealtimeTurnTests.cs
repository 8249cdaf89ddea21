using System.Text;

namespace LlmCostModel.Tests.Responses;

/// <summary>The turns of one Realtime connection add up; what is not a count is that of the last turn.</summary>
public sealed class RealtimeTurnTests
{
    private const string Begun = """{ "type": "response.created", "response": { "object": "realtime.response", "usage": null } }""";

    [Fact]
    public void Finish_ThreeTurns_AreSummedByBucketAndMeter()
    {
        UsageReading sum = Read(
            Turn("a", "m1", """ "input_tokens": 10, "output_tokens": 3, "total_tokens": 13, "input_token_details": { "cached_tokens": 4 } """, "web_search_call"),
            Turn("b", "m2", """ "input_tokens": 20, "output_tokens": 5, "total_tokens": 25, "output_token_details": { "audio_tokens": 2 } """, "web_search_call"),
            Turn("c", null, """ "input_tokens": 40, "output_tokens": 7, "total_tokens": 47 """, "file_search_call"));

        // Input (10 - 4) + 20 + 40, output 3 + (5 - 2) + 7
        Assert.Equal(new TokenUsage { Input = 66, CacheRead = 4, Output = 13, AudioOutput = 2 }, sum.Usage);
        Assert.Equal("FileSearchCall 1, WebSearch 2", sum.Meters.ToString());
        Assert.Equal((ApiFormat.OpenAIRealtime, UsageStatus.Complete, null), (sum.Api, sum.Status, sum.Reason));
        Assert.Equal("c", sum.Identity.ResponseId);
        Assert.Equal("m2", sum.Model); // the last that is named
    }

    [Fact]
    public void Finish_TurnsServedInOtherWays_AreServedAsTheLast()
    {
        UsageReading sum = Read(
            """{ "type": "response.done", "service_tier": "flex", "quality": "low", "response": { "usage": { "input_tokens": 1, "output_tokens": 1 } } }""",
            """{ "type": "response.done", "service_tier": "priority", "quality": "high", "response": { "usage": { "input_tokens": 1, "output_tokens": 1 } } }""");

        Assert.Equal("priority", sum.Served.Tier);
        Assert.Equal("high", sum.Served.Attributes!["Quality"]);
    }

    /// <summary>A turn that does not say all of its counts, or none, leaves the sum as little known.</summary>
    [Theory]
    [InlineData(""" "input_tokens": 1 """, UsageStatus.Partial, "The response does not state its output tokens.")]
    [InlineData(""" "output_tokens": 1 """, UsageStatus.Partial, "The response does not state its input tokens.")]
    [InlineData(""" "input_tokens_details": { } """, UsageStatus.Unknown,
        "The response does not state its usage. Ask for it (stream_options.include_usage in OpenAI's streams), or count the tokens.")]
    public void Finish_OneTurnNotWholly_SaysSo(string usage, UsageStatus status, string reason)
    {
        string whole = Turn("a", "m", """ "input_tokens": 10, "output_tokens": 3 """);
        string other = Turn("b", "m", usage);
        foreach (UsageReading sum in new[] { Read(whole, other), Read(other, whole), Read(whole, other, whole) })
        {
            Assert.Equal((status, reason), (sum.Status, sum.Reason));
            Assert.Equal(status == UsageStatus.Unknown, sum.Usage is null);
        }
    }

    /// <summary>Nobody knows what an answer used that began and never ended, so the turns before it are not the whole.</summary>
    [Fact]
    public void Finish_LastTurnCutOff_IsALowerBound()
    {
        string turn = Turn("a", "m", """ "input_tokens": 10, "output_tokens": 3 """);

        Assert.Equal(UsageStatus.Complete, Read(Begun, turn).Status);
        Assert.Equal(UsageStatus.Complete, Read(Begun, turn, """{ "type": "rate_limits.updated" }""").Status);
        UsageReading half = UsageReader.ReadStream(Encoding.UTF8.GetBytes($"data: {turn}\n\ndata: {turn[..^9]}"));
        foreach (UsageReading cut in new[] { Read(turn, Begun), half, Read(Begun, turn, Begun, """{ "type": "x" }""") })
        {
            Assert.Equal((UsageStatus.Partial, "The stream was cut off: the counts are a lower bound."), (cut.Status, cut.Reason));
            Assert.Equal(new TokenUsage { Input = 10, Output = 3 }, cut.Usage);
        }

        UsageReading unsaid = Read(Turn("a", "m", """ "input_tokens": 10 """), Begun);
        Assert.Equal("The response does not state its output tokens.", unsaid.Reason);
    }

    [Fact]
    public void Finish_Again_IsTheSame()
    {
        UsageStreamReader reader = new();
        reader.Append(Encoding.UTF8.GetBytes(Turn("a", "m", """ "input_tokens": 10, "output_tokens": 3 """)));

        Assert.Equal(new TokenUsage { Input = 10, Output = 3 }, reader.Finish().Usage);
        Assert.Equal(new TokenUsage { Input = 10, Output = 3 }, reader.Finish().Usage);
    }

    private static string Turn(string id, string? model, string usage, string item = "message")
    {
        string named = model is null ? "" : $"\"model\": \"{model}\", ";
        return $$"""
            { "type": "response.done", "response": { "id": "{{id}}", {{named}}"object": "realtime.response", "output": [{ "type": "{{item}}" }], "usage": { {{usage}} } } }
            """;
    }

    private static UsageReading Read(params string[] events) => UsageReader.ReadStream(
        Encoding.UTF8.GetBytes(string.Concat(events.Select(one => $"data: {one}\n\n"))), ApiFormat.OpenAIRealtime);
}
