namespace LlmCostModel.Tests.Responses;

/// <summary>Why a body is refused, word by word: a reason that names the wrong field sends its reader astray.</summary>
public sealed class ReaderReasonTests
{
    private const string Contained =
        ", which contain them by the rules of this API. The response contradicts itself, or came by another API.";

    /// <summary>Each way of naming counts, read as an API that names them otherwise.</summary>
    [Theory]
    [InlineData("""{ "usage": { "prompt_tokens": 1 } }""", "prompt_tokens and completion_tokens")]
    [InlineData("""{ "usage": { "input_tokens": 1 } }""", "input_tokens and output_tokens")]
    [InlineData("""{ "usageMetadata": { "promptTokenCount": 1 } }""", "usageMetadata")]
    [InlineData("""{ "usage": { "total_input_tokens": 1 } }""", "total_input_tokens")]
    [InlineData("""{ "usage": { "inputTokens": 1 } }""", "inputTokens and outputTokens")]
    [InlineData("""{ "prompt_token_count": 1 }""", "InvokeModel counts")]
    [InlineData("""{ "usage": { "billed_units": { "input_tokens": 1 } } }""", "billed_units")]
    [InlineData("""{ "prompt_eval_count": 1 }""", "prompt_eval_count and eval_count", ApiFormat.AnthropicMessages)]
    [InlineData("""{ "usage": { "total_tokens": 1 } }""", "total_tokens alone")]
    [InlineData("""{ "usage": { "seconds": 1 } }""", "seconds")]
    [InlineData("""{ "usage": { "seconds": 1, "inputTokens": 1, "total_input_tokens": 1 } }""",
        "total_input_tokens and inputTokens and outputTokens")]
    public void Read_AsAnotherApi_SaysHowItCounts(string body, string counts, ApiFormat api = ApiFormat.Ollama) => Assert.Equal(
        $"The response does not count as {ApiFormatNames.GetName(api)} does: it has {counts}. "
            + "Name the API that it came by, or let it be detected.",
        Reason(body, api));

    [Theory]
    [InlineData("""{ "usage": { "total_tokens": 5 } }""", "total_tokens alone does not say how many of them are input.")]
    [InlineData("""{ "usage": { "prompt_tokens": 5, "completion_tokens": 5, "completion_tokens_details": { "reasoning_tokens": 2 } } }""",
        "without total_tokens it does not say whether reasoning is inside completion_tokens (OpenAI) or apart (xAI).")]
    [InlineData("""{ "usage": { "prompt_tokens": 5, "inputTokens": 5 } }""", "it names its counts in more than one way.")]
    public void Read_Ambiguous_SaysWhatIsNotTold(string body, string what) =>
        Assert.Equal($"The API of the response is ambiguous: {what} Name the API.", Reason(body, ApiFormat.Detect));

    /// <summary>A part that is more than the whole, for every part that is checked.</summary>
    [Theory]
    [InlineData(""" "cached_tokens": 4, "audio_tokens": 3, "cached_tokens_details": { "audio_tokens": 4 } """,
        "cached audio tokens (4) cannot exceed audio input tokens (3)")]
    [InlineData(""" "cached_tokens": 4, "image_tokens": 3, "cached_tokens_details": { "image_tokens": 4 } """,
        "cached image tokens (4) cannot exceed image input tokens (3)")]
    [InlineData(""" "cached_tokens": 4, "video_tokens": 3, "cached_tokens_details": { "video_tokens": 4 } """,
        "cached video tokens (4) cannot exceed video input tokens (3)")]
    [InlineData(""" "cached_tokens": 4, "audio_tokens": 9, "cached_tokens_details": { "audio_tokens": 1 } """,
        "cached text tokens (3) cannot exceed text input tokens (1)")] // 10 - 9 are text, and 4 - 1 of them would be cached
    [InlineData(""" "cached_tokens": 5, "cached_tokens_details": { "audio_tokens": 1, "image_tokens": 2, "video_tokens": 3 } """,
        "cached audio, image and video tokens (6) cannot exceed cached tokens (5)")]
    [InlineData(""" "audio_tokens": 4, "image_tokens": 4, "video_tokens": 3 """,
        "audio, image and video input tokens (11) cannot exceed input tokens (10)")]
    [InlineData(""" "cached_tokens": 6, "cache_write_tokens": 5 """, "cached and cache-write tokens (11) cannot exceed input tokens (10)")]
    public void Read_PartOfTheInputTooLarge_SaysWhich(string details, string reason) => Assert.Equal(
        reason + Contained,
        Reason($$"""{ "usage": { "prompt_tokens": 10, "completion_tokens": 1, "prompt_tokens_details": { {{details}} } } }"""));

    [Theory]
    [InlineData(
        """ "prompt_tokens": 1, "completion_tokens": 5, "completion_tokens_details": { "reasoning_tokens": 4, "audio_tokens": 2 } """,
        "reasoning, audio, image and video output tokens (6) cannot exceed output tokens (5)")]
    [InlineData(""" "prompt_tokens": 9, "total_tokens": 8 """, "input tokens (9) cannot exceed all tokens (8)")]
    [InlineData(""" "completion_tokens": 9, "total_tokens": 8 """, "output tokens (9) cannot exceed all tokens (8)", ApiFormat.OpenAIEmbeddings)]
    [InlineData(""" "prompt_tokens": 9, "completion_tokens": 5, "total_tokens": 13 """,
        "input and output tokens (14) cannot exceed all tokens (13)", ApiFormat.GeminiOpenAI)]
    [InlineData(
        """ "prompt_tokens": 1, "completion_tokens": 5, "completion_tokens_details": { "reasoning_tokens": 9, "image_tokens": 6 } """,
        "audio, image and video output tokens (6) cannot exceed output tokens (5)", ApiFormat.XaiChat)] // reasoning is apart
    public void Read_PartOfTheOutputTooLarge_SaysWhich(string usage, string reason, ApiFormat api = ApiFormat.OpenAIChatCompletions) =>
        Assert.Equal(reason + Contained, Reason($$"""{ "usage": { {{usage}} } }""", api));

    [Fact]
    public void Read_WritesByTimeTooLarge_SaysSo() => Assert.Equal(
        "cache writes by time to live (4) cannot exceed all cache writes (3)" + Contained,
        Reason(
            """
            { "usage": { "input_tokens": 1, "output_tokens": 1, "cache_creation_input_tokens": 3,
              "cache_creation": { "ephemeral_5m_input_tokens": 3, "ephemeral_1h_input_tokens": 1 } } }
            """,
            ApiFormat.AnthropicMessages));

    /// <summary>4 of 6 cached tokens are not text, and which of two kinds they are is not told.</summary>
    [Theory]
    [InlineData("audio_tokens", "image_tokens")]
    [InlineData("audio_tokens", "video_tokens")]
    [InlineData("image_tokens", "video_tokens")]
    public void Read_CachedTokensOfTwoKinds_AreNotGuessed(string one, string other) => Assert.Equal(
        "The API of the response is ambiguous: it does not say which of audio, image and video tokens came from the cache. Name the API.",
        Reason($$"""
            { "usage": { "prompt_tokens": 10, "completion_tokens": 1,
              "prompt_tokens_details": { "cached_tokens": 6, "{{one}}": 4, "{{other}}": 4 } } }
            """));

    [Theory]
    [InlineData(""" "prompt_tokens": "5" """, "prompt_tokens is the text '5', not a whole number from 0 to 9223372036854775807.")]
    [InlineData(""" "prompt_tokens": 0.5 """, "prompt_tokens is 0.5, not a whole number from 0 to 9223372036854775807.")]
    [InlineData(""" "prompt_tokens": [] """, "prompt_tokens is a list, not a whole number from 0 to 9223372036854775807.")]
    [InlineData(""" "cost": -1 """, "cost is -1, not an amount of 0 or more that a decimal holds exactly.")]
    [InlineData(""" "is_byok": 1 """, "is_byok is a number, not true or false.")]
    [InlineData(""" "cost": { "currency": 1 } """, "currency is a number, not a text.")]
    [InlineData(""" "iterations": 1 """, "iterations is a number, not a list.")]
    [InlineData(""" "iterations": [1] """, "An entry of iterations is a number, not an object.")]
    [InlineData(""" "input_tokens_by_modality": { } """, "input_tokens_by_modality is an object, not a list.")]
    [InlineData(""" "input_tokens_by_modality": [1] """, "An entry of input_tokens_by_modality is a number, not an object.")]
    [InlineData(""" "input_tokens_by_modality": [{ "tokens": 1, "tokens": 1 }] """,
        "A name in input_tokens_by_modality is stated twice in one object, so its value is not known.")]
    [InlineData(""" "input_tokens_by_modality": [{ "modality": "TEXT", "modality": "TEXT" }] """,
        "A name in input_tokens_by_modality is stated twice in one object, so its value is not known.")]
    [InlineData(""" "cacheDetails": [{ "ttl": "9h" }] """,
        "The cache time to live '9h' is not known, so the price of its writes is not either. Known: 5m, 30m, 1h, 12h.")]
    [InlineData(""" "cacheDetails": [{ "ttl": [] }] """,
        "The cache time to live 'a list' is not known, so the price of its writes is not either. Known: 5m, 30m, 1h, 12h.")]
    [InlineData(""" "cacheDetails": { } """, "cacheDetails is an object, not a list.")]
    [InlineData(""" "cacheDetails": [1] """, "An entry of cacheDetails is a number, not an object.")]
    [InlineData(""" "cacheDetails": [{ "ttl": "5m", "ttl": "5m" }] """,
        "A name in cacheDetails is stated twice in one object, so its value is not known.")]
    [InlineData(""" "cacheDetails": [{ "inputTokens": 1, "inputTokens": 1 }] """,
        "A name in cacheDetails is stated twice in one object, so its value is not known.")]
    [InlineData(""" "server_tool_use": 1 """, "server_tool_use is a number, not an object.")]
    [InlineData(""" "cached_tokens": 1, "num_cached_tokens": 2 """,
        "num_cached_tokens is 2, but another field of the same meaning is 1. The response contradicts itself.")]
    [InlineData(""" "cost": 1, "cost": 1 """, "cost is stated twice in one object, so its value is not known.")]
    public void Read_ValueOfAnotherKind_SaysWhatItIs(string usage, string reason) =>
        Assert.Equal(reason, Reason($$"""{ "usage": { {{usage}} } }"""));

    /// <summary>What is whole although it is written as a fraction, and what two fields say alike.</summary>
    [Theory]
    [InlineData(""" "prompt_tokens": 0.0, "completion_tokens": 5.0 """, "m: Output 5 (Complete)")]
    [InlineData(""" "prompt_tokens": 5, "completion_tokens": 0, "cached_tokens": 2, "num_cached_tokens": 2 """,
        "m: Input 3, CacheRead 2 (Complete)")]
    public void Read_SameValueInOtherWords_IsRead(string usage, string words) =>
        Assert.Equal(words, UsageReader.Read($$"""{ "model": "m", "usage": { {{usage}} } }""", ApiFormat.Mistral).ToString());

    private static string Reason(string body, ApiFormat api = ApiFormat.OpenAIChatCompletions) =>
        Assert.Throws<UsageFormatException>(() => { UsageReader.Read(body, api); }).Message;
}
