using LlmCostModel.Budgets;
using LlmCostModel.Extensions.AI.Tests;
using Microsoft.Extensions.AI;
using static LlmCostModel.Extensions.AI.Tests.LoopbackModel;

namespace LlmCostModel.Extensions.Http.Tests.Budgets;

/// <summary>The official libraries over a client with a budget, without <c>UseBudget</c>.</summary>
public sealed class BudgetSdkTests
{
    private static readonly ChatOptions Short = new() { MaxOutputTokens = 500 };

    public static TheoryData<string, bool> Calls
    {
        get
        {
            TheoryData<string, bool> calls = [];
            foreach (object[] name in (IEnumerable<object[]>)SdkTests.Clients)
            {
                calls.Add((string)name[0], false);
                calls.Add((string)name[0], true);
            }

            return calls;
        }
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Call_WithRoom_CountsWhatItCost(string name, bool streams)
    {
        await using LoopbackModel model = new(Answer(name, streams));
        using BudgetedClient budgeted = new(new SocketsHttpHandler(), 1m, TestRates.Estimator);
        using IChatClient client = WatchedClients.Open(name, model, budgeted.Client);

        await CallAsync(client, streams);

        Assert.Equal((Amount(name), 0m), await budgeted.StatusAsync());
        Assert.Equal(SettlementRemarks.None, Assert.Single(budgeted.Settled).Remarks & ~SettlementRemarks.AboveHold);
        Assert.Equal(IsAnthropic(name) ? "claude-test" : "gpt-test", Assert.Single(budgeted.Asked).Tags["model"]);
    }

    /// <summary>500 tokens of output cost 500 x 8 = 4,000 millionths or more.</summary>
    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Call_WithoutRoom_IsNotSentAndNotRepeated(string name, bool streams)
    {
        await using LoopbackModel model = new(Answer(name, streams));
        using BudgetedClient budgeted = new(new SocketsHttpHandler(), 0.0039m, TestRates.Estimator);
        using IChatClient client = WatchedClients.Open(name, model, budgeted.Client);

        BudgetExceededException error = await Assert.ThrowsAsync<BudgetExceededException>(async () => await CallAsync(client, streams));

        Assert.Equal(DenialReason.LargerThanLimit, error.Denial.Reason);
        Assert.Equal((0, 1), (model.Requests, budgeted.Asked.Count));
        Assert.Equal((0m, 0m), await budgeted.StatusAsync());
    }

    [Theory]
    [InlineData("chat")]
    [InlineData("anthropic")]
    public async Task Call_RefusedOnceAndRepeatedByTheLibrary_CountsOnce(string name)
    {
        await using LoopbackModel model = new(IsAnthropic(name) ? Bodies.AnthropicTooManyRequests() : Bodies.TooManyRequests(), Answer(name, false));
        using BudgetedClient budgeted = new(new SocketsHttpHandler(), 1m, TestRates.Estimator);
        using IChatClient client = WatchedClients.Open(name, model, budgeted.Client);

        await CallAsync(client, streams: false);

        Assert.Equal((2, 2), (model.Requests, budgeted.Asked.Count));
        Assert.Equal((Amount(name), 0m), await budgeted.StatusAsync());
    }

    [Theory]
    [InlineData("chat")]
    [InlineData("anthropic")]
    public async Task Stream_GivenUp_CountsWhatWasHeld(string name)
    {
        await using LoopbackModel model = new(Answer(name, streaming: true));
        using BudgetedClient budgeted = new(new SocketsHttpHandler(), 1m, TestRates.Estimator);
        using IChatClient client = WatchedClients.Open(name, model, budgeted.Client);

        await foreach (ChatResponseUpdate _ in client.GetStreamingResponseAsync("Hello?", Short))
        {
            break;
        }

        // What the rest would have cost nobody knows, and the ceiling is the most that it can be; or the library had read it to its end.
        (decimal spent, decimal held) = await budgeted.StatusAsync();
        Assert.Equal(0m, held);
        Assert.True(spent == Amount(name) || (spent > 0m && (Assert.Single(budgeted.Settled).Remarks & SettlementRemarks.Estimated) != 0), $"{spent}");
    }

    [Theory]
    [InlineData("chat")]
    [InlineData("anthropic")]
    public async Task Call_OfAnUnknownModel_IsDenied(string name)
    {
        await using LoopbackModel model = new(Answer(name, streaming: false));
        using BudgetedClient budgeted = new(new SocketsHttpHandler(), 1m, TestRates.Estimator);
        using IChatClient client = WatchedClients.Open(name, model, budgeted.Client);

        BudgetExceededException error = await Assert.ThrowsAsync<BudgetExceededException>(
            async () => await client.GetResponseAsync("Hello?", new ChatOptions { ModelId = "nobody-1", MaxOutputTokens = 5 }));

        Assert.Equal(DenialReason.UnknownPrice, error.Denial.Reason);
        Assert.Contains("No price for model 'nobody-1'.", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, model.Requests);
    }

    private static async Task<ChatResponse> CallAsync(IChatClient client, bool streams) =>
        streams ? await client.GetStreamingResponseAsync("Hello?", Short).ToChatResponseAsync() : await client.GetResponseAsync("Hello?", Short);

    private static bool IsAnthropic(string name) => name.StartsWith("anthropic", StringComparison.Ordinal);

    private static Reply Answer(string name, bool streaming) => (name, streaming) switch
    {
        ("chat", false) => Bodies.Chat(),
        ("chat", true) => Bodies.ChatStream(),
        ("responses", false) => Bodies.Responses(),
        ("responses", true) => Bodies.ResponsesStream(),
        (_, false) => Bodies.Messages(),
        _ => Bodies.MessagesStream(),
    };

    private static decimal Amount(string name) => IsAnthropic(name) ? TestRates.AnthropicAmount : TestRates.OpenAIFlexAmount;
}
