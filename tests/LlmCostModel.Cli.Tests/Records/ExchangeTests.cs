using System.Text.Json;

namespace LlmCostModel.Cli.Tests.Records;

/// <summary>Requests and responses as logs keep them, under every name: what only the request says decides the price.</summary>
public sealed class ExchangeTests
{
    private const string Request = """{"model":"claude-sonnet-4-5","messages":[{"role":"user","content":[{"type":"text","text":"x","cache_control":{"type":"ephemeral","ttl":"1h"}}]}]}""";

    private const string Response = """{"id":"msg_1","type":"message","model":"claude-sonnet-4-5","content":[],"usage":{"input_tokens":0,"output_tokens":0,"cache_creation_input_tokens":1000}}""";

    /// <summary>1,000 tokens written for an hour, at 6 USD per million.</summary>
    [Theory]
    [InlineData("""{"request":{0},"response":{1}}""")]
    [InlineData("""{"response":{1},"request":{0}}""")]
    [InlineData("""{"req":{0},"res":{1}}""")]
    [InlineData("""{"input":{0},"output":{1}}""")]
    [InlineData("""{"request":{"method":"POST","body":{0}},"response":{"status":200,"body":{1}}}""")]
    [InlineData("""{"body":{"request":{0},"response":{1}}}""")]
    [InlineData("""{"data":{"req":{0},"res":{1}}}""")]
    [InlineData("""{"level":"info","payload":{"data":{"input":{0},"output":{1}}}}""")]
    [InlineData("""{"recordId":"r","modelInput":{0},"modelOutput":{1}}""", "0.003")] // of a batch: half
    public void Price_WrappedRequest_SaysHowLongWritesAreKept(string shape, string total = "0.006")
    {
        JsonElement record = Price(shape.Replace("{0}", Request, StringComparison.Ordinal).Replace("{1}", Response, StringComparison.Ordinal));

        Assert.Equal(("priced", total), (record.GetProperty("status").GetString(), record.GetProperty("total").GetString()));
        Assert.Equal(1000, record.GetProperty("usage").GetProperty("cacheWrite1h").GetInt32());
    }

    /// <summary>A response alone, a level below; the time that was logged around it counts where it has none: o3 cost 10 USD per million
    /// before June 2025, and 2 since.</summary>
    [Theory]
    [InlineData("""{"data":{0}}""", "2")]
    [InlineData("""{"payload":{"body":{0}}}""", "2")]
    [InlineData("""{"timestamp":"2025-05-01T00:00:00Z","payload":{0}}""", "10")]
    [InlineData("""{"timestamp":"2025-05-01T00:00:00Z","res":{0}}""", "10")]
    public void Price_WrappedResponse_IsRead(string shape, string total)
    {
        const string Body = """{"id":"c","object":"chat.completion","model":"o3","usage":{"prompt_tokens":1000000,"completion_tokens":0,"total_tokens":1000000}}""";

        Assert.Equal(total, Price(shape.Replace("{0}", Body, StringComparison.Ordinal), "--at", "2026-05-01").GetProperty("total").GetString());
    }

    /// <summary>Model, tier, size and quality that only the request names.</summary>
    [Theory]
    [InlineData("""{"request":{"model":"dall-e-3","size":"1024x1024","quality":"hd"},"response":{"created":1738000000,"data":[{"url":"x"},{"url":"y"}]}}""", "0.16")] // 2 x 0.08
    [InlineData("""{"request":{"model":"gpt-4o","service_tier":"priority"},"response":{"id":"c","object":"chat.completion","created":1764000000,"model":"gpt-4o","usage":{"prompt_tokens":1000,"completion_tokens":100,"total_tokens":1100}}}""", "0.00595")] // 1,000 x 4.25 + 100 x 17
    [InlineData("""{"request":{"modelId":"amazon.nova-lite-v1:0"},"response":{"output":{"message":{"content":[]}},"stopReason":"end_turn","usage":{"inputTokens":1000,"outputTokens":100,"totalTokens":1100}}}""", "0.000084")] // 1,000 x 0.06 + 100 x 0.24
    public void Price_WhatOnlyTheRequestSays_Decides(string record, string total) =>
        Assert.Equal(total, Price(record, "--at", "2026-05-01").GetProperty("total").GetString());

    /// <summary>What a model wrote is no bill, and an exchange is no usage record.</summary>
    [Theory]
    [InlineData("""{"input":{"model":"gpt-4o"},"output":{"content":"{\"usage\":{\"prompt_tokens\":1}}","role":"assistant"}}""", "The response has no usage of a known shape.")]
    [InlineData("""{"input":{"model":"gpt-4o"},"output":"{\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1}}"}""", "The response has no usage of a known shape.")]
    [InlineData("""{"req":{"model":"gpt-4o"},"res":{"error":{"message":"bad"}}}""", "The response is an error, which states no usage")]
    public void Price_ExchangeWithoutUsage_IsRejectedAsOne(string record, string why)
    {
        string reason = CliRunner.RunWith(record, "price", "-").Error;

        Assert.Contains(why, reason, StringComparison.Ordinal);
        Assert.DoesNotContain("As a usage record", reason, StringComparison.Ordinal);
    }

    /// <summary>Gemini's batch with its answers inside: half of 10 x 0.30 + 5 x 2.50 per million, and a request that failed.</summary>
    [Theory]
    [InlineData("""{"name":"batches/1","metadata":{"createTime":"2026-05-01T00:00:00Z"},"response":{"inlinedResponses":{"inlinedResponses":[{0}]}}}""")]
    [InlineData("""{"name":"batches/1","dest":{"inlined_responses":[{0}]}}""")]
    public void Price_BatchWithItsAnswersInside_IsARecordEach(string shape)
    {
        const string Answers = """{"response":{"modelVersion":"gemini-2.5-flash","candidates":[{"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":10,"candidatesTokenCount":5,"totalTokenCount":15}},"metadata":{"key":"a"}},{"error":{"code":3,"message":"x"},"metadata":{"key":"b"}}""";
        CliResult result = CliRunner.RunWith(shape.Replace("{0}", Answers, StringComparison.Ordinal), "price", "-", "--each", "--at", "2026-05-01");
        JsonElement[] records = [.. result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];

        Assert.Equal(["priced", "notBilled"], records.Select(record => record.GetProperty("status").GetString()));
        Assert.Equal("0.00000775", records[0].GetProperty("total").GetString());
    }

    private static JsonElement Price(string record, params string[] options) =>
        CliRunner.RunWith(record, ["price", "-", "--each", .. options]).Json;

    [Theory]
    [InlineData("""{"recordId":"A","modelInput":{},"modelOutput":{"type":"message","model":"claude-sonnet-4-5","content":[{}],"usage":{"input_tokens":8,"output_tokens":3}}}""", "bedrock")]
    [InlineData("""{"request":{},"response":{"candidates":[{}],"usageMetadata":{"promptTokenCount":10,"candidatesTokenCount":5},"modelVersion":"gemini-2.5-flash"},"processed_time":"2026-03-01T10:00:00Z"}""", "vertex")]
    public void Price_BatchLineOfAPlatform_SaysWhosePricesTheyAre(string line, string platform)
    {
        string hint = $"Lines of batch files of {platform} are priced by their makers. Say --provider {platform}, and --region where prices differ.";

        Assert.Contains(hint, CliRunner.RunWith(line, "price", "-", "--at", "2026-03-01").Error, StringComparison.Ordinal);
        Assert.DoesNotContain("priced by their makers", CliRunner.RunWith(line, "price", "-", "--provider", platform).Error, StringComparison.Ordinal);
    }
}
