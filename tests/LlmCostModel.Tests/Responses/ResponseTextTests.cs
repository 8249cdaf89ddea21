using System.Text;

namespace LlmCostModel.Tests.Responses;

/// <summary>What the texts of a response say, each by every word that providers use for it.</summary>
public sealed class ResponseTextTests
{
    [Theory]
    [InlineData("auto", null)] // what was asked, not what served
    [InlineData("TRAFFIC_TYPE_UNSPECIFIED", null)]
    [InlineData("unspecified", null)]
    [InlineData("", null)]
    [InlineData("standard", "standard")]
    [InlineData("default", "standard")]
    [InlineData("ON_DEMAND", "standard")]
    [InlineData("batch", "batch")]
    [InlineData("Batch", "batch")]
    [InlineData("flex", "flex")]
    [InlineData("FLEX", "flex")]
    [InlineData("ON_DEMAND_FLEX", "flex")]
    [InlineData("Priority", "priority")]
    [InlineData("ON_DEMAND_PRIORITY", "priority")]
    [InlineData("PROVISIONED_THROUGHPUT", "provisioned")]
    [InlineData("scale", "scale")]
    [InlineData("Scale", "scale")]
    [InlineData("Auto", null)]
    [InlineData("Default", "standard")]
    [InlineData("Turbo", "Turbo")]
    public void Read_Tier_IsOneName(string word, string? tier)
    {
        string[] places =
        [
            $$"""{ "service_tier": "{{word}}" }""", $$"""{ "serviceTier": { "type": "{{word}}" } }""",
            $$"""{ "usage": { "service_tier": "{{word}}" } }""", $$"""{ "usage": { "serviceTier": "{{word}}" } }""",
            $$"""{ "usageMetadata": { "trafficType": "{{word}}" } }""", $$"""{ "metadata": { "serviceTier": { "type": "{{word}}" } } }""",
        ];

        Assert.All(places, body => Assert.Equal(tier, Read(body).Tier));
    }

    /// <summary>Vertex also writes numbers; a tier that says nothing leaves the one that was said before.</summary>
    [Theory]
    [InlineData("""{ "usageMetadata": { "trafficType": 2 } }""", "provisioned")]
    [InlineData("""{ "usageMetadata": { "trafficType": 1 } }""", "standard")]
    [InlineData("""{ "usageMetadata": { "trafficType": 0 } }""", null)]
    [InlineData("""{ "usageMetadata": { "serviceTier": "flex", "trafficType": 1 } }""", "flex")]
    [InlineData("""{ "usage": { "service_tier": "flex" }, "service_tier": "auto" }""", "flex")]
    [InlineData("""{ "usage": { "service_tier": 2 } }""", null)]
    public void Read_TierInNumbersOrTwice_IsTheOneThatSaysMore(string body, string? tier) => Assert.Equal(tier, Read(body).Tier);

    [Theory]
    [InlineData("speed", "fast", "fast")]
    [InlineData("speed", "Fast", "fast")]
    [InlineData("speed", "standard", "standard")]
    [InlineData("speed", "normal", "standard")]
    [InlineData("speed", "", null)]
    [InlineData("speed", "Odd", "Odd")]
    [InlineData("inference_geo", "us", "us")]
    [InlineData("inference_geo", "US", "us")]
    [InlineData("inference_geo", "Global", "global")]
    [InlineData("inference_geo", "not_available", null)]
    [InlineData("inference_geo", "", null)]
    [InlineData("inference_geo", "Mars", "Mars")]
    public void Read_SpeedAndRegion_AreOneName(string field, string word, string? name)
    {
        RawUsage raw = Read($$"""{ "usage": { "{{field}}": "{{word}}" } }""");

        Assert.Equal((field == "speed" ? name : null, field == "speed" ? null : name), (raw.Speed, raw.Region));
    }

    [Theory]
    [InlineData("""{ "type": "message" }""", "MessageType")]
    [InlineData("""{ "type": "message_start" }""", "MessageType, Start")]
    [InlineData("""{ "type": "message_delta" }""", "MessageType, Finished")]
    [InlineData("""{ "type": "message_stop" }""", "MessageType, Finished")]
    [InlineData("""{ "type": "response.completed" }""", "Responses, Finished")]
    [InlineData("""{ "type": "response.incomplete" }""", "Responses, Finished")]
    [InlineData("""{ "type": "response.failed" }""", "Responses, Finished")]
    [InlineData("""{ "type": "response.done" }""", "Realtime, Finished")]
    [InlineData("""{ "type": "transcript.text.done" }""", "Transcription, Finished")]
    [InlineData("""{ "type": "image_generation.completed" }""", "ImageBody, Finished")]
    [InlineData("""{ "type": "image_edit.completed" }""", "ImageBody, Finished")]
    [InlineData("""{ "type": "message-end" }""", "Finished")]
    [InlineData("""{ "type": "m\u0065ssage" }""", "MessageType")]
    [InlineData("""{ "type": "ping" }""", "None")]
    [InlineData("""{ "object": "response" }""", "Responses")]
    [InlineData("""{ "object": "chat.completion" }""", "Chat")]
    [InlineData("""{ "object": "chat.completion.chunk" }""", "Chat")]
    [InlineData("""{ "object": "text_completion" }""", "Chat")]
    [InlineData("""{ "object": "list" }""", "List")]
    [InlineData("""{ "object": "rerank" }""", "Rerank")]
    [InlineData("""{ "object": "realtime.response" }""", "Realtime")]
    [InlineData("""{ "object": "batch" }""", "Responses, Batch")]
    [InlineData("""{ "object": "model" }""", "None")]
    [InlineData("""{ "status": "completed" }""", "Finished, Answer")]
    [InlineData("""{ "status": "incomplete" }""", "Finished")]
    [InlineData("""{ "status": "failed" }""", "Finished")]
    [InlineData("""{ "status": "canceled" }""", "Finished")]
    [InlineData("""{ "status": "in_progress" }""", "Content, Pending")]
    [InlineData("""{ "status": "queued" }""", "Content, Pending")]
    [InlineData("""{ "status": "odd" }""", "None")]
    [InlineData("""{ "done": true }""", "Finished")]
    [InlineData("""{ "done": false }""", "Content")]
    [InlineData("""{ "done": 1 }""", "None")]
    [InlineData("""{ "stop_reason": "end_turn" }""", "Finished, Answer")]
    [InlineData("""{ "stop_reason": "" }""", "None")]
    [InlineData("""{ "status": "completed", "done": true, "stop_reason": "end_turn", "type": "message-end" }""", "Finished, Answer")] // said again
    [InlineData("""{ "type": "message-end", "stop_reason": "end_turn", "done": true, "status": "completed" }""", "Finished, Answer")]
    [InlineData("""{ "object": "list", "response": { "object": "list" } }""", "List")]
    [InlineData("""{ "choices": [{}, {}], "output_format": "png", "background": "opaque" }""", "ImageBody, Chat, Content, Answer")]
    [InlineData("""{ "usage": { "citation_tokens": 1, "cost": { "total_cost": 1 } } }""", "PerplexityCost, Usage")]
    [InlineData("""{ "usage": { "cost_details": { }, "cost": 1 } }""", "OpenRouterCost, Usage")]
    [InlineData("""{ "usage": { "type": "duration", "seconds": 1 } }""", "Seconds, Transcription, Usage")]
    [InlineData("""{ "usage": { "seconds": 1, "type": "duration" } }""", "Seconds, Transcription, Usage")]
    [InlineData("""{ "delta": { "stop_reason": "end_turn" } }""", "Finished, Answer")]
    [InlineData("""{ "delta": { "finish_reason": "COMPLETE" } }""", "Finished, Answer")]
    [InlineData("""{ "choices": [] }""", "Chat")]
    [InlineData("""{ "status": "validating" }""", "Pending")]
    [InlineData("""{ "status": "finalizing" }""", "Pending")]
    [InlineData("""{ "status": "cancelled" }""", "Finished")]
    [InlineData("""{ "stop_reason": "refusal" }""", "Finished, Refused")]
    [InlineData("""{ "finish_reason": "content_filter" }""", "Finished")]
    [InlineData("""{ "content": [{}] }""", "Answer")]
    [InlineData("""{ "content": "a" }""", "Answer")]
    [InlineData("""{ "content": [] }""", "None")]
    [InlineData("""{ "content": "" }""", "None")]
    [InlineData("""{ "output": { "message": { } } }""", "Answer")]
    [InlineData("""{ "output": [{ }] }""", "Answer")]
    [InlineData("""{ "type": "turn.completed" }""", "Responses, Finished, Sum")]
    [InlineData("""{ "modelUsage": { } }""", "Usage, Sum")]
    [InlineData("""{ "recordId": "a" }""", "Batch")]
    [InlineData("""{ "modelOutput": { } }""", "Batch")]
    [InlineData("""{ "processed_time": "a" }""", "Batch")]
    [InlineData("""{ "key": "a" }""", "Key")]
    [InlineData("""{ "metadata": { "key": "a" } }""", "Key")]
    [InlineData("""{ "choices": [{}] }""", "Chat, Content, Answer")]
    [InlineData("""{ "choices": [{ "finish_reason": "stop" }] }""", "Chat, Content, Finished, Answer")]
    [InlineData("""{ "candidates": [{ "finishReason": "STOP" }] }""", "Content, Finished, Answer")]
    [InlineData("""{ "background": "opaque" }""", "ImageBody")]
    [InlineData("""{ "output_format": "png" }""", "ImageBody")]
    [InlineData("""{ "custom_id": "a" }""", "Batch")]
    [InlineData("""{ "usage": { "type": "tokens" } }""", "Transcription, Usage")]
    [InlineData("""{ "usage": { "type": "duration" } }""", "Transcription, Usage")]
    [InlineData("""{ "usage": { "type": "odd" } }""", "Usage")]
    [InlineData("""{ "usage": { "seconds": 1.5 } }""", "Seconds, Transcription, Usage")]
    [InlineData("""{ "usage": { "prompt_audio_seconds": 1 } }""", "Mistral, Usage")]
    [InlineData("""{ "usage": { "cost": 0.5 } }""", "OpenRouterCost, Usage")]
    [InlineData("""{ "usage": { "cost": { "total_cost": 0.5 } } }""", "PerplexityCost, Usage")]
    [InlineData("""{ "usage": { "cost_details": {} } }""", "OpenRouterCost, Usage")]
    [InlineData("""{ "usage": { "is_byok": false } }""", "OpenRouterCost, Usage")]
    [InlineData("""{ "usage": { "is_byok": true } }""", "OpenRouterCost, Usage, OwnKey")]
    [InlineData("""{ "usage": { "cost_in_usd_ticks": 1 } }""", "Xai, Usage")]
    [InlineData("""{ "usage": { "search_context_size": "low" } }""", "PerplexityCost, Usage")]
    [InlineData("""{ "meta": { "usage": 1 } }""", "Usage")]
    public void Read_WhatABodyShows_IsEvidence(string body, string marks) => Assert.Equal(marks, Read(body).Marks.ToString());

    /// <summary>Money: 25,000,000 ticks of xAI are 0.0025 USD.</summary>
    [Theory]
    [InlineData("""{ "cost": 0.5 }""", "0.5", null, null)]
    [InlineData("""{ "cost": { "total_cost": 0.25, "currency": "usd" } }""", "0.25", "USD", null)]
    [InlineData("""{ "cost": { "currency": "EUR", "total_cost": 0.25 } }""", "0.25", "EUR", null)]
    [InlineData("""{ "cost_in_usd_ticks": 25000000 }""", "0.0025", null, null)]
    [InlineData("""{ "cost_details": { "upstream_inference_cost": 0.125 } }""", null, null, "0.125")]
    public void Read_Money_IsExact(string usage, string? cost, string? currency, string? upstream)
    {
        RawUsage raw = Read($$"""{ "usage": {{usage}} }""");

        Assert.Equal((cost, currency, upstream), (Text(raw.Cost), raw.CostCurrency, Text(raw.Upstream)));

        static string? Text(decimal? amount) => amount?.ToString("0.####", System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>2026-03-01T00:00:00Z is the second 1,772,323,200.</summary>
    [Theory]
    [InlineData("\"created\": 1772323200", true)]
    [InlineData("\"created\": 1772323200.9", true)]
    [InlineData("\"created\": \"1772323200\"", true)]
    [InlineData("\"created_at\": \"2026-03-01T00:00:00Z\"", true)]
    [InlineData("\"created_at\": \"2026-03-01T02:00:00+02:00\"", true)]
    [InlineData("\"createTime\": \"2026-02-28T19:00:00-05:00\"", true)]
    [InlineData("\"created\": 1772323200, \"created_at\": 1", true)] // the first that is stated
    [InlineData("\"created_at\": \"2026-03-01T00:00:00\"", false)] // of which time zone?
    [InlineData("\"created\": 0", false)]
    [InlineData("\"created\": -1", false)]
    [InlineData("\"created\": 4102444800", false)] // 2100: no time at all
    [InlineData("\"created\": 1772323200000", true)] // milliseconds
    [InlineData("\"created\": 1772323200000000", true)] // microseconds
    [InlineData("\"created\": 1772323200000000000", true)] // nanoseconds
    [InlineData("\"created_at\": \"2026-03-01T01:00:00\\u002B01:00\"", true)] // as System.Text.Json writes the plus sign
    [InlineData("\"createTime\": \"2026-03-01T01:00:00\\u002b01:00\"", true)]
    [InlineData("\"created_at\": \"2026-03-01 01:00:00+0100\"", true)]
    [InlineData("\"created_at\": \"2026-03-01t00:00:00.000000000z\"", true)]
    [InlineData("\"created_at\": \"1772323200000\"", true)]
    [InlineData("\"created\": 1e400", false)]
    [InlineData("\"created\": true", false)]
    [InlineData("\"created\": \"soon\"", false)]
    public void Read_Instant_IsThatOfTheAnswer(string field, bool isKnown) =>
        Assert.Equal(isKnown ? new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero) : null, Read($"{{ {field} }}").At);

    [Fact]
    public void Read_LatestSecond_IsAnInstant() => Assert.Equal(
        new DateTimeOffset(2099, 12, 31, 23, 59, 59, TimeSpan.Zero), Read("""{ "created": 4102444799 }""").At);

    /// <summary>The id of the answer is the innermost; a longer one than 256 letters is none.</summary>
    [Theory]
    [InlineData("""{ "id": "a" }""", "a", null, null)]
    [InlineData("""{ "responseId": "a" }""", "a", null, null)]
    [InlineData("""{ "id": "line", "response": { "request_id": "r", "body": { "id": "a" } }, "custom_id": "c" }""", "a", "r", "c")]
    [InlineData("""{ "response": { "body": { "id": "a" } }, "id": "line" }""", "a", null, null)]
    [InlineData("""{ "id": "", "request_id": "", "custom_id": "" }""", null, null, null)]
    [InlineData("""{ "id": 1 }""", null, null, null)]
    [InlineData("""{ "message": { "model": "m" }, "id": "a" }""", "a", null, null)]
    public void Read_Ids_AreThoseOfTheAnswer(string body, string? response, string? request, string? item) => Assert.Equal(
        new CallIdentity { ResponseId = response, RequestId = request, BatchItemId = item }, Read(body).Identity);

    [Theory]
    [InlineData(256, true)]
    [InlineData(257, false)]
    public void Read_LongId_IsNone(int length, bool isKept) =>
        Assert.Equal(isKept, Read($$"""{ "id": "{{new string('a', length)}}" }""").Identity.ResponseId is not null);

    [Theory]
    [InlineData("""{ "model": "m" }""", "m")]
    [InlineData("""{ "modelVersion": "m" }""", "m")]
    [InlineData("""{ "response": { "model": "m" }, "model": "" }""", "m")]
    [InlineData("""{ "model": "" }""", null)]
    public void Read_Model_IsTheOneThatIsNamed(string body, string? model) => Assert.Equal(model, Read(body).Model);

    [Theory]
    [InlineData("""{ "quality": "high" }""", "Quality=high")]
    [InlineData("""{ "size": "1024x1024" }""", "Size=1024x1024")]
    [InlineData("""{ "usage": { "search_context_size": "low" } }""", "SearchContextSize=low")]
    [InlineData("""{ "performanceConfig": { "latency": "optimized" } }""", "Latency=optimized")]
    [InlineData("""{ "metadata": { "performanceConfig": { "latency": "Standard" } } }""", "Latency=standard")]
    [InlineData("""{ "quality": "" }""", "")]
    [InlineData("""{ "quality": " " }""", "")]
    public void Read_Attributes_AreThoseOfTheCall(string body, string attributes) =>
        Assert.Equal(attributes, Read(body).Attributes.ToAttributes().ToString(), ignoreCase: true);

    [Theory]
    [InlineData("30m", null, null)] // the default
    [InlineData("1h", "1h", null)]
    [InlineData("2d", null, "2d")]
    public void Read_TimeToLiveOfTheRequest_IsKept(string ttl, string? kept, string? unknown)
    {
        RawUsage raw = Read($$"""{ "prompt_cache_options": { "ttl": "{{ttl}}" } }""");

        Assert.Equal((kept, unknown), (raw.Kept?.TimeToLive, raw.UnknownTimeToLive));
    }

    private static RawUsage Read(string body)
    {
        RawUsage raw = default;
        FieldExtractor.Read(Encoding.UTF8.GetBytes(body), ref raw);
        return raw;
    }
}
