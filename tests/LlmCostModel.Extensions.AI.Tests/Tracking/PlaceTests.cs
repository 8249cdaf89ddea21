#pragma warning disable MEAI001 // Background responses are experimental.
using System.Net;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LlmCostModel.Extensions.AI.Tests.Tracking;

/// <summary>One call, one cost, whatever stands around it. 1,000 x 2 + 100 x 8 = 2,800 millionths.</summary>
public sealed class PlaceTests
{
    private readonly Ledger _ledger = new();

    [Fact]
    public async Task CacheInside_Streaming_ReplayIsNotPriced()
    {
        await using LoopbackModel model = new(Bodies.ChatStream());
        MemoryDistributedCache cache = new(Options.Create(new MemoryDistributedCacheOptions()));
        using IChatClient client = RealClients.OpenAIChat(model).AsBuilder()
            .UseCostTracking(TestRates.Estimator, options => options.Observers.Add(_ledger)).UseDistributedCache(cache).Build();

        await client.GetStreamingResponseAsync("Hello?").ToChatResponseAsync();
        await client.GetStreamingResponseAsync("Hello?").ToChatResponseAsync();

        Assert.Equal(1, model.Requests);
        Assert.Equal(TestRates.OpenAIFlexAmount, _ledger.Costs[0].Total!.Value.Amount);
        Assert.StartsWith("This may be a replay from the cache inside", Assert.Single(_ledger.Costs[1].Issues).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task UsedTwice_IsOneCostAndALogLine(bool streaming)
    {
        ListLogger log = new();
        Ledger other = new();
        using ServiceProvider services = new ServiceCollection().AddSingleton<ILoggerFactory>(log).AddSingleton<ICostObserver>(other).BuildServiceProvider();
        using IChatClient client = new ScriptedChatClient(1_000, 100).AsBuilder()
            .UseCostTracking(TestRates.Estimator, options => options.Observers.Add(_ledger)).UseCostTracking(TestRates.Estimator).Build(services);
        using CostScope scope = CostScope.Begin();

        ChatResponse response = streaming ? await client.GetStreamingResponseAsync("Hello?").ToChatResponseAsync() : await client.GetResponseAsync("Hello?");

        Assert.Equal("0.0028 USD (1 call)", response.GetCost()!.ToString());
        Assert.Equal("0.0028 USD (1 call)", scope.Totals.ToString());
        Assert.Single(_ledger.Costs); // of the outer one, which is not the inner one's
        Assert.Single(other.Costs); // a service of both
        Assert.StartsWith("Warning: UseCostTracking was called twice for one client.", Assert.Single(log.Messages), StringComparison.Ordinal);
    }

    /// <summary>Started, polled twice before it was ready, fetched when it was, and fetched again.</summary>
    [Fact]
    public async Task BackgroundResponse_FetchedAgain_IsOneCall()
    {
        ChatResponse pending = new() { ResponseId = "resp_1", ModelId = "gpt-test", ContinuationToken = ResponseContinuationToken.FromBytes(new byte[] { 1 }) };
        ChatResponse ready = ScriptedChatClient.Answer(1_000, 100);
        ready.ResponseId = "resp_1";
        Queue<ChatResponse> answers = new([pending, pending, ready, ready]);
        using IChatClient client = new ScriptedChatClient(_ => answers.Dequeue()).AsBuilder().UseCostTracking(TestRates.Estimator, options => options.Observers.Add(_ledger)).Build();
        ChatOptions fetch = new() { ContinuationToken = pending.ContinuationToken };
        using CostScope scope = CostScope.Begin();

        ChatResponse started = await client.GetResponseAsync("Hello?", new ChatOptions { AllowBackgroundResponses = true });
        await client.GetResponseAsync([], fetch);
        ChatResponse first = await client.GetResponseAsync([], fetch);
        ChatResponse again = await client.GetResponseAsync([], fetch);

        Assert.Equal("unpriced (1 call, 1 unpriced)", started.GetCost()!.ToString());
        Assert.Equal("0.0028 USD (1 call)", scope.Totals.ToString());
        Assert.Same(Assert.Single(_ledger.Costs), Assert.Single(again.GetCallCosts()));
        Assert.Equal(first.GetCost(), again.GetCost());
    }

    /// <summary>Two calls that a constant id names are two: only what is fetched is known by its id.</summary>
    [Fact]
    public async Task SameId_NotFetched_IsTwoCalls()
    {
        using IChatClient client = new ScriptedChatClient(_ =>
        {
            ChatResponse answer = ScriptedChatClient.Answer(1_000, 100);
            answer.ResponseId = "constant";
            return answer;
        }).AsBuilder().UseCostTracking(TestRates.Estimator).Build();
        using CostScope scope = CostScope.Begin();

        await client.GetResponseAsync("Hello?");
        await client.GetResponseAsync("Hello?");

        Assert.Equal("0.0056 USD (2 calls)", scope.Totals.ToString());
    }

    /// <summary>A deployment of Azure has any name; its answer names the model, which has a price.</summary>
    [Fact]
    public async Task Refuse_DeploymentOfAzure_IsSent()
    {
        using IChatClient client = new ScriptedChatClient(1_000, 100).AsBuilder().UseCostTracking(TestRates.Estimator, options =>
        {
            options.UnpricedCalls = UnpricedCallPolicy.Refuse;
            options.Context = new CallContext { Provider = "azure" };
            options.Observers.Add(_ledger);
        }).Build();

        await client.GetResponseAsync("Hello?", new ChatOptions { ModelId = "our-chat" });

        Assert.Equal("gpt-test", Assert.Single(_ledger.Costs).ResponseModel);
    }

    /// <summary>Bedrock answers under the maker's name of the model, which is part of the id that it bills: 1,000 x 3 + 100 x 15 millionths.</summary>
    [Fact]
    public async Task AnswerNamedByItsMaker_HasThePriceOfTheIdThatWasAskedFor()
    {
        CostEstimator bedrock = new(RateCardJson.Parse(
            """{ "bedrock": { "Provider": "bedrock", "Currency": "USD", "Models": { "us.anthropic.claude-9-v1": { "PerMillionTokens": { "Input": 3, "Output": 15 } } } } }"""u8.ToArray(), "own.json"));
        using IChatClient client = new ScriptedChatClient(_ => ScriptedChatClient.Answer(1_000, 100, "claude-9")).AsBuilder()
            .UseCostTracking(bedrock, options => options.Context = new CallContext { Provider = "bedrock" }).Build();

        CallCost cost = Assert.Single((await client.GetResponseAsync("Hello?", new ChatOptions { ModelId = "us.anthropic.claude-9-v1" })).GetCallCosts());

        Assert.Equal("0.0045 USD", cost.Total.ToString());
        Assert.Contains(cost.Priced.Notes, note => note.Contains("'us.anthropic.claude-9-v1' was asked for, and has one.", StringComparison.Ordinal));
    }

    public static TheoryData<Exception, bool> Failures => new()
    {
        { new HttpRequestException("?", null, HttpStatusCode.TooManyRequests), true },
        { new HttpRequestException("?", null, HttpStatusCode.BadGateway), false },
        { new HttpRequestException("?"), false },
        { new HttpRequestException(HttpRequestError.ConnectionError), true },
        { new HttpRequestException("Error at https://api.mistral.ai with HTTP status code: BadRequest. Content: {}"), true }, // Mistral.SDK
        { new HttpRequestException("Error at https://api.mistral.ai with HTTP status code: BadGateway. Content: {}"), false },
        { new AggregateException("Retry failed", new HttpRequestException(HttpRequestError.NameResolutionError), new HttpRequestException(HttpRequestError.ConnectionError)), true },
        { new AggregateException("Retry failed", new HttpRequestException(HttpRequestError.ConnectionError), new IOException("reset")), false },
        { new ArgumentNullException("messages"), true },
        { new OperationCanceledException(), false },
        { new SdkException<int>(400), true }, // Google.GenAI, Azure
        { new SdkException<HttpStatusCode>(HttpStatusCode.Forbidden), true }, // Anthropic, Amazon
        { new SdkException<int>(503), false },
        { new SdkException<string>("400"), false },
        { new InvalidOperationException("?", new SdkException<int>(429)), true },
        { new OllamaSharp.Models.Exceptions.OllamaException("no such model"), true },
        { new IOException("reset"), false },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task FailedCall_OfEverySdk_CostsNothingWhereItWasRefusedOrNotSent(Exception failure, bool isFree)
    {
        using IChatClient client = new ScriptedChatClient(_ => throw failure).AsBuilder().UseCostTracking(TestRates.Estimator, options => options.Observers.Add(_ledger)).Build();

        await Assert.ThrowsAsync(failure.GetType(), () => client.GetResponseAsync("Hello?"));
        await Assert.ThrowsAsync(failure.GetType(), () => client.GetStreamingResponseAsync("Hello?").ToChatResponseAsync());

        Assert.Equal(isFree ? 0 : 2, _ledger.Costs.Length);
        Assert.All(_ledger.Costs, cost => Assert.Equal(CostStatus.Unpriced, cost.Status));
    }

    [Fact]
    public async Task CancelledBeforeTheCall_IsNoCall()
    {
        using CancellationTokenSource cancelled = new();
        await cancelled.CancelAsync();
        using IChatClient client = new ScriptedChatClient(_ => throw new OperationCanceledException(cancelled.Token)).AsBuilder().UseCostTracking(TestRates.Estimator, options => options.Observers.Add(_ledger)).Build();

        await Assert.ThrowsAsync<OperationCanceledException>(() => client.GetResponseAsync("Hello?", cancellationToken: cancelled.Token));

        Assert.Empty(_ledger.Costs);
    }

    /// <summary>The official Anthropic library, whose exceptions are its own.</summary>
    [Fact]
    public async Task BadRequest_OfAnthropic_CostsNothing()
    {
        await using LoopbackModel model = new(new LoopbackModel.Reply("""{"type":"error","error":{"type":"invalid_request_error","message":"?"}}""", Status: 400));
        using IChatClient client = RealClients.Anthropic(model).AsBuilder().UseCostTracking(TestRates.Estimator, options => options.Observers.Add(_ledger)).Build();

        await Assert.ThrowsAnyAsync<Exception>(() => client.GetResponseAsync("Hello?"));

        Assert.Equal(1, model.Requests);
        Assert.Empty(_ledger.Costs);
    }

    [Fact]
    public async Task ConnectionRefused_OfOpenAI_CostsNothing()
    {
        LoopbackModel gone = new();
        await gone.DisposeAsync();
        using IChatClient client = RealClients.OpenAIChat(gone, retries: 1).AsBuilder().UseCostTracking(TestRates.Estimator, options => options.Observers.Add(_ledger)).Build();

        await Assert.ThrowsAnyAsync<Exception>(() => client.GetResponseAsync("Hello?"));

        Assert.Empty(_ledger.Costs);
    }

    /// <summary>As libraries have them: a status under a name that everybody uses.</summary>
    private sealed class SdkException<T>(T status) : Exception("refused")
    {
        public T StatusCode { get; } = status;
    }
}
