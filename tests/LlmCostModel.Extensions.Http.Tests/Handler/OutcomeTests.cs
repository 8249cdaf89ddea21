using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text;
using LlmCostModel.Extensions.AI.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LlmCostModel.Extensions.Http.Tests;

/// <summary>What is a call, what it is known to cost however it ends, and that nothing of this reaches the caller.</summary>
public sealed class OutcomeTests
{
    private const string Answer = """{"id":"c1","object":"chat.completion","model":"gpt-test","usage":{"prompt_tokens":1000,"completion_tokens":100,"total_tokens":1100}}""";

    private const string Event = """
        data: {"type":"message_start","message":{"id":"m","type":"message","role":"assistant","model":"claude-test","usage":{"input_tokens":1000,"output_tokens":1}}}


        """;

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(429)]
    [InlineData(499)]
    [InlineData(304)]
    public async Task Post_Refused_CostsNothing(int status)
    {
        using Tracked tracked = new(new ScriptedHandler(_ => ScriptedHandler.Json("""{"error":{"message":"?"}}""", (HttpStatusCode)status)));

        using HttpResponseMessage response = await tracked.Client.PostAsync(Tracked.Chat, new StringContent("{}"));

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Empty(tracked.Costs);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(529)]
    public async Task Post_FailedAtTheProvider_IsUnknown(int status)
    {
        using Tracked tracked = new(new ScriptedHandler(_ => ScriptedHandler.Json("""{"error":{"message":"?"}}""", (HttpStatusCode)status)));

        CallCost cost = await tracked.PostAsync();

        Assert.Equal(CostStatus.Unpriced, cost.Status);
        Assert.Equal($"The call failed with HTTP {status}, so it is not known whether it is billed.", cost.Issues[0].Message);
    }

    /// <summary>Every attempt passes here: those that were refused cost nothing.</summary>
    [Fact]
    public async Task Post_TriedAgain_IsOneCall()
    {
        int attempts = 0;
        using Tracked tracked = new(new ScriptedHandler(_ => ++attempts < 3 ? ScriptedHandler.Json("{}", HttpStatusCode.TooManyRequests) : ScriptedHandler.Json(Answer)));
        using HttpClient client = new(new RetryingHandler(tracked));

        using HttpResponseMessage response = await client.PostAsync(Tracked.Chat, new StringContent("{}"));

        Assert.Equal("0.0028 USD", Assert.Single(tracked.Costs).Total.ToString());
    }

    /// <summary>1,000 x 3 + 1 x 15 = 3,015 millionths at least.</summary>
    [Theory]
    [InlineData("dispose")]
    [InlineData("fail")]
    [InlineData("cancel")]
    public async Task Read_GivenUp_IsALowerBound(string how)
    {
        using FailingStream body = new(Encoding.UTF8.GetBytes(Event), how == "fail");
        using Tracked tracked = new(new ScriptedHandler(_ => ScriptedHandler.Body(body, "text/event-stream")));
        using HttpRequestMessage request = new(HttpMethod.Post, "https://api.anthropic.com/v1/messages") { Content = new StringContent("{}") };
        using (HttpResponseMessage response = await tracked.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead))
        {
            using Stream stream = await response.Content.ReadAsStreamAsync();
            await stream.ReadExactlyAsync(new byte[Event.Length]);
            Assert.Empty(tracked.Costs);
            if (how == "fail")
            {
                await Assert.ThrowsAsync<IOException>(async () => await stream.ReadExactlyAsync(new byte[1]));
            }
            else if (how == "cancel")
            {
                using CancellationTokenSource cancel = new();
                ValueTask<int> reading = stream.ReadAsync(new byte[1], cancel.Token);
                await cancel.CancelAsync();
                await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await reading);
            }
        }

        CallCost cost = Assert.Single(tracked.Costs);
        Assert.Equal(CostStatus.Partial, cost.Status);
        Assert.Equal("0.003015 USD", cost.Total.ToString());
        Assert.Equal("The stream was cut off: the counts are a lower bound.", cost.Issues[0].Message);
    }

    [Fact]
    public async Task Read_JsonCutOff_IsUnknown()
    {
        using FailingStream body = new(Encoding.UTF8.GetBytes(Answer[..^20]), fails: true);
        using Tracked tracked = new(new ScriptedHandler(_ => ScriptedHandler.Body(body, "application/json")));

        await Assert.ThrowsAsync<HttpRequestException>(() => tracked.Client.PostAsync(Tracked.Chat, new StringContent("{}")));

        Assert.Equal("The response was cut off before it stated its usage.", Assert.Single(tracked.Costs).Issues[0].Message);
    }

    /// <summary>A reader of JSON stops at its last brace, and a client of OpenAI at [DONE]: the end that nobody reads is no cut.</summary>
    [Fact]
    public async Task Read_WholeAnswerWithoutItsEnd_IsPriced()
    {
        using FailingStream body = new(Encoding.UTF8.GetBytes(Answer), fails: false);
        using Tracked tracked = new(new ScriptedHandler(_ => ScriptedHandler.Body(body, "application/json")));
        using HttpRequestMessage request = new(HttpMethod.Post, Tracked.Chat) { Content = new StringContent("{}") };
        using (HttpResponseMessage response = await tracked.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead))
        {
            await response.Content.ReadAsStream().ReadExactlyAsync(new byte[Answer.Length]);
        }

        Assert.Equal(CostStatus.Priced, Assert.Single(tracked.Costs).Status);
    }

    [Fact]
    public async Task Send_ThatNeverLeft_IsNoCall()
    {
        using Tracked unreachable = new(new ScriptedHandler(_ => ScriptedHandler.Json("{}")));
        using Tracked refused = new(new SocketsHttpHandler());
        using CancellationTokenSource cancelled = new();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => unreachable.Client.PostAsync(Tracked.Chat, new StringContent("{}"), cancelled.Token));
        await Assert.ThrowsAsync<HttpRequestException>(() => refused.Client.PostAsync("http://localhost:1/v1/chat/completions", new StringContent("""{"model":"gpt-test"}""")));

        Assert.Empty(unreachable.Costs);
        Assert.Empty(refused.Costs);
    }

    [Fact]
    public async Task Send_ThatFailedOnTheWay_IsUnknown()
    {
        using Tracked tracked = new(new ScriptedHandler(_ => throw new HttpRequestException("The connection was lost.")));

        HttpRequestException failure = await Assert.ThrowsAsync<HttpRequestException>(() => tracked.Client.PostAsync(Tracked.Chat, new StringContent("{}")));

        Assert.Equal("The connection was lost.", failure.Message);
        Assert.Equal("The call failed before it stated its usage (HttpRequestException), so it is not known whether it is billed.", Assert.Single(tracked.Costs).Issues[0].Message);
    }

    [Theory]
    [InlineData("GET", "https://api.openai.com/v1/models", """{"object":"list","data":[]}""")]
    [InlineData("HEAD", Tracked.Chat, "")]
    [InlineData("GET", "https://api.openai.com/v1/chat/completions/c1", Answer)] // a stored answer
    [InlineData("GET", "https://api.openai.com/v1/responses/resp_1", """{"id":"resp_1","object":"response","status":"completed","background":false,"model":"gpt-test","usage":{"input_tokens":1,"output_tokens":1,"total_tokens":2}}""")]
    [InlineData("POST", "https://api.openai.com/v1/responses/input_tokens", """{"object":"response.input_tokens","input_tokens":11}""")]
    [InlineData("POST", "https://api.anthropic.com/v1/messages/count_tokens", """{"input_tokens":11}""")]
    [InlineData("POST", "https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-flash:countTokens", """{"totalTokens":11}""")]
    [InlineData("POST", "https://api.openai.com/v1/batches", """{"id":"batch_1","object":"batch","status":"validating","model":"gpt-test","usage":{"input_tokens":1,"output_tokens":1,"total_tokens":2}}""")]
    [InlineData("GET", "https://api.openai.com/v1/batches/batch_1", """{"object":"batch","status":"completed","model":"gpt-test","usage":{"input_tokens":1,"output_tokens":1,"total_tokens":2}}""")]
    [InlineData("POST", "https://api.openai.com/v1/threads/t/messages", """{"object":"thread.message"}""")]
    [InlineData("POST", "https://login.example.com/token", """{"access_token":"?","expires_in":1}""")]
    [InlineData("POST", "https://app.example.com/messages", """{"id":7}""")]
    [InlineData("PUT", Tracked.Chat, Answer)]
    public async Task Send_WhatIsNoCall_IsIgnored(string method, string address, string answer)
    {
        using Tracked tracked = new(answer);
        using HttpRequestMessage request = new(new HttpMethod(method), address) { Content = method == "POST" ? new StringContent("""{"text":"hello"}""") : null };

        using HttpResponseMessage response = await tracked.Client.SendAsync(request);

        Assert.Equal(answer, await response.Content.ReadAsStringAsync());
        Assert.Empty(tracked.Costs);
    }

    /// <summary>A gateway with paths of its own: the answer says that it is one of a model.</summary>
    [Fact]
    public async Task Post_UnknownPathAndHost_IsACallByItsAnswer()
    {
        using Tracked tracked = new(Answer);

        CallCost cost = await tracked.PostAsync("https://gateway.example.com/ask");

        Assert.Equal("0.0028 USD", cost.Total.ToString());
        Assert.Equal("chat", cost.Operation);
    }

    [Fact]
    public void Send_Synchronously_IsTold()
    {
        using Tracked tracked = new(Answer);
        using HttpRequestMessage request = new(HttpMethod.Post, Tracked.Chat) { Content = new StringContent("{}") };

        using HttpResponseMessage response = tracked.Client.Send(request);

        Assert.Equal("0.0028 USD", Assert.Single(tracked.Costs).Total.ToString());
    }

    /// <summary>The scope is that of the call, also when the answer is read after it.</summary>
    [Fact]
    public async Task Read_AfterItsScope_CountsInIt()
    {
        using Tracked tracked = new(Answer);
        using HttpRequestMessage request = new(HttpMethod.Post, Tracked.Chat) { Content = new StringContent("{}") };
        CostScope scope = CostScope.Begin(("tenant", "a"));
        using HttpResponseMessage response = await tracked.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        scope.Dispose();

        await response.Content.ReadAsStringAsync();

        Assert.Equal("0.0028 USD (1 call)", scope.Totals.ToString());
        Assert.Equal("a", Assert.Single(tracked.Costs).Tags["tenant"]);
    }

    [Fact]
    public async Task Post_ObserverAndEstimatorThatThrow_BreakNothing()
    {
        ListLogger log = new();
        ServiceCollection services = new();
        services.AddSingleton<ILoggerFactory>(log);
        services.AddSingleton<ICostEstimator>(new BrokenEstimator());
        services.AddHttpClient("model").AddCostTracking().ConfigurePrimaryHttpMessageHandler(() => new ScriptedHandler(_ => ScriptedHandler.Json(Answer)));
        using ServiceProvider provider = services.BuildServiceProvider();
        using HttpClient client = provider.GetRequiredService<IHttpClientFactory>().CreateClient("model");

        Assert.Equal(Answer, await (await client.PostAsync(Tracked.Chat, new StringContent("{}"))).Content.ReadAsStringAsync());

        Assert.Equal("Error: The cost of an HTTP call was not recorded; the call is not affected.", Assert.Single(log.Messages));
    }

    [Fact]
    public async Task AddCostTracking_Twice_CountsOnce()
    {
        Ledger ledger = new();
        ServiceCollection services = new();
        services.AddSingleton<ICostEstimator>(Rates.Estimator);
        services.AddSingleton<ICostObserver>(ledger);
        services.AddHttpClient("model").AddCostTracking().AddCostTracking().ConfigurePrimaryHttpMessageHandler(() => new ScriptedHandler(_ => ScriptedHandler.Json(Answer)));
        using ServiceProvider provider = services.BuildServiceProvider();
        using HttpClient client = provider.GetRequiredService<IHttpClientFactory>().CreateClient("model");

        using HttpResponseMessage response = await client.PostAsync(Tracked.Chat, new StringContent("{}"));

        Assert.Equal("0.0028 USD", Assert.Single(ledger.Costs).Total.ToString());
    }

    /// <summary>Counts of which nothing tells the convention are read by the one that the options name: 1,000 x 3 + 100 x 15.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Post_ConventionOfTheOptions_IsThatOfTheBody(bool isStream)
    {
        const string Body = """{"model":"claude-test","usage":{"input_tokens":1000,"output_tokens":100}}""";
        using Tracked tracked = new(
            new ScriptedHandler(_ => isStream ? ScriptedHandler.Events($"data: {Body}\n\n") : ScriptedHandler.Json(Body)),
            configure: options => options.Api = ApiFormat.AnthropicMessages);

        Assert.Equal("0.0045 USD", (await tracked.PostAsync("https://api.anthropic.com/ask")).Total.ToString());
    }

    [Fact]
    public void Handler_AskedToRefuse_SaysThatItCannot()
    {
        InvalidOperationException fault = Assert.Throws<InvalidOperationException>(
            () => new CostTrackingHandler(Rates.Estimator, options => options.UnpricedCalls = UnpricedCallPolicy.Refuse));

        Assert.StartsWith("CostTrackingHandler reads a request while it is sent, so it cannot refuse one.", fault.Message, StringComparison.Ordinal);
    }

    private sealed class RetryingHandler(Tracked tracked) : HttpMessageHandler
    {
        private readonly HttpMessageInvoker _inner = new(tracked.Handler, disposeHandler: false);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            HttpResponseMessage response = await _inner.SendAsync(request, cancellationToken);
            return response.StatusCode == HttpStatusCode.TooManyRequests ? await SendAsync(request, cancellationToken) : response;
        }
    }

    /// <summary>What came, and then nothing more, or a failure.</summary>
    private sealed class FailingStream(byte[] head, bool fails) : MemoryStream(head)
    {
        public override bool CanSeek => false;

        public override int Read(byte[] buffer, int offset, int count) =>
            base.Read(buffer, offset, count) is > 0 and var read ? read : throw new IOException("The connection was lost.");

        public override int Read(Span<byte> buffer)
        {
            byte[] read = new byte[buffer.Length];
            int count = Read(read, 0, read.Length);
            read.AsSpan(0, count).CopyTo(buffer);
            return count;
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken cancellationToken = default)
        {
            if (Position == Length && !fails)
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }

            return Read(destination.Span);
        }

        public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken)
        {
            byte[] rest = ToArray();
            destination.Write(rest);
            return Task.FromException(new IOException("The connection was lost."));
        }
    }

    private sealed class BrokenEstimator : ICostEstimator
    {
        public CostEstimate Estimate(string modelId, in TokenUsage usage, in CallContext context = default, MeteredQuantities? meters = null) => throw new FormatException();

        public CostReceipt Explain(string modelId, in TokenUsage usage, in CallContext context = default, MeteredQuantities? meters = null) => throw new FormatException();

        public PricedModel GetModel(string modelId, string? provider = null) => throw new FormatException();

        public PricedCall Price(ModelCall modelCall) => throw new FormatException();

        public RatesStatus Rates => throw new FormatException();

        public IReadOnlyList<RateCard> RateCards => throw new FormatException();

        public IReadOnlyList<CostComparison> Compare(IEnumerable<string> modelIds, in TokenUsage usage, in CallContext context = default, MeteredQuantities? meters = null) => throw new FormatException();

        public bool TryGetModel(string modelId, [NotNullWhen(true)] out PricedModel? model, string? provider = null) => throw new FormatException();
    }
}
