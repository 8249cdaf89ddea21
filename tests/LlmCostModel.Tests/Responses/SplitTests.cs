namespace LlmCostModel.Tests.Responses;

/// <summary>How inclusive counts become disjoint ones, where the kinds of tokens meet; the comments show the sums.</summary>
public sealed class SplitTests
{
    [Theory]
    [InlineData("audio", "Input 0, AudioInput 2, AudioCacheRead 2", "Input 3, CacheRead 3, AudioInput 4")]
    [InlineData("image", "Input 0, ImageInput 2, ImageCacheRead 2", "Input 3, CacheRead 3, ImageInput 4")]
    [InlineData("video", "Input 0, VideoInput 2, VideoCacheRead 2", "Input 3, CacheRead 3, VideoInput 4")]
    public void Read_CachedTokensOfUnstatedKind_AreTextAsFarAsThereIs(string kind, string beyond, string within)
    {
        // 10 = 6 text + 4 of the kind. 8 cached are 6 text and 2 of the kind; 3 cached are text.
        Assert.Equal(beyond.Replace("Input 0", "CacheRead 6", StringComparison.Ordinal), Cached(8));
        Assert.Equal(within, Cached(3));
        Assert.Equal(within.Replace("Input 3, CacheRead 3", "CacheRead 6", StringComparison.Ordinal), Cached(6));

        string Cached(int cached) => Read(
            ApiFormat.OpenAIChatCompletions,
            $$""" "prompt_tokens": 10, "completion_tokens": 0, "prompt_tokens_details": { "cached_tokens": {{cached}}, "{{kind}}_tokens": 4 } """);
    }

    /// <summary>Mistral counts audio apart from the prompt, in tokens or in seconds; the total then holds what nobody bills.</summary>
    [Theory]
    [InlineData(""" "total_tokens": 22, "prompt_tokens_details": { "audio_tokens": 7 } """, "Input 10, AudioInput 7, Output 5")] // 10 + 7 + 5
    [InlineData(""" "total_tokens": 22, "prompt_audio_seconds": 9, "prompt_tokens_details": { "audio_tokens": 7 } """, "Input 10, Output 5")]
    [InlineData(""" "total_tokens": 99, "prompt_audio_seconds": 9 """, "Input 10, Output 5")]
    [InlineData(""" "prompt_tokens_details": { "audio_tokens": 70 } """, "Input 10, AudioInput 70, Output 5")]
    public void Read_AudioOfMistral_IsBesideThePrompt(string counts, string usage) =>
        Assert.Equal(usage, Read(ApiFormat.Mistral, $$""" "prompt_tokens": 10, "completion_tokens": 5, {{counts}} """));

    /// <summary>Elsewhere seconds excuse no total that is wrong, and audio is inside of the input.</summary>
    [Theory]
    [InlineData(ApiFormat.XaiChat, """ "prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 16, "reasoning_tokens": 2 """, 16, 17)]
    [InlineData(ApiFormat.GeminiGenerateContent, """ "promptTokenCount": 10, "candidatesTokenCount": 5, "totalTokenCount": 15, "thoughtsTokenCount": 2 """, 15, 17)]
    [InlineData(ApiFormat.GeminiGenerateContent, """ "promptTokenCount": 10, "candidatesTokenCount": 5, "totalTokenCount": 15, "toolUsePromptTokenCount": 3 """, 15, 18)]
    [InlineData(ApiFormat.BedrockConverse, """ "inputTokens": 10, "outputTokens": 5, "totalTokens": 15, "cacheReadInputTokens": 2, "cacheWriteInputTokens": 1 """, 15, 18)]
    [InlineData(ApiFormat.Mistral, """ "prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 9 """, 9, 15)]
    [InlineData(ApiFormat.OpenAIEmbeddings, """ "prompt_tokens": 10, "total_tokens": 5 """, 5, 10)]
    public void Read_TotalSmallerThanItsParts_SaysBoth(ApiFormat api, string counts, long total, long sum) => Assert.Equal(
        $"The stated total ({total}) is not the sum of the counts ({sum}) by the rules of this API. "
            + "The response contradicts itself, or came by another API.",
        Assert.Throws<UsageFormatException>(() => Read(api, counts)).Message);

    /// <summary>A total that is larger is a fact: something was counted that no count names.</summary>
    [Theory]
    [InlineData(ApiFormat.Mistral, """ "prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 99 """, 99, 84)]
    [InlineData(ApiFormat.OpenAITranscriptions, """ "prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 99, "seconds": 9 """, 99, 84)]
    [InlineData(ApiFormat.OpenAIChatCompletions, """ "completion_tokens": 5, "total_tokens": 15 """, 15, 10)] // input is not guessed
    [InlineData(ApiFormat.OpenAIEmbeddings, """ "prompt_tokens": 10, "total_tokens": 15 """, 15, 5)]
    [InlineData(ApiFormat.XaiChat, """ "prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 20, "reasoning_tokens": 2 """, 20, 3)]
    [InlineData(ApiFormat.BedrockConverse, """ "inputTokens": 10, "outputTokens": 5, "totalTokens": 25, "cacheReadInputTokens": 2 """, 25, 8)]
    [InlineData(ApiFormat.GeminiGenerateContent, """ "promptTokenCount": 10, "candidatesTokenCount": 5, "totalTokenCount": 20, "thoughtsTokenCount": 2 """, 20, 3)]
    public void Read_TotalLargerThanItsParts_IsALowerBound(ApiFormat api, string counts, long total, long gap)
    {
        UsageReading reading = UsageReader.Read($$"""{ "usage": { {{counts}} } }""", api);

        Assert.Equal(UsageStatus.Partial, reading.Status);
        Assert.Equal($"The stated total ({total}) holds {gap} tokens that no count explains, so part of the cost is missing.", reading.Reason);
    }

    /// <summary>Thoughts of Gemini may stand in the total alone, whichever shape its counts have: 109 = 35 + 12 + 62.</summary>
    [Theory]
    [InlineData("""{ "usageMetadata": { "promptTokenCount": 35, "candidatesTokenCount": 12, "totalTokenCount": 109 } }""")]
    [InlineData("""{ "usage_metadata": { "prompt_token_count": 35, "candidates_token_count": 12, "total_token_count": 109 } }""")]
    [InlineData("""{ "model": "gemini-2.5-flash", "usage": { "prompt_tokens": 35, "completion_tokens": 12, "total_tokens": 109 } }""")]
    [InlineData("""{ "modelId": "gemini-2.5-flash", "usage": { "inputTokenCount": 35, "outputTokenCount": 12, "totalTokenCount": 109 } }""")]
    [InlineData("""{ "model": "google/gemini-2.5-flash", "usage": { "inputTokens": 35, "outputTokens": 12, "totalTokens": 109, "reasoningTokens": 0 } }""")]
    public void Read_HiddenTokensOfGemini_AreThoughts(string body) => Assert.Equal(
        "Input 35, Output 12, Reasoning 62 (Complete)",
        $"{UsageReader.Read(body).Usage} ({UsageReader.Read(body).Status})");

    /// <summary>DeepSeek divides the prompt by what the cache had: what is in neither part is named.</summary>
    [Fact]
    public void Read_InputInNeitherPart_IsNamed()
    {
        UsageReading reading = UsageReader.Read("""
            { "usage": { "prompt_tokens": 10, "completion_tokens": 5, "prompt_cache_hit_tokens": 4, "prompt_cache_miss_tokens": 5 } }
            """);

        Assert.Equal("Input 6, CacheRead 4, Output 5", reading.Usage.ToString());
        Assert.Equal(
            "Of 10 input tokens, 1 are neither those that the cache had nor those that it had not; they are priced as fresh ones.",
            reading.Reason);
    }

    /// <summary>A library writes 0 for a total that the body did not state.</summary>
    [Fact]
    public void Read_TotalOfZeroBesideCounts_IsNotStated() => Assert.Equal(
        UsageStatus.Complete,
        UsageReader.Read("""{ "object": "response", "usage": { "input_tokens": 35, "output_tokens": 12, "total_tokens": 0 } }""").Status);

    /// <summary>Whether reasoning is inside of the output: by the API's rule, by the total, or as what the total leaves.</summary>
    [Theory]
    [InlineData(ApiFormat.OpenAIChatCompletions, """ "prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15, "reasoning_tokens": 2 """, "Input 10, Output 3, Reasoning 2")]
    [InlineData(ApiFormat.OpenAIChatCompletions, """ "prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 17, "reasoning_tokens": 2 """, "Input 10, Output 5, Reasoning 2")]
    [InlineData(ApiFormat.OpenAIChatCompletions, """ "prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15, "reasoning_tokens": 0 """, "Input 10, Output 5")]
    [InlineData(ApiFormat.OpenAIChatCompletions, """ "prompt_tokens": 10, "completion_tokens": 5, "reasoning_tokens": 2 """, "Input 10, Output 3, Reasoning 2")]
    [InlineData(ApiFormat.AzureOpenAI, """ "input_tokens": 10, "output_tokens": 5, "total_tokens": 15, "reasoning_tokens": 2 """, "Input 10, Output 3, Reasoning 2")]
    [InlineData(ApiFormat.Perplexity, """ "input_tokens": 10, "output_tokens": 5, "total_tokens": 15, "reasoning_tokens": 2 """, "Input 10, Output 3, Reasoning 2")]
    [InlineData(ApiFormat.Perplexity, """ "prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 17, "reasoning_tokens": 2 """, "Input 10, Output 5, Reasoning 2")]
    [InlineData(ApiFormat.Perplexity, """ "prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15, "reasoning_tokens": 2 """, "Input 10, Output 5, Reasoning 2")]
    [InlineData(ApiFormat.XaiChat, """ "prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15, "reasoning_tokens": 2 """, "Input 10, Output 5, Reasoning 2")]
    [InlineData(ApiFormat.XaiChat, """ "prompt_tokens": 10, "completion_tokens": 5, "reasoning_tokens": 2 """, "Input 10, Output 5, Reasoning 2")]
    [InlineData(ApiFormat.GeminiOpenAI, """ "prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 17 """, "Input 10, Output 5, Reasoning 2")]
    [InlineData(ApiFormat.GeminiOpenAI, """ "prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15 """, "Input 10, Output 5")]
    [InlineData(ApiFormat.GeminiOpenAI, """ "prompt_tokens": 10, "completion_tokens": 5 """, "Input 10, Output 5")]
    public void Read_Reasoning_IsWhereTheApiCountsIt(ApiFormat api, string counts, string usage) => Assert.Equal(usage, Read(api, counts));

    /// <summary>Output that is not detailed is image output of an image API; with details it is what they say.</summary>
    [Theory]
    [InlineData(ApiFormat.OpenAIImages, "", "Input 10, ImageOutput 5")]
    [InlineData(ApiFormat.OpenAIResponses, "", "Input 10, Output 5")]
    [InlineData(ApiFormat.OpenAIImages, """ , "output_tokens_details": { "image_tokens": 4 } """, "Input 10, Output 1, ImageOutput 4")]
    [InlineData(ApiFormat.OpenAIImages, """ , "output_tokens_details": { "text_tokens": 5 } """, "Input 10, Output 5")]
    [InlineData(ApiFormat.OpenAIImages, """ , "output_tokens_details": { "video_tokens": 2, "audio_tokens": 1 } """, "Input 10, Output 2, AudioOutput 1, VideoOutput 2")]
    public void Read_OutputOfAnImageApi_IsOfImages(ApiFormat api, string details, string usage) =>
        Assert.Equal(usage, Read(api, $$""" "input_tokens": 10, "output_tokens": 5{{details}} """));

    /// <summary>Where one of three numbers is left out, the total says it: only with the input, and of an output that may be silent.</summary>
    [Theory]
    [InlineData(ApiFormat.OpenAIChatCompletions, """ "prompt_tokens": 10, "total_tokens": 15 """, "Input 10, Output 5")]
    [InlineData(ApiFormat.OpenAIChatCompletions, """ "prompt_tokens": 10, "total_tokens": 10 """, "Input 10")]
    [InlineData(ApiFormat.OpenAIEmbeddings, """ "total_tokens": 15 """, "Input 15")]
    [InlineData(ApiFormat.OpenAIEmbeddings, """ "completion_tokens": 4, "total_tokens": 15 """, "Input 11, Output 4")]
    [InlineData(ApiFormat.OpenAIEmbeddings, """ "prompt_tokens": 15, "total_tokens": 15 """, "Input 15")]
    public void Read_TotalBesideOneCount_SaysTheOther(ApiFormat api, string counts, string usage) => Assert.Equal(usage, Read(api, counts));

    /// <summary>Writes without a stated time are of the default one, or of that which the request asked for.</summary>
    [Theory]
    [InlineData(""" "cache_creation_input_tokens": 7 """, "Input 10, CacheWrite 7, Output 5")]
    [InlineData(""" "cache_creation_input_tokens": 7, "cache_creation": { "ephemeral_1h_input_tokens": 3 } """, "Input 10, CacheWrite 4, CacheWrite1h 3, Output 5")]
    [InlineData(""" "cache_creation": { "ephemeral_1h_input_tokens": 3, "ephemeral_5m_input_tokens": 2 } """, "Input 10, CacheWrite5m 2, CacheWrite1h 3, Output 5")]
    public void Read_Writes_AreInTheirBuckets(string writes, string usage) =>
        Assert.Equal(usage, Read(ApiFormat.AnthropicMessages, $$""" "input_tokens": 10, "output_tokens": 5, {{writes}} """));

    /// <summary>2^63 - 1 and 1 more have no sum: said with the same words wherever it is found, in a body, an event or at the end.</summary>
    [Theory]
    [InlineData(ApiFormat.BedrockInvokeModel, """{ "inputTextTokenCount": 1, "results": [{ "tokenCount": 9223372036854775807 }, { "tokenCount": 1 }] }""")]
    [InlineData(ApiFormat.GeminiGenerateContent,
        """{ "usageMetadata": { "promptTokensDetails": [{ "modality": "AUDIO", "tokenCount": 9223372036854775807 }, { "modality": "AUDIO", "tokenCount": 1 }] } }""")]
    [InlineData(ApiFormat.BedrockConverse,
        """{ "usage": { "cacheDetails": [{ "ttl": "5m", "inputTokens": 9223372036854775807 }, { "ttl": "5m", "inputTokens": 1 }] } }""")]
    [InlineData(ApiFormat.BedrockConverse, """{ "usage": { "inputTokens": 1, "outputTokens": 1, "cacheReadInputTokens": 9223372036854775807 } }""")]
    [InlineData(ApiFormat.XaiResponses, """{ "usage": { "input_tokens": 9223372036854775807, "output_tokens": 1 } }""")]
    public void Read_CountsWithoutASum_AreImpossible(ApiFormat api, string body)
    {
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(body);
        Action[] ways =
        [
            () => UsageReader.Read(body, api),
            () => UsageReader.ReadStream([.. bytes, (byte)'\n'], api),
            () =>
            {
                UsageStreamReader reader = new(api);
                reader.AppendEvent(bytes);
                reader.Finish();
            },
        ];

        Assert.All(ways, way =>
        {
            UsageFormatException exception = Assert.Throws<UsageFormatException>(way);
            Assert.Equal("The counts add up to more than 9223372036854775807 tokens. The response contradicts itself.", exception.Message);
            Assert.Equal(UsageFaultKind.Impossible, exception.Kind);
            Assert.IsType<OverflowException>(exception.InnerException);
        });
    }

    private static string Read(ApiFormat api, string counts)
    {
        string name = api == ApiFormat.GeminiGenerateContent ? "usageMetadata" : "usage";
        return UsageReader.Read($$"""{ "{{name}}": { {{counts}} } }""", api).Usage.ToString()!;
    }
}
