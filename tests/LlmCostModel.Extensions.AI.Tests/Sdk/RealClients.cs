using System.ClientModel;
using System.ClientModel.Primitives;
using Anthropic;
using Microsoft.Extensions.AI;
using OpenAI;

namespace LlmCostModel.Extensions.AI.Tests;

/// <summary>The official libraries, turned to a model on this machine.</summary>
internal static class RealClients
{
    internal static IChatClient OpenAIChat(LoopbackModel model, int retries = 3) => OpenAI(model, retries).GetChatClient("gpt-test").AsIChatClient();

#pragma warning disable OPENAI001 // The Responses client is experimental in the OpenAI library.
    internal static IChatClient OpenAIResponses(LoopbackModel model) => OpenAI(model, 3).GetResponsesClient().AsIChatClient("gpt-test");
#pragma warning restore OPENAI001

    internal static IChatClient Anthropic(LoopbackModel model) => Client(model).AsIChatClient("claude-test");

    internal static IChatClient AnthropicBeta(LoopbackModel model) => Client(model).Beta.AsIChatClient("claude-test");

    internal static OpenAIClient OpenAI(LoopbackModel model, int retries) =>
        new(new ApiKeyCredential("none"), new OpenAIClientOptions { Endpoint = new Uri(model.Address, "v1"), RetryPolicy = new ClientRetryPolicy(retries) });

    private static AnthropicClient Client(LoopbackModel model) => new() { ApiKey = "none", BaseUrl = model.Address.ToString().TrimEnd('/') };
}
