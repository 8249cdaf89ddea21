using System.ClientModel;
using System.ClientModel.Primitives;
using Anthropic;
using LlmCostModel.Extensions.AI.Tests;
using Microsoft.Extensions.AI;
using OpenAI;

namespace LlmCostModel.Extensions.Http.Tests;

/// <summary>The official libraries over a watched <see cref="HttpClient"/>, turned to a model on this machine.</summary>
internal static class WatchedClients
{
    internal static IChatClient Open(string name, LoopbackModel model, HttpClient http, int retries = 3) => name switch
    {
        "chat" => OpenAI(model, http, retries).GetChatClient("gpt-test").AsIChatClient(),
#pragma warning disable OPENAI001 // The Responses client is experimental in the OpenAI library.
        "responses" => OpenAI(model, http, retries).GetResponsesClient().AsIChatClient("gpt-test"),
#pragma warning restore OPENAI001
        "anthropic" => Client(model, http).AsIChatClient("claude-test"),
        _ => Client(model, http).Beta.AsIChatClient("claude-test"),
    };

    internal static OpenAIClient OpenAI(LoopbackModel model, HttpClient http, int retries) => new(
        new ApiKeyCredential("none"),
        new OpenAIClientOptions
        {
            Endpoint = new Uri(model.Address, "v1"),
            RetryPolicy = new ClientRetryPolicy(retries),
            Transport = new HttpClientPipelineTransport(http),
        });

    private static AnthropicClient Client(LoopbackModel model, HttpClient http) =>
        new() { ApiKey = "none", BaseUrl = model.Address.ToString().TrimEnd('/'), HttpClient = http };
}
