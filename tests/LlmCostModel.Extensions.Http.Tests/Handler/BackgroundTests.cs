using System.Net;
using LlmCostModel.Extensions.AI.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace LlmCostModel.Extensions.Http.Tests;

/// <summary>Work that goes on without its request: a call when it ends, however it ends and however often it is asked for.</summary>
public sealed class BackgroundTests
{
    private const string Responses = "https://api.openai.com/v1/responses";
    private const string Answer = """{"id":"c1","object":"chat.completion","model":"gpt-test","usage":{"prompt_tokens":1000,"completion_tokens":100,"total_tokens":1100}}""";
    private const string Counts = """{"input_tokens":1000,"output_tokens":100,"total_tokens":1100}""";

    /// <summary>A completed, an awaited and a polled answer of the background: the first finished one is the call.</summary>
    [Fact]
    public async Task Get_BackgroundResponse_CountsOnceWhenItIsFinished()
    {
        const string Open = """{"id":"resp_1","object":"response","status":"queued","background":true,"model":"gpt-test","usage":null}""";
        const string Finished = """{"id":"resp_1","object":"response","status":"completed","background":true,"model":"gpt-test","usage":{"input_tokens":1000,"output_tokens":100,"total_tokens":1100}}""";
        Queue<string> answers = new([Open, Open.Replace("queued", "in_progress", StringComparison.Ordinal), Finished, Finished]);
        using Tracked tracked = new(new ScriptedHandler(_ => ScriptedHandler.Json(answers.Dequeue())));

        using HttpResponseMessage begun = await tracked.Client.PostAsync("https://api.openai.com/v1/responses", new StringContent("""{"model":"gpt-test","background":true}"""));
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(Math.Max(0, i - 1), tracked.Costs.Length);
            using HttpResponseMessage poll = await tracked.Client.GetAsync("https://api.openai.com/v1/responses/resp_1");
        }

        Assert.Equal("0.0028 USD", Assert.Single(tracked.Costs).Total.ToString());
    }

    [Fact]
    public async Task Get_RunOfAnAssistant_CountsWhenItIsFinished()
    {
        Queue<string> answers = new(
        [
            """{"id":"run_1","object":"thread.run","status":"queued","model":"gpt-test","usage":null}""",
            """{"id":"run_1","object":"thread.run","status":"completed","model":"gpt-test","usage":{"prompt_tokens":1000,"completion_tokens":100,"total_tokens":1100}}""",
        ]);
        using Tracked tracked = new(new ScriptedHandler(_ => ScriptedHandler.Json(answers.Dequeue())));

        using HttpResponseMessage begun = await tracked.Client.PostAsync("https://api.openai.com/v1/threads/t/runs", new StringContent("{}"));
        using HttpResponseMessage poll = await tracked.Client.GetAsync("https://api.openai.com/v1/threads/t/runs/run_1");

        Assert.Equal("0.0028 USD", Assert.Single(tracked.Costs).Total.ToString());
    }

    /// <summary>xAI answers a deferred completion with an id, and gives it once: https://docs.x.ai/docs/guides/deferred-chat-completions.</summary>
    [Fact]
    public async Task Get_DeferredCompletion_CountsWhenItIsGiven()
    {
        Queue<HttpResponseMessage> answers = new([ScriptedHandler.Json("""{"request_id":"r1"}"""), ScriptedHandler.Json("", HttpStatusCode.Accepted), ScriptedHandler.Json(Answer)]);
        using Tracked tracked = new(new ScriptedHandler(_ => answers.Dequeue()));

        using HttpResponseMessage begun = await tracked.Client.PostAsync("https://api.x.ai/v1/chat/completions", new StringContent("""{"model":"gpt-test","deferred":true}"""));
        using HttpResponseMessage early = await tracked.Client.GetAsync("https://api.x.ai/v1/chat/deferred-completion/r1");
        Assert.Empty(tracked.Costs);
        using HttpResponseMessage done = await tracked.Client.GetAsync("https://api.x.ai/v1/chat/deferred-completion/r1");

        Assert.Equal(1_000, Assert.Single(tracked.Costs).Usage!.Value.Input);
    }

    [Fact]
    public void TryCount_MoreIdsThanAreKnown_ForgetsTheOldest()
    {
        BackgroundWork work = new();
        Assert.True(work.TryCount("first"));
        Assert.False(work.TryCount("first"));
        for (int i = 0; i < BackgroundWork.Most; i++)
        {
            Assert.True(work.TryCount($"id {i}"));
        }

        Assert.True(work.TryCount("first"));
        Assert.False(work.TryCount($"id {BackgroundWork.Most - 1}"));
    }

    /// <summary>A poll says nothing of what was asked for, and its answer may not either: (1,000 x 2 + 100 x 8) / 2 = 1,400 millionths, at the prices of when the work was sent.</summary>
    [Fact]
    public async Task Get_TierThatOnlyTheRequestNames_IsThatOfTheWork()
    {
        FakeTimeProvider clock = new(new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.Zero));
        ServiceCollection services = new();
        services.AddSingleton<TimeProvider>(clock);
        using ServiceProvider provider = services.BuildServiceProvider();
        Queue<string> answers = new([Body("queued", "null"), Body("completed", Counts)]);
        Ledger ledger = new();
        using CostTrackingHandler handler = new(new ScriptedHandler(_ => ScriptedHandler.Json(answers.Dequeue())), Rates.Estimator, options => options.Observers.Add(ledger), provider);
        using HttpClient client = new(handler);

        using HttpResponseMessage begun = await client.PostAsync(Responses, new StringContent("""{"model":"gpt-test","background":true,"service_tier":"flex"}"""));
        clock.Advance(TimeSpan.FromHours(20));
        using HttpResponseMessage poll = await client.GetAsync($"{Responses}/resp_1");

        CallCost cost = Assert.Single(ledger.Costs);
        Assert.Equal("0.0014 USD", cost.Total.ToString());
        Assert.Equal(clock.Start, cost.Priced.Call.At);
    }

    /// <summary>What it has used so far is not the call; what it had used when it was canceled is, once: 2,800 millionths.</summary>
    [Theory]
    [InlineData("cancelled")]
    [InlineData("incomplete")]
    [InlineData("failed")]
    public async Task Get_WorkThatEndedEarly_CountsWhatItHadUsed(string end)
    {
        Queue<string> answers = new(
        [
            Body("queued", "null"),
            Body("in_progress", """{"input_tokens":1000,"output_tokens":7,"total_tokens":1007}"""),
            Body(end, Counts),
            Body(end, Counts),
        ]);
        using Tracked tracked = new(new ScriptedHandler(_ => ScriptedHandler.Json(answers.Dequeue())));

        using HttpResponseMessage begun = await tracked.Client.PostAsync(Responses, new StringContent("""{"model":"gpt-test","background":true}"""));
        for (int i = 0; i < 3; i++)
        {
            using HttpResponseMessage poll = await tracked.Client.GetAsync($"{Responses}/resp_1");
            Assert.Equal(Math.Min(i, 1), tracked.Costs.Length);
        }

        Assert.Equal("0.0028 USD", Assert.Single(tracked.Costs).Total.ToString());
    }

    [Theory]
    [InlineData("cancelled", "GET", "")]
    [InlineData("failed", "GET", "")]
    [InlineData("cancelled", "POST", "/cancel")]
    public async Task Ask_WorkThatEndedWithoutUsage_IsUnknownOnce(string end, string method, string path)
    {
        Queue<string> answers = new([Body("queued", "null"), Body(end, "null"), Body(end, "null")]);
        using Tracked tracked = new(new ScriptedHandler(_ => ScriptedHandler.Json(answers.Dequeue())));

        using HttpResponseMessage begun = await tracked.Client.PostAsync(Responses, new StringContent("""{"model":"gpt-test","background":true}"""));
        for (int i = 0; i < 2; i++)
        {
            using HttpRequestMessage request = new(new HttpMethod(method), $"{Responses}/resp_1{path}");
            using HttpResponseMessage poll = await tracked.Client.SendAsync(request);
        }

        CallCost cost = Assert.Single(tracked.Costs);
        Assert.Equal((CostStatus.Unpriced, "gpt-test"), (cost.Status, cost.ResponseModel));
        Assert.StartsWith($"The work in the background ended ({end}) without stating its usage", cost.Issues[0].Message, StringComparison.Ordinal);
    }

    /// <summary>Canceled when it was done already: what is canceled is the answer, 2,800 millionths. A run that is being canceled is not over.</summary>
    [Fact]
    public async Task Post_Cancel_IsAnAnswerOfTheWork()
    {
        Queue<string> answers = new(
        [
            Body("queued", "null"),
            Body("completed", Counts),
            """{"id":"run_1","object":"thread.run","status":"queued","model":"gpt-test","usage":null}""",
            """{"id":"run_1","object":"thread.run","status":"cancelling","model":"gpt-test","usage":null}""",
        ]);
        using Tracked tracked = new(new ScriptedHandler(_ => ScriptedHandler.Json(answers.Dequeue())));

        using HttpResponseMessage begun = await tracked.Client.PostAsync(Responses, new StringContent("""{"model":"gpt-test","background":true}"""));
        using HttpResponseMessage done = await tracked.Client.PostAsync($"{Responses}/resp_1/cancel", null);
        using HttpResponseMessage run = await tracked.Client.PostAsync("https://api.openai.com/v1/threads/t/runs", new StringContent("{}"));
        using HttpResponseMessage ending = await tracked.Client.PostAsync("https://api.openai.com/v1/threads/t/runs/run_1/cancel", null);

        Assert.Equal("0.0028 USD", Assert.Single(tracked.Costs).Total.ToString());
    }

    private static string Body(string status, string usage) =>
        $$"""{"id":"resp_1","object":"response","status":"{{status}}","background":true,"model":"gpt-test","usage":{{usage}}}""";
}
