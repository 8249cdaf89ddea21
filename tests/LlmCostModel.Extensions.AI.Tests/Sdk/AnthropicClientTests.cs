using Microsoft.Extensions.AI;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace LlmCostModel.Extensions.AI.Tests;

/// <summary>Loops, replays, cut streams and refusals with Anthropic's official library, as <see cref="RealClientTests"/> has them with OpenAI's.</summary>
public sealed class AnthropicClientTests
{
    private readonly Ledger _ledger = new();

    /// <summary>
    /// (150,000 + 150,000 + 100 + 200 + 300) x 3 + (10 + 20 + 30 + 40 + 50) x 15 = 904,050 millionths.
    /// A sum of the usage would be above 200,000 and cost 300,600 x 6 + 150 x 22.5 = 1,806,975.
    /// </summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ToolLoop_FiveCalls_CostsTheSumOfItsCallsAndTripsNoTier(bool streaming)
    {
        (long Input, long Output)[] calls = [(150_000, 10), (150_000, 20), (100, 30), (200, 40), (300, 50)];
        await using LoopbackModel model = new(calls.Select((call, i) => Bodies.MessagesOfLoop(i, call.Input, call.Output, isLast: i == calls.Length - 1, streaming)));
        using IChatClient client = RealClients.Anthropic(model).AsBuilder().UseFunctionInvocation().UseCostTracking(TestRates.Estimator, options => options.Observers.Add(_ledger)).Build();
        ChatOptions options = new() { Tools = [AIFunctionFactory.Create(() => "go on", "next")] };
        using CostScope scope = CostScope.Begin();

        ChatResponse response = streaming ? await client.GetStreamingResponseAsync("Hello?", options).ToChatResponseAsync() : await client.GetResponseAsync("Hello?", options);

        Assert.Equal(5, model.Requests);
        Assert.Equal(5, scope.Totals.Calls);
        Assert.Equal(new Money(0.90405m, "USD"), scope.Totals.Total);
        Assert.Equal(new Money(0.90405m, "USD"), response.GetCost()!.Total);
        Assert.Equal(0.90405m, _ledger.Costs.Sum(cost => cost.Total!.Value.Amount));
    }

    /// <summary>The tier that the loop must not trip: 200,001 x 6 + 10 x 22.5 = 1,200,231 millionths.</summary>
    [Fact]
    public async Task Call_AboveTheTier_CostsTheTier()
    {
        await using LoopbackModel model = new(Bodies.MessagesOfLoop(0, 200_001, 10, isLast: true, streaming: false));
        using IChatClient client = RealClients.Anthropic(model).AsBuilder().UseCostTracking(TestRates.Estimator).Build();

        Assert.Equal(new Money(1.200231m, "USD"), (await client.GetResponseAsync("Hello?")).GetCost()!.Total);
    }

    [Fact]
    public async Task CachedReplay_CacheOutside_CostsNothing()
    {
        await using LoopbackModel model = new(Bodies.Messages());
        MemoryDistributedCache cache = new(Options.Create(new MemoryDistributedCacheOptions()));
        using IChatClient client = RealClients.Anthropic(model).AsBuilder().UseDistributedCache(cache).UseCostTracking(TestRates.Estimator, options => options.Observers.Add(_ledger)).Build();

        ChatResponse first = await client.GetResponseAsync("Hello?");
        ChatResponse replay = await client.GetResponseAsync("Hello?");

        Assert.Equal(1, model.Requests);
        Assert.Equal(TestRates.AnthropicAmount, first.GetCost()!.Total!.Value.Amount);
        Assert.Null(replay.GetCost());
        Assert.Single(_ledger.Costs);
    }

    /// <summary>The first event states the input: (50 x 3 + 3,000 x 0.3 + 200 x 3.75 + 500 x 6 + 1 x 15) x 1.1 = 5,296.5 millionths at least.</summary>
    [Fact]
    public async Task CutStream_AfterItsText_IsALowerBound()
    {
        await using LoopbackModel model = new(Bodies.CutMessagesStream());
        using IChatClient client = RealClients.Anthropic(model).AsBuilder().UseCostTracking(TestRates.Estimator, options => options.Observers.Add(_ledger)).Build();

        await Assert.ThrowsAnyAsync<Exception>(async () => await client.GetStreamingResponseAsync("Hello?").ToChatResponseAsync());

        CallCost cost = Assert.Single(_ledger.Costs);
        Assert.True(cost.Status == CostStatus.Partial, string.Join(" ", cost.Issues.Select(issue => issue.Message)));
        Assert.Equal(0.0052965m, cost.Total!.Value.Amount);
    }

    [Fact]
    public async Task TooManyRequests_RetriedByTheLibrary_CostsOneCall()
    {
        await using LoopbackModel model = new(Bodies.AnthropicTooManyRequests(), Bodies.Messages());
        using IChatClient client = RealClients.Anthropic(model).AsBuilder().UseCostTracking(TestRates.Estimator, options => options.Observers.Add(_ledger)).Build();

        ChatResponse response = await client.GetResponseAsync("Hello?");

        Assert.Equal(2, model.Requests);
        Assert.Equal(TestRates.AnthropicAmount, response.GetCost()!.Total!.Value.Amount);
        Assert.Single(_ledger.Costs);
    }
}
