using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using LlmCostModel.Extensions.AI;
using LlmCostModel.Extensions.AI.Tests;
using Microsoft.Extensions.AI;

namespace LlmCostModel.Extensions.Http.Tests;

/// <summary><c>UseCostTracking</c> over a watched <see cref="HttpClient"/>: one call counts once, by its bodies, whatever the client keeps of
/// them.</summary>
public sealed class TrackedClientTests
{
    /// <summary>400 x 2 + 600 x 0.5 + 100 x 8 = 1,900 millionths. The client below forgets the cache: 1,000 x 2 + 100 x 8 = 2,800.</summary>
    private const string Cached = """{"id":"c1","object":"chat.completion","model":"gpt-test","usage":{"prompt_tokens":1000,"completion_tokens":100,"total_tokens":1100,"prompt_tokens_details":{"cached_tokens":600}}}""";

    private static readonly UsageDetails Lossy = new() { InputTokenCount = 1_000, OutputTokenCount = 100, TotalTokenCount = 1_100 };

    private readonly Ledger _ledger = new();

    [Theory]
    [InlineData("chat", false)]
    [InlineData("chat", true)]
    [InlineData("anthropic", false)]
    [InlineData("anthropic", true)]
    public async Task OfficialClient_OverAWatchedHttpClient_CountsOnce(string name, bool isStream)
    {
        bool isClaude = name == "anthropic";
        await using LoopbackModel model = new(isClaude ? Bodies.AnthropicTooManyRequests() : Bodies.TooManyRequests(), (isClaude, isStream) switch
        {
            (false, false) => Bodies.Chat(),
            (false, true) => Bodies.ChatStream(),
            (true, false) => Bodies.Messages(),
            _ => Bodies.MessagesStream(),
        });
        using Tracked tracked = new(new SocketsHttpHandler(), TestRates.Estimator);
        using IChatClient client = WatchedClients.Open(name, model, tracked.Client).AsBuilder()
            .UseCostTracking(TestRates.Estimator, options => options.Observers.Add(_ledger)).Build();
        using CostScope scope = CostScope.Begin();

        ChatResponse response = await AskAsync(client, isStream);

        Money expected = new(isClaude ? TestRates.AnthropicAmount : TestRates.OpenAIFlexAmount, "USD");
        Assert.Equal(expected, response.GetCost()!.Total);
        Assert.Equal(expected, Assert.Single(_ledger.Costs).Total);
        Assert.Equal(1, scope.Totals.Calls);
        Assert.Empty(tracked.Costs);
        Assert.Equal(UsageOrigin.Provider, _ledger.Costs[0].Priced.Call.Reading.Origin);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task LossyClient_OverAWatchedHttpClient_CostsWhatTheBodySays(bool isStream)
    {
        using Tracked tracked = new(Cached);
        using IChatClient client = Track(new SendingClient(tracked.Client));

        ChatResponse response = await AskAsync(client, isStream);

        Assert.Equal("0.0019 USD", response.GetCost()!.Total.ToString());
        CallCost cost = Assert.Single(_ledger.Costs);
        Assert.Equal(("0.0019 USD", CostStatus.Priced), (cost.Total.ToString(), cost.Status));
        Assert.Equal("openai", cost.Priced.Context.Provider); // the client says no address
        Assert.Empty(tracked.Costs);
    }

    /// <summary>A tool loop inside of an SDK: two answers of one response are two calls, whose costs the response has.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ClientThatCallsTwice_IsTwoCalls(bool isStream)
    {
        using Tracked tracked = new(Cached);
        using IChatClient client = Track(new SendingClient(tracked.Client) { Times = 2 });
        using CostScope scope = CostScope.Begin();

        ChatResponse response = await AskAsync(client, isStream);

        Assert.Equal("0.0038 USD (2 calls)", scope.Totals.ToString());
        Assert.Equal("0.0038 USD (2 calls)", response.GetCost()!.ToString());
        Assert.Equal(["0.0019 USD", "0.0019 USD"], _ledger.Costs.Select(cost => cost.Total.ToString()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ClientThatTriesAgain_IsOneCall(bool isStream)
    {
        Queue<HttpStatusCode> statuses = new([HttpStatusCode.TooManyRequests, HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK]);
        using Tracked tracked = new(new ScriptedHandler(_ => ScriptedHandler.Json(Cached, statuses.Dequeue())));
        using IChatClient client = Track(new SendingClient(tracked.Client) { Times = 3 });

        Assert.Equal("0.0019 USD (1 call)", (await AskAsync(client, isStream)).GetCost()!.ToString());
        Assert.Single(_ledger.Costs);
    }

    /// <summary>What a client makes of a refusal is its own; the status is known.</summary>
    [Fact]
    public async Task ClientThatHidesARefusal_CostsNothing()
    {
        using Tracked tracked = new(new ScriptedHandler(_ => ScriptedHandler.Json("{}", HttpStatusCode.BadRequest)));
        using IChatClient client = Track(new SendingClient(tracked.Client) { Failure = new FormatException() });

        await Assert.ThrowsAsync<FormatException>(() => client.GetResponseAsync("Hello?"));

        Assert.Empty(_ledger.Costs);
    }

    /// <summary>A client that cannot read an answer has paid for it.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ClientThatFailsOnAnAnswer_CostsWhatTheBodySays(bool isStream)
    {
        using Tracked tracked = new(Cached);
        using IChatClient client = Track(new SendingClient(tracked.Client) { Failure = new FormatException() });

        await Assert.ThrowsAsync<FormatException>(() => AskAsync(client, isStream));

        Assert.Equal("0.0019 USD", Assert.Single(_ledger.Costs).Total.ToString());
    }

    /// <summary>A body that nobody can read leaves what the client says: 1,000 x 2 + 100 x 8 = 2,800 millionths.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ClientThatKnowsMoreThanTheBody_CostsWhatTheClientSays(bool isStream)
    {
        using Tracked tracked = new("not JSON");
        using IChatClient client = Track(new SendingClient(tracked.Client));

        Assert.Equal("0.0028 USD", (await AskAsync(client, isStream)).GetCost()!.Total.ToString());
        Assert.Single(_ledger.Costs);
    }

    /// <summary>8 x 0.02 = 0.16 millionths.</summary>
    [Fact]
    public async Task EmbeddingsOfOpenAI_OverAWatchedHttpClient_CountOnce()
    {
        await using LoopbackModel model = new(new LoopbackModel.Reply("""{"object":"list","model":"embed-test","data":[{"object":"embedding","index":0,"embedding":"AACAPw=="}],"usage":{"prompt_tokens":8,"total_tokens":8}}"""));
        using Tracked tracked = new(new SocketsHttpHandler(), TestRates.Estimator);
        using IEmbeddingGenerator<string, Embedding<float>> generator = WatchedClients.OpenAI(model, tracked.Client, 0).GetEmbeddingClient("embed-test")
            .AsIEmbeddingGenerator().AsBuilder().UseCostTracking(TestRates.Estimator, options => options.Observers.Add(_ledger)).Build();

        GeneratedEmbeddings<Embedding<float>> embeddings = await generator.GenerateAsync(["Hello?"]);

        Assert.Equal(new Money(0.00000016m, "USD"), embeddings.GetCost()!.Total);
        Assert.Single(_ledger.Costs);
        Assert.Empty(tracked.Costs);
    }

    private IChatClient Track(IChatClient client) =>
        client.AsBuilder().UseCostTracking(Rates.Estimator, options => options.Observers.Add(_ledger)).Build();

    private static async Task<ChatResponse> AskAsync(IChatClient client, bool isStream) =>
        isStream ? await client.GetStreamingResponseAsync("Hello?").ToChatResponseAsync() : await client.GetResponseAsync("Hello?");

    /// <summary>Sends requests by hand, and keeps little of their answers.</summary>
    private sealed class SendingClient(HttpClient http) : IChatClient
    {
        internal int Times { get; init; } = 1;

        internal Exception? Failure { get; init; }

        public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            await SendAsync(Times, cancellationToken);
            return new ChatResponse(new ChatMessage(ChatRole.Assistant, "Hi.")) { ModelId = "gpt-test", Usage = Lossy };
        }

        /// <summary>Of several requests, the last one is sent in the middle of the stream.</summary>
        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await SendAsync(Math.Max(1, Times - 1), cancellationToken);
            yield return new ChatResponseUpdate(ChatRole.Assistant, "Hi.") { ModelId = "gpt-test", ResponseId = "c1" };
            await SendAsync(Times == 1 ? 0 : 1, cancellationToken);
            yield return new ChatResponseUpdate(ChatRole.Assistant, [new UsageContent(Lossy)]) { ModelId = "gpt-test", ResponseId = "c1", FinishReason = ChatFinishReason.Stop };
        }

        private async Task SendAsync(int times, CancellationToken cancellationToken)
        {
            for (int i = 0; i < times; i++)
            {
                using StringContent content = new("""{"model":"gpt-test"}""", Encoding.UTF8, "application/json");
                using HttpResponseMessage response = await http.PostAsync(new Uri(Tracked.Chat), content, cancellationToken);
                if (Failure is not null)
                {
                    throw Failure;
                }
            }
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
