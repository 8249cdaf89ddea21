using M = LlmCostModel.ApiEvidence;

namespace LlmCostModel;

/// <summary>Where usage, and what decides its price, stands in responses. Everything that is not listed is skipped without being decoded.</summary>
internal static class ApiFields
{
    private static readonly ApiField[] Usage =
    [
        // OpenAI and those who copy it
        Count("prompt_tokens", Slot.Input, M.PromptTokens), Count("completion_tokens", Slot.Output, M.PromptTokens), Count("total_tokens", Slot.Total),
        Count("input_tokens", Slot.Input, M.InputTokens), Count("output_tokens", Slot.Output, M.InputTokens),
        Object("prompt_tokens_details", Scope.InputDetails), Object("prompt_token_details", Scope.InputDetails),
        Object("input_tokens_details", Scope.InputDetails, M.Details), Object("input_token_details", Scope.InputDetails),
        Object("completion_tokens_details", Scope.OutputDetails), Object("completion_token_details", Scope.OutputDetails),
        Object("output_tokens_details", Scope.OutputDetails), Object("output_token_details", Scope.OutputDetails),
        Count("cached_tokens", Slot.CacheRead), Count("num_cached_tokens", Slot.CacheRead, M.Mistral),
        Count("prompt_cache_hit_tokens", Slot.CacheRead, M.DeepSeekCache), Count("prompt_cache_miss_tokens", Slot.CacheMiss, M.DeepSeekCache),
        Count("reasoning_tokens", Slot.Reasoning),
        new("seconds", FieldKind.Seconds, marks: M.Seconds | M.Transcription), new("prompt_audio_seconds", FieldKind.Seconds, marks: M.Mistral),
        new("type", FieldKind.UsageType), new("service_tier", FieldKind.Tier),

        // Anthropic
        Count("cache_read_input_tokens", Slot.CacheRead, M.AnthropicCache), Count("cache_creation_input_tokens", Slot.CacheWrite, M.AnthropicCache),
        Object("cache_creation", Scope.CacheCreation, M.AnthropicCache), Object("server_tool_use", Scope.ServerTools),
        new("speed", FieldKind.Speed), new("inference_geo", FieldKind.Region), new("iterations", FieldKind.Iterations),

        // Gemini (usageMetadata) and Interactions
        Count("promptTokenCount", Slot.Input, M.Gemini), Count("candidatesTokenCount", Slot.Output, M.Gemini), Count("responseTokenCount", Slot.Output, M.Gemini),
        Count("totalTokenCount", Slot.Total, M.Gemini), Count("cachedContentTokenCount", Slot.CacheRead), Count("thoughtsTokenCount", Slot.Reasoning),
        Count("toolUsePromptTokenCount", Slot.ToolUseInput),
        new("promptTokensDetails", FieldKind.Modalities, Slot.AudioInput), new("cacheTokensDetails", FieldKind.Modalities, Slot.CachedAudio),
        new("candidatesTokensDetails", FieldKind.Modalities, Slot.AudioOutput), new("responseTokensDetails", FieldKind.Modalities, Slot.AudioOutput),
        new("trafficType", FieldKind.Traffic), new("serviceTier", FieldKind.Tier),
        Count("total_input_tokens", Slot.Input, M.Interactions), Count("total_output_tokens", Slot.Output, M.Interactions), Count("total_cached_tokens", Slot.CacheRead),
        Count("total_thought_tokens", Slot.Reasoning), Count("total_tool_use_tokens", Slot.ToolUseInput),
        new("input_tokens_by_modality", FieldKind.Modalities, Slot.AudioInput), new("cached_tokens_by_modality", FieldKind.Modalities, Slot.CachedAudio),
        new("output_tokens_by_modality", FieldKind.Modalities, Slot.AudioOutput),

        // Bedrock Converse
        Count("inputTokens", Slot.Input, M.Converse), Count("outputTokens", Slot.Output, M.Converse), Count("totalTokens", Slot.Total),
        Count("cacheReadInputTokens", Slot.CacheRead), Count("cacheReadInputTokenCount", Slot.CacheRead),
        Count("cacheWriteInputTokens", Slot.CacheWrite), Count("cacheWriteInputTokenCount", Slot.CacheWrite), new("cacheDetails", FieldKind.CacheWrites),

        // Cohere
        Object("billed_units", Scope.Billed, M.Cohere),

        // OpenRouter, Perplexity, xAI
        new("cost", FieldKind.Cost), Object("cost_details", Scope.CostDetails, M.OpenRouterCost), new("is_byok", FieldKind.OwnKey, marks: M.OpenRouterCost),
        Object("server_tool_use_details", Scope.ServerTools), Object("server_side_tool_usage_details", Scope.ServerTools, M.Xai),
        new("cost_in_usd_ticks", FieldKind.Ticks, marks: M.Xai), Count("num_sources_used", Slot.SearchSource, M.Xai),
        Count("citation_tokens", Slot.CitationToken, M.PerplexityCost), Count("num_search_queries", Slot.SearchQuery, M.PerplexityCost),
        new("search_context_size", FieldKind.SearchContextSize, marks: M.PerplexityCost),
    ];

    private static readonly ApiField[][] ByScope = Build();

    internal static ReadOnlySpan<ApiField> Of(Scope scope) => ByScope[(int)scope];

    private static ApiField[][] Build()
    {
        ApiField[][] scopes = new ApiField[(int)Scope.Count][];
        Array.Fill(scopes, []);
        scopes[(int)Scope.Usage] = Usage;
        scopes[(int)Scope.Iteration] = [.. Usage.Where(field => field.Name is not ("type" or "iterations")), new("type", FieldKind.IterationType), new("model", FieldKind.Model)];
        scopes[(int)Scope.Root] =
        [
            Object("usage", Scope.Usage, M.Usage), Object("usageMetadata", Scope.Usage, M.Usage | M.Gemini),
            new("id", FieldKind.ResponseId), new("responseId", FieldKind.ResponseId), new("request_id", FieldKind.RequestId),
            new("model", FieldKind.Model), new("modelVersion", FieldKind.Model),
            new("object", FieldKind.ObjectType), new("type", FieldKind.Type),
            new("service_tier", FieldKind.Tier), new("serviceTier", FieldKind.ObjectOrOther, into: Scope.Tier),
            new("prompt_cache_options", FieldKind.ObjectOrOther, into: Scope.CacheOptions),
            new("created", FieldKind.Created), new("created_at", FieldKind.Created), new("createTime", FieldKind.Created),

            // Wrappers: stream events, batch lines, recorded exchanges
            Wrapper("response"), Wrapper("message"), Wrapper("interaction"), Wrapper("result"), Wrapper("body"), new("custom_id", FieldKind.BatchItemId, marks: M.Batch),
            new("metadata", FieldKind.ObjectOrOther, into: Scope.Metadata), new("meta", FieldKind.ObjectOrOther, into: Scope.Metadata),
            new("delta", FieldKind.ObjectOrOther, into: Scope.Delta), new("x_groq", FieldKind.ObjectOrOther, into: Scope.XGroq),
            new("amazon-bedrock-invocationMetrics", FieldKind.Object, into: Scope.InvocationMetrics, marks: M.Usage),

            // Content: only what kind it is
            new("choices", FieldKind.Items, into: Scope.Content, marks: M.Chat), new("candidates", FieldKind.Items, into: Scope.Content),
            new("output", FieldKind.Items, into: Scope.OutputItem),
            new("stop_reason", FieldKind.Finish), new("done", FieldKind.Done), new("status", FieldKind.Status),
            new("data", FieldKind.Length, Slot.Image), new("background", FieldKind.Mark, marks: M.ImageBody), new("output_format", FieldKind.Mark, marks: M.ImageBody),
            new("quality", FieldKind.Quality), new("size", FieldKind.Size),
            new("performanceConfig", FieldKind.ObjectOrOther, into: Scope.Latency),

            // Counts without a usage block: Ollama, Llama and Titan on Bedrock
            Count("prompt_eval_count", Slot.Input, M.Ollama | M.Usage), Count("eval_count", Slot.Output, M.Ollama | M.Usage),
            Count("prompt_token_count", Slot.Input, M.InvokeModel | M.Usage), Count("generation_token_count", Slot.Output, M.InvokeModel | M.Usage),
            Count("inputTextTokenCount", Slot.Input, M.InvokeModel | M.Usage), new("results", FieldKind.Items, into: Scope.TitanResult),
        ];
        scopes[(int)Scope.Metadata] =
        [
            new("usage", FieldKind.ObjectOrOther, into: Scope.Usage, marks: M.Usage), new("billed_units", FieldKind.ObjectOrOther, into: Scope.Billed, marks: M.Usage | M.Cohere),
            new("performanceConfig", FieldKind.ObjectOrOther, into: Scope.Latency), new("serviceTier", FieldKind.ObjectOrOther, into: Scope.Tier),
        ];
        scopes[(int)Scope.Delta] = [Object("usage", Scope.Usage, M.Usage), new("stop_reason", FieldKind.Finish), new("finish_reason", FieldKind.Finish)];
        scopes[(int)Scope.XGroq] = [new("usage", FieldKind.ObjectOrOther, into: Scope.Usage, marks: M.Usage)];
        scopes[(int)Scope.InputDetails] =
        [
            Count("cached_tokens", Slot.CacheRead), Count("cache_write_tokens", Slot.CacheWrite), Count("cache_creation_tokens", Slot.CacheWrite),
            Count("cache_creation_input_tokens", Slot.CacheWrite), Object("cache_creation", Scope.CacheCreation),
            Count("audio_tokens", Slot.AudioInput), Count("image_tokens", Slot.ImageInput), Count("video_tokens", Slot.VideoInput),
            Object("cached_tokens_details", Scope.CachedDetails),
        ];
        scopes[(int)Scope.OutputDetails] =
        [
            Count("reasoning_tokens", Slot.Reasoning), Count("thinking_tokens", Slot.Reasoning), Count("text_tokens", Slot.TextOutput),
            Count("audio_tokens", Slot.AudioOutput), Count("image_tokens", Slot.ImageOutput), Count("video_tokens", Slot.VideoOutput),
        ];
        scopes[(int)Scope.CachedDetails] =
        [
            Count("text_tokens", Slot.CachedText), Count("audio_tokens", Slot.CachedAudio), Count("image_tokens", Slot.CachedImage), Count("video_tokens", Slot.CachedVideo),
        ];
        scopes[(int)Scope.CacheCreation] = [Count("ephemeral_5m_input_tokens", Slot.CacheWrite5m), Count("ephemeral_1h_input_tokens", Slot.CacheWrite1h)];
        scopes[(int)Scope.CacheOptions] = [new("ttl", FieldKind.TimeToLive)];
        scopes[(int)Scope.ServerTools] =
        [
            Count("web_search_requests", Slot.WebSearch), Count("web_fetch_requests", Slot.WebFetch), Count("web_search_calls", Slot.WebSearch), Count("x_search_calls", Slot.XSearch),
            Count("file_search_calls", Slot.FileSearchCall), Count("document_search_calls", Slot.AttachmentSearch), Count("code_interpreter_calls", Slot.CodeExecution),
            Count("image_generation_calls", Slot.ImageGeneration),
        ];
        scopes[(int)Scope.Billed] =
        [
            Count("input_tokens", Slot.Input), Count("output_tokens", Slot.Output), Count("search_units", Slot.SearchUnit), Count("images", Slot.Image),
        ];
        scopes[(int)Scope.Cost] = [new("total_cost", FieldKind.Cost), new("currency", FieldKind.Currency)];
        scopes[(int)Scope.CostDetails] = [new("upstream_inference_cost", FieldKind.Upstream)];
        scopes[(int)Scope.Content] =
        [
            new("finish_reason", FieldKind.Finish), new("finishReason", FieldKind.Finish), new("groundingMetadata", FieldKind.ObjectOrOther, into: Scope.Grounding),
        ];
        scopes[(int)Scope.OutputItem] = [new("type", FieldKind.ItemType), new("action", FieldKind.ObjectOrOther, into: Scope.SearchAction)];
        scopes[(int)Scope.SearchAction] = [new("type", FieldKind.ActionType)];
        scopes[(int)Scope.Grounding] = [new("webSearchQueries", FieldKind.Length, Slot.GroundedQuery)];
        scopes[(int)Scope.Latency] = [new("latency", FieldKind.Latency)];
        scopes[(int)Scope.Tier] = [new("type", FieldKind.Tier)];
        scopes[(int)Scope.InvocationMetrics] =
        [
            Count("inputTokenCount", Slot.Input, M.InvokeModel), Count("outputTokenCount", Slot.Output, M.InvokeModel),
            Count("cacheReadInputTokenCount", Slot.CacheRead), Count("cacheWriteInputTokenCount", Slot.CacheWrite),
        ];
        scopes[(int)Scope.TitanResult] = [new("tokenCount", FieldKind.AddedCount, Slot.Output)];
        return scopes;
    }

    private static ApiField Count(string name, Slot slot, ApiEvidence marks = M.None) => new(name, FieldKind.Count, slot, marks: marks);

    private static ApiField Object(string name, Scope into, ApiEvidence marks = M.None) => new(name, FieldKind.Object, into: into, marks: marks);

    private static ApiField Wrapper(string name) => new(name, FieldKind.ObjectOrOther, into: Scope.Root);
}
