using LlmCostModel.Budgets;
using Microsoft.Extensions.AI;

namespace LlmCostModel.Extensions.AI.Tests.Budgets;

/// <summary>An agent and the agents that its tools start, all with <c>UseBudget</c>. Rates of the tests: input 2, output 8 USD per million;
/// so each call of 1,000 and 100 tokens costs 0.0028 USD.</summary>
public sealed class BudgetRunTests : IDisposable
{
    private readonly InMemoryBudgetStore _store = new();
    private readonly BudgetLedger _ledger;

    public BudgetRunTests() => _ledger = new(_store, new());

    public void Dispose()
    {
        _ledger.Dispose();
        _store.Dispose();
    }

    [Fact]
    public async Task Agents_StartedByATool_CountInTheirRunAndInThatOfTheAgent()
    {
        using IChatClient helper = Client(new ScriptedChatClient(1_000, 100));
        List<decimal> spent = [];
        AITool research = AIFunctionFactory.Create(async (string topic) => await ResearchAsync(topic), "research");
        using IChatClient agent = Agent(
            [
                new FunctionCallContent("1", "research", new Dictionary<string, object?> { ["topic"] = "tea" }),
                new FunctionCallContent("2", "research", new Dictionary<string, object?> { ["topic"] = "cake" }),
            ]);
        using BudgetRun job = _ledger.StartRun(new() { Id = "job", Money = new Money(1m, "USD") });

        using (job.Enter())
        {
            await agent.GetResponseAsync("Hello?", new ChatOptions { MaxOutputTokens = 100, Tools = [research] });
        }

        Assert.Equal([0.0056m, 0.0056m], spent); // two calls each
        Assert.Equal((0.0168m, 0m), await StatusAsync(job)); // 2 of its own and 4 of theirs

        async Task<string> ResearchAsync(string topic)
        {
            using BudgetRun run = BudgetRun.Current!.StartChild(new() { Id = topic, Calls = 2 });
            using IDisposable entered = run.Enter();
            await Task.WhenAll(
                helper.GetResponseAsync("Look.", new ChatOptions { MaxOutputTokens = 100 }),
                DrainAsync(helper.GetStreamingResponseAsync("Look again.", new ChatOptions { MaxOutputTokens = 100 })));
            BudgetExceededException error = await Assert.ThrowsAsync<BudgetExceededException>(
                () => helper.GetResponseAsync("Once more.", new ChatOptions { MaxOutputTokens = 100 }));
            lock (spent)
            {
                spent.Add(StatusAsync(run).Result.Spent);
            }

            Assert.Equal(($"run/{topic}", BudgetRunStopReason.LimitReached), (error.Denial.Budget, run.Stop!.Reason));
            return "done";
        }
    }

    [Fact]
    public async Task Agent_ToldToWrapUp_FinishesWithWhatItHas()
    {
        using BudgetRun job = _ledger.StartRun(new() { Id = "job", Calls = 10 });
        using IDisposable entered = job.Enter();
        using IChatClient client = Client(new ScriptedChatClient(1_000, 100));
        int calls = 0;

        for (; !job.WrapUp.IsCancellationRequested; calls++)
        {
            await client.GetResponseAsync("Go on.", new ChatOptions { MaxOutputTokens = 100 });
        }

        await client.GetResponseAsync("Finish with what you have.", new ChatOptions { MaxOutputTokens = 100 });
        Assert.Equal((8, null), (calls, job.Stop)); // 0.8 x 10
    }

    [Fact]
    public async Task Call_OfAStoppedRun_IsNotSent()
    {
        int sent = 0;
        using BudgetRun job = _ledger.StartRun(new() { Id = "job" });
        using IDisposable entered = job.Enter();
        using IChatClient client = Client(new ScriptedChatClient(_ =>
        {
            sent++;
            return ScriptedChatClient.Answer(1, 1);
        }));
        job.Cancel();

        BudgetExceededException error = await Assert.ThrowsAsync<BudgetExceededException>(() => client.GetResponseAsync("Hello?"));

        Assert.Equal((0, DenialReason.RunStopped), (sent, error.Denial.Reason));
    }

    /// <summary>An agent whose first answer calls tools, and whose second is the last.</summary>
    private IChatClient Agent(AIContent[] calls)
    {
        Queue<ChatResponse> answers = new([ScriptedChatClient.Answer(1_000, 100), ScriptedChatClient.Answer(1_000, 100)]);
        answers.Peek().Messages = [new ChatMessage(ChatRole.Assistant, calls)];
        return new ScriptedChatClient(_ => answers.Dequeue()).AsBuilder()
            .UseFunctionInvocation(configure: tools => tools.AllowConcurrentInvocation = true)
            .UseBudget(_ledger)
            .UseCostTracking(TestRates.Estimator)
            .Build();
    }

    private IChatClient Client(IChatClient inner) => inner.AsBuilder().UseBudget(_ledger).UseCostTracking(TestRates.Estimator).Build();

    private static async Task<(decimal Spent, decimal Held)> StatusAsync(BudgetRun run)
    {
        BudgetStatus status = (await run.GetStatusAsync()).Single(one => one.Unit == BudgetUnit.Money);
        return (status.Spent, status.Held);
    }

    private static async Task DrainAsync(IAsyncEnumerable<ChatResponseUpdate> stream)
    {
        await foreach (ChatResponseUpdate update in stream)
        {
            Assert.NotNull(update);
        }
    }
}
