using System.Text;

namespace LlmCostModel.Tests.Responses;

/// <summary>Every field by the name that providers document, what it counts and what its presence shows: a misspelled name would leave
/// tokens unpriced without a word.</summary>
public sealed class ApiFieldTests
{
    /// <summary>Where a field stands, its name, the count it states, and what it shows of the API beside that there is usage.</summary>
    public static TheoryData<string, string, string, string> Counts => new()
    {
        { "usage", "prompt_tokens", "Input", "PromptTokens" },
        { "usage", "completion_tokens", "Output", "PromptTokens" },
        { "usage", "total_tokens", "Total", "" },
        { "usage", "input_tokens", "Input", "InputTokens" },
        { "usage", "output_tokens", "Output", "InputTokens" },
        { "usage", "cached_tokens", "CacheRead", "" },
        { "usage", "num_cached_tokens", "CacheRead", "Mistral" },
        { "usage", "prompt_cache_hit_tokens", "CacheRead", "DeepSeekCache" },
        { "usage", "prompt_cache_miss_tokens", "CacheMiss", "DeepSeekCache" },
        { "usage", "reasoning_tokens", "Reasoning", "" },
        { "usage", "cache_read_input_tokens", "CacheRead", "AnthropicCache" },
        { "usage", "cache_creation_input_tokens", "CacheWrite", "AnthropicCache" },
        { "usage", "total_input_tokens", "Input", "Interactions" },
        { "usage", "total_output_tokens", "Output", "Interactions" },
        { "usage", "total_cached_tokens", "CacheRead", "" },
        { "usage", "total_reasoning_tokens", "Reasoning", "" },
        { "usage", "total_thought_tokens", "Reasoning", "" },
        { "usage", "total_tool_use_tokens", "ToolUseInput", "" },
        { "usage", "inputTokens", "Input", "Converse" },
        { "usage", "outputTokens", "Output", "Converse" },
        { "usage", "totalTokens", "Total", "" },
        { "usage", "cacheReadInputTokens", "CacheRead", "" },
        { "usage", "cacheReadInputTokenCount", "CacheRead", "" },
        { "usage", "cacheWriteInputTokens", "CacheWrite", "" },
        { "usage", "cacheWriteInputTokenCount", "CacheWrite", "" },
        { "usage", "num_sources_used", "SearchSource", "Xai" },
        { "usage", "citation_tokens", "CitationToken", "PerplexityCost" },
        { "usage", "num_search_queries", "SearchQuery", "PerplexityCost" },
        { "usageMetadata", "promptTokenCount", "Input", "Gemini" },
        { "usageMetadata", "candidatesTokenCount", "Output", "Gemini" },
        { "usageMetadata", "responseTokenCount", "Output", "Gemini" },
        { "usageMetadata", "totalTokenCount", "Total", "Gemini" },
        { "usageMetadata", "cachedContentTokenCount", "CacheRead", "Gemini" },
        { "usageMetadata", "thoughtsTokenCount", "Reasoning", "Gemini" },
        { "usageMetadata", "toolUsePromptTokenCount", "ToolUseInput", "Gemini" },

        { "usage.prompt_tokens_details", "cached_tokens", "CacheRead", "" },
        { "usage.prompt_tokens_details", "cache_write_tokens", "CacheWrite", "" },
        { "usage.prompt_tokens_details", "cache_creation_tokens", "CacheWrite", "" },
        { "usage.prompt_tokens_details", "cache_creation_input_tokens", "CacheWrite", "" },
        { "usage.prompt_tokens_details", "audio_tokens", "AudioInput", "" },
        { "usage.prompt_tokens_details", "image_tokens", "ImageInput", "" },
        { "usage.prompt_tokens_details", "video_tokens", "VideoInput", "" },
        { "usage.prompt_tokens_details", "text_tokens", "TextInput", "" },
        { "usage.details", "web_search_requests", "WebSearch", "" },
        { "usage.details", "web_fetch_requests", "WebFetch", "" },
        { "usage.details", "search_units", "SearchUnit", "" },
        { "usage.details", "server_side_tools_web_search", "WebSearch", "" },
        { "usage.details", "server_side_tools_x_search", "XSearch", "Xai" },
        { "usage.details", "server_side_tools_code_execution", "CodeExecution", "" },
        { "usage.details", "server_side_tools_collections_search", "FileSearchCall", "" },
        { "response_metadata", "num_search_queries", "SearchQuery", "" },
        { "response_metadata", "citation_tokens", "CitationToken", "" },
        { "usage.prompt_token_details", "audio_tokens", "AudioInput", "" },
        { "usage.input_tokens_details", "audio_tokens", "AudioInput", "Details" },
        { "usage.input_token_details", "audio_tokens", "AudioInput", "" },
        { "usage.prompt_tokens_details.cached_tokens_details", "text_tokens", "CachedText", "" },
        { "usage.prompt_tokens_details.cached_tokens_details", "audio_tokens", "CachedAudio", "" },
        { "usage.prompt_tokens_details.cached_tokens_details", "image_tokens", "CachedImage", "" },
        { "usage.prompt_tokens_details.cached_tokens_details", "video_tokens", "CachedVideo", "" },
        { "usage.prompt_tokens_details.cache_creation", "ephemeral_5m_input_tokens", "CacheWrite5m", "" },
        { "usage.completion_tokens_details", "reasoning_tokens", "Reasoning", "" },
        { "usage.completion_tokens_details", "thinking_tokens", "Reasoning", "" },
        { "usage.completion_tokens_details", "text_tokens", "TextOutput", "" },
        { "usage.completion_tokens_details", "audio_tokens", "AudioOutput", "" },
        { "usage.completion_tokens_details", "image_tokens", "ImageOutput", "" },
        { "usage.completion_tokens_details", "video_tokens", "VideoOutput", "" },
        { "usage.completion_token_details", "audio_tokens", "AudioOutput", "" },
        { "usage.output_tokens_details", "audio_tokens", "AudioOutput", "" },
        { "usage.output_token_details", "audio_tokens", "AudioOutput", "" },
        { "usage.cache_creation", "ephemeral_5m_input_tokens", "CacheWrite5m", "AnthropicCache" },
        { "usage.cache_creation", "ephemeral_1h_input_tokens", "CacheWrite1h", "AnthropicCache" },
        { "usage.server_tool_use", "web_search_requests", "WebSearch", "" },
        { "usage.server_tool_use", "web_fetch_requests", "WebFetch", "" },
        { "usage.server_tool_use_details", "web_search_calls", "WebSearch", "" },
        { "usage.server_side_tool_usage_details", "web_search_calls", "WebSearch", "Xai" },
        { "usage.server_side_tool_usage_details", "x_search_calls", "XSearch", "Xai" },
        { "usage.server_side_tool_usage_details", "file_search_calls", "FileSearchCall", "Xai" },
        { "usage.server_side_tool_usage_details", "document_search_calls", "AttachmentSearch", "Xai" },
        { "usage.server_side_tool_usage_details", "code_interpreter_calls", "CodeExecution", "Xai" },
        { "usage.server_side_tool_usage_details", "image_generation_calls", "ImageGeneration", "Xai" },
        { "server_side_tool_usage", "SERVER_SIDE_TOOL_WEB_SEARCH", "WebSearch", "Xai" },
        { "server_side_tool_usage", "SERVER_SIDE_TOOL_X_SEARCH", "XSearch", "Xai" },
        { "server_side_tool_usage", "SERVER_SIDE_TOOL_CODE_EXECUTION", "CodeExecution", "Xai" },
        { "server_side_tool_usage", "SERVER_SIDE_TOOL_COLLECTIONS_SEARCH", "FileSearchCall", "Xai" },
        { "server_side_tool_usage", "SERVER_SIDE_TOOL_ATTACHMENT_SEARCH", "AttachmentSearch", "Xai" },
        { "tool_usage.web_search", "num_requests", "WebSearch", "" },
        { "usage.connectors", "web_search", "WebSearch", "" },
        { "usage.connectors", "code_interpreter", "CodeExecution", "" },
        { "usage.connectors", "image_generation", "ImageGeneration", "" },
        { "usage.billed_units", "input_tokens", "Input", "Cohere" },
        { "usage.billed_units", "output_tokens", "Output", "Cohere" },
        { "usage.billed_units", "search_units", "SearchUnit", "Cohere" },
        { "usage.billed_units", "images", "Image", "Cohere" },
        { "meta.billed_units", "input_tokens", "Input", "Cohere" },
        { "metadata.usage", "inputTokens", "Input", "Converse" },
        { "delta.usage", "input_tokens", "Input", "InputTokens" },
        { "x_groq.usage", "prompt_tokens", "Input", "PromptTokens" },
        { "response.usage", "input_tokens", "Input", "InputTokens" },
        { "message.usage", "input_tokens", "Input", "InputTokens" },
        { "interaction.usage", "total_input_tokens", "Input", "Interactions" },
        { "result.message.usage", "input_tokens", "Input", "InputTokens" },
        { "response.body.usage", "prompt_tokens", "Input", "PromptTokens" },

        { "", "prompt_eval_count", "Input", "Ollama" },
        { "", "eval_count", "Output", "Ollama" },
        { "", "prompt_token_count", "Input", "InvokeModel" },
        { "", "generation_token_count", "Output", "InvokeModel" },
        { "", "inputTextTokenCount", "Input", "InvokeModel" },
        { "usage", "characters", "Character", "Characters" },
        { "usage_info", "pages_processed", "Page", "Pages" },
        { "usage_info", "pages_processed_annotation", "AnnotatedPage", "Pages" },
        { "extra_info", "usage_characters", "Character", "Characters" },
        { "amazon-bedrock-invocationMetrics", "inputTokenCount", "Input", "InvokeModel" },
        { "amazon-bedrock-invocationMetrics", "outputTokenCount", "Output", "InvokeModel" },
        { "amazon-bedrock-invocationMetrics", "cacheReadInputTokenCount", "CacheRead", "" },
        { "amazon-bedrock-invocationMetrics", "cacheWriteInputTokenCount", "CacheWrite", "" },

        // Libraries
        { "usage", "cachedInputTokens", "CacheRead", "VercelAI" },
        { "usage", "reasoningTokens", "Reasoning", "VercelAI" },
        { "usage", "cacheReadTokens", "CacheRead", "Copilot" },
        { "usage", "cacheWriteTokens", "CacheWrite", "Copilot" },
        { "usage.inputTokenDetails", "noCacheTokens", "FreshInput", "VercelAI" },
        { "usage.inputTokenDetails", "cacheReadTokens", "CacheRead", "VercelAI" },
        { "usage.inputTokenDetails", "cacheWriteTokens", "CacheWrite", "VercelAI" },
        { "usage.outputTokenDetails", "textTokens", "TextOutput", "VercelAI" },
        { "usage.outputTokenDetails", "reasoningTokens", "Reasoning", "VercelAI" },
        { "usage.inputTokens", "total", "Input", "Converse, VercelAI" },
        { "usage.inputTokens", "noCache", "FreshInput", "Converse, VercelAI" },
        { "usage.inputTokens", "cacheRead", "CacheRead", "Converse, VercelAI" },
        { "usage.inputTokens", "cacheWrite", "CacheWrite", "Converse, VercelAI" },
        { "usage.outputTokens", "total", "Output", "Converse, VercelAI" },
        { "usage.outputTokens", "text", "TextOutput", "Converse, VercelAI" },
        { "usage.outputTokens", "reasoning", "Reasoning", "Converse, VercelAI" },
        { "usage", "promptTokens", "Input", "Converse, VercelAI" },
        { "usage", "completionTokens", "Output", "Converse, VercelAI" },
        { "providerMetadata.anthropic", "cacheCreationInputTokens", "CacheWrite", "CacheApart" },
        { "providerMetadata.anthropic", "cacheReadInputTokens", "CacheRead", "CacheApart" },
        { "providerMetadata.bedrock.usage", "cacheReadInputTokens", "CacheRead", "CacheApart" },
        { "providerMetadata.bedrock.usage", "cacheWriteInputTokens", "CacheWrite", "CacheApart" },
        { "providerMetadata.openai", "cachedPromptTokens", "CacheRead", "" },
        { "experimental_providerMetadata.azure", "reasoningTokens", "Reasoning", "" },
        { "usage_metadata.input_token_details", "flex_cache_read", "CacheRead", "LangChain" },
        { "usage_metadata.input_token_details", "priority_cache_read", "CacheRead", "LangChain" },
        { "usage_metadata.output_token_details", "flex_reasoning", "Reasoning", "LangChain" },
        { "usage_metadata.output_token_details", "priority_reasoning", "Reasoning", "LangChain" },
        { "usage", "cached_input_tokens", "CacheRead", "Details" },
        { "usage", "cache_write_input_tokens", "CacheWrite", "" },
        { "usage", "reasoning_output_tokens", "Reasoning", "" },
        { "usage", "cache_read_tokens", "CacheRead", "LangChain" },
        { "usage", "cache_write_tokens", "CacheWrite", "LangChain" },
        { "usage", "input_audio_tokens", "AudioInput", "" },
        { "usage", "cache_audio_read_tokens", "CachedAudio", "PydanticAI" },
        { "usage", "output_audio_tokens", "AudioOutput", "" },
        { "usage.details", "reasoning_tokens", "Reasoning", "" },
        { "usage.details", "thoughts_tokens", "Reasoning", "" },
        { "usage_metadata", "prompt_token_count", "Input", "Gemini, LangChain" },
        { "usage_metadata", "candidates_token_count", "Output", "Gemini, LangChain" },
        { "usage_metadata", "response_token_count", "Output", "Gemini, LangChain" },
        { "usage_metadata", "total_token_count", "Total", "Gemini, LangChain" },
        { "usage_metadata", "cached_content_token_count", "CacheRead", "LangChain" },
        { "usage_metadata", "thoughts_token_count", "Reasoning", "LangChain" },
        { "usage_metadata", "tool_use_prompt_token_count", "ToolUseInput", "LangChain" },
        { "usage_metadata", "input_tokens", "Input", "InputTokens, LangChain" },
        { "usage", "inputTokenCount", "Input", "ExtensionsAI" },
        { "usage", "outputTokenCount", "Output", "ExtensionsAI" },
        { "usage", "cachedInputTokenCount", "CacheRead", "ExtensionsAI" },
        { "usage", "reasoningTokenCount", "Reasoning", "ExtensionsAI" },
        { "usage", "inputAudioTokenCount", "AudioInput", "ExtensionsAI" },
        { "usage", "outputAudioTokenCount", "AudioOutput", "ExtensionsAI" },
        { "usage", "outputTextTokenCount", "TextOutput", "ExtensionsAI" },
        { "usage.additionalCounts", "CacheCreationInputTokens", "CacheWrite", "ExtensionsAI" },
        { "usage.additionalCounts", "CacheReadInputTokens", "CacheRead", "CacheApart, ExtensionsAI" },
        { "usage.additionalCounts", "CacheWriteInputTokens", "CacheWrite", "ExtensionsAI" },
        { "usage.additionalCounts", "InputTokenDetails.AudioTokenCount", "AudioInput", "ExtensionsAI" },
        { "usage.additionalCounts", "InputTokenDetails.ImageTokenCount", "ImageInput", "ExtensionsAI" },
        { "usage.additionalCounts", "InputTokenDetails.CachedTokenCount", "CacheRead", "ExtensionsAI" },
        { "usage.additionalCounts", "OutputTokenDetails.AudioTokenCount", "AudioOutput", "ExtensionsAI" },
        { "usage.additionalCounts", "OutputTokenDetails.ReasoningTokenCount", "Reasoning", "ExtensionsAI" },
        { "usage.additionalCounts", "WebSearchRequests", "WebSearch", "ExtensionsAI" },
        { "usage.additionalCounts", "WebFetchRequests", "WebFetch", "ExtensionsAI" },
        { "usage_metadata.input_token_details", "cache_read", "CacheRead", "LangChain" },
        { "usage_metadata.input_token_details", "cache_creation", "CacheWrite", "LangChain" }, // a number here, an object at Alibaba
        { "usage_metadata.input_token_details", "ephemeral_5m_input_tokens", "CacheWrite5m", "LangChain" },
        { "usage_metadata.input_token_details", "ephemeral_1h_input_tokens", "CacheWrite1h", "LangChain" },
        { "usage_metadata.input_token_details", "audio", "AudioInput", "LangChain" },
        { "usage_metadata.input_token_details", "image", "ImageInput", "LangChain" },
        { "usage_metadata.input_token_details", "video", "VideoInput", "LangChain" },
        { "usage_metadata.output_token_details", "reasoning", "Reasoning", "LangChain" },
        { "usage_metadata.output_token_details", "audio", "AudioOutput", "LangChain" },
        { "usage_metadata.output_token_details", "image", "ImageOutput", "LangChain" },
        { "usage.prompt_tokens_details", "cached_audio_tokens", "CachedAudio", "" },
        { "usage.prompt_tokens_details", "web_search_requests", "WebSearch", "" },
        { "usage.prompt_tokens_details.cache_creation_token_details", "ephemeral_1h_input_tokens", "CacheWrite1h", "" },
        { "", "tokensIn", "Input", "Cline" },
        { "", "tokensOut", "Output", "Cline" },
        { "", "cacheReads", "CacheRead", "" },
        { "", "cacheWrites", "CacheWrite", "" },
        { "tokens", "input", "Input", "Gemini" },
        { "tokens", "output", "Output", "Gemini" },
        { "tokens", "cached", "CacheRead", "" },
        { "tokens", "thoughts", "Reasoning", "" },
        { "tokens", "tool", "ToolUseInput", "" },
        { "tokens", "total", "Total", "" },
        { "data", "inputTokens", "Input", "Converse, Copilot" },
        { "data", "outputTokens", "Output", "Converse, Copilot" },
        { "data", "cacheReadTokens", "CacheRead", "" },
        { "data", "cacheWriteTokens", "CacheWrite", "" },
        { "data", "reasoningTokens", "Reasoning", "" },
    };

    [Theory]
    [MemberData(nameof(Counts))]
    public void Read_CountByItsName_IsStated(string place, string name, string stated, string evidence)
    {
        RawUsage raw = Read(Nest(place, $"\"{name}\": 7"));

        Assert.Equal([(Enum.Parse<StatedCount>(stated), 7L)], CountsOf(raw));
        Assert.Equal(evidence.Length == 0 ? ApiEvidence.None : Enum.Parse<ApiEvidence>(evidence), raw.Marks & ~ApiEvidence.Usage);
        Assert.True(raw.Has(ApiEvidence.Usage) || place is "" or "tokens" or "data" or "response_metadata" or "server_side_tool_usage" or "tool_usage.web_search" || place.Contains("roviderMetadata", StringComparison.Ordinal));
    }

    /// <summary>What a cache missed is no usage.</summary>
    [Theory]
    [InlineData("prompt_cache_diagnostics", "cache_missed_tokens")]
    [InlineData("diagnostics.cache_miss_reason", "cache_missed_input_tokens")]
    public void Read_MissedTokens_AreNoUsage(string place, string name)
    {
        RawUsage raw = Read(Nest(place, $"\"{name}\": 7"));

        Assert.Equal([(StatedCount.MissedByCache, 7L)], CountsOf(raw));
        Assert.Equal(ApiEvidence.None, raw.Marks);
    }

    /// <summary>A new field needs a row above, at least at one of the places where it may stand.</summary>
    [Fact]
    public void EveryCount_HasARow()
    {
        HashSet<(string, string)> rows = [.. Counts.Select(row => ((string)row[1], (string)row[2]))];
        IEnumerable<(string Name, string Stated)> fields = Enumerable.Range(0, (int)JsonScope.Count)
            .Where(scope => scope is not ((int)JsonScope.ModelUsage or (int)JsonScope.GroundingCount)) // of a model, of a tool each
            .SelectMany(scope => ApiFields.Of((JsonScope)scope).All.ToArray())
            .Where(field => field.Kind == FieldKind.Count && field.Stated != StatedCount.MissedByCache)
            .Select(field => (field.Name, field.Stated.ToString()));

        Assert.Equal([], fields.Except(rows));
    }

    /// <summary>A null is no statement, whatever the field; and a name that is not a provider's is skipped.</summary>
    [Theory]
    [MemberData(nameof(Counts))]
    public void Read_NullOrAnotherName_StatesNothing(string place, string name, string stated, string evidence)
    {
        Assert.Equal([], CountsOf(Read(Nest(place, $"\"{name}\": null"))));
        RawUsage other = Read(Nest(place, $"\"{name}x\": 7, \"{name[1..]}\": 7"));
        Assert.True(CountsOf(other).Length == 0, $"{stated} {evidence}");
    }

    /// <summary>Lists of counts by modality, each with its own name for audio, image and video.</summary>
    [Theory]
    [InlineData("usageMetadata", "promptTokensDetails", "tokenCount", "AudioInput 1, ImageInput 6, VideoInput 4")]
    [InlineData("usageMetadata", "cacheTokensDetails", "tokenCount", "CachedAudio 1, CachedImage 6, CachedVideo 4")]
    [InlineData("usageMetadata", "candidatesTokensDetails", "tokenCount", "AudioOutput 1, ImageOutput 6, VideoOutput 4")]
    [InlineData("usageMetadata", "responseTokensDetails", "tokenCount", "AudioOutput 1, ImageOutput 6, VideoOutput 4")]
    [InlineData("usageMetadata", "toolUsePromptTokensDetails", "tokenCount", "ToolUseAudio 1, ToolUseImage 6, ToolUseVideo 4")]
    [InlineData("usage_metadata", "tool_use_prompt_tokens_details", "token_count", "ToolUseAudio 1, ToolUseImage 6, ToolUseVideo 4")]
    [InlineData("usage", "tool_use_tokens_by_modality", "tokens", "ToolUseAudio 1, ToolUseImage 6, ToolUseVideo 4")]
    [InlineData("usage", "input_tokens_by_modality", "tokens", "AudioInput 1, ImageInput 6, VideoInput 4")]
    [InlineData("usage", "cached_tokens_by_modality", "tokens", "CachedAudio 1, CachedImage 6, CachedVideo 4")]
    [InlineData("usage", "output_tokens_by_modality", "tokens", "AudioOutput 1, ImageOutput 6, VideoOutput 4")]
    public void Read_Modalities_AreCountedApart(string place, string name, string count, string stated)
    {
        // 2 of images and 4 of documents, whose pages are images, are 6.
        (string Name, int Count)[] texts =
            [("AUDIO", 1), ("image", 2), ("VIDEO", 4), ("DOCUMENT", 4), ("TEXT", 9), ("MODALITY_UNSPECIFIED", 9)];
        (string Name, int Count)[] numbers = [("4", 1), ("2", 2), ("3", 4), ("5", 4), ("1", 9), ("0", 9)];

        string named = Entries(texts.Select(item => ($"\"{item.Name}\"", item.Count)));
        Assert.Equal(stated, InWords(Read(Nest(place, $"\"{name}\": [{named}]"))));
        Assert.Equal(stated, InWords(Read(Nest(place, $"\"{name}\": [{Entries(numbers)}]"))));

        string Entries(IEnumerable<(string Name, int Count)> items) => string.Join(
            ", ", items.Select(item => $$"""{ "modality": {{item.Name}}, "other": [1], "{{count}}": {{item.Count}} }"""));
    }

    /// <summary>Counts that are the length of a list, or are added up over its entries.</summary>
    [Theory]
    [InlineData("""{ "data": [{}, {}] }""", "Image 2")]
    [InlineData("""{ "candidates": [{ "groundingMetadata": { "webSearchQueries": ["a", "", "b"] } }] }""", "GroundedQuery 2")]
    [InlineData(
        """{ "candidates": [{ "groundingMetadata": { "webSearchQueries": ["a"] } }, { "groundingMetadata": { "webSearchQueries": [1]}}]}""",
        "GroundedQuery 2")]
    [InlineData("""{ "results": [{ "tokenCount": 3 }, { "tokenCount": 4 }] }""", "Output 7")]
    [InlineData(
        """{ "usage": { "cacheDetails": [{ "ttl": "5m", "inputTokens": 3 }, { "inputTokens": 1, "ttl": "1h" }, { "ttl": "5m" }] } }""",
        "CacheWrite5m 3, CacheWrite1h 1")]
    [InlineData("""{ "usage": { "cacheDetails": [{ "ttl": "5m", "other": { "ttl": "1h" }, "inputTokens": 3 }] } }""", "CacheWrite5m 3")]
    [InlineData("""{ "usage": { "cacheDetails": [{ "ttl": "5m", "inputTokens": 3 }, { "ttl": "5m", "inputTokens": 2 }] } }""",
        "CacheWrite5m 5")]
    public void Read_Lists_AreAddedUp(string body, string stated) => Assert.Equal(stated, InWords(Read(body)));

    /// <summary>Calls of tools in the output of Responses: a page that is opened is no search.</summary>
    [Theory]
    [InlineData("""{ "type": "web_search_call" }""", "WebSearch 1")]
    [InlineData("""{ "type": "web_search_call", "action": { "type": "search" } }""", "WebSearch 1")]
    [InlineData("""{ "action": { "type": "open_page" }, "type": "web_search_call" }""", "")]
    [InlineData("""{ "type": "file_search_call" }""", "FileSearchCall 1")]
    [InlineData("""{ "type": "code_interpreter_call" }""", "CodeExecution 1")]
    [InlineData("""{ "type": "image_generation_call" }""", "ImageGeneration 1")]
    [InlineData("""{ "type": "message" }, 1, { "other": 1 }""", "")]
    [InlineData("""1, [{}], { "type": "file_search_call" }""", "FileSearchCall 1")]
    [InlineData(
        """{ "type": "file_search_call" }, { "type": "file_search_call" }, { "type": "web_search_call" }""",
        "FileSearchCall 2, WebSearch 1")]
    public void Read_ItemsOfTheOutput_AreMeters(string items, string meters) => Assert.Equal(
        meters.Split(", ", StringSplitOptions.RemoveEmptyEntries).Order(),
        Read($$"""{ "output": [{{items}}], "choices": [{}] }""").ItemCounts.ToQuantities()
            .Select(pair => FormattableString.Invariant($"{pair.Key} {pair.Value:0}")).Order());

    private static RawUsage Read(string body)
    {
        RawUsage raw = default;
        FieldExtractor.Read(Encoding.UTF8.GetBytes(body), ref raw);
        return raw;
    }

    private static string Nest(string place, string field) =>
        Enumerable.Reverse(place.Split('.', StringSplitOptions.RemoveEmptyEntries))
            .Aggregate($"{{ {field} }}", (inner, name) => $"{{ \"{name}\": {inner} }}");

    private static (StatedCount Stated, long Count)[] CountsOf(RawUsage raw) =>
        [.. from stated in Enum.GetValues<StatedCount>()
            where stated < StatedCount.Count && raw.Has(stated)
            select (stated, raw[stated])];

    private static string InWords(RawUsage raw) => string.Join(", ", CountsOf(raw).Select(count => $"{count.Stated} {count.Count}"));
}
