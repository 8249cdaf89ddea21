using System.Net;
using System.Text;
using LlmCostModel.Budgets;
using Microsoft.Extensions.DependencyInjection;

namespace LlmCostModel.Extensions.Http.Tests.Budgets;

/// <summary>What is asked of the budgets before a request, and what becomes of the lease. Rates are those of <see cref="Rates"/>.</summary>
public sealed class BudgetHandlerTests
{
    private const string Answer = """{"object":"chat.completion","model":"gpt-test","choices":[],"usage":{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15}}""";
    private const string Anthropic = "https://api.anthropic.com/v1/messages";
    private const string Responses = "https://api.openai.com/v1/responses";

    [Fact]
    public async Task Ceiling_WithoutACounter_TakesTheBytesForTokens()
    {
        using BudgetedClient budgeted = new(new ScriptedHandler(_ => ScriptedHandler.Json(Answer)), 1m);
        const string Body = """{"model":"gpt-test","max_tokens":100,"messages":[{"role":"user","content":"Hi"}]}"""; // 81 bytes

        using HttpResponseMessage response = await budgeted.PostAsync(Body);

        BudgetRequest asked = Assert.Single(budgeted.Asked);
        Assert.Equal(new Money(0.0010025m, "USD"), asked.Ceiling); // 81 x 2.50 (written to the cache) + 100 x 8 = 1,002.5 millionths
        Assert.Equal((181L, null, "openai"), (asked.Tokens, asked.Floor, asked.Tags["provider"]));
        Assert.Equal((0.00006m, 0m), await budgeted.StatusAsync()); // 10 x 2 + 5 x 8 = 60 millionths
    }

    /// <summary>A word is a token here: "user" and "Hi there" are 3, and the message has 16 tokens around it.</summary>
    [Fact]
    public async Task Ceiling_WithACounter_CountsTheTexts()
    {
        using BudgetedClient budgeted = new(new ScriptedHandler(_ => ScriptedHandler.Json(Answer)), 1m, configure: options =>
        {
            options.CountTokens = text => text.Split(' ').Length;
            options.ExpectedOutputTokens = 10;
        });

        using HttpResponseMessage response = await budgeted.PostAsync("""{"model":"gpt-test","max_tokens":100,"n":2,"messages":[{"role":"user","content":"Hi there"}]}""");

        BudgetRequest asked = Assert.Single(budgeted.Asked);
        Assert.Equal(219L, asked.Tokens); // 3 + 16 for the message, and 2 answers of 100
        Assert.Equal(new Money(0.0016475m, "USD"), asked.Ceiling); // 19 x 2.50 + 200 x 8 = 1,647.5 millionths
        Assert.Equal(new Money(0.000086m, "USD"), asked.Expected); // 3 x 2 + 10 x 8 = 86 millionths
        Assert.Equal(new Money(0.0000015m, "USD"), asked.Floor); // 3 x 0.50, read from the cache
    }

    [Theory]
    [InlineData(Tracked.Chat, """{"model":"gpt-test","max_completion_tokens":7,"messages":[]}""", 7)]
    [InlineData(Responses, """{"model":"gpt-test","max_output_tokens":7,"input":"Hi","tools":[{"type":"function","name":"f","parameters":{"type":"object"}}]}""", 7)]
    [InlineData(Responses, """{"model":"gpt-test","max_output_tokens":7,"input":[{"type":"function_call_output","call_id":"c","output":"{}"}]}""", 7)]
    [InlineData(Anthropic, """{"model":"claude-test","max_tokens":7,"system":[{"type":"text","text":"x","cache_control":{"type":"ephemeral"}}],"messages":[{"role":"assistant","content":[{"type":"tool_use","id":"t","name":"n","input":{"type":"image"}}]}],"tools":[{"name":"n","input_schema":{"type":"object"}}]}""", 7)]
    [InlineData("https://llm.example.com/v1beta/models/gpt-test:generateContent", """{"contents":[{"parts":[{"text":"Hi"}]}],"generationConfig":{"maxOutputTokens":7},"tools":[{"functionDeclarations":[]}]}""", 7)]
    [InlineData("https://api.openai.com/v1/embeddings", """{"model":"embed-test","input":["Hi",[1,2]]}""", 0)]
    public async Task Ceiling_OfText_IsKnown(string address, string body, int output)
    {
        using BudgetedClient budgeted = new(new ScriptedHandler(_ => ScriptedHandler.Json(Answer)), 1m);

        using HttpResponseMessage response = await budgeted.PostAsync(body, address);

        Assert.Equal(Encoding.UTF8.GetByteCount(body) + output, Assert.Single(budgeted.Asked).Tokens);
    }

    [Theory]
    [InlineData(Tracked.Chat, """{"model":"gpt-test","messages":[]}""", "Nothing limits the output")]
    [InlineData(Tracked.Chat, """{"model":"gpt-test","max_tokens":5,"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://x"}}]}]}""", "more than text")]
    [InlineData(Tracked.Chat, """{"model":"gpt-test","max_tokens":5,"messages":[],"web_search_options":{}}""", "Hosted tools")]
    [InlineData(Responses, """{"model":"gpt-test","max_output_tokens":5,"input":"Hi","previous_response_id":"resp_1"}""", "more than text")]
    [InlineData(Responses, """{"model":"gpt-test","max_output_tokens":5,"input":"Hi","tools":[{"type":"web_search"}]}""", "Hosted tools")]
    [InlineData(Anthropic, """{"model":"claude-test","max_tokens":5,"messages":[],"tools":[{"type":"web_search_20250305","name":"web_search"}]}""", "Hosted tools")]
    [InlineData(Anthropic, """{"model":"claude-test","max_tokens":5,"messages":[{"role":"user","content":[{"type":"tool_result","content":[{"type":"image","source":{}}]}]}]}""", "more than text")]
    [InlineData("https://generativelanguage.googleapis.com/v1beta/models/gpt-test:generateContent", """{"contents":[{"parts":[{"inlineData":{}}]}],"generationConfig":{"maxOutputTokens":7}}""", "more than text")]
    [InlineData("https://api.openai.com/v1/audio/speech", """{"model":"speak-test","input":"Hi"}""", "of this kind (speech)")]
    [InlineData(Tracked.Chat, "[]", "not an object of JSON")]
    [InlineData(Tracked.Chat, """{"model":"gpt-test","max_tokens":9223372036854775807,"n":2,"messages":[]}""", "more tokens than can be counted")]
    [InlineData(Tracked.Chat, """{"model":"gpt-test","max_tokens":9223372036854775807,"messages":[]}""", "more tokens than can be counted")]
    public async Task Ceiling_OfMoreThanCanBeCounted_IsNotKnown(string address, string body, string why)
    {
        using BudgetedClient budgeted = new(new ScriptedHandler(_ => ScriptedHandler.Json(Answer)), 1m);

        BudgetExceededException error = await Assert.ThrowsAsync<BudgetExceededException>(async () => await budgeted.PostAsync(body, address));

        Assert.Equal(DenialReason.UnknownPrice, error.Denial.Reason);
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Picture_WithABoundForWhatIsNotCounted_IsAdmitted()
    {
        using BudgetedClient budgeted = new(new ScriptedHandler(_ => ScriptedHandler.Json(Answer)), 1m, configure: options => options.UncountedInputTokens = 1_000);
        const string Body = """{"model":"gpt-test","max_tokens":5,"messages":[{"content":[{"type":"image_url"}]}]}""";

        using HttpResponseMessage response = await budgeted.PostAsync(Body);

        Assert.Equal(Body.Length + 1_005L, Assert.Single(budgeted.Asked).Tokens);
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest, 0)]
    [InlineData(HttpStatusCode.TooManyRequests, 0)]
    [InlineData(HttpStatusCode.InternalServerError, 0.0010025)] // nobody knows whether it is billed: what was held
    public async Task ErrorAnswer_CountsWhatMayBeBilled(HttpStatusCode status, double spent)
    {
        using BudgetedClient budgeted = new(new ScriptedHandler(_ => ScriptedHandler.Json("{}", status)), 1m);

        using HttpResponseMessage response = await budgeted.PostAsync("""{"model":"gpt-test","max_tokens":100,"messages":[{"role":"user","content":"Hi"}]}""");

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(((decimal)spent, 0m), await budgeted.StatusAsync());
    }

    [Fact]
    public async Task Failure_BeforeAnythingWasSent_GivesBack()
    {
        using BudgetedClient budgeted = new(new SocketsHttpHandler(), 1m);

        await Assert.ThrowsAsync<HttpRequestException>(
            async () => await budgeted.PostAsync("""{"model":"gpt-test","max_tokens":100,"messages":[]}""", "http://127.0.0.1:1/v1/chat/completions"));

        Assert.Equal((0m, 0m), await budgeted.StatusAsync());
        Assert.Single(budgeted.Asked);
    }

    [Theory]
    [InlineData("https://api.anthropic.com/v1/messages/count_tokens")]
    [InlineData("https://api.openai.com/v1/files")]
    public async Task Request_ThatIsNoCall_IsNotAsked(string address)
    {
        using BudgetedClient budgeted = new(new ScriptedHandler(_ => ScriptedHandler.Json("{}")), 0m);

        using HttpResponseMessage response = await budgeted.PostAsync("""{"model":"gpt-test"}""", address);

        Assert.Empty(budgeted.Asked);
    }

    [Fact]
    public async Task Body_OfTheRequest_IsSentAsItIs()
    {
        ScriptedHandler inner = new(_ => ScriptedHandler.Json(Answer));
        using BudgetedClient budgeted = new(inner, 1m);
        const string Body = """{ "model":"gpt-test",  "max_tokens":100, "messages":[] }""";

        using HttpResponseMessage response = await budgeted.PostAsync(Body);

        Assert.Equal(Body, Encoding.UTF8.GetString(Assert.Single(inner.Sent)));
    }

    [Fact]
    public async Task WorkInTheBackground_CountsWhenItsAnswerIsFetched()
    {
        string Work(string status, string usage) => $$"""{"id":"resp_1","object":"response","model":"gpt-test","status":"{{status}}","background":true,"output":[],"usage":{{usage}}}""";
        Queue<string> answers = new([Work("queued", "null"), Work("completed", """{"input_tokens":10,"output_tokens":5,"total_tokens":15}"""), Work("completed", """{"input_tokens":10,"output_tokens":5,"total_tokens":15}""")]);
        using BudgetedClient budgeted = new(new ScriptedHandler(_ => ScriptedHandler.Json(answers.Dequeue())), 1m);

        using HttpResponseMessage asked = await budgeted.PostAsync("""{"model":"gpt-test","max_output_tokens":100,"input":"Hi","background":true}""", Responses);
        Assert.Equal((0m, 0m), await budgeted.StatusAsync());
        using HttpResponseMessage done = await budgeted.Client.GetAsync(Responses + "/resp_1");
        using HttpResponseMessage again = await budgeted.Client.GetAsync(Responses + "/resp_1");

        Assert.Equal((0.00006m, 0m), await budgeted.StatusAsync()); // 10 x 2 + 5 x 8 = 60 millionths, once
    }

    [Fact]
    public async Task Send_WithoutWaiting_AsksToo()
    {
        using BudgetedClient budgeted = new(new ScriptedHandler(_ => ScriptedHandler.Json(Answer)), 1m);
        using HttpRequestMessage request = new(HttpMethod.Post, Tracked.Chat)
        {
            Content = new StringContent("""{"model":"gpt-test","max_tokens":100,"messages":[]}""", Encoding.UTF8, "application/json"),
        };

        using HttpResponseMessage response = budgeted.Client.Send(request);

        Assert.Equal((0.00006m, 0m), await budgeted.StatusAsync());
    }

    [Fact]
    public async Task Call_InsideOfARun_CountsInIt()
    {
        using BudgetLedger ledger = new(new InMemoryBudgetStore(), new BudgetsOptions());
        using HttpClient client = new(new BudgetHandler(new CostTrackingHandler(new ScriptedHandler(_ => ScriptedHandler.Json(Answer)), Rates.Estimator), ledger));
        using BudgetRun job = ledger.StartRun(new() { Id = "job", Calls = 1, Money = new Money(1m, "USD") });
        using IDisposable entered = job.Enter();

        using (await PostAsync())
        {
            Assert.Equal([0.00006m, 1m], (await job.GetStatusAsync()).Select(one => one.Spent)); // 10 x 2 + 5 x 8 = 60 millionths
        }

        BudgetExceededException error = await Assert.ThrowsAsync<BudgetExceededException>(PostAsync);
        Assert.Equal(("run/job", BudgetUnit.Calls, BudgetRunStopReason.LimitReached), (error.Denial.Budget, error.Denial.Unit, job.Stop!.Reason));

        async Task<HttpResponseMessage> PostAsync()
        {
            using StringContent content = new("""{"model":"gpt-test","max_tokens":100,"messages":[]}""", Encoding.UTF8, "application/json");
            return await client.PostAsync(Tracked.Chat, content);
        }
    }

    [Fact]
    public async Task Handler_AroundNoneThatPrices_SaysWhatIsMissing()
    {
        using HttpClient client = new(new BudgetHandler(new ScriptedHandler(_ => ScriptedHandler.Json(Answer)), new BudgetLedger(new InMemoryBudgetStore(), new BudgetsOptions())));
        using StringContent content = new("""{"model":"gpt-test"}""", Encoding.UTF8, "application/json");

        InvalidOperationException error = await Assert.ThrowsAsync<InvalidOperationException>(async () => await client.PostAsync(Tracked.Chat, content));

        Assert.StartsWith("A BudgetHandler counts what a CostTrackingHandler prices, and there is none inside.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddBudget_OfANamedClient_TakesTheRegisteredBudgetsAndTheScope()
    {
        ServiceCollection services = new();
        services.AddSingleton<ICostEstimator>(Rates.Estimator);
        services.AddLlmBudgets(options => options.Budgets["user"] = new() { Limit = 1m, Currency = "USD", Window = BudgetWindow.Day(), Per = { "user" } });
        services.AddHttpClient("model").AddBudget(configure: options => options.Tags["user"] = "nobody").AddCostTracking()
            .ConfigurePrimaryHttpMessageHandler(() => new ScriptedHandler(_ => ScriptedHandler.Json(Answer)));
        await using ServiceProvider provider = services.BuildServiceProvider();
        using HttpClient client = provider.GetRequiredService<IHttpClientFactory>().CreateClient("model");
        using StringContent content = new("""{"model":"gpt-test","max_tokens":100,"messages":[]}""", Encoding.UTF8, "application/json");

        using (CostScope.Begin(("user", "ann")))
        {
            using HttpResponseMessage response = await client.PostAsync(Tracked.Chat, content);
        }

        BudgetAccount only = Assert.Single(await provider.GetRequiredService<BudgetLedger>().GetTopAsync("user"));
        Assert.Equal(("ann", 0.00006m), (only.Tags["user"], only.Status.Spent));
    }
}
