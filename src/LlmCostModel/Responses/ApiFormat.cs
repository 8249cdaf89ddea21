using System.Text.Json.Serialization;

namespace LlmCostModel;

/// <summary>Who counted: the shape of a response's usage and the rules of what its counts include. <c>docs/responses.md</c> lists them
/// with their sources.</summary>
/// <remarks>The text form of each (<c>openai.chat.completions</c>) is in <see cref="ApiFormatNames"/>.</remarks>
[JsonConverter(typeof(JsonNameConverter<ApiFormat>))]
public enum ApiFormat
{
    /// <summary>Found out from the body; a body that fits two conventions which would give different counts is an error.</summary>
    Detect,

    /// <summary>OpenAI Chat Completions and the many servers that copy it. Where the body states a total, the total decides whether
    /// reasoning is inside the output.</summary>
    OpenAIChatCompletions,

    /// <summary>OpenAI Responses, and batch objects, which count alike.</summary>
    OpenAIResponses,

    /// <summary>OpenAI Realtime, one <c>response.done</c> a turn; turns of one connection add up.</summary>
    OpenAIRealtime,

    /// <summary>Embeddings in OpenAI's shape: OpenAI, Mistral, Voyage, Perplexity, ...</summary>
    OpenAIEmbeddings,

    /// <summary>OpenAI image generation and edits: output not detailed is image output.</summary>
    OpenAIImages,

    /// <summary>OpenAI transcription, counted in tokens or seconds.</summary>
    OpenAITranscriptions,

    /// <summary>Azure OpenAI, Chat Completions or Responses.</summary>
    AzureOpenAI,

    /// <summary>Anthropic Messages, also through Vertex AI and Bedrock InvokeModel.</summary>
    AnthropicMessages,

    /// <summary>Gemini <c>generateContent</c>, of the Gemini API and of Vertex AI.</summary>
    GeminiGenerateContent,

    /// <summary>Gemini Interactions.</summary>
    GeminiInteractions,

    /// <summary>Gemini through its OpenAI-compatible address: thoughts are in the total alone.</summary>
    GeminiOpenAI,

    /// <summary>Amazon Bedrock Converse.</summary>
    BedrockConverse,

    /// <summary>Amazon Bedrock InvokeModel of Llama and Titan models, and the invocation metrics that end its streams.</summary>
    BedrockInvokeModel,

    /// <summary>DeepSeek.</summary>
    DeepSeek,

    /// <summary>Mistral; audio is billed by the second.</summary>
    Mistral,

    /// <summary>Cohere, counted in billed units.</summary>
    Cohere,

    /// <summary>xAI Chat Completions: reasoning is apart from completion tokens.</summary>
    XaiChat,

    /// <summary>xAI Responses: reasoning is inside output tokens.</summary>
    XaiResponses,

    /// <summary>Groq.</summary>
    Groq,

    /// <summary>OpenRouter.</summary>
    OpenRouter,

    /// <summary>Perplexity: reasoning and citations are apart from completion tokens.</summary>
    Perplexity,

    /// <summary>Alibaba Cloud Model Studio, OpenAI-compatible or DashScope.</summary>
    Alibaba,

    /// <summary>Moonshot.</summary>
    Moonshot,

    /// <summary>Together.</summary>
    Together,

    /// <summary>Fireworks.</summary>
    Fireworks,

    /// <summary>MiniMax; speech is counted in characters.</summary>
    MiniMax,

    /// <summary>Rerank answers in OpenAI's shape (Together, Voyage, Jina). Cohere's are <see cref="Cohere"/>.</summary>
    Rerank,

    /// <summary>Ollama's own API.</summary>
    Ollama,

    /// <summary>LiteLLM's answers with cache counts of Anthropic beside its own; the total decides whether they are inside.</summary>
    LiteLLM,

    /// <summary>Usage of the Vercel AI SDK, 5 and 6.</summary>
    VercelAI,

    /// <summary>Usage events of the GitHub Copilot SDK, which state no total.</summary>
    Copilot,

    /// <summary>LangChain's <c>usage_metadata</c>, and others who name their counts alike; the total decides whether the cache is
    /// inside.</summary>
    LangChain,

    /// <summary>Pydantic AI's usage of a request or a run.</summary>
    PydanticAI,

    /// <summary>JSON of a <c>ChatResponse</c> of Microsoft.Extensions.AI.</summary>
    ExtensionsAI,

    /// <summary>Cline's record of a request.</summary>
    Cline,
}
