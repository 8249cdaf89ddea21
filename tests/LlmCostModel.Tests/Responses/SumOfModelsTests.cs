namespace LlmCostModel.Tests.Responses;

/// <summary>The result of a session of Claude Code whose block and models contradict each other.</summary>
public sealed class SumOfModelsTests
{
    private const string Models = """{"a":{"inputTokens":100,"outputTokens":10,"cacheReadInputTokens":5,"cacheCreationInputTokens":5,"webSearchRequests":1},"b":{"inputTokens":20,"outputTokens":2}}""";

    /// <summary>Together: 120 + 5 + 5 input, 12 output, 1 search.</summary>
    [Theory]
    [InlineData("\"input_tokens\":131,\"output_tokens\":10", "131 input tokens and not 130")]
    [InlineData("\"input_tokens\":100,\"output_tokens\":13", "13 output tokens and not 12")]
    [InlineData("\"input_tokens\":100,\"cache_read_input_tokens\":6,\"output_tokens\":10", "6 tokens read from the cache and not 5")]
    [InlineData("\"input_tokens\":100,\"cache_creation_input_tokens\":6,\"output_tokens\":10", "6 tokens written to it and not 5")]
    [InlineData("\"input_tokens\":100,\"output_tokens\":10,\"server_tool_use\":{\"web_search_requests\":2}", "2 web searches and not 1")]
    public void Read_BlockHasMoreThanTheModels_IsNamed(string usage, string named)
    {
        UsageReading reading = Read(usage);

        Assert.Equal(UsageStatus.Partial, reading.Status);
        Assert.Contains(named, reading.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"input_tokens\":100,\"output_tokens\":10")] // of the last turns
    [InlineData("\"input_tokens\":120,\"cache_read_input_tokens\":5,\"cache_creation_input_tokens\":5,\"output_tokens\":12,\"server_tool_use\":{\"web_search_requests\":1}")]
    public void Read_BlockIsPartOfTheModels_IsComplete(string usage) => Assert.Equal((UsageStatus.Complete, null), (Read(usage).Status, Read(usage).Reason));

    private static UsageReading Read(string usage) =>
        UsageReader.Read($$"""{"type":"result","subtype":"success","session_id":"s","usage":{{{usage}}},"modelUsage":{{Models}}}""");
}
