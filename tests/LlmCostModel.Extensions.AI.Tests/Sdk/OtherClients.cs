#pragma warning disable SKEXP0001, OPENAI001 // Experimental in the libraries.
using System.Text.Json;
using Betalgo.Ranul.OpenAI;
using Betalgo.Ranul.OpenAI.Managers;
using Google.GenAI.Types;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel.ChatCompletion;
using Microsoft.SemanticKernel.Connectors.OpenAI;
using OllamaSharp;

namespace LlmCostModel.Extensions.AI.Tests;

/// <summary>Libraries of others: the packages, turned to a model on this machine, and for those that the registry does not have stand-ins
/// that count as their sources do (see KnownAdapters).</summary>
internal static class OtherClients
{
    internal static IChatClient Open(string name, LoopbackModel model, string requested) => name switch
    {
        "ollama" => new OllamaApiClient(model.Address, requested),
        "betalgo" => new OpenAIService(new OpenAIOptions { ApiKey = "none", BaseDomain = model.Address.ToString(), DefaultModelId = requested }),
        "semantic kernel" => new OpenAIChatCompletionService(requested, RealClients.OpenAI(model, 0)).AsChatClient(),
        _ => new StandIn(name, model, requested),
    };

    /// <summary>A client that receives a whole body, or its last event.</summary>
    private sealed class StandIn(string name, LoopbackModel model, string requested) : IChatClient
    {
        private readonly HttpClient _client = new();

        public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            using HttpResponseMessage answer = await _client.PostAsync(model.Address, new StringContent("{}"), cancellationToken);
            return Read(await answer.Content.ReadAsStringAsync(cancellationToken));
        }

        /// <summary>Every event becomes an update, as in both libraries.</summary>
        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            using HttpResponseMessage answer = await _client.PostAsync(model.Address, new StringContent("{}"), cancellationToken);
            string body = await answer.Content.ReadAsStringAsync(cancellationToken);
            foreach (string line in body.Split('\n').Where(line => line.StartsWith("data: {", StringComparison.Ordinal)))
            {
                ChatResponse one = Read(line["data: ".Length..]);
                yield return new ChatResponseUpdate(ChatRole.Assistant, [new TextContent("x"), .. one.Usage is null ? (AIContent[])[] : [new UsageContent(one.Usage)]])
                {
                    ModelId = one.ModelId,
                    ResponseId = "r",
                    RawRepresentation = one.RawRepresentation,
                };
            }
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => serviceType == typeof(ChatClientMetadata)
            ? new ChatClientMetadata(name == "bedrock" ? "aws.bedrock" : "gcp.gen_ai", null, requested)
            : null;

        public void Dispose() => _client.Dispose();

        private ChatResponse Read(string body) => name == "bedrock" ? ReadConverse(body) : ReadGemini(body, keepsRaw: name == "gemini");

        /// <summary>The counts as they are, and nothing else of the object is readable.</summary>
        private static ChatResponse ReadConverse(string body)
        {
            ChatResponse answer = new(new ChatMessage(ChatRole.Assistant, "Hi."));
            using JsonDocument document = JsonDocument.Parse(body);
            if (!document.RootElement.TryGetProperty("usage", out JsonElement usage)
                && !(document.RootElement.TryGetProperty("metadata", out JsonElement metadata) && metadata.TryGetProperty("usage", out usage)))
            {
                return answer;
            }

            answer.Usage = new UsageDetails
            {
                InputTokenCount = Count(usage, "inputTokens"),
                OutputTokenCount = Count(usage, "outputTokens"),
                TotalTokenCount = Count(usage, "totalTokens"),
            };
            foreach (string additional in (string[])["CacheReadInputTokens", "CacheWriteInputTokens"])
            {
                if (Count(usage, char.ToLowerInvariant(additional[0]) + additional[1..]) is { } count)
                {
                    (answer.Usage.AdditionalCounts ??= [])[additional] = count;
                }
            }

            return answer;
        }

        private static ChatResponse ReadGemini(string body, bool keepsRaw)
        {
            GenerateContentResponse raw = JsonSerializer.Deserialize<GenerateContentResponse>(body)!;
            ChatResponse answer = new(new ChatMessage(ChatRole.Assistant, "Hi.")) { ModelId = raw.ModelVersion, RawRepresentation = keepsRaw ? raw : null };
            if (raw.UsageMetadata is { } usage)
            {
                answer.Usage = new UsageDetails
                {
                    InputTokenCount = usage.PromptTokenCount,
                    OutputTokenCount = usage.CandidatesTokenCount,
                    TotalTokenCount = usage.TotalTokenCount,
                    CachedInputTokenCount = usage.CachedContentTokenCount,
                    ReasoningTokenCount = usage.ThoughtsTokenCount,
                };
                if (usage.ToolUsePromptTokenCount is { } tools)
                {
                    answer.Usage.AdditionalCounts = new() { ["ToolUsePromptTokenCount"] = tools };
                }
            }

            return answer;
        }

        private static long? Count(JsonElement usage, string name) => usage.TryGetProperty(name, out JsonElement count) && count.TryGetInt64(out long value) ? value : null;
    }
}
