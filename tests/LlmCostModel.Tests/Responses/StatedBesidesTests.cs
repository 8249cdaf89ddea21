namespace LlmCostModel.Tests.Responses;

/// <summary>Siblings of what stands beside the counts and was not read: modalities that do not add up, details of libraries, errors of
/// streams.</summary>
public sealed class StatedBesidesTests
{
    [Theory]
    [InlineData("""{"text_tokens":300,"audio_tokens":300}""", """{"text_tokens":20,"audio_tokens":30}""", "700 input tokens, and 600 by modality")]
    [InlineData("""{"text_tokens":400,"audio_tokens":300}""", """{"text_tokens":20,"audio_tokens":20}""", "50 output tokens, and 40 by modality")]
    [InlineData("""{"text_tokens":100,"audio_tokens":300,"image_tokens":300}""", """{"text_tokens":20,"audio_tokens":30}""", null)]
    [InlineData("""{"text_tokens":400,"audio_tokens":300,"cached_tokens":200}""", """{"text_tokens":20,"audio_tokens":20,"reasoning_tokens":10}""", null)]
    public void Read_ModalitiesOfRealtime_AddUpOrAreSaid(string input, string output, string? reason)
    {
        UsageReading reading = UsageReader.Read($$$"""{"type":"response.done","response":{"object":"realtime.response","usage":{"total_tokens":750,"input_tokens":700,"output_tokens":50,"input_token_details":{{{input}}},"output_token_details":{{{output}}} } } }""");

        Assert.Equal(reason is null ? UsageStatus.Complete : UsageStatus.Partial, reading.Status);
        Assert.Contains(reason ?? "", reading.Reason ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"web_search_requests\":2", "WebSearch 2", null)]
    [InlineData("\"server_side_tools_web_search\":3,\"server_side_tools_x_search\":1", "WebSearch 3, XSearch 1", null)]
    [InlineData("\"text_prompt_tokens\":8,\"image_prompt_tokens\":2,\"cached_content_tokens\":1", "", null)]
    [InlineData("\"hologram_tokens\":5", "", "details.hologram_tokens 5")]
    [InlineData("\"server_side_tools_hologram\":5", "", "details.server_side_tools_hologram 5")]
    public void Read_DetailsOfPydanticAI_AreKnownOrNamed(string details, string meters, string? named)
    {
        UsageReading reading = UsageReader.Read($$$"""{"kind":"response","model_name":"m","usage":{"input_tokens":10,"output_tokens":5,"details":{ {{{details}}} } } }""");

        Assert.Equal((meters, named is null), (InWords(reading), reading.Reason is null));
        Assert.Contains(named ?? "", reading.Reason ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void Read_SearchesOfPerplexityInLangChain_AreMetered()
    {
        UsageReading reading = UsageReader.Read("""{"usage_metadata":{"input_tokens":10,"output_tokens":5,"total_tokens":15},"response_metadata":{"model_name":"sonar-pro","num_search_queries":3,"search_context_size":"high"}}""");

        Assert.Equal(("SearchQuery 3", "high"), (InWords(reading), reading.Served.Attributes?[AttributeNames.SearchContextSize]));
    }

    [Fact]
    public void Read_GroundingInLangChain_IsMetered() => Assert.Equal(
        "GroundedPrompt 1, GroundedQuery 2",
        InWords(UsageReader.Read("""{"usage_metadata":{"input_tokens":10,"output_tokens":5,"total_tokens":15},"response_metadata":{"grounding_metadata":{"web_search_queries":["a","b"]}}}""")));

    /// <summary>An embedding has no output.</summary>
    [Theory]
    [InlineData("""{"embedding":[0.1],"inputTextTokenCount":1000}""")]
    [InlineData("""{"embedding":[0.1],"embeddingsByType":{"float":[0.1]},"inputTextTokenCount":1000}""")]
    public void Read_EmbeddingOfTitan_IsComplete(string body)
    {
        UsageReading reading = UsageReader.Read(body);

        Assert.Equal((UsageStatus.Complete, "Input 1000", null), (reading.Status, reading.Usage.ToString(), reading.Reason));
    }

    [Theory]
    [InlineData("""{"cost":"0.00123"}""", "0.00123 USD")]
    [InlineData("""{"cost":0.5,"routing":{}}""", "0.5 USD")]
    [InlineData("""{"cost":"free"}""", null)]
    public void Read_CostOfTheGateway_IsReported(string gateway, string? cost) => Assert.Equal(
        cost,
        UsageReader.Read($$$"""{"usage":{"inputTokens":10,"outputTokens":5,"totalTokens":15,"reasoningTokens":0},"providerMetadata":{"gateway":{{{gateway}}} } }""").Reported?.Charged.ToString());

    [Fact]
    public void ReadStream_EndedByAnError_NamesIt()
    {
        UsageReading reading = UsageReader.ReadStream("""
            {"type":"message_start","message":{"type":"message","usage":{"input_tokens":10,"output_tokens":1}}}
            {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}
            """u8);

        Assert.Equal(
            (UsageStatus.Partial, "The stream ended with an error (overloaded_error): the counts are a lower bound."),
            (reading.Status, reading.Reason));
    }

    private static string InWords(UsageReading reading) => string.Join(
        ", ",
        reading.Meters.Select(pair => FormattableString.Invariant($"{pair.Key} {pair.Value:0}")).Order(StringComparer.Ordinal));
}
