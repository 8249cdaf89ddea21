using Microsoft.Extensions.AI;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace LlmCostModel.Extensions.AI.Tests;

public class CostTrackingChatClientTests
{
    private readonly Ledger _ledger = new();

    [Fact]
    public async Task UsageDetails_WithoutRawResponse_AreReadAsInclusive()
    {
        UsageDetails details = new() { InputTokenCount = 1_000, CachedInputTokenCount = 300, OutputTokenCount = 200, ReasoningTokenCount = 120, AdditionalCounts = new() { ["CacheCreationInputTokens"] = 400 } };
        CallCost cost = await CallAsync(details);

        Assert.Equal(new TokenUsage { Input = 300, CacheRead = 300, CacheWrite = 400, Output = 80, Reasoning = 120 }, cost.Usage);
        Assert.Equal(new Money(0.00335m, "USD"), cost.Total); // 300 x 2 + 300 x 0.5 + 400 x 2.5 + 200 x 8 millionths
    }

    /// <summary>xAI and Gemini's compatible address count reasoning beside the output: only the total tells.</summary>
    [Fact]
    public async Task UsageDetails_TotalWithReasoningApart_CountsItOnce()
    {
        CallCost cost = await CallAsync(new() { InputTokenCount = 291, OutputTokenCount = 26, ReasoningTokenCount = 189, TotalTokenCount = 506 });

        Assert.Equal(new TokenUsage { Input = 291, Output = 26, Reasoning = 189 }, cost.Usage);
    }

    [Fact]
    public async Task UsageDetails_Contradictory_AreUnknown()
    {
        CallCost cost = await CallAsync(new() { InputTokenCount = 10, CachedInputTokenCount = 20, OutputTokenCount = 1 });

        Assert.Equal((CostStatus.Unpriced, null), (cost.Status, cost.Total));
        Assert.StartsWith("The usage of the response contradicts itself:", Assert.Single(cost.Issues).Message, StringComparison.Ordinal);
    }

    /// <summary>A tool loop adds later usage into the first response's object (microsoft/extensions), so numbers have to be copied at once.</summary>
    [Fact]
    public async Task Usage_ChangedAfterTheCall_KeepsItsCost()
    {
        UsageDetails details = new() { InputTokenCount = 1_000, OutputTokenCount = 100 };
        CallCost cost = await CallAsync(details);
        details.Add(new UsageDetails { InputTokenCount = 1_000_000 });

        Assert.Equal(1_000, cost.Usage!.Value.Input);
    }

    [Fact]
    public async Task OutsideOfToolLoop_SeveralCalls_AreUnpricedAndSaySo()
    {
        Queue<ChatResponse> answers = new([ScriptedChatClient.Answer(150_000, 1), ScriptedChatClient.Answer(150_000, 1)]);
        answers.Peek().Messages = [new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("1", "next", new Dictionary<string, object?>())])];
        using IChatClient client = new ScriptedChatClient(_ => answers.Dequeue()).AsBuilder().UseCostTracking(TestRates.Estimator, options => options.Observers.Add(_ledger)).UseFunctionInvocation().Build();

        await client.GetResponseAsync("Hello?", new ChatOptions { Tools = [AIFunctionFactory.Create(() => "go on", "next")] });

        CallCost cost = Assert.Single(_ledger.Costs);
        Assert.Equal(CostStatus.Unpriced, cost.Status);
        Assert.Equal(["The usage is a sum over the calls of a tool loop, which have their own prices. Call UseCostTracking after UseFunctionInvocation."], cost.Issues.Select(issue => issue.Message));
    }

    [Fact]
    public void OutsideOfToolLoop_Built_IsLogged()
    {
        ListLogger log = new();
        using ServiceProvider services = new ServiceCollection().AddSingleton<ILoggerFactory>(log).BuildServiceProvider();

        new ScriptedChatClient(1, 1).AsBuilder().UseCostTracking(TestRates.Estimator).UseFunctionInvocation().Build(services).Dispose();

        Assert.Equal(
            ["Warning: UseCostTracking is outside of FunctionInvokingChatClient: it sees one sum instead of the calls of a tool loop and leaves such sums unpriced. Call UseCostTracking last, so that it is innermost."],
            log.Messages);
    }

    /// <summary>From outside of a cache, a replay looks like a call: neither is guessed.</summary>
    [Fact]
    public async Task OutsideOfCache_PossibleReplay_IsUnpricedAndSaysSo()
    {
        MemoryDistributedCache cache = new(Options.Create(new MemoryDistributedCacheOptions()));
        using IChatClient client = new ScriptedChatClient(1, 1).AsBuilder().UseCostTracking(TestRates.Estimator, options => options.Observers.Add(_ledger)).UseDistributedCache(cache).Build();

        await client.GetResponseAsync("Hello?");

        CallCost cost = Assert.Single(_ledger.Costs);
        Assert.Null(cost.Total);
        Assert.Equal(["This may be a replay from the cache inside, which costs nothing, or a call. Call UseCostTracking after UseDistributedCache."], cost.Issues.Select(issue => issue.Message));
    }

    [Fact]
    public async Task UnpricedModel_Log_IsSaidOnceAndTheCallGoesOn()
    {
        ListLogger log = new();
        using ServiceProvider services = new ServiceCollection().AddSingleton<ILoggerFactory>(log).AddSingleton<ICostEstimator>(TestRates.Estimator).BuildServiceProvider();
        using IChatClient client = new ScriptedChatClient(_ => ScriptedChatClient.Answer(1, 1, "no-such-model")).AsBuilder().UseCostTracking().Build(services);

        Assert.Equal("Hi.", (await client.GetResponseAsync("Hello?")).Text);
        Assert.Equal("Hi.", (await client.GetResponseAsync("Hello?")).Text);

        Assert.StartsWith("Warning: A call of model 'no-such-model' is Unpriced; later ones of this kind are not logged: No price for model 'no-such-model'.", Assert.Single(log.Messages), StringComparison.Ordinal);
    }

    [Fact]
    public async Task UnpricedModel_Refuse_SendsNothing()
    {
        ScriptedChatClient model = new(1, 1);
        using IChatClient client = model.AsBuilder().UseCostTracking(TestRates.Estimator, options => options.UnpricedCalls = UnpricedCallPolicy.Refuse).Build();

        await Assert.ThrowsAsync<UnpricedException>(() => client.GetResponseAsync("Hello?", new ChatOptions { ModelId = "no-such-model" }));
        Assert.Equal(0, model.Calls);
        await client.GetResponseAsync("Hello?");

        Assert.Equal(1, model.Calls);
    }

    [Fact]
    public async Task StrictEstimator_UnpricedModel_DoesNotBreakTheCall()
    {
        CostEstimator strict = new(new LlmCostModelOptions { Strict = true });
        using IChatClient client = new ScriptedChatClient(5, 7).AsBuilder().UseCostTracking(strict, options => options.Observers.Add(_ledger)).Build();

        await client.GetResponseAsync("Hello?");

        CallCost cost = Assert.Single(_ledger.Costs);
        Assert.Equal((CostStatus.Unpriced, CostIssueKind.UnknownModel), (cost.Status, cost.Issues[0].Kind));
        Assert.Equal(new TokenUsage { Input = 5, Output = 7 }, cost.Usage);
    }

    [Fact]
    public async Task Observer_Throwing_DoesNotBreakTheCall()
    {
        using IChatClient client = new ScriptedChatClient(1_000, 100).AsBuilder().UseCostTracking(TestRates.Estimator, options =>
        {
            options.Observers.Add(new Broken());
            options.Observers.Add(_ledger);
        }).Build();

        ChatResponse response = await client.GetResponseAsync("Hello?");

        Assert.Equal("0.0028 USD (1 call)", response.GetCost()!.ToString());
        Assert.Single(_ledger.Costs);
    }

    [Fact]
    public async Task DeploymentMap_RequestedName_WinsOverTheAnswer()
    {
        LlmCostModelOptions options = new();
        options.Deployments["my-deployment"] = new ModelDeployment { Model = "claude-test" };
        CostEstimator estimator = new(options, TestRates.Estimator.RateCards);
        using IChatClient client = new ScriptedChatClient(1_000, 100).AsBuilder().UseCostTracking(estimator, tracking => tracking.Observers.Add(_ledger)).Build();

        await client.GetResponseAsync("Hello?", new ChatOptions { ModelId = "my-deployment" });

        Assert.Equal(new Money(0.0045m, "USD"), Assert.Single(_ledger.Costs).Total); // 1,000 x 3 + 100 x 15 millionths
    }

    [Fact]
    public async Task Clock_OfTheServices_GivesTheInstantOfTheCall()
    {
        DateTimeOffset then = new(2025, 1, 27, 0, 0, 0, TimeSpan.Zero);
        using ServiceProvider services = new ServiceCollection().AddSingleton<TimeProvider>(new FakeTimeProvider(then)).AddSingleton<ICostObserver>(_ledger).BuildServiceProvider();
        using IChatClient client = new ScriptedChatClient(1, 1).AsBuilder().UseCostTracking(TestRates.Estimator).Build(services);

        await client.GetResponseAsync("Hello?");

        CallCost cost = Assert.Single(_ledger.Costs);
        Assert.Equal((then, then), (cost.At, cost.Priced.Context.At));
    }

    [Fact]
    public async Task Stream_CutAfterUsage_IsALowerBound()
    {
        ScriptedChatClient model = new(_ => new ChatResponse(new ChatMessage(ChatRole.Assistant, [new UsageContent(new UsageDetails { InputTokenCount = 1_000, OutputTokenCount = 1 }), new TextContent("Hi.")])) { ModelId = "gpt-test" });
        using IChatClient client = model.AsBuilder().UseCostTracking(TestRates.Estimator, options => options.Observers.Add(_ledger)).Build();

        await foreach (ChatResponseUpdate _ in client.GetStreamingResponseAsync("Hello?"))
        {
            break;
        }

        CallCost cost = Assert.Single(_ledger.Costs);
        Assert.Equal((CostStatus.Partial, new Money(0.002008m, "USD")), (cost.Status, cost.Total)); // 1,000 x 2 + 8 millionths so far
    }

    /// <summary>Usage in several updates is a sum of parts, and one call: (400 + 500 + 100) x 2 + 100 x 8 = 2,800 millionths.</summary>
    [Fact]
    public async Task Stream_UsageInParts_IsOneCall()
    {
        static UsageContent Part(long input, long output) => new(new UsageDetails { InputTokenCount = input, OutputTokenCount = output });
        ScriptedChatClient model = new(_ => new ChatResponse([new(ChatRole.Assistant, [Part(400, 0)]), new(ChatRole.Assistant, [Part(500, 0)]), new(ChatRole.Assistant, [Part(100, 100)])]) { ModelId = "gpt-test" });
        using IChatClient client = model.AsBuilder().UseCostTracking(TestRates.Estimator, options => options.Observers.Add(_ledger)).Build();

        List<ChatResponseUpdate> updates = [];
        await foreach (ChatResponseUpdate update in client.GetStreamingResponseAsync("Hello?"))
        {
            updates.Add(update);
        }

        Assert.Equal("0.0028 USD (1 call)", updates.GetCost()!.ToString());
        Assert.Equal("0.0028 USD (1 call)", updates.ToChatResponse().GetCost()!.ToString());
        Assert.Equal(new Money(0.0028m, "USD"), Assert.Single(_ledger.Costs).Total);
    }

    [Fact]
    public void UseCostTracking_WithoutEstimator_SaysWhatToDo()
    {
        InvalidOperationException exception = Assert.Throws<InvalidOperationException>(() => new ScriptedChatClient(1, 1).AsBuilder().UseCostTracking().Build());

        Assert.Equal("No ICostEstimator. Call services.AddLlmCostModel(...) and build the client with the service provider, or pass an estimator.", exception.Message);
    }

    private static async Task<CallCost> CallAsync(UsageDetails usage)
    {
        using IChatClient client = new ScriptedChatClient(_ => new ChatResponse(new ChatMessage(ChatRole.Assistant, "Hi.")) { ModelId = "gpt-test", Usage = usage })
            .AsBuilder().UseCostTracking(TestRates.Estimator).Build();
        return Assert.Single((await client.GetResponseAsync("Hello?")).GetCallCosts());
    }

    private sealed class Broken : ICostObserver
    {
        public void OnCallCompleted(CallCost cost) => throw new InvalidOperationException("broken");
    }
}
