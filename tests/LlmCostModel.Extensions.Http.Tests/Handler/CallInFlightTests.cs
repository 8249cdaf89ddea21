using System.Text;

namespace LlmCostModel.Extensions.Http.Tests;

/// <summary>What a tracked client's own call reads goes to the client, each answer once.</summary>
public sealed class CallInFlightTests
{
    private const string Answer = """{"id":"c1","object":"chat.completion","model":"gpt-test","usage":{"prompt_tokens":1000,"completion_tokens":100,"total_tokens":1100}}""";

    [Theory]
    [InlineData(new[] { 200 }, 1)]
    [InlineData(new[] { 429, 200 }, 1)]
    [InlineData(new[] { 500, 200 }, 1)] // an attempt that failed is no call beside one that did not
    [InlineData(new[] { 200, 200 }, 2)] // a tool loop inside of an SDK
    [InlineData(new[] { 500 }, 1)]
    [InlineData(new[] { 400 }, 0)]
    public async Task End_AnswersOfOneCall_AreHandedOverAndNotTold(int[] statuses, int calls)
    {
        Queue<int> answers = new(statuses);
        using Tracked tracked = new(new ScriptedHandler(_ => ScriptedHandler.Json(Answer, (System.Net.HttpStatusCode)answers.Dequeue())));
        CallInFlight call = new();

        await SendAsync(call, tracked, statuses.Length);
        IReadOnlyList<HttpAnswer> taken = call.End();

        Assert.Equal(calls, taken.Count);
        Assert.Equal(statuses[^1], call.LastStatus);
        Assert.True(call.WasSent);
        Assert.Empty(tracked.Costs);
        Assert.All(taken, answer => Assert.Equal(("gpt-test", "openai", statuses is [500]), (answer.RequestedModel, answer.Address.Provider, answer.IsFailure)));
        Assert.Null(CallInFlight.Current);
    }

    /// <summary>What nobody has read to its end is read as far as it came: here, to the usage.</summary>
    [Fact]
    public async Task End_AnswerNotReadToItsEnd_IsReadAsFarAsItCame()
    {
        using Tracked tracked = new(Answer);
        CallInFlight call = new();
        using HttpRequestMessage request = new(HttpMethod.Post, Tracked.Chat) { Content = new StringContent("{}") };
        call.Enter();
        using HttpResponseMessage response = await tracked.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using Stream stream = await response.Content.ReadAsStreamAsync();
        await stream.ReadExactlyAsync(new byte[Answer.Length]);

        Assert.Equal(UsageStatus.Complete, Assert.Single(call.End()).Reading.Status);
        Assert.Equal(0, await stream.ReadAsync(new byte[1]));
        Assert.Empty(tracked.Costs);
    }

    /// <summary>What a call left behind in the background counts by itself.</summary>
    [Fact]
    public async Task Send_AfterTheCallIsOver_IsTold()
    {
        using Tracked tracked = new(Answer);
        CallInFlight call = new();
        call.Enter();
        Assert.Empty(call.End());
        Assert.False(call.WasSent);
        Assert.False(call.IsUsed);

        Assert.Equal("0.0028 USD", (await tracked.PostAsync()).Total.ToString());
    }

    private static async Task SendAsync(CallInFlight call, Tracked tracked, int times)
    {
        call.Enter();
        for (int i = 0; i < times; i++)
        {
            using StringContent content = new("""{"model":"gpt-test"}""", Encoding.UTF8, "application/json");
            using HttpResponseMessage response = await tracked.Client.PostAsync(Tracked.Chat, content);
        }
    }
}
