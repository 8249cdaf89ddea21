namespace LlmCostModel.Tests.Responses;

/// <summary>What a body contradicts or leaves open is said; what is billed besides tokens is counted or named.</summary>
public sealed class StatedDoubtTests
{
    [Theory]
    [InlineData("""[{"type":"message","input_tokens":500,"output_tokens":20}]""", "Input 100, Output 50",
        "The usage states Input 100, Output 50, and the answers in usage.iterations add up to Input 500, Output 20; the smaller is priced.")]
    [InlineData("""[{"type":"message","input_tokens":60,"output_tokens":20},{"type":"message","input_tokens":30,"output_tokens":20}]""", "Input 90, Output 40",
        "The usage states Input 100, Output 50, and the answers in usage.iterations add up to Input 90, Output 40; the smaller is priced.")]
    [InlineData("""[{"type":"message","input_tokens":60,"output_tokens":20},{"type":"message","input_tokens":40,"output_tokens":30}]""", "Input 100, Output 50", null)]
    [InlineData("""[{"type":"compaction","input_tokens":900,"output_tokens":20}]""", "Input 100, Output 50", null)]
    [InlineData("""[{"type":"message","input_tokens":100,"output_tokens":50},{"type":"advisor_message","input_tokens":900,"output_tokens":20}]""", "Input 100, Output 50",
        "usage.iterations holds an advisor (Input 900, Output 20) whose model is not stated, so its price is missing.")]
    public void Read_Iterations_AddUpToTheTopLevel(string iterations, string usage, string? reason)
    {
        UsageReading reading = UsageReader.Read($$$"""{"type":"message","model":"m","usage":{"input_tokens":100,"output_tokens":50,"iterations":{{{iterations}}}}}""");

        Assert.Equal((usage, reason), (reading.Usage.ToString(), reading.Reason));
        Assert.Equal(reason is null ? UsageStatus.Complete : UsageStatus.Partial, reading.Status);
    }

    [Theory]
    [InlineData("""{"type":"message","usage":{"input_tokens":1,"output_tokens":1,"cache_creation_input_tokens":1000,"cache_creation":{"ephemeral_5m_input_tokens":300,"ephemeral_1h_input_tokens":200}}}""")]
    [InlineData("""{"usage":{"inputTokens":1,"outputTokens":1,"totalTokens":1002,"cacheWriteInputTokens":1000,"cacheDetails":[{"ttl":"5m","inputTokens":300},{"ttl":"1h","inputTokens":200}]}}""")]
    public void Read_WritesBeyondTheirSplit_AreSaid(string body)
    {
        UsageReading reading = UsageReader.Read(body);

        Assert.Equal(
            "Of 1000 tokens written to the cache, the response does not say of 500 how long they are kept; they are priced by the provider's default.",
            reading.Reason);
        Assert.Equal("Input 1, CacheWrite 500, CacheWrite5m 300, CacheWrite1h 200, Output 1", reading.Usage.ToString());
    }

    /// <summary>A tool of the provider that nobody knows may have a price; those of the caller have none.</summary>
    [Theory]
    [InlineData("map_call", "The usage holds what is not known here: output.map_call 2. If it is billed, part of the cost is missing.")]
    [InlineData("function_call", null)]
    [InlineData("mcp_call", null)]
    [InlineData("reasoning", null)]
    public void Read_CallOfATool_IsKnownOrNamed(string type, string? reason)
    {
        UsageReading reading = UsageReader.Read($$$"""{"object":"response","output":[{"type":"{{{type}}}"},{"type":"{{{type}}}"}],"usage":{"input_tokens":1,"output_tokens":1,"total_tokens":2}}""");

        Assert.Equal(reason, reading.Reason);
    }

    [Fact]
    public void Read_ObjectOfTokens_IsOnlyCoheresToSkip()
    {
        Assert.Equal(
            "The usage holds what is not known here: usage.tokens.holo 5. If it is billed, part of the cost is missing.",
            UsageReader.Read("""{"object":"chat.completion","usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2,"tokens":{"holo":5}}}""").Reason);
        Assert.Null(UsageReader.Read("""{"usage":{"billed_units":{"input_tokens":1,"output_tokens":1},"tokens":{"input_tokens":9,"output_tokens":1}}}""").Reason);
    }

    /// <summary>What tools found may be sound: 60 of 100 tokens, beside 10 of the prompt.</summary>
    [Fact]
    public void Read_SoundThatToolsFound_IsSound() => Assert.Equal(
        "Input 50, AudioInput 60, Output 5",
        UsageReader.Read("""{"usageMetadata":{"promptTokenCount":10,"candidatesTokenCount":5,"totalTokenCount":115,"toolUsePromptTokenCount":100,"toolUsePromptTokensDetails":[{"modality":"AUDIO","tokenCount":60},{"modality":"TEXT","tokenCount":40}]}}""").Usage.ToString());

    [Theory]
    [InlineData("\"SMELL\"", "promptTokensDetails.SMELL 3")]
    [InlineData("9", "promptTokensDetails.9 3")]
    public void Read_ModalityThatNobodyKnows_IsNamed(string modality, string named)
    {
        UsageReading reading = UsageReader.Read($$$"""{"usageMetadata":{"promptTokenCount":10,"candidatesTokenCount":5,"totalTokenCount":15,"promptTokensDetails":[{"modality":{{{modality}}},"tokenCount":3}]}}""");

        Assert.Equal((UsageStatus.Partial, "Input 10, Output 5"), (reading.Status, reading.Usage.ToString()));
        Assert.Contains(named, reading.Reason, StringComparison.Ordinal);
    }

    /// <summary>Models that search before every answer count no search; another model, or one behind a gateway, searched nothing.</summary>
    [Theory]
    [InlineData("gpt-4o-search-preview-2025-03-11", 1)]
    [InlineData("gpt-5-search-api", 1)]
    [InlineData("openai/gpt-4o-search-preview", 0)]
    [InlineData("gpt-4o", 0)]
    public void Read_ModelThatAlwaysSearches_SearchedOnce(string model, int searches) => Assert.Equal(
        searches,
        UsageReader.Read($$$"""{"object":"chat.completion","model":"{{{model}}}","usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}""").Meters[MeterNames.WebSearch]);

    [Theory]
    [InlineData("""[{"maps":{"title":"a"}},{"maps":{"title":"b"}}]""", 1)]
    [InlineData("""[{"web":{"title":"a"}}]""", 0)]
    public void Read_PlacesOfMaps_AreAGroundedPrompt(string chunks, int prompts) => Assert.Equal(
        prompts,
        UsageReader.Read($$$"""{"candidates":[{"groundingMetadata":{"groundingChunks":{{{chunks}}}}}],"usageMetadata":{"promptTokenCount":1,"candidatesTokenCount":1,"totalTokenCount":2}}""").Meters[MeterNames.MapsGroundedPrompt]);

    /// <summary>Bodies that were refused though they are right.</summary>
    [Theory]
    [InlineData("""{"created":1760000000,"data":[{"url":"https://x"},{"b64_json":"aGk="}]}""", ApiFormat.OpenAIImages, "")]
    [InlineData("""{"kind":"response","model_name":"m","parts":[],"usage":{"input_tokens":10,"output_tokens":5,"details":{}}}""", ApiFormat.PydanticAI, "Input 10, Output 5")]
    [InlineData("""{"object":"response.compaction","model":"m","output":[{"type":"compaction"}],"usage":{"input_tokens":10,"output_tokens":5,"total_tokens":15}}""", ApiFormat.OpenAIResponses, "Input 10, Output 5")]
    public void Read_BodyThatIsRight_IsRead(string body, ApiFormat api, string usage)
    {
        UsageReading reading = UsageReader.Read(body);

        Assert.Equal((api, UsageStatus.Complete), (reading.Api, reading.Status));
        Assert.Equal(usage.Length == 0 ? default(TokenUsage).ToString() : usage, reading.Usage.ToString());
        Assert.Equal(usage.Length == 0 ? 2 : 0, reading.Meters[MeterNames.Image]);
    }

    [Theory]
    [InlineData("""{"key":"k","status":{"code":8,"message":"quota"}}""", UsageStatus.NotBilled)]
    [InlineData("""{"key":"k","status":{"code":0},"response":{"usageMetadata":{"promptTokenCount":1,"candidatesTokenCount":1,"totalTokenCount":2}}}""", UsageStatus.Complete)]
    [InlineData("""{"custom_id":"a","status":"failed","response":null}""", UsageStatus.NotBilled)]
    [InlineData("""{"object":"batch","status":"failed","request_counts":{"total":0,"completed":0,"failed":0}}""", UsageStatus.NotBilled)]
    [InlineData("""{"object":"batch","status":"expired","request_counts":{"total":9,"completed":4,"failed":5}}""", UsageStatus.Unknown)]
    [InlineData("""{"object":"batch","status":"in_progress","request_counts":{"total":9,"completed":0,"failed":0}}""", UsageStatus.Unknown)]
    [InlineData("""{"metadata":{"key":"k"},"error":{"code":13,"message":"internal"}}""", UsageStatus.NotBilled)]
    public void Read_StatusOfALineOfABatch_SaysWhetherItFailed(string line, UsageStatus status) =>
        Assert.Equal(status, UsageReader.Read(line).Status);
}
