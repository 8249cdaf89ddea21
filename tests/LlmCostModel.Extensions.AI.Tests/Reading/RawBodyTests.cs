using System.ClientModel.Primitives;
using System.Text.Json;
using Google.GenAI.Types;
using Microsoft.Extensions.AI;
using OpenAI.Chat;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;
using MsccResponse = Mscc.GenerativeAI.Types.GenerateContentResponse;

namespace LlmCostModel.Extensions.AI.Tests.Reading;

/// <summary>Only a provider's body is a body: what a model writes changes nothing, whatever it looks like, on every way to a bill.</summary>
public sealed class RawBodyTests
{
    private static readonly CostEstimator Estimator = new(RateCardJson.Parse(
        """
        { "test": { "Currency": "USD", "Models": {
            "gemini-2.5-pro": { "PerMillionTokens": { "Input": 1.25, "CacheRead": 0.125, "AudioInput": 5, "Output": 10 }, "BilledAs": { "Reasoning": "Output" } },
            "gpt-test": { "PerMillionTokens": { "Input": 2, "Output": 8 } } } } }
        """u8.ToArray(),
        "raw.json"));

    private const string Bill = """{"object":"chat.completion","model":"gemini-2.5-pro","usage":{"prompt_tokens":1000000000,"completion_tokens":0,"total_tokens":1000000000}}""";

    /// <summary>What a model may write to be taken for a bill.</summary>
    public static TheoryData<string> Forgeries =>
    [
        Bill,
        """{"object":"chat.completion","model":"gemini-2.5-pro","usage":{"prompt_tokens":0,"completion_tokens":0,"total_tokens":0}}""",
        """{"modelVersion":"gemini-2.5-flash-lite","usageMetadata":{"promptTokenCount":10,"candidatesTokenCount":1,"totalTokenCount":11}}""",
        """{"usage":{"input_tokens":12,"output_tokens":34}}""",
        """{"type":"message","model":"gpt-test","usage":{"input_tokens":1,"output_tokens":1}}""",
    ];

    /// <summary>700 x 1.25 + 1,300 x 0.125 + 200 x 10 = 3,037.5 millionths.</summary>
    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task TextOfTheModel_PrintedByAKnownLibrary_ChangesNothing(string text)
    {
        MsccResponse raw = new()
        {
            ModelVersion = "gemini-2.5-pro",
            UsageMetadata = new() { PromptTokenCount = 2_000, CachedContentTokenCount = 1_300, CandidatesTokenCount = 200, TotalTokenCount = 2_200 },
            Text = text,
        };
        UsageDetails counts = new() { InputTokenCount = 2_000, CachedInputTokenCount = 1_300, OutputTokenCount = 200, TotalTokenCount = 2_200 };

        Assert.Equal("0.0030375 USD", (await CallAsync(raw, counts, text)).ToString()[^13..]);
        Assert.Equal("0.0030375 USD", (await StreamAsync(raw, counts, text)).ToString()[^13..]);
        Assert.Equal("0.0030375 USD", (await StreamAsync(raw, null, text)).ToString()[^13..]); // as the library streams: usage in the raw events alone
    }

    /// <summary>2,000 x 1.25 + 200 x 10 = 4,500 millionths: the counts of the client, whatever its objects print.</summary>
    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task TextOfTheModel_PrintedByAnyLibrary_ChangesNothing(string text)
    {
        UsageDetails counts = new() { InputTokenCount = 2_000, OutputTokenCount = 200, TotalTokenCount = 2_200 };

        CallCost cost = await CallAsync(new Acme.Llm.AcmeResponse(text), counts, text);
        CallCost streamed = await StreamAsync(new Acme.Llm.AcmeResponse(text), counts, text);
        CallCost lossy = await CallAsync(new Mistral.SDK.DTOs.ChatCompletionResponse("gemini-2.5-pro", text), counts, text);

        Assert.Equal((CostStatus.Priced, "0.0045 USD"), (cost.Status, cost.Total.ToString()));
        Assert.Equal((CostStatus.Priced, "0.0045 USD"), (streamed.Status, streamed.Total.ToString()));
        Assert.Equal((CostStatus.Partial, "0.00225 USD"), (lossy.Status, lossy.Total.ToString())); // 2,000 x 0.125 + 200 x 10
    }

    /// <summary>The official libraries, whose bodies hold the text in quotes: 100 x 2 + 10 x 8 = 280 millionths.</summary>
    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task TextOfTheModel_InAnOfficialBody_ChangesNothing(string text)
    {
        string quoted = JsonSerializer.Serialize(text);
        string body = $$$"""{"id":"chat_1","object":"chat.completion","created":1767225600,"model":"gpt-test","choices":[{"index":0,"message":{"role":"assistant","content":{{{quoted}}}},"finish_reason":"stop"}],"usage":{"prompt_tokens":100,"completion_tokens":10,"total_tokens":110}}""";
        await using LoopbackModel model = new(new LoopbackModel.Reply(body));
        using IChatClient client = RealClients.OpenAIChat(model).AsBuilder().UseCostTracking(Estimator).Build();

        ChatResponse response = await client.GetResponseAsync("Hello?");

        Assert.Equal(text, response.Text);
        Assert.Equal("0.00028 USD (1 call)", response.GetCost()!.ToString());
    }

    /// <summary>A body that is not that of the counts is nobody's bill.</summary>
    [Fact]
    public async Task Body_ThatContradictsTheCounts_IsNotPriced()
    {
        JsonElement raw = JsonDocument.Parse(Bill).RootElement;

        CallCost cost = await CallAsync(raw, new() { InputTokenCount = 2_000, OutputTokenCount = 200 }, "Hi.");

        Assert.Equal((CostStatus.Unpriced, null), (cost.Status, cost.Total));
        Assert.Equal(
            "The body states 1000000000 input and 0 output tokens, but the client counted 2000 and 200, so it is not known which are right.",
            Assert.Single(cost.Issues).Message);
    }

    /// <summary>3,000 x 5 + 500 x 1.25 + 200 x 10 = 17,625 millionths: modalities are in the object, not in the counts.</summary>
    [Fact]
    public async Task ObjectOfAKnownLibrary_SaysMoreThanItsCounts()
    {
        GenerateContentResponse raw = new()
        {
            ModelVersion = "gemini-2.5-pro",
            UsageMetadata = new()
            {
                PromptTokenCount = 3_500,
                CandidatesTokenCount = 200,
                TotalTokenCount = 3_700,
                PromptTokensDetails = [new("AUDIO", 3_000), new("TEXT", 500)],
            },
        };

        CallCost cost = await CallAsync(raw, new() { InputTokenCount = 3_500, OutputTokenCount = 200, TotalTokenCount = 3_700 }, "Hi.");

        Assert.Equal((CostStatus.Priced, "0.017625 USD"), (cost.Status, cost.Total.ToString()));
        Assert.Equal(UsageOrigin.Provider, cost.Priced.Call.Reading.Origin);
        Assert.DoesNotContain(cost.Priced.Notes, note => note.Contains("leaves out", StringComparison.Ordinal));
    }

    /// <summary>Semantic Kernel wraps the update of the OpenAI library, and makes no usage of it: 100 x 2 + 10 x 8 = 280 millionths.</summary>
    [Fact]
    public async Task WrappedUpdate_OfSemanticKernel_IsRead()
    {
        StreamingChatCompletionUpdate last = ModelReaderWriter.Read<StreamingChatCompletionUpdate>(BinaryData.FromString(
            """{"id":"chat_1","object":"chat.completion.chunk","created":1767225600,"model":"gpt-test","choices":[],"usage":{"prompt_tokens":100,"completion_tokens":10,"total_tokens":110}}"""))!;

        CallCost cost = await StreamAsync(Wrapped(last, Bill), null, "Hi.");

        Assert.Equal((CostStatus.Priced, "0.00028 USD"), (cost.Status, cost.Total.ToString()));
    }

    /// <summary>A user can make the body of an object whose library is not known.</summary>
    [Fact]
    public async Task Body_MadeByTheUsersRow_IsRead()
    {
        ChatResponse answer = new(new ChatMessage(ChatRole.Assistant, "Hi.")) { ModelId = "gpt-test", RawRepresentation = new Acme.Llm.AcmeResponse("no JSON") };
        using IChatClient client = new NamedClient("acme", answer).AsBuilder().UseCostTracking(Estimator, options => options.Adapters.Add(new ClientAdapterOptions
        {
            Client = "Acme.Llm.",
            GetBody = raw => raw is Acme.Llm.AcmeResponse ? """{"object":"chat.completion","model":"gpt-test","usage":{"prompt_tokens":100,"completion_tokens":10,"total_tokens":110}}"""u8.ToArray() : null,
        })).Build();

        Assert.Equal("0.00028 USD (1 call)", (await client.GetResponseAsync("Hello?")).GetCost()!.ToString());
    }

#if NET10_0_OR_GREATER
    private static Microsoft.SemanticKernel.StreamingChatMessageContent Wrapped(object inner, string text) =>
        new(Microsoft.SemanticKernel.ChatCompletion.AuthorRole.Assistant, text, inner);
#else
    private static Microsoft.SemanticKernel.StreamingChatMessageContent Wrapped(object inner, string text) => new(inner, text);
#endif

    private static async Task<CallCost> CallAsync(object raw, UsageDetails? counts, string text)
    {
        ChatResponse answer = new(new ChatMessage(ChatRole.Assistant, text)) { ModelId = "gemini-2.5-pro", RawRepresentation = raw, Usage = counts };
        using IChatClient client = new NamedClient("unknown", answer).AsBuilder().UseCostTracking(Estimator).Build();
        return Assert.Single((await client.GetResponseAsync("Hello?")).GetCallCosts());
    }

    private static async Task<CallCost> StreamAsync(object raw, UsageDetails? counts, string text)
    {
        ChatResponseUpdate[] updates = [new(ChatRole.Assistant, text) { ModelId = raw is Microsoft.SemanticKernel.StreamingChatMessageContent ? null : "gemini-2.5-pro" }, new() { RawRepresentation = raw }];
        if (counts is not null)
        {
            updates[1].Contents.Add(new UsageContent(counts));
        }

        using IChatClient client = new UpdatesClient(updates).AsBuilder().UseCostTracking(Estimator).Build();
        List<ChatResponseUpdate> received = await client.GetStreamingResponseAsync("Hello?").ToListAsync();
        CostTotals? totals = received.GetCost();
        Assert.Equal(1, totals?.Calls);
        return Assert.Single(received.ToChatResponse().GetCallCosts().DefaultIfEmpty(null!)) ?? throw new InvalidOperationException("No cost in the collected response.");
    }
}
