using System.Text;

namespace LlmCostModel.Tests.Responses;

/// <summary>Every API by a small body whose disjoint counts were worked out by hand. The sources of the rules are in <c>docs/usage-readers.md</c>.</summary>
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

        // 224 = 30 text + 194 image; output without details is image
        { "openai.images", """{"created":1762547086,"background":"opaque","data":[{}],"usage":{"input_tokens":224,"input_tokens_details":{"image_tokens":194,"text_tokens":30},"output_tokens":4160,"total_tokens":4384}}""", "Input 30, ImageInput 194, ImageOutput 4160" },

        // 415 = 143 text + 272 image
        { "openai.images", """{"created":1786572388,"background":"opaque","usage":{"input_tokens":27,"output_tokens":415,"output_tokens_details":{"image_tokens":272,"text_tokens":143},"total_tokens":442}}""", "Input 27, Output 143, ImageOutput 272" },
        { "openai.transcriptions", """{"text":"a","usage":{"type":"tokens","total_tokens":49,"input_tokens":37,"input_token_details":{"text_tokens":2,"audio_tokens":35},"output_tokens":12}}""", "Input 2, AudioInput 35, Output 12" },
        { "azure.openai", """{"object":"chat.completion","usage":{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15}}""", "Input 10, Output 5" },

        // apart: 10 fresh, 100 read, 7 written = 5 for 5 minutes + 2 for an hour; 50 = 20 + 30 thinking
        { "anthropic.messages", """{"type":"message","usage":{"input_tokens":10,"cache_read_input_tokens":100,"cache_creation_input_tokens":7,"cache_creation":{"ephemeral_5m_input_tokens":5,"ephemeral_1h_input_tokens":2},"output_tokens":50,"output_tokens_details":{"thinking_tokens":30}}}""", "Input 10, CacheRead 100, CacheWrite5m 5, CacheWrite1h 2, Output 20, Reasoning 30" },

        // the top level leaves out compactions: 220 + 55196, 8 + 125
        { "anthropic.messages", """{"type":"message","usage":{"input_tokens":220,"output_tokens":8,"iterations":[{"type":"compaction","input_tokens":55196,"output_tokens":125},{"type":"message","input_tokens":220,"output_tokens":8}]}}""", "Input 55416, Output 133" },

        // 9622 = 13 + 9609 cached; thoughts apart: 35 and 136; 9622 + 35 + 136 = 9793
        { "gemini.generateContent", """{"modelVersion":"gemini-2.5-flash","usageMetadata":{"promptTokenCount":9622,"candidatesTokenCount":35,"thoughtsTokenCount":136,"cachedContentTokenCount":9609,"totalTokenCount":9793}}""", "Input 13, CacheRead 9609, Output 35, Reasoning 136" },

        // tool use apart from the prompt: 15 + 288; 15 + 288 + 40 + 257 = 600
        { "gemini.generateContent", """{"usageMetadata":{"promptTokenCount":15,"toolUsePromptTokenCount":288,"candidatesTokenCount":40,"thoughtsTokenCount":257,"totalTokenCount":600}}""", "Input 303, Output 40, Reasoning 257" },

        // text 87 - 58, pages of documents as images 258 - 172
        { "gemini.generateContent", """{"usageMetadata":{"promptTokenCount":345,"candidatesTokenCount":51,"totalTokenCount":396,"cachedContentTokenCount":230,"promptTokensDetails":[{"modality":"TEXT","tokenCount":87},{"modality":"DOCUMENT","tokenCount":258}],"cacheTokensDetails":[{"modality":"TEXT","tokenCount":58},{"modality":"DOCUMENT","tokenCount":172}]}}""", "Input 29, CacheRead 58, ImageInput 86, ImageCacheRead 172, Output 51" },

        // Vertex writes modalities as numbers: 2 image, 4 audio
        { "vertex.generateContent", """{"usageMetadata":{"promptTokenCount":20,"candidatesTokenCount":1216,"totalTokenCount":1236,"trafficType":1,"promptTokensDetails":[{"modality":4,"tokenCount":5}],"candidatesTokensDetails":[{"modality":2,"tokenCount":1120}]}}""", "Input 15, AudioInput 5, Output 96, ImageOutput 1120" },
        { "gemini.interactions", """{"object":"interaction","usage":{"total_tokens":233,"total_input_tokens":9,"total_cached_tokens":4,"total_output_tokens":13,"total_thought_tokens":211}}""", "Input 5, CacheRead 4, Output 13, Reasoning 211" },

        // thoughts are what 35 and 12 leave of 109
        { "gemini.openai", """{"usage":{"prompt_tokens":35,"completion_tokens":12,"total_tokens":109}}""", "Input 35, Output 12, Reasoning 62" },

        // 7365 = 10 + 4 + 0 + 7351
        { "bedrock.converse", """{"usage":{"inputTokens":10,"outputTokens":4,"totalTokens":7365,"cacheReadInputTokens":0,"cacheWriteInputTokens":7351,"cacheDetails":[{"ttl":"1h","inputTokens":7000},{"ttl":"5m","inputTokens":351}]}}""", "Input 10, CacheWrite5m 351, CacheWrite1h 7000, Output 4" },
        { "bedrock.invoke", """{"generation":"a","prompt_token_count":11,"generation_token_count":22,"stop_reason":"stop"}""", "Input 11, Output 22" },
        { "bedrock.invoke", """{"inputTextTokenCount":5,"results":[{"tokenCount":7},{"tokenCount":3}]}""", "Input 5, Output 10" },

        // 563 = 51 + 512
        { "deepseek", """{"usage":{"prompt_tokens":563,"completion_tokens":100,"total_tokens":663,"prompt_cache_hit_tokens":512,"prompt_cache_miss_tokens":51,"completion_tokens_details":{"reasoning_tokens":60}}}""", "Input 51, CacheRead 512, Output 40, Reasoning 60" },
        { "mistral", """{"usage":{"prompt_tokens":175,"completion_tokens":39,"total_tokens":214,"num_cached_tokens":174}}""", "Input 1, CacheRead 174, Output 39" },

        // billed units, not tokens, which hold the template
        { "cohere", """{"usage":{"billed_units":{"input_tokens":7,"output_tokens":21},"tokens":{"input_tokens":502,"output_tokens":24},"cached_tokens":448}}""", "Input 7, Output 21" },

        // apart: 49 + 32 + 183 = 264
        { "xai.chat", """{"usage":{"prompt_tokens":49,"completion_tokens":32,"total_tokens":264,"prompt_tokens_details":{"cached_tokens":7},"completion_tokens_details":{"reasoning_tokens":183}}}""", "Input 42, CacheRead 7, Output 32, Reasoning 183" },

        // inside: 348 = 5 + 343
        { "xai.responses", """{"usage":{"input_tokens":284,"input_tokens_details":{"cached_tokens":192},"output_tokens":348,"output_tokens_details":{"reasoning_tokens":343},"total_tokens":632}}""", "Input 92, CacheRead 192, Output 5, Reasoning 343" },
        { "groq", """{"x_groq":{"usage":{"prompt_tokens":18,"completion_tokens":73,"total_tokens":91}}}""", "Input 18, Output 73" },

        // 4020 = 8 + 4012 written
        { "openrouter", """{"usage":{"prompt_tokens":4020,"completion_tokens":4,"total_tokens":4024,"cost":0.01,"prompt_tokens_details":{"cached_tokens":0,"cache_write_tokens":4012}}}""", "Input 8, CacheWrite 4012, Output 4" },
        { "perplexity", """{"usage":{"prompt_tokens":19,"completion_tokens":498,"total_tokens":517,"reasoning_tokens":95305,"citation_tokens":10175,"num_search_queries":48}}""", "Input 19, Output 498, Reasoning 95305" },
        { "alibaba", """{"usage":{"prompt_tokens":18,"completion_tokens":9,"total_tokens":27,"prompt_tokens_details":{"cached_tokens":8,"cache_creation":{"ephemeral_5m_input_tokens":4},"cache_creation_input_tokens":4}}}""", "Input 6, CacheRead 8, CacheWrite5m 4, Output 9" },
        { "moonshot", """{"usage":{"prompt_tokens":20,"completion_tokens":5,"total_tokens":25,"cached_tokens":10}}""", "Input 10, CacheRead 10, Output 5" },
        { "together", """{"usage":{"prompt_tokens":46,"completion_tokens":45,"total_tokens":91,"cached_tokens":6}}""", "Input 40, CacheRead 6, Output 45" },
        { "fireworks", """{"usage":{"prompt_tokens":46,"completion_tokens":45,"total_tokens":91,"prompt_tokens_details":{"cached_tokens":6}}}""", "Input 40, CacheRead 6, Output 45" },
        { "rerank", """{"object":"rerank","usage":{"prompt_tokens":2966,"completion_tokens":0,"total_tokens":2966}}""", "Input 2966" },
        { "ollama", """{"done":true,"prompt_eval_count":310,"eval_count":145}""", "Input 310, Output 145" },
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
    [InlineData("""{"usage":{"prompt_tokens":49,"completion_tokens":32,"total_tokens":264,"completion_tokens_details":{"reasoning_tokens":183}}}""", ApiFormat.OpenAIChatCompletions, "Input 49, Output 32, Reasoning 183")] // the total decides: apart
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
    [InlineData("""{"usage":{"input_tokens":30,"output_tokens":9,"cache_read_input_tokens":20,"input_tokens_details":{"cached_tokens":20}}}""")]
    [InlineData("""{"usage":{"prompt_tokens":30,"completion_tokens":9,"prompt_tokens_details":{"cached_tokens":25,"audio_tokens":10,"image_tokens":10}}}""")]
    public void Read_FitsTwoConventions_SaysThatItIsAmbiguous(string body) =>
        Assert.Equal(UsageFaultKind.Ambiguous, Assert.Throws<UsageFormatException>(() => Read(body)).Kind);

    [Theory]
    [InlineData("""{"usage":{"prompt_tokens":447,"completion_tokens":17,"total_tokens":464,"prompt_tokens_details":{"cached_tokens":539}}}""")]
    [InlineData("""{"usage":{"prompt_tokens":10,"completion_tokens":10,"total_tokens":20,"completion_tokens_details":{"reasoning_tokens":11}}}""")]
    [InlineData("""{"usage":{"prompt_tokens":10,"completion_tokens":10,"total_tokens":21}}""")]
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
            () => Read("""{"usage":{"prompt_tokens":447,"completion_tokens":17,"prompt_tokens_details":{"cached_tokens":539}}}"""));

        Assert.Equal(
            "cached and cache-write tokens (539) cannot exceed input tokens (447), which contain them by the rules of this API. The response contradicts itself, or came by another API.",
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
