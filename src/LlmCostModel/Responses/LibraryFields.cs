using M = LlmCostModel.ApiEvidence;
using N = LlmCostModel.StatedCount;
using S = LlmCostModel.JsonScope;

namespace LlmCostModel;

/// <summary>Where libraries between a provider and its caller put usage; the names of the providers are in <see cref="ApiFields"/>.
/// </summary>
/// <remarks>Every list names the source from which its names were taken, read 2026-11-26.</remarks>
internal static class LibraryFields
{
    /// <summary>In the usage block.</summary>
    internal static readonly ApiField[] Usage =
    [
        // Vercel AI SDK 5, and 6 with the details (vercel/ai, packages/ai/src/types/usage.ts,
        // packages/anthropic/src/convert-anthropic-messages-usage.ts)
        Count("cachedInputTokens", N.CacheRead, M.VercelAI), Count("reasoningTokens", N.Reasoning, M.VercelAI),
        Object("inputTokenDetails", S.VercelInput, M.VercelAI), Object("outputTokenDetails", S.VercelOutput, M.VercelAI),

        // Vercel AI SDK 4, and what the provider stated in 6
        Count("promptTokens", N.Input, M.Converse | M.VercelAI), Count("completionTokens", N.Output, M.Converse | M.VercelAI),
        new("raw", FieldKind.PassedOn, into: S.Usage),

        // GitHub Copilot SDK (github/copilot-sdk, event assistant.usage)
        Count("cacheReadTokens", N.CacheRead, M.Copilot), Count("cacheWriteTokens", N.CacheWrite, M.Copilot),

        // Codex, turn.completed (openai/codex, sdk/typescript/src/events.ts)
        Count("cached_input_tokens", N.CacheRead, M.Details), Count("cache_write_input_tokens", N.CacheWrite),
        Count("reasoning_output_tokens", N.Reasoning),

        // Pydantic AI, RequestUsage and RunUsage (pydantic/pydantic-ai, pydantic_ai_slim/pydantic_ai/usage.py)
        Count("cache_read_tokens", N.CacheRead, M.LangChain), Count("cache_write_tokens", N.CacheWrite, M.LangChain),
        Count("input_audio_tokens", N.AudioInput), Count("cache_audio_read_tokens", N.CachedAudio, M.PydanticAI),
        Count("output_audio_tokens", N.AudioOutput),
        new("details", FieldKind.ObjectOrOther, into: S.PydanticDetails), new("requests", FieldKind.Calls, marks: M.PydanticAI),

        // google-genai for Python writes what Gemini does in snake case (googleapis/python-genai, google/genai/types.py)
        Count("prompt_token_count", N.Input, M.Gemini), Count("candidates_token_count", N.Output, M.Gemini),
        Count("response_token_count", N.Output, M.Gemini), Count("total_token_count", N.Total, M.Gemini),
        Count("cached_content_token_count", N.CacheRead), Count("thoughts_token_count", N.Reasoning),
        Count("tool_use_prompt_token_count", N.ToolUseInput),
        new("prompt_tokens_details", FieldKind.DetailsOrModalities, N.AudioInput, S.InputDetails),
        new("cache_tokens_details", FieldKind.Modalities, N.CachedAudio),
        new("candidates_tokens_details", FieldKind.Modalities, N.AudioOutput),
        new("response_tokens_details", FieldKind.Modalities, N.AudioOutput),
        new("tool_use_prompt_tokens_details", FieldKind.Modalities, N.ToolUseAudio),
        new("traffic_type", FieldKind.Traffic),

        // Microsoft.Extensions.AI (dotnet/extensions, UsageDetails.cs)
        Count("inputTokenCount", N.Input, M.ExtensionsAI), Count("outputTokenCount", N.Output, M.ExtensionsAI),
        Count("cachedInputTokenCount", N.CacheRead, M.ExtensionsAI), Count("reasoningTokenCount", N.Reasoning, M.ExtensionsAI),
        Count("inputAudioTokenCount", N.AudioInput, M.ExtensionsAI), Count("outputAudioTokenCount", N.AudioOutput, M.ExtensionsAI),
        Count("outputTextTokenCount", N.TextOutput, M.ExtensionsAI),
        Object("additionalCounts", S.AdditionalCounts, M.ExtensionsAI),
    ];

    /// <summary>At the top of a body.</summary>
    internal static readonly ApiField[] Root =
    [
        // LangChain's AIMessage and google-genai call the usage block so; its own names tell which it is.
        Object("usage_metadata", S.Usage, M.Usage | M.LangChain),
        new("response_metadata", FieldKind.ObjectOrOther, into: S.ResponseMetadata),

        // LangChain's dumps of objects, and its LLMResult: what was used for all prompts of a list, and the answers to each
        new("kwargs", FieldKind.ObjectOrOther, into: S.Root), new("lc_kwargs", FieldKind.ObjectOrOther, into: S.Root),
        new("llm_output", FieldKind.ObjectOrOther, into: S.LlmOutput), new("llmOutput", FieldKind.ObjectOrOther, into: S.LlmOutput),
        new("generations", FieldKind.Generations, into: S.Root),

        // Vercel AI SDK: the calls of a run and their sum (vercel/ai, packages/ai/src/generate-text/generate-text-result.ts)
        new("steps", FieldKind.Steps), new("totalUsage", FieldKind.Whole, into: S.Usage),
        new("providerMetadata", FieldKind.ObjectOrOther, into: S.ProviderMetadata),
        new("experimental_providerMetadata", FieldKind.ObjectOrOther, into: S.ProviderMetadata),

        new("model_version", FieldKind.Model), new("response_id", FieldKind.ResponseId), new("create_time", FieldKind.Created),

        // Pydantic AI's ModelResponse
        new("kind", FieldKind.MessageKind), new("model_name", FieldKind.Model), new("provider_response_id", FieldKind.ResponseId),

        // Microsoft.Extensions.AI's ChatResponse
        new("modelId", FieldKind.Model), new("createdAt", FieldKind.Created),

        // Claude Code's result: the usage of every model
        new("modelUsage", FieldKind.ModelUsage), new("total_cost_usd", FieldKind.TotalCost), new("num_turns", FieldKind.Turns),

        // Cline: its api_req_started (cline/cline, src/shared/ExtensionMessage.ts)
        Count("tokensIn", N.Input, M.Cline | M.Usage), Count("tokensOut", N.Output, M.Cline | M.Usage),
        Count("cacheReads", N.CacheRead), Count("cacheWrites", N.CacheWrite),

        // Gemini CLI: a message of its session (google-gemini/gemini-cli, chatRecordingService.ts)
        new("tokens", FieldKind.ObjectOrOther, into: S.GeminiCli),
    ];

    /// <summary>What the provider stated besides, by the provider's names. The counts of the block hold all of it but the reasoning and
    /// what does not count tokens; what is not listed may be billed (pydantic_ai_slim/pydantic_ai/models, each _map_usage).</summary>
    private static readonly ApiField[] PydanticDetails =
    [
        Count("reasoning_tokens", N.Reasoning), Count("thoughts_tokens", N.Reasoning), Count("web_search_requests", N.WebSearch),
        Count("web_fetch_requests", N.WebFetch), Count("search_units", N.SearchUnit),
        Count("server_side_tools_web_search", N.WebSearch), Count("server_side_tools_x_search", N.XSearch, M.Xai),
        Count("server_side_tools_code_execution", N.CodeExecution), Count("server_side_tools_collections_search", N.FileSearchCall),
        new("server_side_tools_mcp", FieldKind.Mark), new("server_side_tools_view_image", FieldKind.Mark),
        new("server_side_tools_view_x_video", FieldKind.Mark),
        .. new[]
        {
            "input_tokens", "output_tokens", "prompt_tokens", "completion_tokens", "total_tokens", "cached_tokens", "text_tokens",
            "audio_tokens", "image_tokens", "video_tokens", "accepted_prediction_tokens", "rejected_prediction_tokens",
            "cache_creation_input_tokens", "cache_read_input_tokens", "cache_read_tokens", "cache_write_tokens",
            "prompt_cache_hit_tokens", "prompt_cache_miss_tokens", "cached_content_tokens", "cached_content_token_count",
            "tool_use_prompt_tokens", "tool_use_prompt_token_count", "thinking_tokens", "cached_prompt_text_tokens",
            "prompt_text_tokens", "prompt_image_tokens",
        }
        .Concat(
            from modality in new[] { "text", "audio", "image", "video", "document", "modality_unspecified" }
            from place in new[] { "prompt", "candidates", "cache", "tool_use_prompt" }
            select $"{modality}_{place}_tokens")
        .Select(name => new ApiField(name, FieldKind.Mark)),
    ];

    internal static readonly (S Scope, ApiField[] Fields)[] Scopes =
    [
        (S.VercelInput,
        [
            Count("noCacheTokens", N.FreshInput), Count("cacheReadTokens", N.CacheRead), Count("cacheWriteTokens", N.CacheWrite),
        ]),
        (S.VercelOutput, [Count("textTokens", N.TextOutput), Count("reasoningTokens", N.Reasoning)]),

        // The SDK's own interface to providers nests the counts (LanguageModelV3Usage).
        (S.VercelInputTotal,
        [
            Count("total", N.Input), Count("noCache", N.FreshInput), Count("cacheRead", N.CacheRead), Count("cacheWrite", N.CacheWrite),
        ]),
        (S.VercelOutputTotal, [Count("total", N.Output), Count("text", N.TextOutput), Count("reasoning", N.Reasoning)]),
        (S.CopilotData,
        [
            new("model", FieldKind.Model), Count("inputTokens", N.Input, M.Converse | M.Copilot | M.Usage),
            Count("outputTokens", N.Output, M.Converse | M.Copilot | M.Usage),
            Count("cacheReadTokens", N.CacheRead), Count("cacheWriteTokens", N.CacheWrite), Count("reasoningTokens", N.Reasoning),
        ]),

        (S.PydanticDetails, PydanticDetails),
        (S.ResponseMetadata,
        [
            new("model_name", FieldKind.Model), new("model", FieldKind.Model), new("service_tier", FieldKind.Tier),
            new("token_usage", FieldKind.PassedOn, into: S.Usage), new("tokenUsage", FieldKind.PassedOn, into: S.Usage),
            new("usage", FieldKind.PassedOn, into: S.Usage),

            // Perplexity's and Google's (langchain-ai/langchain, partners/perplexity; langchain-google, genai)
            Count("num_search_queries", N.SearchQuery), Count("citation_tokens", N.CitationToken),
            new("search_context_size", FieldKind.SearchContextSize), new("search_type", FieldKind.SearchType),
            new("grounding_metadata", FieldKind.ObjectOrOther, into: S.Grounding),
            new("groundingMetadata", FieldKind.ObjectOrOther, into: S.Grounding),
        ]),
        (S.LlmOutput,
        [
            new("model_name", FieldKind.Model), new("model", FieldKind.Model), new("id", FieldKind.ResponseId),
            new("service_tier", FieldKind.Tier),
            new("token_usage", FieldKind.PassedOn, into: S.Usage), new("tokenUsage", FieldKind.PassedOn, into: S.Usage),
            new("usage", FieldKind.PassedOn, into: S.Usage),
        ]),

        // What the AI SDK's providers say beside the counts that all have in common (vercel/ai, packages/anthropic, amazon-bedrock, openai
        // and google, each the function that makes providerMetadata; read 2026-11-26).
        (S.ProviderMetadata,
        [
            new("anthropic", FieldKind.ObjectOrOther, into: S.AnthropicMetadata),
            new("bedrock", FieldKind.ObjectOrOther, into: S.BedrockMetadata),
            new("openai", FieldKind.ObjectOrOther, into: S.OpenAIMetadata), new("azure", FieldKind.ObjectOrOther, into: S.OpenAIMetadata),
            new("google", FieldKind.ObjectOrOther, into: S.GoogleMetadata),
            new("vertex", FieldKind.ObjectOrOther, into: S.GoogleMetadata),
            new("openrouter", FieldKind.ObjectOrOther, into: S.OpenRouterMetadata),
            new("gateway", FieldKind.ObjectOrOther, into: S.GatewayMetadata), // https://vercel.com/docs/ai-gateway
        ]),
        (S.AnthropicMetadata,
        [
            new("usage", FieldKind.PassedOn, into: S.Usage, marks: M.CacheApart),
            Count("cacheCreationInputTokens", N.CacheWrite, M.CacheApart), Count("cacheReadInputTokens", N.CacheRead, M.CacheApart),
        ]),
        (S.BedrockMetadata, [new("usage", FieldKind.ObjectOrOther, into: S.BedrockCacheCounts)]),
        (S.BedrockCacheCounts,
        [
            Count("cacheReadInputTokens", N.CacheRead, M.CacheApart), Count("cacheWriteInputTokens", N.CacheWrite, M.CacheApart),
        ]),
        (S.OpenAIMetadata,
        [
            new("serviceTier", FieldKind.Tier), Count("cachedPromptTokens", N.CacheRead), Count("reasoningTokens", N.Reasoning),
        ]),
        (S.OpenRouterMetadata, [new("usage", FieldKind.ObjectOrOther, into: S.OpenRouterCost)]),
        (S.GatewayMetadata, [new("cost", FieldKind.CostInWords)]), // https://vercel.com/docs/ai-gateway, a text
        (S.OpenRouterCost, [new("cost", FieldKind.Cost)]),
        (S.GoogleMetadata,
        [
            new("usageMetadata", FieldKind.PassedOn, into: S.Usage), new("serviceTier", FieldKind.Tier),
            new("groundingMetadata", FieldKind.ObjectOrOther, into: S.Grounding),
        ]),
        (S.GeminiCli,
        [
            Count("input", N.Input, M.Gemini | M.Usage), Count("output", N.Output, M.Gemini | M.Usage), Count("cached", N.CacheRead),
            Count("thoughts", N.Reasoning), Count("tool", N.ToolUseInput), Count("total", N.Total),
        ]),

        // By the adapters' names: Microsoft.Extensions.AI.OpenAI 10.11, Anthropic 13.12, AWS's adapter for Bedrock.
        (S.AdditionalCounts,
        [
            Count("CacheCreationInputTokens", N.CacheWrite), Count("CacheWriteInputTokens", N.CacheWrite),

            // Only those who count it apart have it under this name: Anthropic.SDK, and AWS.
            Count("CacheReadInputTokens", N.CacheRead, M.CacheApart),
            Count("InputTokenDetails.AudioTokenCount", N.AudioInput), Count("InputTokenDetails.ImageTokenCount", N.ImageInput),
            Count("InputTokenDetails.CachedTokenCount", N.CacheRead),
            Count("OutputTokenDetails.AudioTokenCount", N.AudioOutput), Count("OutputTokenDetails.ReasoningTokenCount", N.Reasoning),
            Count("WebSearchRequests", N.WebSearch), Count("WebFetchRequests", N.WebFetch),
        ]),
        (S.ModelUsage,
        [
            Count("inputTokens", N.Input), Count("outputTokens", N.Output), Count("cacheReadInputTokens", N.CacheRead),
            Count("cacheCreationInputTokens", N.CacheWrite), Count("webSearchRequests", N.WebSearch),
        ]),
        (S.RequestCounts, [new("total", FieldKind.Calls), new("completed", FieldKind.CompletedCalls)]),
        (S.Error,
        [
            new("type", FieldKind.ErrorCode), new("code", FieldKind.ErrorCode), new("errorCode", FieldKind.ErrorCode),
            new("error", FieldKind.ObjectOrOther, into: S.Error),
        ]),
    ];

    /// <summary>LangChain's names of the parts of the input, but one that Alibaba has as well (langchain-ai/langchain, messages/ai.py:
    /// InputTokenDetails; partners/anthropic: _create_usage_metadata), and LiteLLM's (BerriAI/litellm, types/utils.py:
    /// PromptTokensDetailsWrapper).</summary>
    internal static readonly ApiField[] InputDetails =
    [
        Count("cache_read", N.CacheRead, M.LangChain),

        // Of a tier that is not the standard one, by its name (langchain-ai/langchain, partners/openai: _create_usage_metadata)
        Count("flex_cache_read", N.CacheRead, M.LangChain), Count("priority_cache_read", N.CacheRead, M.LangChain),
        new("flex", FieldKind.TierShare, marks: M.LangChain), new("priority", FieldKind.TierShare, marks: M.LangChain),
        Count("ephemeral_5m_input_tokens", N.CacheWrite5m, M.LangChain), Count("ephemeral_1h_input_tokens", N.CacheWrite1h, M.LangChain),
        Count("audio", N.AudioInput, M.LangChain), Count("image", N.ImageInput, M.LangChain), Count("video", N.VideoInput, M.LangChain),
        Object("cache_creation_token_details", S.CacheCreation), Count("cached_audio_tokens", N.CachedAudio),
        Count("web_search_requests", N.WebSearch),
    ];

    internal static readonly ApiField[] OutputDetails =
    [
        Count("reasoning", N.Reasoning, M.LangChain), Count("audio", N.AudioOutput, M.LangChain),
        Count("image", N.ImageOutput, M.LangChain),
        Count("flex_reasoning", N.Reasoning, M.LangChain), Count("priority_reasoning", N.Reasoning, M.LangChain),
        new("flex", FieldKind.TierShare, marks: M.LangChain), new("priority", FieldKind.TierShare, marks: M.LangChain),
    ];

    private static ApiField Count(string name, N stated, ApiEvidence marks = M.None) => new(name, FieldKind.Count, stated, marks: marks);

    private static ApiField Object(string name, S into, ApiEvidence marks = M.None) =>
        new(name, FieldKind.Object, into: into, marks: marks);
}
