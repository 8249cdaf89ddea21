using M = LlmCostModel.ApiEvidence;
using N = LlmCostModel.StatedCount;
using S = LlmCostModel.JsonScope;

namespace LlmCostModel;

/// <summary>Where usage, and what decides its price, stands in responses. Everything that is not listed is skipped without being
/// decoded.</summary>
internal static class ApiFields
{
    private static readonly ApiField[] Usage =
    [
        // OpenAI and those who copy it
        Count("prompt_tokens", N.Input, M.PromptTokens), Count("completion_tokens", N.Output, M.PromptTokens),
        Count("total_tokens", N.Total),
        Count("input_tokens", N.Input, M.InputTokens), Count("output_tokens", N.Output, M.InputTokens),
        Object("prompt_token_details", S.InputDetails),
        Object("input_tokens_details", S.InputDetails, M.Details), Object("input_token_details", S.InputDetails),
        Object("completion_tokens_details", S.OutputDetails), Object("completion_token_details", S.OutputDetails),
        Object("output_tokens_details", S.OutputDetails), Object("output_token_details", S.OutputDetails),
        Count("cached_tokens", N.CacheRead), Count("num_cached_tokens", N.CacheRead, M.Mistral),
        Count("prompt_cache_hit_tokens", N.CacheRead, M.DeepSeekCache), Count("prompt_cache_miss_tokens", N.CacheMiss, M.DeepSeekCache),
        Count("reasoning_tokens", N.Reasoning),
        new("seconds", FieldKind.Seconds, marks: M.Seconds | M.Transcription),
        new("prompt_audio_seconds", FieldKind.Seconds, marks: M.Mistral),
        new("type", FieldKind.UsageType), new("service_tier", FieldKind.Tier),

        // Anthropic
        Count("cache_read_input_tokens", N.CacheRead, M.AnthropicCache),
        Count("cache_creation_input_tokens", N.CacheWrite, M.AnthropicCache),
        Object("cache_creation", S.CacheCreation, M.AnthropicCache), Object("server_tool_use", S.ServerTools),
        Object("fallback_credit", S.Credit),
        new("speed", FieldKind.Speed), new("inference_geo", FieldKind.Region), new("iterations", FieldKind.Iterations),

        // Gemini (usageMetadata) and Interactions
        Count("promptTokenCount", N.Input, M.Gemini), Count("candidatesTokenCount", N.Output, M.Gemini),
        Count("responseTokenCount", N.Output, M.Gemini),
        Count("totalTokenCount", N.Total), Count("cachedContentTokenCount", N.CacheRead),
        Count("thoughtsTokenCount", N.Reasoning),
        Count("toolUsePromptTokenCount", N.ToolUseInput),
        new("promptTokensDetails", FieldKind.Modalities, N.AudioInput), new("cacheTokensDetails", FieldKind.Modalities, N.CachedAudio),
        new("candidatesTokensDetails", FieldKind.Modalities, N.AudioOutput),
        new("responseTokensDetails", FieldKind.Modalities, N.AudioOutput),
        new("toolUsePromptTokensDetails", FieldKind.Modalities, N.ToolUseAudio),
        new("tool_use_tokens_by_modality", FieldKind.Modalities, N.ToolUseAudio),
        new("trafficType", FieldKind.Traffic), new("serviceTier", FieldKind.Tier),
        Count("total_input_tokens", N.Input, M.Interactions), Count("total_output_tokens", N.Output, M.Interactions),
        Count("total_cached_tokens", N.CacheRead), Count("total_reasoning_tokens", N.Reasoning),
        new("grounding_tool_count", FieldKind.GroundingCounts),
        Count("total_thought_tokens", N.Reasoning), Count("total_tool_use_tokens", N.ToolUseInput),
        new("input_tokens_by_modality", FieldKind.Modalities, N.AudioInput),
        new("cached_tokens_by_modality", FieldKind.Modalities, N.CachedAudio),
        new("output_tokens_by_modality", FieldKind.Modalities, N.AudioOutput),

        // Bedrock Converse
        new("inputTokens", FieldKind.CountOrObject, N.Input, S.VercelInputTotal, M.Converse),
        new("outputTokens", FieldKind.CountOrObject, N.Output, S.VercelOutputTotal, M.Converse), Count("totalTokens", N.Total),
        Count("cacheReadInputTokens", N.CacheRead), Count("cacheReadInputTokenCount", N.CacheRead),
        Count("cacheWriteInputTokens", N.CacheWrite), Count("cacheWriteInputTokenCount", N.CacheWrite),
        new("cacheDetails", FieldKind.CacheWrites),

        // Alibaba's speech
        Count("characters", N.Character, M.Characters),

        // Cohere
        Object("billed_units", S.Billed, M.Cohere),

        // OpenRouter, Perplexity, xAI
        new("cost", FieldKind.Cost), Object("cost_details", S.CostDetails, M.OpenRouterCost),
        new("is_byok", FieldKind.OwnKey, marks: M.OpenRouterCost),
        Object("server_tool_use_details", S.ServerTools), Object("server_side_tool_usage_details", S.ServerTools, M.Xai),
        new("cost_in_usd_ticks", FieldKind.Ticks, marks: M.Xai), Count("num_sources_used", N.SearchSource, M.Xai),
        new("num_server_side_tools_used", FieldKind.InnerCalls, marks: M.Xai),
        new("server_side_tool_usage", FieldKind.ObjectOrOther, into: S.ServerToolMap, marks: M.Xai),
        new("connectors", FieldKind.ObjectOrOther, into: S.Connectors),
        Count("citation_tokens", N.CitationToken, M.PerplexityCost), Count("num_search_queries", N.SearchQuery, M.PerplexityCost),
        new("search_context_size", FieldKind.SearchContextSize, marks: M.PerplexityCost),
        new("search_type", FieldKind.SearchType, marks: M.PerplexityCost),

        .. LibraryFields.Usage,
    ];

    private static readonly FieldTable[] ByScope = [.. Build().Select(fields => new FieldTable(fields))];

    internal static FieldTable Of(S scope) => ByScope[(int)scope];

    private static ApiField[][] Build()
    {
        ApiField[][] scopes = new ApiField[(int)S.Count][];
        Array.Fill(scopes, []);
        foreach ((S scope, ApiField[] fields) in LibraryFields.Scopes.Concat(HostedToolFields.Scopes))
        {
            scopes[(int)scope] = fields;
        }

        scopes[(int)S.Usage] = Usage;
        scopes[(int)S.Iteration] = [.. Usage.Where(field => field.Name is not ("type" or "iterations")),
            new("type", FieldKind.IterationType), new("model", FieldKind.Model)];
        scopes[(int)S.Root] =
        [
            Object("usage", S.Usage, M.Usage), Object("usageMetadata", S.Usage, M.Usage | M.Gemini),
            new("id", FieldKind.ResponseId), new("responseId", FieldKind.ResponseId), new("request_id", FieldKind.RequestId),
            new("model", FieldKind.Model), new("modelVersion", FieldKind.Model),
            new("object", FieldKind.ObjectType), new("type", FieldKind.Type),
            new("service_tier", FieldKind.Tier), new("serviceTier", FieldKind.ObjectOrOther, into: S.Tier),
            new("prompt_cache_options", FieldKind.ObjectOrOther, into: S.CacheOptions),
            new("prompt_cache_diagnostics", FieldKind.ObjectOrOther, into: S.CacheDiagnostics),
            new("diagnostics", FieldKind.ObjectOrOther, into: S.Diagnostics),
            new("tools", FieldKind.Items, into: S.Tool),
            new("error", FieldKind.Error, into: S.Error, marks: M.Error), new("messageStart", FieldKind.Mark, marks: M.Start),
            new("created", FieldKind.Created), new("created_at", FieldKind.Created), new("createTime", FieldKind.Created),
            new("timestamp", FieldKind.Created),

            // Wrappers: stream events, batch lines, recorded exchanges
            Wrapper("response"), Wrapper("message"), Wrapper("interaction"), Wrapper("result"),
            new("body", FieldKind.Body, into: S.Root),

            // Lines of batch files: OpenAI and Anthropic, Gemini, Vertex, Bedrock
            new("custom_id", FieldKind.BatchItemId, marks: M.Batch), new("status_code", FieldKind.HttpStatus),
            new("key", FieldKind.BatchKey), new("processed_time", FieldKind.Mark, marks: M.Batch),
            new("recordId", FieldKind.BatchItemId, marks: M.Batch),
            new("modelOutput", FieldKind.ObjectOrOther, into: S.Root, marks: M.Batch),
            new("request_counts", FieldKind.ObjectOrOther, into: S.RequestCounts),
            new("metadata", FieldKind.ObjectOrOther, into: S.Metadata), new("meta", FieldKind.ObjectOrOther, into: S.Metadata),
            new("delta", FieldKind.Piece, into: S.Delta), new("x_groq", FieldKind.ObjectOrOther, into: S.XGroq),
            new("amazon-bedrock-invocationMetrics", FieldKind.Object, into: S.InvocationMetrics, marks: M.Usage),

            // Content: only what kind it is
            new("choices", FieldKind.Items, into: S.Content, marks: M.Chat), new("candidates", FieldKind.Items, into: S.Content),
            new("output", FieldKind.Items, into: S.OutputItem), new("content", FieldKind.Answer, into: S.OutputItem),
            .. HostedToolFields.Root,
            new("stop_reason", FieldKind.Finish), new("finishReason", FieldKind.Finish), new("finish_reason", FieldKind.Finish),
            new("stopReason", FieldKind.Finish), new("done", FieldKind.Done), new("status", FieldKind.Status),
            new("data", FieldKind.DataOrObject, N.Image, S.CopilotData), new("background", FieldKind.Mark, marks: M.ImageBody),
            new("output_format", FieldKind.Mark, marks: M.ImageBody),
            new("quality", FieldKind.Quality), new("size", FieldKind.Size),
            new("performanceConfig", FieldKind.ObjectOrOther, into: S.Latency),

            // Anthropic's managed agents: https://platform.claude.com/docs/en/managed-agents/events-and-streaming
            Object("model_usage", S.Usage, M.Usage | M.MessageType),

            // OpenAI Realtime: what the session is set to, and the transcription of what was said
            new("session", FieldKind.ObjectOrOther, into: S.Session),

            // Counts of what is not a token: Mistral's OCR, MiniMax' speech, verbose transcriptions of OpenAI and Groq
            Object("usage_info", S.UsageInfo, M.Usage), new("extra_info", FieldKind.ObjectOrOther, into: S.ExtraInfo),
            new("embedding", FieldKind.Mark, marks: M.Embedding), new("embeddings", FieldKind.Mark, marks: M.Embedding),
            new("embeddingsByType", FieldKind.Mark, marks: M.Embedding),
            new("task", FieldKind.Task), new("duration", FieldKind.Duration),

            // Counts without a usage block: Ollama, Llama and Titan on Bedrock
            Count("prompt_eval_count", N.Input, M.Ollama | M.Usage), Count("eval_count", N.Output, M.Ollama | M.Usage),
            Count("prompt_token_count", N.Input, M.InvokeModel | M.Usage),
            Count("generation_token_count", N.Output, M.InvokeModel | M.Usage),
            Count("inputTextTokenCount", N.Input, M.InvokeModel | M.Usage), new("results", FieldKind.Items, into: S.TitanResult),

            // Groq's systems: the models that took part (https://console.groq.com/docs/compound, read 2026-11-26)
            new("usage_breakdown", FieldKind.ObjectOrOther, into: S.Breakdown),

            .. LibraryFields.Root,
        ];
        scopes[(int)S.Metadata] =
        [
            new("usage", FieldKind.ObjectOrOther, into: S.Usage, marks: M.Usage),
            new("billed_units", FieldKind.ObjectOrOther, into: S.Billed, marks: M.Usage | M.Cohere),
            new("performanceConfig", FieldKind.ObjectOrOther, into: S.Latency), new("serviceTier", FieldKind.ObjectOrOther, into: S.Tier),
            new("key", FieldKind.BatchKey),
        ];
        scopes[(int)S.CallerMetadata] = [new("key", FieldKind.BatchKey)];
        scopes[(int)S.Delta] = [Object("usage", S.Usage, M.Usage), new("stop_reason", FieldKind.Finish),
            new("finish_reason", FieldKind.Finish), new("diagnostics", FieldKind.ObjectOrOther, into: S.Diagnostics),
            new("type", FieldKind.ItemType), new("arguments", FieldKind.ObjectOrOther, into: S.SearchArguments)];
        scopes[(int)S.XGroq] = [new("usage", FieldKind.ObjectOrOther, into: S.Usage, marks: M.Usage),
            new("usage_breakdown", FieldKind.ObjectOrOther, into: S.Breakdown)];
        scopes[(int)S.Breakdown] = [new("models", FieldKind.Breakdown)];
        scopes[(int)S.InputDetails] =
        [
            Count("cached_tokens", N.CacheRead), Count("cache_write_tokens", N.CacheWrite), Count("cache_creation_tokens", N.CacheWrite),
            Count("cache_creation_input_tokens", N.CacheWrite),
            new("cache_creation", FieldKind.CountOrObject, N.CacheWrite, S.CacheCreation),
            Count("audio_tokens", N.AudioInput), Count("image_tokens", N.ImageInput), Count("video_tokens", N.VideoInput),
            Count("text_tokens", N.TextInput),
            Object("cached_tokens_details", S.CachedDetails), .. LibraryFields.InputDetails,
        ];
        scopes[(int)S.OutputDetails] =
        [
            Count("reasoning_tokens", N.Reasoning), Count("thinking_tokens", N.Reasoning), Count("text_tokens", N.TextOutput),
            Count("audio_tokens", N.AudioOutput), Count("image_tokens", N.ImageOutput), Count("video_tokens", N.VideoOutput),
            .. LibraryFields.OutputDetails,
        ];
        scopes[(int)S.CachedDetails] =
        [
            Count("text_tokens", N.CachedText), Count("audio_tokens", N.CachedAudio), Count("image_tokens", N.CachedImage),
            Count("video_tokens", N.CachedVideo),
        ];
        scopes[(int)S.CacheCreation] = [Count("ephemeral_5m_input_tokens", N.CacheWrite5m),
            Count("ephemeral_1h_input_tokens", N.CacheWrite1h)];
        scopes[(int)S.CacheOptions] = [new("ttl", FieldKind.TimeToLive)];
        scopes[(int)S.ServerTools] =
        [
            Count("web_search_requests", N.WebSearch), Count("web_fetch_requests", N.WebFetch), Count("web_search_calls", N.WebSearch),
            Count("x_search_calls", N.XSearch),
            Count("file_search_calls", N.FileSearchCall), Count("document_search_calls", N.AttachmentSearch),
            Count("code_interpreter_calls", N.CodeExecution),
            Count("image_generation_calls", N.ImageGeneration),
            new("mcp_calls", FieldKind.AddedCount, N.FreeCall), // https://docs.x.ai/developers/tools/tool-usage-details
        ];
        scopes[(int)S.Billed] =
        [
            Count("input_tokens", N.Input), Count("output_tokens", N.Output), Count("search_units", N.SearchUnit), Count("images", N.Image),
        ];
        scopes[(int)S.Cost] = [new("total_cost", FieldKind.Cost), new("currency", FieldKind.Currency)];
        scopes[(int)S.CostDetails] = [new("upstream_inference_cost", FieldKind.Upstream)];
        scopes[(int)S.Content] =
        [
            new("finish_reason", FieldKind.Finish), new("finishReason", FieldKind.Finish),
            new("groundingMetadata", FieldKind.ObjectOrOther, into: S.Grounding),
            new("grounding_metadata", FieldKind.ObjectOrOther, into: S.Grounding),
            new("content", FieldKind.ObjectOrOther, into: S.TextParts), // Gemini
            new("message", FieldKind.ObjectOrOther, into: S.ChatMessage), new("delta", FieldKind.ObjectOrOther, into: S.ChatMessage),
        ];
        scopes[(int)S.OutputItem] = [.. HostedToolFields.Item];
        scopes[(int)S.Grounding] = [new("webSearchQueries", FieldKind.Length, N.GroundedQuery),
            new("groundingChunks", FieldKind.Items, into: S.GroundingChunk),
            new("web_search_queries", FieldKind.Length, N.GroundedQuery), // google-genai for Python
            new("grounding_chunks", FieldKind.Items, into: S.GroundingChunk)];

        // https://ai.google.dev/gemini-api/docs/maps-grounding (read 2026-11-26): billed per prompt with a place in its answer
        scopes[(int)S.GroundingChunk] = [new("maps", FieldKind.Present, N.MapsGroundedPrompt)];
        scopes[(int)S.Latency] = [new("latency", FieldKind.Latency)];
        scopes[(int)S.Tier] = [new("type", FieldKind.Tier)];
        scopes[(int)S.InvocationMetrics] =
        [
            Count("inputTokenCount", N.Input, M.InvokeModel), Count("outputTokenCount", N.Output, M.InvokeModel),
            Count("cacheReadInputTokenCount", N.CacheRead), Count("cacheWriteInputTokenCount", N.CacheWrite),
        ];
        scopes[(int)S.CacheDiagnostics] = [new("reason", FieldKind.MissReason), Count("cache_missed_tokens", N.MissedByCache)];
        scopes[(int)S.Diagnostics] = [new("cache_miss_reason", FieldKind.ObjectOrOther, into: S.CacheMissReason)];
        scopes[(int)S.CacheMissReason] = [new("type", FieldKind.MissReason), Count("cache_missed_input_tokens", N.MissedByCache)];
        scopes[(int)S.Credit] = [new("status", FieldKind.ObjectOrOther, into: S.CreditStatus)];
        scopes[(int)S.CreditStatus] = [new("type", FieldKind.CreditType)];
        scopes[(int)S.Tool] = [new("type", FieldKind.ToolType), new("search_context_size", FieldKind.SearchContextSize)];
        scopes[(int)S.UsageInfo] =
            [Count("pages_processed", N.Page, M.Pages), Count("pages_processed_annotation", N.AnnotatedPage, M.Pages)];
        scopes[(int)S.ExtraInfo] = [Count("usage_characters", N.Character, M.Usage | M.Characters)];
        scopes[(int)S.Session] =
        [
            new("model", FieldKind.Model), new("audio", FieldKind.ObjectOrOther, into: S.SessionAudio),
            new("input_audio_transcription", FieldKind.ObjectOrOther, into: S.Transcription),
        ];
        scopes[(int)S.SessionAudio] = [new("input", FieldKind.ObjectOrOther, into: S.SessionInput)];
        scopes[(int)S.SessionInput] = [new("transcription", FieldKind.ObjectOrOther, into: S.Transcription)];
        scopes[(int)S.Transcription] = [new("model", FieldKind.TranscriptionModel)];
        scopes[(int)S.TitanResult] = [new("tokenCount", FieldKind.AddedCount, N.Output)];
        return scopes;
    }

    private static ApiField Count(string name, N stated, ApiEvidence marks = M.None) => new(name, FieldKind.Count, stated, marks: marks);

    private static ApiField Object(string name, S into, ApiEvidence marks = M.None) =>
        new(name, FieldKind.Object, into: into, marks: marks);

    private static ApiField Wrapper(string name) => new(name, FieldKind.ObjectOrOther, into: S.Root);
}
