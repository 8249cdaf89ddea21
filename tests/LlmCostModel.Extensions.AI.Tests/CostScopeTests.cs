using Microsoft.Extensions.AI;

namespace LlmCostModel.Extensions.AI.Tests;

public class CostScopeTests
{
    [Fact]
    public async Task Totals_NestedScopes_CountInAllAroundThem()
    {
        using IChatClient client = Tracked(new ScriptedChatClient(1_000, 100));
        using CostScope outer = CostScope.Begin(("tenant", "a"), ("feature", "chat"));
        await client.GetResponseAsync("Hello?");
        CostScope inner = CostScope.Begin(("feature", "search"));
        await client.GetResponseAsync("Hello?");
        inner.Dispose();
        await client.GetResponseAsync("Hello?");

        // 1,000 x 2 + 100 x 8 = 2,800 millionths a call
        Assert.Equal("0.0028 USD (1 call)", inner.Totals.ToString());
        Assert.Equal("0.0084 USD (3 calls)", outer.Totals.ToString());
        Assert.Equal(["feature=search", "tenant=a"], inner.Tags.Select(tag => $"{tag.Key}={tag.Value}").Order());
        Assert.Same(outer, CostScope.Current);
    }

    [Fact]
    public async Task Totals_UnpricedCall_AreALowerBound()
    {
        using IChatClient known = Tracked(new ScriptedChatClient(1_000, 100));
        using IChatClient unknown = Tracked(new ScriptedChatClient(_ => ScriptedChatClient.Answer(1, 1, "no-such-model")));
        using CostScope scope = CostScope.Begin();

        await known.GetResponseAsync("Hello?");
        await unknown.GetResponseAsync("Hello?");

        Assert.Equal(CostStatus.Partial, scope.Totals.Status);
        Assert.Equal("at least 0.0028 USD (2 calls, 1 unpriced)", scope.Totals.ToString());
    }

    [Fact]
    public async Task Totals_StreamReadElsewhere_CountWhereTheCallBegan()
    {
        using IChatClient client = Tracked(new ScriptedChatClient(1_000, 100));
        using CostScope scope = CostScope.Begin();
        IAsyncEnumerator<ChatResponseUpdate> updates = client.GetStreamingResponseAsync("Hello?").GetAsyncEnumerator();
        Assert.True(await updates.MoveNextAsync());

        using (CostScope.Begin())
        {
            while (await updates.MoveNextAsync())
            {
            }
        }

        await updates.DisposeAsync();
        Assert.Equal(new Money(0.0028m, "USD"), scope.Totals.Total);
    }

    /// <summary>Conversation i makes i % 5 + 1 calls, call k of i x 1,000 + k input tokens at 2 millionths; no conversation sees another's.</summary>
    [Fact]
    public async Task Totals_Of64ConversationsWithTools_AddUpExactlyWithoutCrossTalk()
    {
        const int Conversations = 64;
        using CostScope all = CostScope.Begin();
        Money[] spent = await Task.WhenAll(Enumerable.Range(1, Conversations).Select(ConverseAsync));

        decimal sum = 0;
        for (int i = 1; i <= Conversations; i++)
        {
            int calls = (i % 5) + 1;
            decimal expected = Enumerable.Range(0, calls).Sum(k => ((i * 1_000) + k) * 0.000002m);
            Assert.Equal(new Money(expected, "USD"), spent[i - 1]);
            sum += expected;
        }

        Assert.Equal(new Money(sum, "USD"), all.Totals.Total);
        Assert.Equal(Enumerable.Range(1, Conversations).Sum(i => (i % 5) + 1), all.Totals.Calls);
    }

    private static async Task<Money> ConverseAsync(int conversation)
    {
        await Task.Yield();
        int call = 0;
        ScriptedChatClient model = new(_ =>
        {
            int number = call++;
            ChatResponse answer = ScriptedChatClient.Answer((conversation * 1_000) + number, 0);
            if (number < conversation % 5)
            {
                answer.Messages = [new ChatMessage(ChatRole.Assistant, [new FunctionCallContent($"call{number}", "next", new Dictionary<string, object?>())])];
            }

            return answer;
        });
        using IChatClient client = model.AsBuilder().UseFunctionInvocation().UseCostTracking(TestRates.Estimator).Build();
        AIFunction next = AIFunctionFactory.Create(async () => { await Task.Delay(1); return "go on"; }, "next");

        using CostScope scope = CostScope.Begin();
        await client.GetResponseAsync("Hello?", new ChatOptions { Tools = [next] });
        return scope.Totals.Total!.Value;
    }

    private static IChatClient Tracked(IChatClient client) => client.AsBuilder().UseCostTracking(TestRates.Estimator).Build();
}
