using LlmCostModel.Extensions.AI.Tests;
using Microsoft.Extensions.AI;
using static LlmCostModel.Extensions.AI.Tests.LoopbackModel;

namespace LlmCostModel.Extensions.Http.Tests;

/// <summary>The official libraries over the handler, without <c>UseCostTracking</c>: the same amounts as the middleware's.</summary>
public sealed class SdkTests
{
#if NET10_0_OR_GREATER
    public static TheoryData<string> Clients => ["chat", "responses", "anthropic", "anthropic beta"];
#else
    // The oldest adapter of OpenAI's responses calls a member that the abstractions which Anthropic's adapter brings along lack.
    public static TheoryData<string> Clients => ["chat", "anthropic", "anthropic beta"];
#endif

    [Theory]
    [MemberData(nameof(Clients))]
    public async Task GetResponseAsync_WholeAnswer_CostsWhatTheBodySays(string name)
    {
        await using LoopbackModel model = new(Answer(name, streaming: false));
        using Tracked tracked = new(new SocketsHttpHandler(), TestRates.Estimator);
        using IChatClient client = WatchedClients.Open(name, model, tracked.Client);

        ChatResponse response = await client.GetResponseAsync("Hello?");

        Assert.Equal("Hi.", response.Text);
        Assert.Equal(new Money(Amount(name), "USD"), Assert.Single(tracked.Costs).Total);
        Assert.Equal(CostStatus.Priced, tracked.Costs[0].Status);
    }

    [Theory]
    [MemberData(nameof(Clients))]
    public async Task GetStreamingResponseAsync_WholeStream_CostsWhatTheEventsSay(string name)
    {
        await using LoopbackModel model = new(Answer(name, streaming: true));
        using Tracked tracked = new(new SocketsHttpHandler(), TestRates.Estimator);
        using IChatClient client = WatchedClients.Open(name, model, tracked.Client);

        await client.GetStreamingResponseAsync("Hello?").ToChatResponseAsync();

        Assert.Equal(new Money(Amount(name), "USD"), Assert.Single(tracked.Costs).Total);
        Assert.Equal(CostStatus.Priced, tracked.Costs[0].Status);
    }

    [Theory]
    [InlineData("chat")]
    [InlineData("anthropic")]
    public async Task GetResponseAsync_RetriedByTheLibrary_CostsOneCall(string name)
    {
        await using LoopbackModel model = new(name == "chat" ? Bodies.TooManyRequests() : Bodies.AnthropicTooManyRequests(), Answer(name, streaming: false));
        using Tracked tracked = new(new SocketsHttpHandler(), TestRates.Estimator);
        using IChatClient client = WatchedClients.Open(name, model, tracked.Client);

        await client.GetResponseAsync("Hello?");

        Assert.Equal(2, model.Requests);
        Assert.Equal(new Money(Amount(name), "USD"), Assert.Single(tracked.Costs).Total);
    }

    /// <summary>The first event states the input: (50 x 3 + 3,000 x 0.3 + 200 x 3.75 + 500 x 6 + 1 x 15) x 1.1 = 5,296.5 millionths at least.</summary>
    [Fact]
    public async Task CutStream_AfterItsText_IsALowerBound()
    {
        await using LoopbackModel model = new(Bodies.CutMessagesStream());
        using Tracked tracked = new(new SocketsHttpHandler(), TestRates.Estimator);
        using IChatClient client = WatchedClients.Open("anthropic", model, tracked.Client);

        await Assert.ThrowsAnyAsync<Exception>(async () => await client.GetStreamingResponseAsync("Hello?").ToChatResponseAsync());

        CallCost cost = Assert.Single(tracked.Costs);
        Assert.Equal((CostStatus.Partial, 0.0052965m), (cost.Status, cost.Total!.Value.Amount));
    }

    [Fact]
    public async Task AbandonedStream_AfterOneUpdate_IsALowerBoundOrUnknown()
    {
        await using LoopbackModel model = new(Bodies.MessagesStream());
        using Tracked tracked = new(new SocketsHttpHandler(), TestRates.Estimator);
        using IChatClient client = WatchedClients.Open("anthropic", model, tracked.Client);

        await foreach (ChatResponseUpdate _ in client.GetStreamingResponseAsync("Hello?"))
        {
            break;
        }

        Assert.NotEqual(0m, Assert.Single(tracked.Costs).Total?.Amount);
    }

    private static Reply Answer(string name, bool streaming) => (name, streaming) switch
    {
        ("chat", false) => Bodies.Chat(),
        ("chat", true) => Bodies.ChatStream(),
        ("responses", false) => Bodies.Responses(),
        ("responses", true) => Bodies.ResponsesStream(),
        (_, false) => Bodies.Messages(),
        _ => Bodies.MessagesStream(),
    };

    private static decimal Amount(string name) => name.StartsWith("anthropic", StringComparison.Ordinal) ? TestRates.AnthropicAmount : TestRates.OpenAIFlexAmount;
}
