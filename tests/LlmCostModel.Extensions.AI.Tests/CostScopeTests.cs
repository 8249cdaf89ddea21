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

    /// <summary>What a scope left running in the background counts around it, and not in it.</summary>
    [Fact]
    public async Task Disposed_CallsOfATaskItLeftBehind_CountInTheScopeAround()
    {
        using IChatClient client = Tracked(new ScriptedChatClient(1_000, 100));
        TaskCompletionSource ended = new();
        using CostScope outer = CostScope.Begin();
        CostScope inner = CostScope.Begin();
        Task background = Task.Run(async () =>
        {
            await ended.Task;
            await client.GetResponseAsync("Hello?");
        });

        inner.Dispose();
        ended.SetResult();
        await background;

        Assert.Equal("nothing (0 calls)", inner.Totals.ToString());
        Assert.Equal("0.0028 USD (1 call)", outer.Totals.ToString());
    }

    [Fact]
    public async Task Disposed_InAnyOrderAndTask_AreOver()
    {
        using IChatClient client = Tracked(new ScriptedChatClient(1_000, 100));
        CostScope outer = CostScope.Begin();
        CostScope inner = CostScope.Begin();

        outer.Dispose();
        Assert.Same(inner, CostScope.Current);
        await Task.Run(inner.Dispose);

        Assert.Null(CostScope.Current);
        await client.GetResponseAsync("Hello?");
        Assert.Equal((0, 0), (outer.Totals.Calls, inner.Totals.Calls));
    }

    /// <summary>A scope that ended before the one inside of it counts nothing of what begins later; what began before still counts.</summary>
    [Fact]
    public async Task Disposed_BeforeTheScopeInside_CountsNothingMore()
    {
        using IChatClient client = Tracked(new ScriptedChatClient(1_000, 100));
        CostScope outer = CostScope.Begin();
        using CostScope inner = CostScope.Begin();
        await client.GetResponseAsync("Hello?");

        outer.Dispose();
        await client.GetResponseAsync("Hello?");

        Assert.Equal((1, 2), (outer.Totals.Calls, inner.Totals.Calls));
    }

    /// <summary>An account and a region for one request, without another client: what the scope says wins over the options, the inner one over the outer one.</summary>
    [Fact]
    public async Task Context_OfTheScope_IsThatOfItsCalls()
    {
        CostEstimator estimator = new(RateCardJson.Parse(
            """
            { "own": { "Currency": "USD", "Models": { "gpt-test": { "PerMillionTokens": { "Input": 2, "Output": 8 }, "Rules": [
              { "Name": "us", "When": { "Region": "us" }, "Multiply": 2 } ] } } } }
            """u8.ToArray(),
            "own.json"));
        using IChatClient client = new ScriptedChatClient(1_000, 100).AsBuilder()
            .UseCostTracking(estimator, options => options.Context = new CallContext { Region = "eu", Account = "shared" }).Build();

        using CostScope tenant = CostScope.Begin(new CallContext { Account = "contoso" }, ("tenant", "contoso"));
        using CostScope region = CostScope.Begin(new CallContext { Region = "us" });
        CallCost cost = Assert.Single((await client.GetResponseAsync("Hello?")).GetCallCosts());

        Assert.Equal(("us", "contoso", "0.0056 USD"), (cost.Priced.Context.Region, cost.Priced.Context.Account, cost.Total.ToString())); // 2 x 2,800 millionths
        Assert.Equal("contoso", cost.Tags["tenant"]);
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

    /// <summary>A third of a dollar a call, rounded at the 28th decimal: 0.3333333333333333333333333333 x 24 = 7.9999999999999999999999999992,
    /// of 29 digits that no decimal holds; the 25th is added to that and not to what was shown.</summary>
    [Theory]
    [InlineData(24, "7.999999999999999999999999999 USD (24 calls)")]
    [InlineData(30, "9.999999999999999999999999999 USD (30 calls)")] // ...9990
    [InlineData(3_000, "999.9999999999999999999999999 USD (3000 calls)")] // ...9999000
    public async Task Totals_EndlessAmounts_AreTheirExactSum(int calls, string expected)
    {
        using IChatClient client = Tracked(new ScriptedChatClient(1, 1), """ "PerMillionTokens": { "Input": 0, "Output": 0 }, "PerMeter": { "Request": { "Price": 1, "Per": 3 } } """);
        using CostScope scope = CostScope.Begin();
        for (int i = 0; i < calls; i++)
        {
            Assert.Equal(new Money(0.3333333333333333333333333333m, "USD"), (await client.GetResponseAsync("Hello?")).GetCost()!.Total);
        }

        Assert.Equal(expected, scope.Totals.ToString());
    }

    /// <summary>Three calls of 4e28 are 1.2e29, more than any decimal: the third is answered all the same, and the sum is a lower bound.</summary>
    [Fact]
    public async Task Totals_BeyondADecimal_AreALowerBound()
    {
        using IChatClient client = Tracked(new ScriptedChatClient(1, 1), """ "PerMillionTokens": { "Input": 0, "Output": 0 }, "PerMeter": { "Request": 39000000000000000000000000000 } """);
        using CostScope scope = CostScope.Begin();
        for (int i = 0; i < 3; i++)
        {
            Assert.NotEmpty((await client.GetResponseAsync("Hello?")).Text);
        }

        Assert.Equal("at least 78000000000000000000000000000 USD (3 calls, 1 partly priced)", scope.Totals.ToString());
    }

    /// <summary>Each order of the same calls has the same sum: amounts of 28 decimals beside large ones.</summary>
    [Fact]
    public void Sum_CallsInAnyOrder_IsTheSame()
    {
        decimal[] amounts = [123_456_789.1234567890123456789m, 0.3333333333333333333333333333m, -0.0000000000000000000000000001m, 9_999_999.99m, 0.6666666666666666666666666667m];
        CallCost[] costs = [.. amounts.Select(amount => new CallCost { Operation = "chat", Priced = CostOf(new Money(amount, "USD")) })];
        Random random = new(7);
        CostTotals[] sums = [.. Enumerable.Range(0, 50).Select(_ => CostTotals.Sum(costs.OrderBy(_ => random.Next())))];

        // 133,456,789.1134567890123456789 + 1 - 10^-28 = 133,456,790.1134567890123456788999999999: 37 digits
        Assert.All(sums, sum => Assert.Equal(new Money(133_456_790.1134567890123456789m, "USD"), sum.Total));
    }

    private static PricedCall CostOf(Money amount) => new()
    {
        Call = ModelCall.FromUsage("m", default),
        Context = default,
        Parts = [new PricedPart { Role = CallRole.Main, Model = "m", Estimate = default }],
        Status = CostStatus.Priced,
        Totals = [amount],
        Issues = [],
    };

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

    private static IChatClient Tracked(IChatClient client, string version) => client.AsBuilder()
        .UseCostTracking(new CostEstimator(RateCardJson.Parse($$"""{ "Currency": "USD", "Models": { "gpt-test": { {{version}} } } }""", "card")))
        .Build();

    private static IChatClient Tracked(IChatClient client) => client.AsBuilder().UseCostTracking(TestRates.Estimator).Build();
}
