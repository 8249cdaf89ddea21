using System.ClientModel;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using static LlmCostModel.Extensions.AI.Tests.LoopbackModel;

namespace LlmCostModel.Extensions.AI.Tests;

/// <summary>The official OpenAI and Anthropic libraries and their adapters, against a server that answers as the providers do.</summary>
public class RealClientTests
{
    private readonly Ledger _ledger = new();

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
        using IChatClient client = Tracked(Open(name, model));

        ChatResponse response = await client.GetResponseAsync("Hello?");

        Assert.Equal(new Money(Amount(name), "USD"), response.GetCost()!.Total);
        Assert.Equal(CostStatus.Priced, Assert.Single(_ledger.Costs).Status);
    }

    [Theory]
    [MemberData(nameof(Clients))]
    public async Task GetStreamingResponseAsync_WholeStream_CostsWhatTheEventsSay(string name)
    {
        await using LoopbackModel model = new(Answer(name, streaming: true));
        using IChatClient client = Tracked(Open(name, model));

        List<ChatResponseUpdate> updates = [];
        await foreach (ChatResponseUpdate update in client.GetStreamingResponseAsync("Hello?"))
        {
            updates.Add(update);
        }

        Money expected = new(Amount(name), "USD");
        Assert.Equal(expected, updates[^1].GetCost()!.Total);
        Assert.Equal(expected, updates.GetCost()!.Total);
        Assert.Equal(expected, updates.ToChatResponse().GetCost()!.Total);
        Assert.Equal(expected, Assert.Single(_ledger.Costs).Total);
    }

    /// <summary>(150,000 + 150,000 + 100 + 200 + 300) x 2 + (10 + 20 + 30 + 40 + 50) x 8 = 602,400 millionths. A sum of the usage would be above 200,000 and cost double.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ToolLoop_FiveCalls_CostsTheSumOfItsCallsAndTripsNoTier(bool streaming)
    {
        (long Input, long Output)[] calls = [(150_000, 10), (150_000, 20), (100, 30), (200, 40), (300, 50)];
        IEnumerable<Reply> replies = calls[..^1].Select((call, i) => streaming ? Bodies.ToolCallStream(i, call.Input, call.Output) : Bodies.ToolCall(i, call.Input, call.Output))
            .Append(streaming ? Bodies.ChatStream(Bodies.Counts(300, 50), "default") : Bodies.Chat(Bodies.Counts(300, 50), "default"));
        await using LoopbackModel model = new(replies);
        using IChatClient client = RealClients.OpenAIChat(model).AsBuilder().UseFunctionInvocation().UseCostTracking(TestRates.Estimator, options => options.Observers.Add(_ledger)).Build();
        ChatOptions options = new() { Tools = [AIFunctionFactory.Create(() => "go on", "next")] };
        using CostScope scope = CostScope.Begin();

        ChatResponse response = streaming ? await client.GetStreamingResponseAsync("Hello?", options).ToChatResponseAsync() : await client.GetResponseAsync("Hello?", options);

        Assert.Equal(5, model.Requests);
        Assert.Equal(5, scope.Totals.Calls);
        Assert.Equal(new Money(0.6024m, "USD"), scope.Totals.Total);
        Assert.Equal(0.6024m, _ledger.Costs.Sum(cost => cost.Total!.Value.Amount));
        Assert.Equal(new Money(0.6024m, "USD"), response.GetCost()!.Total);
        Assert.Equal(5, response.GetCallCosts().Count);
        Assert.Equal(300_600, response.Usage!.InputTokenCount); // What the loop reports is a sum.
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task CachedReplay_CacheOutside_CostsNothing(bool streaming)
    {
        await using LoopbackModel model = new(streaming ? Bodies.ChatStream() : Bodies.Chat());
        MemoryDistributedCache cache = new(Options.Create(new MemoryDistributedCacheOptions()));
        using IChatClient client = RealClients.OpenAIChat(model).AsBuilder().UseDistributedCache(cache).UseCostTracking(TestRates.Estimator, options => options.Observers.Add(_ledger)).Build();
        using CostScope scope = CostScope.Begin();

        ChatResponse first = await Ask(client, streaming);
        ChatResponse replay = await Ask(client, streaming);

        Assert.Equal(1, model.Requests);
        Assert.Equal("Hi.", replay.Text);
        Assert.Null(replay.GetCost());
        Assert.Equal(new CostTotals { Calls = 1, Amounts = [new Money(TestRates.OpenAIFlexAmount, "USD")] }, scope.Totals);
        Assert.Equal(TestRates.OpenAIFlexAmount, Assert.Single(_ledger.Costs).Total!.Value.Amount);
        Assert.True(streaming || first.GetCost() is not null);
    }

    [Fact]
    public async Task CutStream_BeforeItsUsage_IsUnknownAndNotZero()
    {
        await using LoopbackModel model = new(Bodies.CutChatStream());
        using IChatClient client = Tracked(RealClients.OpenAIChat(model));

        await Assert.ThrowsAnyAsync<Exception>(async () => await client.GetStreamingResponseAsync("Hello?").ToChatResponseAsync());

        CallCost cost = Assert.Single(_ledger.Costs);
        Assert.Equal(CostStatus.Unpriced, cost.Status);
        Assert.Null(cost.Total);
        Assert.Null(cost.Usage);
        Assert.Equal(["The stream was cut off before it stated its usage."], cost.Issues.Select(issue => issue.Message));
    }

    [Fact]
    public async Task AbandonedStream_AfterOneUpdate_IsUnknownAndNotZero()
    {
        await using LoopbackModel model = new(Bodies.ChatStream());
        using IChatClient client = Tracked(RealClients.OpenAIChat(model));

        await foreach (ChatResponseUpdate _ in client.GetStreamingResponseAsync("Hello?"))
        {
            break;
        }

        Assert.Equal(CostStatus.Unpriced, Assert.Single(_ledger.Costs).Status);
    }

    [Fact]
    public async Task TooManyRequests_RetriedByTheLibrary_CostsOneCall()
    {
        await using LoopbackModel model = new(Bodies.TooManyRequests(), Bodies.Chat());
        using IChatClient client = Tracked(RealClients.OpenAIChat(model));

        ChatResponse response = await client.GetResponseAsync("Hello?");

        Assert.Equal(2, model.Requests);
        Assert.Equal(TestRates.OpenAIFlexAmount, response.GetCost()!.Total!.Value.Amount);
        Assert.Single(_ledger.Costs);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task TooManyRequests_Thrown_CostsNothing(bool streaming)
    {
        await using LoopbackModel model = new(Bodies.TooManyRequests(), streaming ? Bodies.ChatStream() : Bodies.Chat());
        using IChatClient client = Tracked(RealClients.OpenAIChat(model, retries: 0));
        using CostScope scope = CostScope.Begin();

        await Assert.ThrowsAsync<ClientResultException>(() => Ask(client, streaming));
        Assert.Equal(CostTotals.None, scope.Totals);
        await Ask(client, streaming);

        Assert.Equal(new Money(TestRates.OpenAIFlexAmount, "USD"), scope.Totals.Total);
    }

    [Fact]
    public async Task ServerError_Thrown_IsUnknown()
    {
        await using LoopbackModel model = new(new Reply("""{"error":{"message":"?"}}""", Status: 500));
        using IChatClient client = Tracked(RealClients.OpenAIChat(model, retries: 0));

        await Assert.ThrowsAsync<ClientResultException>(() => client.GetResponseAsync("Hello?"));

        Assert.Equal(CostStatus.Unpriced, Assert.Single(_ledger.Costs).Status);
    }

    /// <summary>8 x 0.02 = 0.16 millionths.</summary>
    [Fact]
    public async Task Embeddings_OfOpenAI_CostTheirInput()
    {
        await using LoopbackModel model = new(new Reply("""{"object":"list","model":"embed-test","data":[{"object":"embedding","index":0,"embedding":"AACAPw=="}],"usage":{"prompt_tokens":8,"total_tokens":8}}"""));
        using IEmbeddingGenerator<string, Embedding<float>> generator = RealClients.OpenAI(model, 0).GetEmbeddingClient("embed-test").AsIEmbeddingGenerator()
            .AsBuilder().UseCostTracking(TestRates.Estimator).Build();

        GeneratedEmbeddings<Embedding<float>> embeddings = await generator.GenerateAsync(["Hello?"]);

        Assert.Equal(new Money(0.00000016m, "USD"), embeddings.GetCost()!.Total);
    }

    /// <summary>OpenRouter's own cost is kept beside the calculated one: 100 x 2 + 10 x 8 = 280 millionths against 0.0003.</summary>
    [Fact]
    public async Task OpenRouterCost_InTheBody_IsReportedWithItsDrift()
    {
        await using LoopbackModel model = new(Bodies.Chat("""{"prompt_tokens":100,"completion_tokens":10,"total_tokens":110,"cost":0.0003}""", "default"));
        using IChatClient client = Tracked(RealClients.OpenAIChat(model));

        await client.GetResponseAsync("Hello?");

        CallCost cost = Assert.Single(_ledger.Costs);
        Assert.Equal(new Money(0.00028m, "USD"), cost.Total);
        Assert.Equal(new Money(0.0003m, "USD"), cost.Priced.Reported);
        Assert.Equal(-0.00002m, cost.Priced.Drift!.Value.Difference);
    }

    /// <summary>A compaction of 1,000 and 100 tokens is not in the top level's 100 and 10: (1,100 x 3 + 110 x 15) = 4,950 millionths.</summary>
    [Fact]
    public async Task AnthropicCompaction_InIterations_IsBilled()
    {
        await using LoopbackModel model = new(Bodies.Messages("""{"input_tokens":100,"output_tokens":10,"iterations":[{"type":"compaction","input_tokens":1000,"output_tokens":100},{"type":"message","input_tokens":100,"output_tokens":10}]}"""));
        using IChatClient client = Tracked(RealClients.AnthropicBeta(model));

        ChatResponse response = await client.GetResponseAsync("Hello?");

        Assert.Equal(new Money(0.00495m, "USD"), response.GetCost()!.Total);
    }

    private static async Task<ChatResponse> Ask(IChatClient client, bool streaming) =>
        streaming ? await client.GetStreamingResponseAsync("Hello?").ToChatResponseAsync() : await client.GetResponseAsync("Hello?");

    private static IChatClient Open(string name, LoopbackModel model) => name switch
    {
        "chat" => RealClients.OpenAIChat(model),
        "responses" => RealClients.OpenAIResponses(model),
        "anthropic" => RealClients.Anthropic(model),
        _ => RealClients.AnthropicBeta(model),
    };

    private static Reply Answer(string name, bool streaming) => (name, streaming) switch
    {
        ("chat", false) => Bodies.Chat(),
        ("chat", true) => Bodies.ChatStream(),
        ("responses", false) => Bodies.Responses(),
        ("responses", true) => Bodies.ResponsesStream(),
        (_, false) => Bodies.Messages(),
        (_, true) => Bodies.MessagesStream(),
    };

    private static decimal Amount(string name) => name.StartsWith("anthropic", StringComparison.Ordinal) ? TestRates.AnthropicAmount : TestRates.OpenAIFlexAmount;

    private IChatClient Tracked(IChatClient client) =>
        client.AsBuilder().UseCostTracking(TestRates.Estimator, options => options.Observers.Add(_ledger)).Build();
}
