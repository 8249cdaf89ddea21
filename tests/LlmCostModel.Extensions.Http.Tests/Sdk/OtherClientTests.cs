using Azure;
using Azure.AI.Inference;
using Azure.Core.Pipeline;
using Betalgo.Ranul.OpenAI;
using Betalgo.Ranul.OpenAI.Managers;
using LlmCostModel.Extensions.AI;
using LlmCostModel.Extensions.AI.Tests;
using Microsoft.Extensions.AI;
using OllamaSharp;
using static LlmCostModel.Extensions.AI.Tests.LoopbackModel;

namespace LlmCostModel.Extensions.Http.Tests;

/// <summary>Libraries of others over the handler, whatever they keep of an answer: those without <c>IChatClient</c>, and those that drop
/// counts.</summary>
public sealed class OtherClientTests
{
    private const string Ollama = """{"model":"gpt-test","created_at":"2026-08-07T06:08:11.017589Z","message":{"role":"assistant","content":"Hi."},"done":true,"done_reason":"stop","total_duration":1,"prompt_eval_count":1000,"eval_count":100}""";

    /// <summary>Cached tokens where Moonshot has them, which no object of these libraries keeps: 400 x 2 + 600 x 0.5 + 100 x 8.</summary>
    private const string Moonshot = """{"id":"c","object":"chat.completion","created":1,"model":"gpt-test","choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"Hi."}}],"usage":{"prompt_tokens":1000,"completion_tokens":100,"total_tokens":1100,"cached_tokens":600}}""";

    [Theory]
    [InlineData("azure.ai.inference", Moonshot, "0.0019 USD")]
    [InlineData("betalgo", Moonshot, "0.0019 USD")]
    [InlineData("ollama", Ollama, "0.0028 USD")] // 1,000 x 2 + 100 x 8
    public async Task Call_OfALibrary_CostsWhatItsBodySays(string name, string body, string expected)
    {
        await using LoopbackModel model = new(new Reply(body));
        using Tracked tracked = new(new SocketsHttpHandler(), TestRates.Estimator);

        await CallAsync(name, model, tracked.Client);

        CallCost cost = Assert.Single(tracked.Costs);
        Assert.Equal((CostStatus.Priced, expected, "gpt-test"), (cost.Status, cost.Total.ToString(), cost.RequestedModel));
    }

    /// <summary>The same under <c>UseCostTracking</c>, whose adapters would have a bound: once, and exact.</summary>
    [Fact]
    public async Task Call_OfALossyAdapter_IsExactByTheHandlerBelow()
    {
        await using LoopbackModel model = new(new Reply(Moonshot));
        using Tracked tracked = new(new SocketsHttpHandler(), TestRates.Estimator);
        tracked.Client.BaseAddress = model.Address;
        using IChatClient client = ((IChatClient)Betalgo(model, tracked.Client)).AsBuilder().UseCostTracking(TestRates.Estimator).Build();

        ChatResponse response = await client.GetResponseAsync("Hello?");

        Assert.Equal("0.0019 USD", Assert.Single(response.GetCallCosts()).Total.ToString());
        Assert.Empty(tracked.Costs);
    }

    private static async Task CallAsync(string name, LoopbackModel model, HttpClient http)
    {
        http.BaseAddress = model.Address;
        switch (name)
        {
            case "azure.ai.inference":
                AzureAIInferenceClientOptions options = new() { Transport = new HttpClientTransport(http) };
                ChatCompletionsClient azure = new(model.Address, new AzureKeyCredential("none"), options);
                await azure.CompleteAsync(new ChatCompletionsOptions([new ChatRequestUserMessage("Hello?")]) { Model = "gpt-test" });
                break;
            case "betalgo":
                await ((IChatClient)Betalgo(model, http)).GetResponseAsync("Hello?");
                break;
            default:
                using (OllamaApiClient ollama = new(http, "gpt-test"))
                {
                    await ((IChatClient)ollama).GetResponseAsync("Hello?");
                }

                break;
        }
    }

    private static OpenAIService Betalgo(LoopbackModel model, HttpClient http) =>
        new(new OpenAIOptions { ApiKey = "none", BaseDomain = model.Address.ToString(), DefaultModelId = "gpt-test" }, http);
}
