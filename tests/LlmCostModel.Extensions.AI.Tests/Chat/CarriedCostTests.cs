using System.Text.Json;
using Microsoft.Extensions.AI;

namespace LlmCostModel.Extensions.AI.Tests;

/// <summary>Where the cost of a call is found, and that nothing of it is in what is serialized. 1,000 x 2 + 100 x 8 = 2,800 millionths.</summary>
public sealed class CarriedCostTests
{
    private const string Cost = "0.0028 USD (1 call)";

    [Fact]
    public async Task Response_ToUpdatesAndBack_KeepsItsCost()
    {
        using IChatClient client = Tracked(new ScriptedChatClient(1_000, 100));

        ChatResponse response = await client.GetResponseAsync("Hello?");
        ChatResponseUpdate[] updates = response.ToChatResponseUpdates();

        Assert.Equal(Cost, updates.GetCost()!.ToString());
        Assert.Equal(Cost, response.Messages.GetCost()!.ToString()); // as agents keep them
    }

    [Fact]
    public async Task Response_WithIds_KeepsItsCostThroughUpdates()
    {
        await using LoopbackModel model = new(Bodies.Chat());
        using IChatClient client = Tracked(RealClients.OpenAIChat(model));

        ChatResponse response = await client.GetResponseAsync("Hello?");

        Assert.Equal(TestRates.OpenAIFlexAmount, response.ToChatResponseUpdates().ToChatResponse().GetCost()!.Total!.Value.Amount);
        Assert.Equal("chat_1", response.Messages[0].MessageId);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task SerializedForm_HasNoMark_AndWhatIsReadBackNoCost(bool streaming)
    {
        ScriptedChatClient model = new(1_000, 100);
        ChatResponse bare = streaming ? await model.GetStreamingResponseAsync("Hello?").ToChatResponseAsync() : await model.GetResponseAsync("Hello?");
        using IChatClient client = Tracked(model);
        List<ChatResponseUpdate> updates = [];
        await foreach (ChatResponseUpdate update in client.GetStreamingResponseAsync("Hello?"))
        {
            updates.Add(update);
        }

        ChatResponse response = streaming ? updates.ToChatResponse() : await client.GetResponseAsync("Hello?");
        string json = JsonSerializer.Serialize(response, AIJsonUtilities.DefaultOptions);
        ChatResponse stored = JsonSerializer.Deserialize<ChatResponse>(json, AIJsonUtilities.DefaultOptions)!;
        ChatMessage message = JsonSerializer.Deserialize<ChatMessage>(JsonSerializer.Serialize(response.Messages[0], AIJsonUtilities.DefaultOptions), AIJsonUtilities.DefaultOptions)!;

        Assert.Equal(Cost, response.GetCost()!.ToString());
        Assert.Equal(JsonSerializer.Serialize(bare, AIJsonUtilities.DefaultOptions), json);
        Assert.DoesNotContain("LlmCostModel", JsonSerializer.Serialize(updates, AIJsonUtilities.DefaultOptions), StringComparison.Ordinal);
        Assert.Null(stored.GetCost());
        Assert.Null(new[] { message }.GetCost());
    }

    /// <summary>Each call of a loop of three is found in what is collected of its stream: 3 x 2,800 millionths.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ToolLoop_OfAClientWithoutIds_HasTheCostOfItsCalls(bool streaming)
    {
        int calls = 0;
        using IChatClient client = new ScriptedChatClient(_ =>
        {
            ChatResponse answer = ScriptedChatClient.Answer(1_000, 100);
            if (++calls < 3)
            {
                answer.Messages = [new ChatMessage(ChatRole.Assistant, [new FunctionCallContent($"call{calls}", "next", new Dictionary<string, object?>())])];
            }

            return answer;
        }).AsBuilder().UseFunctionInvocation().UseCostTracking(TestRates.Estimator).Build();
        ChatOptions options = new() { Tools = [AIFunctionFactory.Create(() => "go on", "next")] };

        ChatResponse response = streaming ? await client.GetStreamingResponseAsync("Hello?", options).ToChatResponseAsync() : await client.GetResponseAsync("Hello?", options);

        Assert.Equal("0.0084 USD (3 calls)", response.GetCost()!.ToString());
    }

    /// <summary>A tracked stream without usage has an unpriced cost: <see langword="null"/> would look free.</summary>
    [Fact]
    public async Task StreamWithoutUsage_HasAnUnpricedCost()
    {
        using IChatClient client = Tracked(new UpdatesClient([new(ChatRole.Assistant, "Hi.") { ResponseId = "1", ModelId = "gpt-test" }, new(null, " You.") { ResponseId = "1", ModelId = "gpt-test" }]));

        List<ChatResponseUpdate> updates = [];
        await foreach (ChatResponseUpdate update in client.GetStreamingResponseAsync("Hello?"))
        {
            updates.Add(update);
        }

        Assert.Equal("unpriced (1 call, 1 unpriced)", updates.GetCost()!.ToString());
        Assert.Equal("unpriced (1 call, 1 unpriced)", updates[^1].GetCost()!.ToString());
        Assert.Equal("unpriced (1 call, 1 unpriced)", updates.ToChatResponse().GetCost()!.ToString());
    }

    [Fact]
    public async Task AbandonedStream_HasAnUnpricedCost()
    {
        using IChatClient client = Tracked(new UpdatesClient([new(ChatRole.Assistant, "Hi.") { ModelId = "gpt-test" }, new(null, " You.") { ModelId = "gpt-test" }]));

        List<ChatResponseUpdate> updates = [];
        await foreach (ChatResponseUpdate update in client.GetStreamingResponseAsync("Hello?"))
        {
            updates.Add(update);
            break;
        }

        Assert.Equal("unpriced (1 call, 1 unpriced)", updates.GetCost()!.ToString());
    }

#if NET10_0_OR_GREATER
    /// <summary>Streams of OpenAI's responses that end incomplete or failed state usage that the client makes nothing of: 0.001675 as when completed.</summary>
    [Theory]
    [InlineData("incomplete")]
    [InlineData("failed")]
    public async Task ResponsesStream_ThatEndsOtherwise_CostsWhatItsLastEventSays(string end)
    {
        await using LoopbackModel model = new(Bodies.ResponsesStreamEnding(end));
        using IChatClient client = Tracked(RealClients.OpenAIResponses(model));

        List<ChatResponseUpdate> updates = [];
        await foreach (ChatResponseUpdate update in client.GetStreamingResponseAsync("Hello?"))
        {
            updates.Add(update);
        }

        Assert.Equal("0.001675 USD (1 call)", updates.GetCost()!.ToString());
    }

    /// <summary>Bodies without a total, which the OpenAI library writes as 0: 0.001675 all the same.</summary>
    [Fact]
    public async Task ResponsesBody_WithoutTotal_IsRead()
    {
        await using LoopbackModel model = new(Bodies.ResponsesWithoutTotal());
        using IChatClient client = Tracked(RealClients.OpenAIResponses(model));

        Assert.Equal("0.001675 USD (1 call)", (await client.GetResponseAsync("Hello?")).GetCost()!.ToString());
    }
#endif

    private static IChatClient Tracked(IChatClient client) => client.AsBuilder().UseCostTracking(TestRates.Estimator).Build();
}
