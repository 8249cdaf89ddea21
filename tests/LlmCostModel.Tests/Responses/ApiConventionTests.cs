using System.Text;

namespace LlmCostModel.Tests.Responses;

/// <summary>Every API by a small body whose disjoint counts were worked out by hand. The sources of the rules are in <c>docs/responses.md</c>.</summary>
public sealed class ApiConventionTests
{
    /// <summary>Api, body, disjoint counts. The comment shows the sum.</summary>
    public static TheoryData<string, string, string> Bodies => new()
    {
        // 1000 = 400 fresh + 600 cached; 500 = 380 + 120 reasoning
        { "openai.chat.completions", """{"object":"chat.completion","usage":{"prompt_tokens":1000,"completion_tokens":500,"total_tokens":1500,"prompt_tokens_details":{"cached_tokens":600},"completion_tokens_details":{"reasoning_tokens":120}}}""", "Input 400, CacheRead 600, Output 380, Reasoning 120" },

        // 100 = 35 text + 25 audio fresh + 40 cached text; 30 = 10 text + 20 audio
        { "openai.chat.completions", """{"object":"chat.completion","usage":{"prompt_tokens":100,"completion_tokens":30,"prompt_tokens_details":{"cached_tokens":40,"audio_tokens":25},"completion_tokens_details":{"audio_tokens":20}}}""", "Input 35, CacheRead 40, AudioInput 25, Output 10, AudioOutput 20" },

        // 5000 = 500 fresh + 500 read + 4000 written; 90 = 26 + 64
        { "openai.responses", """{"object":"response","usage":{"input_tokens":5000,"input_tokens_details":{"cached_tokens":500,"cache_write_tokens":4000},"output_tokens":90,"output_tokens_details":{"reasoning_tokens":64},"total_tokens":5090}}""", "Input 500, CacheRead 500, CacheWrite 4000, Output 26, Reasoning 64" },

        // text 70 - 30 cached, audio 50 - 20 cached, image 30 - 10 cached
        { "openai.realtime", """{"type":"response.done","response":{"object":"realtime.response","usage":{"total_tokens":180,"input_tokens":150,"output_tokens":30,"input_token_details":{"text_tokens":70,"audio_tokens":50,"image_tokens":30,"cached_tokens":60,"cached_tokens_details":{"text_tokens":30,"audio_tokens":20,"image_tokens":10}},"output_token_details":{"text_tokens":10,"audio_tokens":20}}}}""", "Input 40, CacheRead 30, AudioInput 30, AudioCacheRead 20, ImageInput 20, ImageCacheRead 10, Output 10, AudioOutput 20" },
        { "openai.embeddings", """{"object":"list","data":[{},{}],"model":"text-embedding-3-small","usage":{"prompt_tokens":8,"total_tokens":8}}""", "Input 8" },
        { "openai.embeddings", """{"object":"list","model":"voyage-3.5","usage":{"total_tokens":12}}""", "Input 12" },

        // 150 = 30 text + 120 image; output without details is image
        { "openai.images", """{"created":1700000000,"background":"opaque","data":[{}],"usage":{"input_tokens":150,"input_tokens_details":{"image_tokens":120,"text_tokens":30},"output_tokens":2000,"total_tokens":2150}}""", "Input 30, ImageInput 120, ImageOutput 2000" },

        // 400 = 150 text + 250 image
        { "openai.images", """{"created":1700000001,"background":"opaque","usage":{"input_tokens":25,"output_tokens":400,"output_tokens_details":{"image_tokens":250,"text_tokens":150},"total_tokens":425}}""", "Input 25, Output 150, ImageOutput 250" },
        { "openai.transcriptions", """{"text":"a","usage":{"type":"tokens","total_tokens":50,"input_tokens":40,"input_token_details":{"text_tokens":4,"audio_tokens":36},"output_tokens":10}}""", "Input 4, AudioInput 36, Output 10" },
        { "azure.openai", """{"object":"chat.completion","usage":{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15}}""", "Input 10, Output 5" },

        // apart: 10 fresh, 100 read, 7 written = 5 for 5 minutes + 2 for an hour; 50 = 20 + 30 thinking
        { "anthropic.messages", """{"type":"message","usage":{"input_tokens":10,"cache_read_input_tokens":100,"cache_creation_input_tokens":7,"cache_creation":{"ephemeral_5m_input_tokens":5,"ephemeral_1h_input_tokens":2},"output_tokens":50,"output_tokens_details":{"thinking_tokens":30}}}""", "Input 10, CacheRead 100, CacheWrite5m 5, CacheWrite1h 2, Output 20, Reasoning 30" },

        // the top level leaves out compactions: 300 + 60000, 20 + 150
        { "anthropic.messages", """{"type":"message","usage":{"input_tokens":300,"output_tokens":20,"iterations":[{"type":"compaction","input_tokens":60000,"output_tokens":150},{"type":"message","input_tokens":300,"output_tokens":20}]}}""", "Input 60300, Output 170" },

        // 8000 = 500 + 7500 cached; thoughts apart: 40 and 160; 8000 + 40 + 160 = 8200
        { "gemini.generateContent", """{"modelVersion":"gemini-2.5-flash","usageMetadata":{"promptTokenCount":8000,"candidatesTokenCount":40,"thoughtsTokenCount":160,"cachedContentTokenCount":7500,"totalTokenCount":8200}}""", "Input 500, CacheRead 7500, Output 40, Reasoning 160" },

        // tool use apart from the prompt: 20 + 280; 20 + 280 + 50 + 150 = 500
        { "gemini.generateContent", """{"usageMetadata":{"promptTokenCount":20,"toolUsePromptTokenCount":280,"candidatesTokenCount":50,"thoughtsTokenCount":150,"totalTokenCount":500}}""", "Input 300, Output 50, Reasoning 150" },

        // text 100 - 60, pages of documents as images 300 - 200
        { "gemini.generateContent", """{"usageMetadata":{"promptTokenCount":400,"candidatesTokenCount":50,"totalTokenCount":450,"cachedContentTokenCount":260,"promptTokensDetails":[{"modality":"TEXT","tokenCount":100},{"modality":"DOCUMENT","tokenCount":300}],"cacheTokensDetails":[{"modality":"TEXT","tokenCount":60},{"modality":"DOCUMENT","tokenCount":200}]}}""", "Input 40, CacheRead 60, ImageInput 100, ImageCacheRead 200, Output 50" },

        // Vertex writes modalities as numbers: 2 image, 4 audio
        { "vertex.generateContent", """{"usageMetadata":{"promptTokenCount":30,"candidatesTokenCount":1300,"totalTokenCount":1330,"trafficType":1,"promptTokensDetails":[{"modality":4,"tokenCount":10}],"candidatesTokensDetails":[{"modality":2,"tokenCount":1200}]}}""", "Input 20, AudioInput 10, Output 100, ImageOutput 1200" },
        { "gemini.interactions", """{"object":"interaction","usage":{"total_tokens":225,"total_input_tokens":10,"total_cached_tokens":4,"total_output_tokens":15,"total_thought_tokens":200}}""", "Input 6, CacheRead 4, Output 15, Reasoning 200" },

        // thoughts are what 40 and 10 leave of 110
        { "gemini.openai", """{"usage":{"prompt_tokens":40,"completion_tokens":10,"total_tokens":110}}""", "Input 40, Output 10, Reasoning 60" },

        // 6017 = 12 + 5 + 0 + 6000
        { "bedrock.converse", """{"usage":{"inputTokens":12,"outputTokens":5,"totalTokens":6017,"cacheReadInputTokens":0,"cacheWriteInputTokens":6000,"cacheDetails":[{"ttl":"1h","inputTokens":5500},{"ttl":"5m","inputTokens":500}]}}""", "Input 12, CacheWrite5m 500, CacheWrite1h 5500, Output 5" },
        { "bedrock.invoke", """{"generation":"a","prompt_token_count":11,"generation_token_count":22,"stop_reason":"stop"}""", "Input 11, Output 22" },
        { "bedrock.invoke", """{"inputTextTokenCount":5,"results":[{"tokenCount":7},{"tokenCount":3}]}""", "Input 5, Output 10" },

        // 600 = 50 + 550
        { "deepseek", """{"usage":{"prompt_tokens":600,"completion_tokens":100,"total_tokens":700,"prompt_cache_hit_tokens":550,"prompt_cache_miss_tokens":50,"completion_tokens_details":{"reasoning_tokens":60}}}""", "Input 50, CacheRead 550, Output 40, Reasoning 60" },
        { "mistral", """{"usage":{"prompt_tokens":200,"completion_tokens":40,"total_tokens":240,"num_cached_tokens":150}}""", "Input 50, CacheRead 150, Output 40" },

        // billed units, not tokens, which hold the template
        { "cohere", """{"usage":{"billed_units":{"input_tokens":8,"output_tokens":20},"tokens":{"input_tokens":500,"output_tokens":25},"cached_tokens":400}}""", "Input 8, Output 20" },

        // apart: 50 + 30 + 220 = 300
        { "xai.chat", """{"usage":{"prompt_tokens":50,"completion_tokens":30,"total_tokens":300,"prompt_tokens_details":{"cached_tokens":8},"completion_tokens_details":{"reasoning_tokens":220}}}""", "Input 42, CacheRead 8, Output 30, Reasoning 220" },

        // inside: 350 = 10 + 340
        { "xai.responses", """{"usage":{"input_tokens":300,"input_tokens_details":{"cached_tokens":200},"output_tokens":350,"output_tokens_details":{"reasoning_tokens":340},"total_tokens":650}}""", "Input 100, CacheRead 200, Output 10, Reasoning 340" },
        { "groq", """{"x_groq":{"usage":{"prompt_tokens":20,"completion_tokens":70,"total_tokens":90}}}""", "Input 20, Output 70" },

        // 4000 = 10 + 3990 written
        { "openrouter", """{"usage":{"prompt_tokens":4000,"completion_tokens":5,"total_tokens":4005,"cost":0.01,"prompt_tokens_details":{"cached_tokens":0,"cache_write_tokens":3990}}}""", "Input 10, CacheWrite 3990, Output 5" },
        { "perplexity", """{"usage":{"prompt_tokens":20,"completion_tokens":500,"total_tokens":520,"reasoning_tokens":90000,"citation_tokens":10000,"num_search_queries":50}}""", "Input 20, Output 500, Reasoning 90000" },
        { "alibaba", """{"usage":{"prompt_tokens":30,"completion_tokens":10,"total_tokens":40,"prompt_tokens_details":{"cached_tokens":12,"cache_creation":{"ephemeral_5m_input_tokens":6},"cache_creation_input_tokens":6}}}""", "Input 12, CacheRead 12, CacheWrite5m 6, Output 10" },
        { "moonshot", """{"usage":{"prompt_tokens":20,"completion_tokens":5,"total_tokens":25,"cached_tokens":10}}""", "Input 10, CacheRead 10, Output 5" },
        { "together", """{"usage":{"prompt_tokens":60,"completion_tokens":40,"total_tokens":100,"cached_tokens":20}}""", "Input 40, CacheRead 20, Output 40" },
        { "fireworks", """{"usage":{"prompt_tokens":60,"completion_tokens":40,"total_tokens":100,"prompt_tokens_details":{"cached_tokens":20}}}""", "Input 40, CacheRead 20, Output 40" },
        { "minimax", """{"usage":{"prompt_tokens":60,"completion_tokens":40,"total_tokens":100,"total_characters":0,"prompt_tokens_details":{"cached_tokens":20}}}""", "Input 40, CacheRead 20, Output 40" },
        { "rerank", """{"object":"rerank","usage":{"prompt_tokens":3000,"completion_tokens":0,"total_tokens":3000}}""", "Input 3000" },
        { "ollama", """{"done":true,"prompt_eval_count":300,"eval_count":150}""", "Input 300, Output 150" },

        // LiteLLM sums up: 5740 = 5 + 1000 read + 4735 written; 5740 + 255 = 5995
        { "litellm", """{"object":"chat.completion","usage":{"prompt_tokens":5740,"completion_tokens":255,"total_tokens":5995,"prompt_tokens_details":{"cached_tokens":1000,"cache_creation_tokens":4735,"cache_creation_token_details":{"ephemeral_5m_input_tokens":0,"ephemeral_1h_input_tokens":4735}},"cache_read_input_tokens":1000,"cache_creation_input_tokens":4735}}""", "Input 5, CacheRead 1000, CacheWrite1h 4735, Output 255" },

        // the same of a proxy that passes Anthropic's counts on: 5 + 1000 + 4735 + 255 = 5995
        { "litellm", """{"object":"chat.completion","usage":{"prompt_tokens":5,"completion_tokens":255,"total_tokens":5995,"cache_read_input_tokens":1000,"cache_creation_input_tokens":4735}}""", "Input 5, CacheRead 1000, CacheWrite 4735, Output 255" },

        // 5: 1815 + 400 = 2215: inside. 1815 = 23 + 1792
        { "vercel.ai", """{"model":"gpt-4o","usage":{"inputTokens":1815,"outputTokens":400,"totalTokens":2215,"reasoningTokens":0,"cachedInputTokens":1792}}""", "Input 23, CacheRead 1792, Output 400" },

        // 5 of a Gemini model: thoughts beside the output, 100 + 20 + 30 = 150
        { "vercel.ai", """{"model":"gemini-2.5-flash","usage":{"inputTokens":100,"outputTokens":20,"totalTokens":150,"reasoningTokens":30,"cachedInputTokens":40}}""", "Input 60, CacheRead 40, Output 20, Reasoning 30" },

        // 6: the parts say so: 4740 = 5 + 0 + 4735
        { "vercel.ai", """{"model":"claude-sonnet-4-5","usage":{"inputTokens":4740,"inputTokenDetails":{"noCacheTokens":5,"cacheReadTokens":0,"cacheWriteTokens":4735},"outputTokens":255,"outputTokenDetails":{"textTokens":255,"reasoningTokens":0},"totalTokens":4995,"reasoningTokens":0,"cachedInputTokens":0}}""", "Input 5, CacheWrite 4735, Output 255" },

        // 6, as a provider gives it to the SDK: 120 = 20 + 60 + 40; 50 = 30 + 20
        { "vercel.ai", """{"usage":{"inputTokens":{"total":120,"noCache":20,"cacheRead":60,"cacheWrite":40},"outputTokens":{"total":50,"text":30,"reasoning":20},"cachedInputTokens":60}}""", "Input 20, CacheRead 60, CacheWrite 40, Output 30, Reasoning 20" },

        // no cache, so that it does not matter where it is counted
        { "github.copilot", """{"type":"assistant.usage","data":{"model":"gpt-5.1","inputTokens":900,"outputTokens":70,"cacheReadTokens":0,"cacheWriteTokens":0,"cost":1,"duration":900,"quotaSnapshots":{"chat":{"usedRequests":3}}}}""", "Input 900, Output 70" },

        // 11125 + 429 = 11554: inside. 11125 = 3684 + 7441; 429 = 20 + 409
        { "langchain", """{"type":"ai","id":"run-1","response_metadata":{"model_name":"gemini-2.5-pro"},"usage_metadata":{"input_tokens":11125,"output_tokens":429,"total_tokens":11554,"input_token_details":{"text":11125,"cache_read":7441},"output_token_details":{"text":20,"reasoning":409}}}""", "Input 3684, CacheRead 7441, Output 20, Reasoning 409" },

        // of Claude: writes by time to live, and then 0 for all of them; 350 = 200 + 80 + 70
        { "langchain", """{"type":"ai","usage_metadata":{"input_tokens":350,"output_tokens":30,"total_tokens":380,"input_token_details":{"cache_read":0,"cache_creation":0,"ephemeral_5m_input_tokens":80,"ephemeral_1h_input_tokens":70}}}""", "Input 200, CacheWrite5m 80, CacheWrite1h 70, Output 30" },

        // another library by the same names, with the cache beside the input: 100 + 20 + 500 = 620
        { "langchain", """{"usage":{"input_tokens":100,"output_tokens":20,"cache_read_tokens":500,"cache_write_tokens":0,"total_tokens":620}}""", "Input 100, CacheRead 500, Output 20" },

        // 1000 = 300 + 600 read + 100 written; what details repeat counts once
        { "pydantic-ai", """{"kind":"response","model_name":"claude-sonnet-4-5","usage":{"input_tokens":1000,"cache_write_tokens":100,"cache_read_tokens":600,"output_tokens":50,"input_audio_tokens":0,"cache_audio_read_tokens":0,"output_audio_tokens":0,"details":{"input_tokens":300,"cache_read_input_tokens":600,"cache_creation_input_tokens":100,"output_tokens":50}}}""", "Input 300, CacheRead 600, CacheWrite 100, Output 50" },

        // 1000 + 100 = 1100: inside
        { "microsoft.extensions.ai", """{"messages":[],"responseId":"chatcmpl-1","modelId":"gpt-4o","createdAt":"2026-03-01T10:00:00+00:00","finishReason":"stop","usage":{"inputTokenCount":1000,"outputTokenCount":100,"totalTokenCount":1100,"cachedInputTokenCount":600}}""", "Input 400, CacheRead 600, Output 100" },

        // typed audio: 1000 = 100 + 900, 200 = 50 + 150
        { "microsoft.extensions.ai", """{"usage":{"inputTokenCount":1000,"inputAudioTokenCount":900,"inputTextTokenCount":100,"outputTokenCount":200,"outputAudioTokenCount":150,"outputTextTokenCount":50,"totalTokenCount":1200}}""", "Input 100, AudioInput 900, Output 50, AudioOutput 150" },

        // an adapter that passes Bedrock's counts on: 10 + 90 + 5 = 105
        { "microsoft.extensions.ai", """{"usage":{"inputTokenCount":10,"outputTokenCount":5,"totalTokenCount":105,"additionalCounts":{"CacheReadInputTokens":90}}}""", "Input 10, CacheRead 90, Output 5" },

        // apart: Cline adds all four up
        { "cline", """{"request":"...","tokensIn":5,"tokensOut":255,"cacheWrites":4735,"cacheReads":1000,"cost":0.0219}""", "Input 5, CacheRead 1000, CacheWrite 4735, Output 255" },

        // Gemini CLI: 8000 + 50 + 120 = 8170; 8000 = 2000 + 6000
        { "gemini.generateContent", """{"id":"m2","type":"gemini","content":"hello","tokens":{"input":8000,"output":50,"cached":6000,"thoughts":120,"tool":0,"total":8170},"model":"gemini-2.5-pro"}""", "Input 2000, CacheRead 6000, Output 50, Reasoning 120" },

        // google-genai for Python: 8000 + 40 + 160 = 8200
        { "gemini.generateContent", """{"model_version":"gemini-2.5-flash","usage_metadata":{"prompt_token_count":8000,"candidates_token_count":40,"thoughts_token_count":160,"cached_content_token_count":7500,"total_token_count":8200,"prompt_tokens_details":[{"modality":"TEXT","token_count":8000}]}}""", "Input 500, CacheRead 7500, Output 40, Reasoning 160" },

        // Codex: 24763 = 315 + 24448; 122 = 100 + 22
        { "openai.responses", """{"type":"turn.completed","usage":{"input_tokens":24763,"cached_input_tokens":24448,"output_tokens":122,"reasoning_output_tokens":22}}""", "Input 315, CacheRead 24448, Output 100, Reasoning 22" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public void Read_NamedApi_GivesCountsWorkedOutByHand(string api, string body, string counts)
    {
        Assert.True(ApiFormatNames.TryParse(api, out ApiFormat named));

        UsageReading reading = Read(body, named);

        Assert.Equal(counts, WithCompactions(in reading).ToString());
        Assert.Equal(UsageStatus.Complete, reading.Status);
        Assert.Null(reading.Reason);
    }

    [Fact]
    public void Bodies_EveryApi_IsCovered() =>
        Assert.Empty(ApiFormatNames.All.Except(Bodies.Select(row => Name((string)row[0]))));

    [Theory]
    [InlineData("""{"usage":{"prompt_tokens":50,"completion_tokens":30,"total_tokens":300,"completion_tokens_details":{"reasoning_tokens":220}}}""", ApiFormat.OpenAIChatCompletions, "Input 50, Output 30, Reasoning 220")] // the total decides: apart
    [InlineData("""{"usage":{"prompt_tokens":10,"completion_tokens":5,"prompt_cache_hit_tokens":0,"prompt_cache_miss_tokens":10}}""", ApiFormat.DeepSeek, "Input 10, Output 5")]
    [InlineData("""{"type":"message","usage":{"input_tokens":3,"output_tokens":4}}""", ApiFormat.AnthropicMessages, "Input 3, Output 4")]
    [InlineData("""{"usage":{"input_tokens":3,"output_tokens":4,"cache_read_input_tokens":9}}""", ApiFormat.AnthropicMessages, "Input 3, CacheRead 9, Output 4")]
    [InlineData("""{"object":"response","usage":{"input_tokens":3,"output_tokens":4,"num_sources_used":0}}""", ApiFormat.XaiResponses, "Input 3, Output 4")]
    [InlineData("""{"custom_id":"1","response":{"body":{"object":"chat.completion","usage":{"prompt_tokens":3,"completion_tokens":4}}}}""", ApiFormat.OpenAIChatCompletions, "Input 3, Output 4")]
    public void Read_Detected_FindsTheApi(string body, ApiFormat api, string counts)
    {
        UsageReading reading = Read(body);

        Assert.Equal(api, reading.Api);
        Assert.Equal(counts, WithCompactions(in reading).ToString());
    }

    [Theory]
    [InlineData("""{"usage":{"input_tokens":3,"output_tokens":4}}""")]
    [InlineData("""{"usage":{"total_tokens":3}}""")]
    [InlineData("""{"usage":{"prompt_tokens":3,"completion_tokens":4,"inputTokens":3}}""")]
    [InlineData("""{"usage":{"prompt_tokens":3,"completion_tokens":9,"completion_tokens_details":{"reasoning_tokens":4}}}""")]
    [InlineData("""{"usage":{"prompt_tokens":30,"completion_tokens":9,"cache_read_input_tokens":20}}""")]
    [InlineData("""{"model":"claude-sonnet-4-5","usage":{"inputTokens":1815,"outputTokens":400,"totalTokens":2215,"cachedInputTokens":1792}}""")] // the SDK leaves it out of the total
    [InlineData("""{"model":"gpt-4o","usage":{"inputTokens":1815,"outputTokens":400,"cachedInputTokens":1792}}""")]
    [InlineData("""{"model":"gpt-4o","usage":{"inputTokens":100,"outputTokens":40,"totalTokens":170,"cachedInputTokens":30,"reasoningTokens":30}}""")] // which of the two is apart?
    [InlineData("""{"type":"assistant.usage","data":{"model":"gpt-5.1","inputTokens":900,"outputTokens":70,"cacheReadTokens":800}}""")]
    [InlineData("""{"usage":{"input_tokens":30,"output_tokens":9,"cache_read_tokens":20}}""")]
    [InlineData("""{"usage":{"inputTokenCount":30,"outputTokenCount":9,"cachedInputTokenCount":20}}""")]
    [InlineData("""{"usage":{"input_tokens":30,"output_tokens":9,"cache_read_input_tokens":20,"input_tokens_details":{"cached_tokens":20}}}""")]
    [InlineData("""{"usage":{"prompt_tokens":30,"completion_tokens":9,"prompt_tokens_details":{"cached_tokens":25,"audio_tokens":10,"image_tokens":10}}}""")]
    public void Read_FitsTwoConventions_SaysThatItIsAmbiguous(string body) =>
        Assert.Equal(UsageFaultKind.Ambiguous, Assert.Throws<UsageFormatException>(() => Read(body)).Kind);

    [Theory]
    [InlineData("""{"usage":{"prompt_tokens":450,"completion_tokens":20,"total_tokens":470,"prompt_tokens_details":{"cached_tokens":500}}}""")]
    [InlineData("""{"usage":{"prompt_tokens":10,"completion_tokens":10,"total_tokens":20,"completion_tokens_details":{"reasoning_tokens":11}}}""")]
    [InlineData("""{"usage":{"prompt_tokens":10,"completion_tokens":10,"total_tokens":19}}""")]
    [InlineData("""{"usage":{"prompt_tokens":10,"completion_tokens":1,"prompt_cache_hit_tokens":2,"prompt_cache_miss_tokens":9}}""")]
    [InlineData("""{"type":"message","usage":{"input_tokens":1,"output_tokens":1,"cache_creation_input_tokens":5,"cache_creation":{"ephemeral_5m_input_tokens":6}}}""")]
    [InlineData("""{"usage":{"prompt_tokens":9223372036854775807,"completion_tokens":9223372036854775807}}""")]
    public void Read_ContradictsItself_SaysThatItIsImpossible(string body) =>
        Assert.Equal(UsageFaultKind.Impossible, Assert.Throws<UsageFormatException>(() => Read(body)).Kind);

    // OpenAI's response repeats the time to live of the request; 30 minutes is the default.
    [Theory]
    [InlineData("30m", "Input 1000, CacheWrite 4000, Output 90")]
    [InlineData("12h", "Input 1000, CacheWrite12h 4000, Output 90")]
    public void Read_CacheOptions_SayHowLongWritesAreKept(string timeToLive, string usage)
    {
        string body = $$$"""
            {"object":"response","prompt_cache_options":{"mode":"implicit","ttl":"{{{timeToLive}}}"},
             "usage":{"input_tokens":5000,"input_tokens_details":{"cache_write_tokens":4000},"output_tokens":90}}
            """;

        Assert.Equal(usage, Read(body).Usage.ToString());
    }

    [Fact]
    public void Read_UnknownTimeToLive_MattersOnlyToWrites()
    {
        const string Written = """
            {"object":"response","prompt_cache_options":{"ttl":"9h"},
             "usage":{"input_tokens":50,"input_tokens_details":{"cache_write_tokens":40},"output_tokens":9}}
            """;

        Assert.Equal(
            "The cache time to live '9h' is not known, so the price of its writes is not either. Known: 5m, 30m, 1h, 12h.",
            Assert.Throws<UsageFormatException>(() => Read(Written)).Message);
        Assert.Equal("Input 50, Output 9", Read(Written.Replace("40", "0", StringComparison.Ordinal)).Usage.ToString());
    }

    [Theory]
    [InlineData("5m", "CacheWrite5m")]
    [InlineData("30m", "CacheWrite30m")]
    [InlineData("1h", "CacheWrite1h")]
    [InlineData("12h", "CacheWrite12h")]
    public void Read_WritesByTimeToLive_AreInTheirBuckets(string timeToLive, string bucket)
    {
        string body = $$$"""{"usage":{"inputTokens":1,"outputTokens":2,"cacheDetails":[{"ttl":"{{{timeToLive}}}","inputTokens":7}]}}""";

        Assert.Equal($"Input 1, {bucket} 7, Output 2", Read(body).Usage.ToString());
    }

    [Fact]
    public void Read_CachedAboveInput_MessageNamesCountsAndRule()
    {
        UsageFormatException exception = Assert.Throws<UsageFormatException>(
            () => Read("""{"usage":{"prompt_tokens":450,"completion_tokens":20,"prompt_tokens_details":{"cached_tokens":500}}}"""));

        Assert.Equal(
            "cached and cache-write tokens (500) cannot exceed input tokens (450), which contain them by the rules of this API. The response contradicts itself, or came by another API.",
            exception.Message);
    }

    [Fact]
    public void Read_BodyOfAnotherApi_IsRefused()
    {
        UsageFormatException exception = Assert.Throws<UsageFormatException>(
            () => Read("""{"usage":{"prompt_tokens":1,"completion_tokens":1}}""", ApiFormat.AnthropicMessages));

        Assert.Equal(
            "The response does not count as anthropic.messages does: it has prompt_tokens and completion_tokens. Name the API that it came by, or let it be detected.",
            exception.Message);
    }

    /// <summary>The usage of the call with that of its compactions, which the same model did.</summary>
    internal static TokenUsage? WithCompactions(in UsageReading reading)
    {
        TokenUsage? usage = reading.Usage;
        foreach (NestedCall nested in reading.Nested.Where(nested => nested.Role == CallRole.Compaction))
        {
            usage += nested.Usage;
        }

        return usage;
    }

    internal static UsageReading Read(string body, ApiFormat api = ApiFormat.Detect) => UsageReader.Read(Encoding.UTF8.GetBytes(body), api);

    private static string Name(string api) => ApiFormatNames.TryParse(api, out ApiFormat named) ? ApiFormatNames.GetName(named) : api;
}
