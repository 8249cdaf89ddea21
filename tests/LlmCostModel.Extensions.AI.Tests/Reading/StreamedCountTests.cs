using System.Text.Json;
using Microsoft.Extensions.AI;

namespace LlmCostModel.Extensions.AI.Tests.Reading;

/// <summary>Several statements of usage in a stream of a client that is in no table: parts that add up, or a total that grows.</summary>
public sealed class StreamedCountTests
{
    /// <summary>The last of three totals: 1,000 x 2 + 100 x 8 = 2,800 millionths, and not 3,000 x 2 + 161 x 8.</summary>
    [Fact]
    public async Task Stream_TotalThatGrows_IsTheLastOne()
    {
        CallCost cost = await StreamAsync(Usage(1_000, 1), Usage(1_000, 60), Usage(1_000, 100));

        Assert.Equal((CostStatus.Priced, "0.0028 USD"), (cost.Status, cost.Total.ToString()));
        Assert.Contains("The stream states usage 3 times, each time all of the input and no count less than before: the last one is the total.", cost.Priced.Notes);
    }

    /// <summary>Anthropic's way of old: the input first, the output last. 1,000 x 2 + 100 x 8 = 2,800 millionths.</summary>
    [Fact]
    public async Task Stream_Parts_AddUp()
    {
        CallCost cost = await StreamAsync(Usage(1_000, null), Usage(null, 40), Usage(0, 60));

        Assert.Equal((CostStatus.Priced, "0.0028 USD"), (cost.Status, cost.Total.ToString()));
        Assert.DoesNotContain(cost.Priced.Notes, note => note.StartsWith("The stream states usage", StringComparison.Ordinal));
    }

    /// <summary>Output alone, piece by piece, is never a total: 100 x 8 = 800 millionths at least.</summary>
    [Fact]
    public async Task Stream_OutputPieceByPiece_AddsUp()
    {
        CallCost cost = await StreamAsync(Usage(null, 50), Usage(null, 50));

        Assert.Equal((CostStatus.Partial, 100L), (cost.Status, cost.Usage!.Value.Output));
    }

    /// <summary>1,500 x 2 + 30 x 8 = 3,240 millionths if it is a total, and 2,500 x 2 + 50 x 8 = 5,400 if these are two answers.</summary>
    [Theory]
    [InlineData(1_000, "r1", "r1")]
    [InlineData(1_500, "r1", "r2")]
    public async Task Stream_TotalOrSeveralAnswers_IsALowerBound(long firstInput, string first, string second)
    {
        CallCost cost = await StreamAsync((Usage(firstInput, 20), first), (Usage(1_500, 30), second));

        Assert.Equal((CostStatus.Partial, "0.00324 USD"), (cost.Status, cost.Total.ToString()));
        Assert.Contains($"or several answers of {firstInput + 1_500} input and 50 output tokens in all", cost.Issues[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "0.00324 USD")]
    [InlineData(false, "0.0054 USD")] // (1,000 + 1,500) x 2 + (20 + 30) x 8
    public async Task Stream_RowThatSaysWhich_Decides(bool areTotals, string expected)
    {
        using IChatClient client = Client([(Usage(1_000, 20), null), (Usage(1_500, 30), null)], options => options.Adapters.Add(
            new ClientAdapterOptions { Client = typeof(UpdatesClient).FullName!, StreamsRunningTotals = areTotals }));

        CallCost cost = Assert.Single((await client.GetStreamingResponseAsync("Hello?").ToChatResponseAsync()).GetCallCosts());

        Assert.Equal((CostStatus.Priced, expected), (cost.Status, cost.Total.ToString()));
    }

    /// <summary>A counter that begins anew is of another answer: 1,100 x 2 + 110 x 8 = 3,080 millionths.</summary>
    [Fact]
    public async Task Stream_CountThatFalls_AddsUp()
    {
        CallCost cost = await StreamAsync(Usage(1_000, 100), Usage(100, 10));

        Assert.Equal((CostStatus.Priced, "0.00308 USD"), (cost.Status, cost.Total.ToString()));
    }

    /// <summary>A body of counts alone is of the model that was asked for: 1,000 x 2 + 100 x 8 = 2,800 millionths.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task JsonBody_WithoutAModel_IsOfTheOneAskedFor(bool isStream)
    {
        JsonElement body = JsonSerializer.Deserialize<JsonElement>("""{"usage":{"prompt_tokens":1000,"completion_tokens":100,"total_tokens":1100}}""");
        UpdatesClient updates = new([new ChatResponseUpdate(ChatRole.Assistant, "Hi.") { RawRepresentation = body, FinishReason = ChatFinishReason.Stop }]);
        using IChatClient client = new RawClient(updates, body).AsBuilder().UseCostTracking(TestRates.Estimator).Build();
        ChatOptions options = new() { ModelId = "gpt-test" };

        ChatResponse response = isStream
            ? await client.GetStreamingResponseAsync("Hello?", options).ToChatResponseAsync()
            : await client.GetResponseAsync("Hello?", options);

        CallCost cost = Assert.Single(response.GetCallCosts());
        Assert.Equal((CostStatus.Priced, "0.0028 USD"), (cost.Status, cost.Total.ToString()));
        Assert.Equal(UsageOrigin.Provider, cost.Priced.Call.Reading.Origin);
    }

    private static UsageDetails Usage(long? input, long? output) => new() { InputTokenCount = input, OutputTokenCount = output };

    private static Task<CallCost> StreamAsync(params UsageDetails[] usages) => StreamAsync([.. usages.Select(usage => (usage, (string?)"r1"))]);

    private static async Task<CallCost> StreamAsync(params (UsageDetails Usage, string? ResponseId)[] usages)
    {
        using IChatClient client = Client(usages, null);
        return Assert.Single((await client.GetStreamingResponseAsync("Hello?").ToChatResponseAsync()).GetCallCosts());
    }

    private static IChatClient Client((UsageDetails Usage, string? ResponseId)[] usages, Action<CostTrackingOptions>? configure) =>
        new UpdatesClient([.. usages.Select(one => new ChatResponseUpdate(ChatRole.Assistant, [new TextContent("x"), new UsageContent(one.Usage)])
        {
            ModelId = "gpt-test",
            ResponseId = one.ResponseId,
        })]).AsBuilder().UseCostTracking(TestRates.Estimator, configure).Build();

    /// <summary>Leaves the body in the whole answer, too, which counts nothing itself.</summary>
    private sealed class RawClient(IChatClient inner, JsonElement body) : DelegatingChatClient(inner)
    {
        public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            ChatResponse response = await base.GetResponseAsync(messages, options, cancellationToken);
            response.RawRepresentation = body;
            return response;
        }
    }
}
