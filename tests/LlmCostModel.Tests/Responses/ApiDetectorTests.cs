namespace LlmCostModel.Tests.Responses;

/// <summary>What a body must show so that its API is found out, and the words where it does not.</summary>
public sealed class ApiDetectorTests
{
    private const string Prompt = """ "prompt_tokens": 3, "completion_tokens": 4 """;
    private const string Input = """ "input_tokens": 3, "output_tokens": 4 """;

    public static TheoryData<ApiFormat, string> Bodies => new()
    {
        // Counts that only one API names so.
        { ApiFormat.GeminiGenerateContent, """{ "usageMetadata": { "promptTokenCount": 3 } }""" },
        { ApiFormat.GeminiInteractions, """{ "usage": { "total_input_tokens": 3 } }""" },
        { ApiFormat.BedrockConverse, """{ "usage": { "inputTokens": 3 } }""" },
        { ApiFormat.BedrockInvokeModel, """{ "prompt_token_count": 3 }""" },
        { ApiFormat.Cohere, """{ "meta": { "billed_units": { "input_tokens": 3 } } }""" },
        { ApiFormat.Ollama, """{ "prompt_eval_count": 3 }""" },
        { ApiFormat.ExtensionsAI, """{ "usage": { "inputTokenCount": 3 } }""" },
        { ApiFormat.Cline, """{ "tokensIn": 3 }""" },
        { ApiFormat.OpenAITranscriptions, """{ "usage": { "seconds": 3 } }""" },
        { ApiFormat.Mistral, """{ "usage_info": { "pages_processed": 3 } }""" },
        { ApiFormat.MiniMax, """{ "extra_info": { "usage_characters": 3 } }""" },
        { ApiFormat.OpenAIEmbeddings, """{ "object": "list", "usage": { "total_tokens": 3 } }""" },
        { ApiFormat.Rerank, """{ "object": "rerank", "usage": { "total_tokens": 3 } }""" },

        // prompt_tokens
        { ApiFormat.OpenAIChatCompletions, $$"""{ "usage": { {{Prompt}} } }""" },
        { ApiFormat.OpenAIEmbeddings, $$"""{ "object": "list", "usage": { {{Prompt}} } }""" },
        { ApiFormat.Rerank, $$"""{ "object": "rerank", "usage": { {{Prompt}} } }""" },
        { ApiFormat.DeepSeek, $$"""{ "usage": { {{Prompt}}, "prompt_cache_hit_tokens": 0 } }""" },
        { ApiFormat.Perplexity, $$"""{ "usage": { {{Prompt}}, "citation_tokens": 0 } }""" },
        { ApiFormat.Perplexity, $$"""{ "usage": { {{Prompt}}, "cost": { "total_cost": 1 } } }""" },
        { ApiFormat.Mistral, $$"""{ "usage": { {{Prompt}}, "num_cached_tokens": 0 } }""" },
        { ApiFormat.OpenRouter, $$"""{ "usage": { {{Prompt}}, "cost": 1 } }""" },
        { ApiFormat.OpenAIChatCompletions, $$"""{ "usage": { {{Prompt}}, "num_sources_used": 0 } }""" }, // gateways keep xAI's mark
        { ApiFormat.OpenAIChatCompletions, $$"""{ "usage": { {{Prompt}}, "cache_read_input_tokens": 0, "cache_creation_input_tokens": 0 } }""" },
        { ApiFormat.OpenAIChatCompletions, $$"""{ "usage": { {{Prompt}}, "reasoning_tokens": 0 } }""" },
        { ApiFormat.OpenAIChatCompletions, $$"""{ "usage": { {{Prompt}}, "reasoning_tokens": 1, "total_tokens": 7 } }""" },

        // input_tokens
        { ApiFormat.AnthropicMessages, $$"""{ "type": "message", "usage": { {{Input}} } }""" },
        { ApiFormat.AnthropicMessages, $$"""{ "usage": { {{Input}}, "cache_read_input_tokens": 0 } }""" },
        { ApiFormat.OpenAIRealtime, $$"""{ "type": "response.done", "response": { "object": "realtime.response", "usage": { {{Input}} } } }""" },
        { ApiFormat.OpenAITranscriptions, $$"""{ "usage": { "type": "tokens", {{Input}} } }""" },
        { ApiFormat.OpenAIImages, $$"""{ "background": "opaque", "usage": { {{Input}} } }""" },
        { ApiFormat.OpenAIResponses, $$"""{ "background": "opaque", "object": "response", "usage": { {{Input}} } }""" },
        { ApiFormat.OpenAIResponses, $$"""{ "object": "response", "usage": { {{Input}} } }""" },
        { ApiFormat.OpenAIResponses, $$"""{ "usage": { {{Input}}, "input_tokens_details": { } } }""" },
        { ApiFormat.XaiResponses, $$"""{ "object": "response", "usage": { {{Input}}, "num_sources_used": 0 } }""" },
        { ApiFormat.OpenRouter, $$"""{ "object": "response", "usage": { {{Input}}, "cost": 1 } }""" },

        // No counts.
        { ApiFormat.XaiResponses, """{ "object": "response", "usage": { "num_sources_used": 0 } }""" },
        { ApiFormat.XaiChat, """{ "object": "chat.completion", "usage": { "num_sources_used": 0 } }""" },
        { ApiFormat.AnthropicMessages, """{ "type": "message" }""" },
        { ApiFormat.OpenAIResponses, """{ "object": "response" }""" },
        { ApiFormat.OpenAIChatCompletions, """{ "object": "chat.completion" }""" },
        { ApiFormat.OpenAIChatCompletions, """{ "choices": [] }""" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public void Read_Body_IsOfTheApiThatItShows(ApiFormat api, string body) => Assert.Equal(api, UsageReader.Read(body).Api);

    [Theory]
    [InlineData($$"""{ "type": "message", "usage": { {{Input}}, "input_tokens_details": { } } }""",
        "it counts caches both as Anthropic and as OpenAI.")]
    [InlineData($$"""{ "object": "response", "usage": { {{Input}}, "cache_read_input_tokens": 1 } }""",
        "it counts caches both as Anthropic and as OpenAI.")]
    [InlineData($$"""{ "object": "realtime.response", "usage": { {{Input}}, "cache_read_input_tokens": 1 } }""",
        "it counts caches both as Anthropic and as OpenAI.")]
    [InlineData($$"""{ "usage": { {{Input}} } }""",
        "input_tokens and output_tokens are the names of Anthropic Messages, OpenAI Responses, images and transcriptions, "
        + "and nothing else tells which it is.")]
    public void Read_TwoApisOrNone_SaysWhatIsNotTold(string body, string what)
    {
        UsageFormatException exception = Assert.Throws<UsageFormatException>(() => { UsageReader.Read(body); });

        Assert.Equal($"The API of the response is ambiguous: {what} Name the API.", exception.Message);
        Assert.Equal(UsageFaultKind.Ambiguous, exception.Kind);
    }

    [Theory]
    [InlineData("{ }")]
    [InlineData("""{ "object": "list", "data": [{}] }""")]
    public void Read_NothingOfAnyApi_SaysWhatToCheck(string body) => Assert.Equal(
        "The response has no usage of a known shape. Name its API, or check that this is a response of a model.",
        Assert.Throws<UsageFormatException>(() => { UsageReader.Read(body); }).Message);

    [Fact]
    public void Names_AreSortedAndLeadBack()
    {
        Assert.Equal(ApiFormatNames.All.Order(StringComparer.Ordinal), ApiFormatNames.All);
        Assert.All(Enum.GetValues<ApiFormat>().Except([ApiFormat.Detect]), api =>
        {
            Assert.True(ApiFormatNames.TryParse(ApiFormatNames.GetName(api).ToUpperInvariant(), out ApiFormat parsed));
            Assert.Equal(api, parsed);
        });
        Assert.False(ApiFormatNames.TryParse("soap", out ApiFormat none));
        Assert.False(ApiFormatNames.TryParse(null, out _));
        Assert.Equal((ApiFormat.Detect, "detect"), (none, ApiFormatNames.GetName(none)));
    }

    /// <summary>A family without a case would be read by what else the body has, and refused without its name.</summary>
    [Fact]
    public void Bodies_EveryFamily_IsCovered()
    {
        ApiEvidence[] families =
        [
            .. from family in Enum.GetValues<ApiEvidence>()
               where System.Numerics.BitOperations.IsPow2((ulong)family) && ApiEvidence.Families.HasFlag(family)
               select family,
        ];
        ApiFormat[] detected = [.. Bodies.Select(row => (ApiFormat)row[0])];

        Assert.All(families, family => Assert.Contains(detected, api => ApiConventions.Of(api).Families.HasFlag(family)));
        Assert.All(families, family => Assert.DoesNotContain("it has .", Refusal(family), StringComparison.Ordinal));
    }

    private static string Refusal(ApiEvidence family) =>
        Assert.Throws<UsageFormatException>(() => UsageErrors.NotOfApi(ApiConventions.Of(ApiFormat.Groq), family)).Message;

    public static TheoryData<int> NoApis => [-1, 99, (int)Enum.GetValues<ApiFormat>().Max() + 1];

    [Theory]
    [MemberData(nameof(NoApis))]
    public void Read_NoApi_Throws(int api)
    {
        string message = $"This is not an API convention. Use one of ApiFormat other than Detect. (Parameter 'api')\nActual value was {api}.";

        Assert.Equal(message, Assert.Throws<ArgumentOutOfRangeException>(() => { UsageReader.Read("{ }", (ApiFormat)api); }).Message.ReplaceLineEndings("\n"));
        Assert.Throws<ArgumentOutOfRangeException>(() => new UsageStreamReader((ApiFormat)api));
        Assert.Throws<ArgumentOutOfRangeException>(() => ApiFormatNames.GetName((ApiFormat)api));
    }
}
