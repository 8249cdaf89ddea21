using System.Text;

namespace LlmCostModel.Tests.Responses;

public sealed class ModelCallTests
{
    [Theory]
    [InlineData("""{"id":"chatcmpl-1","object":"chat.completion","usage":{"prompt_tokens":1,"completion_tokens":1}}""", "chatcmpl-1", null, null)]
    [InlineData("""{"responseId":"g-1","usageMetadata":{"promptTokenCount":1}}""", "g-1", null, null)]
    [InlineData("""{"id":"batch_req_1","custom_id":"row 7","response":{"status_code":200,"request_id":"req-1","body":{"id":"chatcmpl-2","object":"chat.completion","usage":{"prompt_tokens":1,"completion_tokens":1}}}}""", "chatcmpl-2", "req-1", "row 7")]
    [InlineData("""{"response":{"request_id":"req-1","body":{"id":"chatcmpl-2","object":"chat.completion","usage":{"prompt_tokens":1,"completion_tokens":1}}},"id":"batch_req_1","custom_id":"row 7"}""", "chatcmpl-2", "req-1", "row 7")]
    [InlineData("""{"custom_id":"row 8","result":{"type":"succeeded","message":{"id":"msg_1","type":"message","usage":{"input_tokens":1,"output_tokens":1}}}}""", "msg_1", null, "row 8")]
    [InlineData("""{"type":"response.completed","response":{"id":"resp_1","object":"response","usage":{"input_tokens":1,"output_tokens":1}}}""", "resp_1", null, null)]
    [InlineData("""{"id":"","object":"chat.completion","usage":{"prompt_tokens":1,"completion_tokens":1}}""", null, null, null)]
    [InlineData("""{"id":7,"object":"chat.completion","usage":{"prompt_tokens":1,"completion_tokens":1}}""", null, null, null)]
    public void Identity_OfTheResponse_IsNotThatOfItsWrapper(string body, string? response, string? request, string? item) => Assert.Equal(
        new CallIdentity { ResponseId = response, RequestId = request, BatchItemId = item },
        ModelCall.FromResponse(Encoding.UTF8.GetBytes(body)).Identity);

    [Fact]
    public void Identity_OfAStream_IsThatOfItsMessage()
    {
        const string Stream = """
            data: {"type":"message_start","message":{"id":"msg_9","type":"message","model":"claude-test","usage":{"input_tokens":5,"output_tokens":1}}}

            data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":7}}

            data: {"type":"message_stop"}


            """;

        ModelCall call = ModelCall.FromStream(Encoding.UTF8.GetBytes(Stream));

        Assert.Equal("msg_9", call.Identity.Id);
        Assert.Equal(new TokenUsage { Input = 5, Output = 7 }, call.Reading.Usage);
    }

    [Fact]
    public void Context_TheCallersInstant_IsThatOfThePrices()
    {
        DateTimeOffset sent = new(2025, 1, 27, 0, 0, 0, TimeSpan.Zero);
        byte[] body = Encoding.UTF8.GetBytes("""{"object":"chat.completion","created":1738000000,"usage":{"prompt_tokens":1,"completion_tokens":1}}""");
        ModelCall call = ModelCall.FromResponse(body) with { Asked = new CallContext { At = sent.AddYears(1) } };

        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1738000000), call.Context.At);
        Assert.Equal(sent, (call with { At = sent }).Context.At);
    }

    /// <summary>The deployment whose price may be known is the one that the caller names, or else the model that was asked for.</summary>
    [Fact]
    public void Context_Deployment_IsTheCallersOrTheModelAskedFor()
    {
        ModelCall call = ModelCall.FromUsage("m", default) with { RequestedModel = "asked" };

        Assert.Equal("asked", call.Context.Deployment);
        Assert.Equal("named", (call with { Asked = new CallContext { Deployment = "named" } }).Context.Deployment);
        Assert.Null(ModelCall.FromUsage("m", default).Context.Deployment);
    }

    /// <summary>Each differs from the first in one thing.</summary>
    [Fact]
    public void Equals_OneThingDiffers_IsFalse()
    {
        ModelCall call = ModelCall.FromUsage("m", new TokenUsage { Input = 1 });
        ModelCall[] others =
        [
            call with { Identity = new() { RequestId = "r" } }, call with { At = DateTimeOffset.UnixEpoch }, call with { RequestedModel = "m" },
            call with { Asked = new() { Region = "us" } }, call with { Reading = call.Reading with { Model = "n" } },
        ];

        Assert.All(others, other => Assert.False(call.Equals(other)));
        Assert.False(call.Equals(null));
        Assert.Equal(call, ModelCall.FromUsage("m", new TokenUsage { Input = 1 }));
        Assert.Equal(call.GetHashCode(), ModelCall.FromUsage("m", new TokenUsage { Input = 1 }).GetHashCode());
    }

    [Fact]
    public void ToString_ModelThatAnswered_OrTheOneAskedFor()
    {
        ModelCall call = ModelCall.FromUsage("m", new TokenUsage { Input = 1 }) with { RequestedModel = "asked" };

        Assert.Equal("m: Input 1 (Complete)", call.ToString());
        Assert.Equal("asked: Input 1 (Complete)", (call with { Reading = call.Reading with { Model = null } }).ToString());
        Assert.Equal("unknown model: usage not stated (Unknown)", new ModelCall { Reading = default }.ToString());
    }

    [Fact]
    public void Reading_OfABody_IsTheProvidersOwn()
    {
        byte[] body = Encoding.UTF8.GetBytes("""{"object":"chat.completion","usage":{"prompt_tokens":1,"completion_tokens":1}}""");

        Assert.Equal(UsageOrigin.Provider, ModelCall.FromResponse(body).Reading.Origin);
        Assert.Equal(UsageOrigin.Application, ModelCall.FromUsage("m", new TokenUsage { Input = 1 }).Reading.Origin);
    }
}
