using LlmCostModel.Budgets;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace LlmCostModel.Extensions.AI.Tests.Budgets;

/// <summary>Rates of the tests: input 2, output 8 USD per million.</summary>
public sealed class BudgetChatClientTests : IDisposable
{
    private static readonly Dictionary<string, string> Ann = new() { ["user"] = "ann" };

    private readonly List<BudgetSettlement> _settled = [];
    private readonly BudgetLedger _ledger = new(new InMemoryBudgetStore(), Options());

    public void Dispose() => _ledger.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Call_WithinTheBudget_IsCountedByWhatItCost(bool streaming)
    {
        using IChatClient client = Client(new ScriptedChatClient(1_000, 100));

        await AskAsync(client, streaming);

        // 1,000 x 2 + 100 x 8 = 2,800 millionths
        BudgetStatus status = (await _ledger.GetStatusAsync(Ann))[0];
        Assert.Equal((0.0028m, 0m, SettlementRemarks.AboveHold), (status.Spent, status.Held, Assert.Single(_settled).Remarks & SettlementRemarks.AboveHold));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Call_WithoutRoom_IsNotMade(bool streaming)
    {
        int sent = 0;
        using IChatClient client = Client(new ScriptedChatClient(_ =>
        {
            sent++;
            return ScriptedChatClient.Answer(1, 1);
        }));

        BudgetExceededException error = await Assert.ThrowsAsync<BudgetExceededException>(() => AskAsync(client, streaming, most: 1_000_000));

        Assert.Equal((0, "user-day", DenialReason.LargerThanLimit), (sent, error.Denial.Budget, error.Denial.Reason)); // 1,000,000 x 8 = 8 USD of 1
        Assert.Equal(0m, (await _ledger.GetStatusAsync(Ann))[0].Held);
    }

    [Fact]
    public async Task Call_WithoutACeiling_IsDeniedWithTheReason()
    {
        using IChatClient client = Client(new ScriptedChatClient(1, 1));
        using CostScope scope = CostScope.Begin(("user", "ann"));

        BudgetExceededException error = await Assert.ThrowsAsync<BudgetExceededException>(() => client.GetResponseAsync("Hello?"));

        Assert.Equal(DenialReason.UnknownPrice, error.Denial.Reason);
        Assert.Contains("Nothing limits the output", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_ThatIsRefused_GivesEverythingBack()
    {
        using IChatClient client = Client(new ScriptedChatClient(_ => throw new HttpRequestException("refused", null, System.Net.HttpStatusCode.TooManyRequests)));

        await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync(client, streaming: false));

        BudgetStatus status = (await _ledger.GetStatusAsync(Ann))[0];
        Assert.Equal((0m, 0m), (status.Spent, status.Held));
    }

    [Fact]
    public async Task Call_ThatMayHaveRun_CountsWhatWasHeld()
    {
        using IChatClient client = Client(new ScriptedChatClient(_ => throw new IOException("lost")));

        await Assert.ThrowsAsync<IOException>(() => AskAsync(client, streaming: false));

        // "Hello?" is 6 bytes, and 16 are added for what is around a message: 22 x 2.5 (written to the cache) + 100 x 8 = 855 millionths
        BudgetStatus status = (await _ledger.GetStatusAsync(Ann))[0];
        Assert.Equal((0.000855m, 0m), (status.Spent, status.Held));
    }

    [Fact]
    public async Task Stream_GivenUp_IsCounted()
    {
        using IChatClient client = Client(new ScriptedChatClient(1_000, 100));
        using CostScope scope = CostScope.Begin(("user", "ann"));

        await foreach (ChatResponseUpdate update in client.GetStreamingResponseAsync("Hello?", new ChatOptions { MaxOutputTokens = 100 }))
        {
            break;
        }

        BudgetStatus status = (await _ledger.GetStatusAsync(Ann))[0];
        Assert.Equal(0m, status.Held);
        Assert.True(status.Spent > 0, "A stream that was given up costs something.");
    }

    [Fact]
    public async Task ToolLoop_EachCall_IsAskedFor()
    {
        Queue<ChatResponse> answers = new([ScriptedChatClient.Answer(1_000, 100), ScriptedChatClient.Answer(1_000, 100)]);
        answers.Peek().Messages = [new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("1", "next", new Dictionary<string, object?>())])];
        using IChatClient client = new ScriptedChatClient(_ => answers.Dequeue()).AsBuilder()
            .UseFunctionInvocation()
            .UseBudget(_ledger, options => options.OnSettled = (_, settled) => _settled.Add(settled))
            .UseCostTracking(TestRates.Estimator)
            .Build();
        using CostScope scope = CostScope.Begin(("user", "ann"));

        await client.GetResponseAsync("Hello?", new ChatOptions { MaxOutputTokens = 100, Tools = [AIFunctionFactory.Create(() => "go on", "next")] });

        Assert.Equal([0.0028m, 0.0056m], _settled.Select(settled => settled.Budgets[0].Spent));
    }

    [Fact]
    public async Task OnSettled_Throws_DoesNotBreakTheCall()
    {
        ListLogger log = new();
        await using ServiceProvider services = new ServiceCollection().AddSingleton<Microsoft.Extensions.Logging.ILoggerFactory>(log).BuildServiceProvider();
        using IChatClient client = new ScriptedChatClient(1_000, 100).AsBuilder()
            .UseBudget(_ledger, options => options.OnSettled = (_, _) => throw new InvalidOperationException("mine"))
            .UseCostTracking(TestRates.Estimator)
            .Build(services);

        await AskAsync(client, streaming: false);

        Assert.Equal(0.0028m, (await _ledger.GetStatusAsync(Ann))[0].Spent);
        Assert.Equal(["Error: OnSettled of UseBudget failed. The call was counted."], log.Messages);
    }

    /// <summary>What the application's own code throws is the application's own exception.</summary>
    [Fact]
    public async Task ChangeRequest_Throws_TheCallIsNotMade()
    {
        int sent = 0;
        using IChatClient client = new ScriptedChatClient(_ =>
        {
            sent++;
            return ScriptedChatClient.Answer(1, 1);
        }).AsBuilder()
            .UseBudget(_ledger, options => options.ChangeRequest = (_, _, _) => throw new KeyNotFoundException("mine"))
            .UseCostTracking(TestRates.Estimator)
            .Build();

        KeyNotFoundException error = await Assert.ThrowsAsync<KeyNotFoundException>(() => AskAsync(client, streaming: false));

        Assert.Equal(("mine", 0, 0m), (error.Message, sent, (await _ledger.GetStatusAsync(Ann))[0].Held));
    }

    [Fact]
    public async Task Scope_Outside_CountsTheCallsToo()
    {
        using IChatClient client = Client(new ScriptedChatClient(1_000, 100));
        using CostScope scope = CostScope.Begin(("user", "ann"));

        await client.GetResponseAsync("Hello?", new ChatOptions { MaxOutputTokens = 100 });

        Assert.Equal((1L, new Money(0.0028m, "USD")), (scope.Totals.Calls, scope.Totals.Total!.Value));
    }

    [Fact]
    public void Client_NotTracked_SaysWhatToDo()
    {
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => new ScriptedChatClient(1, 1).AsBuilder().UseBudget(_ledger).Build());

        Assert.Equal("UseBudget counts what UseCostTracking prices, and the client inside is not tracked. Call UseCostTracking after UseBudget.", error.Message);
    }

    [Fact]
    public async Task Ledger_Registered_IsTaken()
    {
        await using ServiceProvider services = new ServiceCollection()
            .AddLlmBudgets(options => options.Budgets["calls"] = new() { Unit = BudgetUnit.Calls, Limit = 1, Window = BudgetWindow.Total })
            .BuildServiceProvider();
        using IChatClient client = new ScriptedChatClient(1, 1).AsBuilder().UseBudget().UseCostTracking(TestRates.Estimator).Build(services);
        await client.GetResponseAsync("Hello?");

        BudgetExceededException error = await Assert.ThrowsAsync<BudgetExceededException>(() => client.GetResponseAsync("Hello?"));

        Assert.Equal((DenialReason.LimitReached, "calls"), (error.Denial.Reason, error.Denial.Budget));
    }

    private static BudgetsOptions Options()
    {
        BudgetsOptions options = new();
        options.Budgets["user-day"] = new() { Limit = 1m, Currency = "USD", Window = BudgetWindow.Day(), Per = { "user" } };
        return options;
    }

    private IChatClient Client(IChatClient inner) => inner.AsBuilder()
        .UseBudget(_ledger, options => options.OnSettled = (_, settled) => _settled.Add(settled))
        .UseCostTracking(TestRates.Estimator)
        .Build();

    private static async Task AskAsync(IChatClient client, bool streaming, int most = 100)
    {
        using CostScope scope = CostScope.Begin(("user", "ann"));
        ChatOptions options = new() { MaxOutputTokens = most };
        if (!streaming)
        {
            await client.GetResponseAsync("Hello?", options);
            return;
        }

        await foreach (ChatResponseUpdate update in client.GetStreamingResponseAsync("Hello?", options))
        {
            Assert.NotNull(update);
        }
    }
}
