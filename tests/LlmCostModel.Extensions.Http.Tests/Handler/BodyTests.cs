using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using LlmCostModel.Extensions.AI.Tests;
using static LlmCostModel.Extensions.AI.Tests.LoopbackModel;

namespace LlmCostModel.Extensions.Http.Tests;

/// <summary>Whatever shape an answer has, it costs what its body says.</summary>
public sealed class BodyTests
{
    /// <summary>1,000 x 2 + 100 x 8 = 2,800 millionths.</summary>
    private const string Chat = """{"id":"c1","object":"chat.completion","model":"gpt-test","choices":[{"index":0,"message":{"role":"assistant","content":"Hi."}}],"usage":{"prompt_tokens":1000,"completion_tokens":100,"total_tokens":1100}}""";

    private const string Events = """
        data: {"id":"c1","object":"chat.completion.chunk","model":"gpt-test","choices":[{"index":0,"delta":{"content":"Hi."}}]}

        data: {"id":"c1","object":"chat.completion.chunk","model":"gpt-test","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

        data: {"id":"c1","object":"chat.completion.chunk","model":"gpt-test","choices":[],"usage":{"prompt_tokens":1000,"completion_tokens":100,"total_tokens":1100}}

        data: [DONE]


        """;

    private const string GeminiList = """
        [{"candidates":[{"content":{"parts":[{"text":"Hi"}]}}],"usageMetadata":{"promptTokenCount":1000,"totalTokenCount":1000},"modelVersion":"gpt-test"},
         {"candidates":[{"content":{"parts":[{"text":"."}]},"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":1000,"candidatesTokenCount":100,"totalTokenCount":1100},"modelVersion":"gpt-test"}]
        """;

    private const string OllamaLines = """
        {"model":"gpt-test","created_at":"2026-01-01T00:00:00Z","message":{"role":"assistant","content":"Hi"},"done":false}
        {"model":"gpt-test","created_at":"2026-01-01T00:00:00Z","message":{"role":"assistant","content":""},"done":true,"prompt_eval_count":1000,"eval_count":100}

        """;

    private static readonly string[] MessageEvents =
    [
        """{"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"claude-test","usage":{"input_tokens":1000,"output_tokens":1}}}""",
        """{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hi."}}""",
        """{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":100}}""",
        """{"type":"message_stop"}""",
    ];

    public static TheoryData<string, string?> Shapes => new()
    {
        { Chat, "application/json" },
        { Chat, "application/json; charset=utf-8" },
        { Chat, "text/plain" },
        { Chat, null },
        { "\uFEFF" + Chat, "application/json" },
        { Events, "text/event-stream" },
        { Events.ReplaceLineEndings("\r\n"), "text/event-stream; charset=utf-8" },
        { Events, "application/json" }, // a server that misnames its streams
        { Events, "text/plain" },
        { GeminiList, "application/json" },
        { OllamaLines, "application/x-ndjson" },
        { OllamaLines, "application/json" },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Post_AnyShape_CostsWhatTheBodySays(string body, string? type)
    {
        using Tracked tracked = new(new ScriptedHandler(_ => ScriptedHandler.Body(Encoding.UTF8.GetBytes(body), type)));

        Assert.Equal("0.0028 USD", (await tracked.PostAsync()).Total.ToString());
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task Post_PackedBody_IsReadAndHandedOnPacked(string encoding)
    {
        byte[] packed = Pack(Events, encoding);
        using Tracked tracked = new(new ScriptedHandler(_ =>
        {
            HttpResponseMessage response = ScriptedHandler.Body(packed, "text/event-stream");
            response.Content.Headers.ContentEncoding.Add(encoding);
            return response;
        }));

        using HttpResponseMessage response = await tracked.Client.PostAsync(Tracked.Chat, new StringContent("{}"));

        Assert.Equal(packed, await response.Content.ReadAsByteArrayAsync());
        Assert.Equal("0.0028 USD", Assert.Single(tracked.Costs).Total.ToString());
    }

    [Fact]
    public async Task Post_PackedInAnUnknownWay_IsUnknownForThatReason()
    {
        using Tracked tracked = new(new ScriptedHandler(_ =>
        {
            HttpResponseMessage response = ScriptedHandler.Body([1, 2, 3], "application/json");
            response.Content.Headers.ContentEncoding.Add("zstd");
            return response;
        }));

        Assert.Equal("The response is packed in a way that is not known here (zstd).", (await tracked.PostAsync()).Issues[0].Message);
    }

    /// <summary>Answers that the middleware's tests know: the same amounts, though no library keeps anything here.</summary>
    [Theory]
    [InlineData("https://api.openai.com/v1/chat/completions", false)]
    [InlineData("https://api.openai.com/v1/chat/completions", true)]
    [InlineData("https://api.openai.com/v1/responses", false)]
    [InlineData("https://api.openai.com/v1/responses", true)]
    [InlineData("https://api.anthropic.com/v1/messages", false)]
    [InlineData("https://api.anthropic.com/v1/messages", true)]
    public async Task Post_ScriptedAnswer_CostsWhatTheMiddlewareSays(string address, bool isStream)
    {
        bool isClaude = address.EndsWith("messages", StringComparison.Ordinal);
        Reply reply = (address.Split('/')[^1], isStream) switch
        {
            ("completions", false) => Bodies.Chat(),
            ("completions", true) => Bodies.ChatStream(),
            ("responses", false) => Bodies.Responses(),
            ("responses", true) => Bodies.ResponsesStream(),
            (_, false) => Bodies.Messages(),
            _ => Bodies.MessagesStream(),
        };
        using Tracked tracked = new(
            new ScriptedHandler(_ => isStream ? ScriptedHandler.Events(reply.Body) : ScriptedHandler.Json(reply.Body)), TestRates.Estimator);

        CallCost cost = await tracked.PostAsync(address);

        Assert.Equal(new Money(isClaude ? TestRates.AnthropicAmount : TestRates.OpenAIFlexAmount, "USD"), cost.Total);
        Assert.Equal(CostStatus.Priced, cost.Status);
        Assert.Equal(UsageOrigin.Provider, cost.Priced.Call.Reading.Origin);
    }

    /// <summary>Amazon's frames: InvokeModel's hold the event of the model in base64, Converse's the counts alone.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Post_StreamOfBedrock_CostsWhatItsFramesSay(bool isConverse)
    {
        string[] payloads = isConverse
            ? ["""{"contentBlockIndex":0,"delta":{"text":"Hi."},"p":"abc"}""", """{"stopReason":"end_turn"}""", """{"metrics":{"latencyMs":1},"usage":{"inputTokens":1000,"outputTokens":100,"totalTokens":1100}}"""]
            : [.. MessageEvents.Select(one => $$"""{"bytes":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes(one))}}","p":"abcdef"}""")];
        using Tracked tracked = new(new ScriptedHandler(_ => ScriptedHandler.Body([.. payloads.SelectMany(Frame)], "application/vnd.amazon.eventstream")));

        CallCost cost = await tracked.PostAsync($"https://bedrock-runtime.us-east-1.amazonaws.com/model/vendor.claude-test-v1%3A0/{(isConverse ? "converse-stream" : "invoke-with-response-stream")}", "{}");

        Assert.Equal("0.45 USD", cost.Total.ToString()); // 1,000 x 300 + 100 x 1500 = 450,000 millionths
        Assert.Equal(CostStatus.Priced, cost.Status);
    }

    [Fact]
    public async Task Post_BrokenFrames_AreUnknownForThatReason()
    {
        using Tracked tracked = new(new ScriptedHandler(_ => ScriptedHandler.Body(new byte[100], "application/vnd.amazon.eventstream")));

        CallCost cost = await tracked.PostAsync("https://bedrock-runtime.us-east-1.amazonaws.com/model/vendor.claude-test-v1%3A0/converse-stream");

        Assert.Equal("A frame of the stream states a length of 0 bytes, so the stream is not read.", cost.Issues[0].Message);
    }

    /// <summary>What a model writes is text: no amount of it in the shape of a bill is one.</summary>
    [Theory]
    [InlineData("""{"object":"chat.completion","model":"gpt-test","usage":{"prompt_tokens":1000000000,"completion_tokens":0,"total_tokens":1000000000}}""")]
    [InlineData("""{"usage":{"input_tokens":0,"output_tokens":0}}""")]
    [InlineData("\n\ndata: {\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":7,\"total_tokens\":14}}\n\n")]
    [InlineData("\"},\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":7,\"total_tokens\":14}}")]
    public async Task Post_ModelThatWritesBills_CostsWhatItsBodySays(string text)
    {
        string written = JsonEncodedText.Encode(text).ToString();
        string body = Chat.Replace("Hi.", written, StringComparison.Ordinal);
        string events = Events.Replace("Hi.", written, StringComparison.Ordinal);
        foreach ((string answer, string type) in new[] { (body, "application/json"), (events, "text/event-stream") })
        {
            using Tracked tracked = new(new ScriptedHandler(_ => ScriptedHandler.Body(Encoding.UTF8.GetBytes(answer), type)));

            Assert.Equal("0.0028 USD", (await tracked.PostAsync()).Total.ToString());
        }
    }

    /// <summary>Several answers in one stream are several calls: (1,000 x 2 + 100 x 8) twice.</summary>
    [Fact]
    public async Task Post_TwoAnswersInOneStream_AreTwoCalls()
    {
        string second = Events.Replace("\"c1\"", "\"c2\"", StringComparison.Ordinal);
        using Tracked tracked = new(new ScriptedHandler(_ => ScriptedHandler.Events(Events + second)));

        using HttpResponseMessage response = await tracked.Client.PostAsync(Tracked.Chat, new StringContent("{}"));

        Assert.Equal(["0.0028 USD", "0.0028 USD"], tracked.Costs.Select(cost => cost.Total.ToString()));
    }

    [Fact]
    public async Task Post_BodyLargerThanIsKept_IsUnknownForThatReason()
    {
        string choices = string.Join(',', Enumerable.Range(0, 60_000).Select(i => string.Create(CultureInfo.InvariantCulture, $$$"""{"index":{{{i}}},"message":{"content":"Hi."}}""")));
        using Tracked tracked = new($$$"""{"object":"chat.completion","model":"gpt-test","choices":[{{{choices}}}],"usage":{"prompt_tokens":1000,"completion_tokens":100,"total_tokens":1100}}""");

        CallCost cost = await tracked.PostAsync();

        Assert.Equal(CostStatus.Unpriced, cost.Status);
        Assert.Equal("The response is larger than is kept of one (1048576 bytes without texts), so its usage is not read.", cost.Issues[0].Message);
    }

    /// <summary>Vectors and pictures do not count as what is kept: 5,000 x 0.02 = 100 millionths.</summary>
    [Fact]
    public async Task Post_MegabytesOfVectors_CostTheirInput()
    {
        string vector = string.Join(',', Enumerable.Repeat("-0.0123456789", 3_072));
        string data = string.Join(',', Enumerable.Range(0, 200).Select(i => string.Create(CultureInfo.InvariantCulture, $$"""{"object":"embedding","index":{{i}},"embedding":[{{vector}}]}""")));
        using Tracked tracked = new($$$"""{"object":"list","model":"embed-test","data":[{{{data}}}],"usage":{"prompt_tokens":5000,"total_tokens":5000}}""");

        CallCost cost = await tracked.PostAsync("https://api.openai.com/v1/embeddings", """{"model":"embed-test","input":"x"}""");

        Assert.Equal("0.0001 USD", cost.Total.ToString());
        Assert.Equal("embeddings", cost.Operation);
    }

    private static byte[] Pack(string text, string encoding)
    {
        using MemoryStream packed = new();
        using (Stream packer = encoding switch
        {
            "gzip" => new GZipStream(packed, CompressionLevel.Fastest),
            "br" => new BrotliStream(packed, CompressionLevel.Fastest),
            _ => new ZLibStream(packed, CompressionLevel.Fastest),
        })
        {
            packer.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }

    private static IEnumerable<byte> Frame(string payload)
    {
        byte[] headers = [1, (byte)'x', 0]; // one header: a name and the value true
        byte[] body = Encoding.UTF8.GetBytes(payload);
        int length = 12 + headers.Length + body.Length + 4;
        return [.. BigEndian(length), .. BigEndian(headers.Length), 0, 0, 0, 0, .. headers, .. body, 0, 0, 0, 0];
    }

    private static byte[] BigEndian(int value) => [(byte)(value >> 24), (byte)((value >> 16) & 255), (byte)((value >> 8) & 255), (byte)(value & 255)];
}
