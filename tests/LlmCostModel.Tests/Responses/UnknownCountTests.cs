using LlmCostModel.TestData;

namespace LlmCostModel.Tests.Responses;

/// <summary>A number in a usage block that looks like a count and is not known may be billed: it is named, never skipped.</summary>
public sealed class UnknownCountTests
{
    private const string Counts = """ "prompt_tokens": 10, "completion_tokens": 5 """;

    [Theory]
    [InlineData(""" "haptic_tokens": 7 """, "usage.haptic_tokens 7")]
    [InlineData(""" "hapticTokens": 7 """, "usage.hapticTokens 7")]
    [InlineData(""" "HAPTIC-TOKENS": 7.5 """, "usage.HAPTIC-TOKENS 7.5")]
    [InlineData(""" "map_requests": 2 """, "usage.map_requests 2")]
    [InlineData(""" "audio_seconds": 0.5 """, "usage.audio_seconds 0.5")]
    [InlineData(""" "pages": 3 """, "usage.pages 3")]
    [InlineData(""" "video_minutes": "12" """, "usage.video_minutes 12")]
    [InlineData(""" "prompt_tokens_details": { "holo_tokens": 1 } """, "prompt_tokens_details.holo_tokens 1")]
    [InlineData(""" "completion_tokens_details": { "sign_tokens": 1, "mime_tokens": 2 } """,
        "completion_tokens_details.mime_tokens 2, completion_tokens_details.sign_tokens 1")]
    [InlineData(""" "prompt_tokens_details": { "cached_tokens": 1, "cached_tokens_details": { "holo_tokens": 1 } } """,
        "cached_tokens_details.holo_tokens 1")]
    [InlineData(""" "cache_creation": { "ephemeral_24h_input_tokens": 9 } """, "cache_creation.ephemeral_24h_input_tokens 9")]
    [InlineData(""" "server_tool_use": { "map_lookup_requests": 4 } """, "server_tool_use.map_lookup_requests 4")]
    [InlineData(""" "token_breakdown": { "holo": 3, "zero": 0, "name": "x" } """, "usage.token_breakdown.holo 3")]
    [InlineData(""" "more": { "deep": [{ "holo_tokens": 3 }] } """, "usage.more.holo_tokens 3")]
    [InlineData(""" "input_by_kind": [{ "kind": "holo", "amount": 4 }] """, "usage.input_by_kind.amount 4")]
    [InlineData(""" "a_tokens": 1, "b_tokens": 1, "c_tokens": 1, "d_tokens": 1, "e_tokens": 1, "f_tokens": 1 """,
        "usage.a_tokens 1, usage.b_tokens 1, usage.c_tokens 1, usage.d_tokens 1, usage.e_tokens 1 and more")]
    public void Read_UnknownCount_IsNamed(string more, string named)
    {
        UsageReading reading = UsageReader.Read($$"""{ "object": "chat.completion", "usage": { {{Counts}}, {{more}} } }""", ApiFormat.OpenAIChatCompletions);

        Assert.Equal(UsageStatus.Partial, reading.Status);
        Assert.Equal($"The usage holds what is not known here: {named}. If it is billed, part of the cost is missing.", reading.Reason);
    }

    [Theory]
    [InlineData(""" "haptic_tokens": 0 """)]
    [InlineData(""" "haptic_tokens": null """)]
    [InlineData(""" "token_kind": "text" """)]
    [InlineData(""" "is_cached": true """)]
    [InlineData(""" "version": 3 """)]
    [InlineData(""" "haptic_cost": 3 """)]
    [InlineData(""" "price_per_token": 3 """)]
    [InlineData(""" "token_breakdown": { "holo": 0, "name": "7up" } """)]
    [InlineData(""" "prompt_time": 0.5, "completion_time": 1.5, "tokens_per_second": 50 """)]
    [InlineData(""" "latency_checkpoint": { "engine_ttft_ms": 5, "token_count": 5 } """)]
    [InlineData(""" "prompt_tokens_details": { "text_tokens": 10 } """)]
    [InlineData(""" "completion_tokens_details": { "accepted_prediction_tokens": 3, "rejected_prediction_tokens": 2 } """)]
    public void Read_NoCountOrOneWithoutPrice_IsComplete(string more)
    {
        UsageReading reading = UsageReader.Read($$"""{ "object": "chat.completion", "usage": { {{Counts}}, {{more}} } }""");

        Assert.Equal((UsageStatus.Complete, null), (reading.Status, reading.Reason));
    }

    /// <summary>What comes in pieces: each is named once, with its last value.</summary>
    [Fact]
    public void ReadStream_UnknownCounts_AreThoseOfAllEvents()
    {
        UsageReading reading = UsageReader.ReadStream("""
            {"type":"message_start","message":{"type":"message","usage":{"input_tokens":10,"output_tokens":1,"a_tokens":1}}}
            {"type":"message_delta","usage":{"output_tokens":5,"a_tokens":2,"b_tokens":1}}
            {"type":"message_stop"}
            """u8);

        Assert.StartsWith("The usage holds what is not known here: usage.a_tokens 2, usage.b_tokens 1.", reading.Reason, StringComparison.Ordinal);
    }

    /// <summary>Of a call within the call, and of a model of a session, as of the whole.</summary>
    [Theory]
    [InlineData("""{"type":"message","usage":{"input_tokens":1,"output_tokens":1,"iterations":[{"type":"message","input_tokens":1,"output_tokens":1,"x_tokens":9}]}}""", "iterations.x_tokens 9")]
    [InlineData("""{"type":"result","modelUsage":{"claude-opus-4-6":{"inputTokens":1,"outputTokens":1,"xTokens":9}}}""", "claude-opus-4-6.xTokens 9")]
    public void Read_UnknownCountOfAPart_IsNamed(string body, string named) =>
        Assert.Contains(named, UsageReader.Read(body).Reason, StringComparison.Ordinal);

    /// <summary>Of what the providers of the recorded bodies state, everything is known.</summary>
    [SharedDataFact]
    public void Read_RecordedPayloads_HoldNothingUnknown()
    {
        foreach (string line in SharedData.ReadLines("usage-payloads/payloads.jsonl"))
        {
            using System.Text.Json.JsonDocument row = System.Text.Json.JsonDocument.Parse(line);
            if (row.RootElement.TryGetProperty("response", out System.Text.Json.JsonElement body)
                && UsageReader.TryRead(System.Text.Encoding.UTF8.GetBytes(body.GetRawText()), out UsageReading reading, out _))
            {
                Assert.DoesNotContain("not known here", reading.Reason ?? "", StringComparison.Ordinal);
            }
        }
    }
}
