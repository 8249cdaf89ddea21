// Objects of client libraries that the registry does not have, reduced to what their sources say of usage: see KnownAdapters.
#pragma warning disable IDE0130, SA1402, SA1403, CA1724 // Namespaces are those of the libraries.
using System.Text.Json.Serialization;

namespace Google.GenAI.Types
{
    public sealed record GenerateContentResponse
    {
        [JsonPropertyName("modelVersion")]
        public string? ModelVersion { get; init; }

        [JsonPropertyName("candidates")]
        public object[]? Candidates { get; init; }

        [JsonPropertyName("usageMetadata")]
        public GenerateContentResponseUsageMetadata? UsageMetadata { get; init; }
    }

    public sealed record GenerateContentResponseUsageMetadata
    {
        [JsonPropertyName("promptTokenCount")]
        public int? PromptTokenCount { get; init; }

        [JsonPropertyName("candidatesTokenCount")]
        public int? CandidatesTokenCount { get; init; }

        [JsonPropertyName("cachedContentTokenCount")]
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public int? CachedContentTokenCount { get; init; }

        [JsonPropertyName("thoughtsTokenCount")]
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public int? ThoughtsTokenCount { get; init; }

        [JsonPropertyName("toolUsePromptTokenCount")]
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public int? ToolUsePromptTokenCount { get; init; }

        [JsonPropertyName("totalTokenCount")]
        public int? TotalTokenCount { get; init; }

        [JsonPropertyName("promptTokensDetails")]
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public ModalityTokenCount[]? PromptTokensDetails { get; init; }

        [JsonPropertyName("cacheTokensDetails")]
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public ModalityTokenCount[]? CacheTokensDetails { get; init; }

        [JsonPropertyName("candidatesTokensDetails")]
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public ModalityTokenCount[]? CandidatesTokensDetails { get; init; }

        [JsonPropertyName("toolUsePromptTokensDetails")]
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public ModalityTokenCount[]? ToolUsePromptTokensDetails { get; init; }

        [JsonPropertyName("trafficType")]
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? TrafficType { get; init; }
    }

    public sealed record ModalityTokenCount([property: JsonPropertyName("modality")] string Modality, [property: JsonPropertyName("tokenCount")] int TokenCount);
}

namespace Mscc.GenerativeAI.Types
{
    public sealed record GenerateContentResponse
    {
        [JsonPropertyName("modelVersion")]
        public string? ModelVersion { get; init; }

        [JsonPropertyName("usageMetadata")]
        public Google.GenAI.Types.GenerateContentResponseUsageMetadata? UsageMetadata { get; init; }

        [JsonIgnore]
        public string Text { get; init; } = "";

        /// <summary>What the library prints: the text that the model wrote.</summary>
        public override string ToString() => Text;
    }
}

namespace Acme.Llm
{
    /// <summary>A response of a library that nobody knows, which prints what the model wrote.</summary>
    public sealed record AcmeResponse(string Text)
    {
        public override string ToString() => Text;
    }
}

namespace Mistral.SDK.DTOs
{
    public sealed record ChatCompletionResponse([property: JsonPropertyName("model")] string Model, [property: JsonIgnore] string Text)
    {
        public override string ToString() => Text;
    }
}

#if !NET10_0_OR_GREATER // there are the packages
namespace Microsoft.SemanticKernel
{
    public sealed record StreamingChatMessageContent(object InnerContent, string Text)
    {
        public override string ToString() => Text;
    }
}

namespace OllamaSharp.Models.Exceptions
{
    public class OllamaException(string message) : System.Exception(message);
}
#endif
