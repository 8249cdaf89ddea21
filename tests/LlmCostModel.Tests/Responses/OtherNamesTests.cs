namespace LlmCostModel.Tests.Responses;

/// <summary>Other names of the same thing, as providers and gateways write them.</summary>
public sealed class OtherNamesTests
{
    [Theory]
    [InlineData("openai.completions", ApiFormat.OpenAIChatCompletions)]
    [InlineData("openai.assistants", ApiFormat.OpenAIChatCompletions)]
    [InlineData("openai.batch", ApiFormat.OpenAIResponses)]
    [InlineData("embeddings", ApiFormat.OpenAIEmbeddings)]
    [InlineData("images", ApiFormat.OpenAIImages)]
    [InlineData("audio.transcriptions", ApiFormat.OpenAITranscriptions)]
    [InlineData("azure", ApiFormat.AzureOpenAI)]
    [InlineData("Anthropic", ApiFormat.AnthropicMessages)]
    [InlineData("gemini", ApiFormat.GeminiGenerateContent)]
    [InlineData("vertex.generateContent", ApiFormat.GeminiGenerateContent)]
    [InlineData("gemini.embedContent", ApiFormat.GeminiGenerateContent)]
    [InlineData("bedrock.invokeModel", ApiFormat.BedrockInvokeModel)]
    [InlineData("cohere.v1", ApiFormat.Cohere)]
    [InlineData("cohere.v2", ApiFormat.Cohere)]
    [InlineData("xai", ApiFormat.XaiChat)]
    [InlineData("ollama.chat", ApiFormat.Ollama)]
    public void TryParse_OtherNameOfAnApi_IsKnown(string name, ApiFormat api)
    {
        Assert.True(ApiFormatNames.TryParse(name, out ApiFormat parsed));
        Assert.Equal(api, parsed);
    }

    /// <summary>4 of 10 input tokens are cached, 2 of 5 output tokens reasoning; the total of 15 says that both are inside.</summary>
    [Theory]
    [InlineData("prompt_tokens_details", "completion_tokens_details")]
    [InlineData("prompt_token_details", "completion_token_details")]
    [InlineData("input_tokens_details", "output_tokens_details")]
    [InlineData("input_token_details", "output_token_details")]
    public void Read_DetailsByAnyName_AreParts(string inputDetails, string outputDetails)
    {
        string body = $$"""
            { "object": "chat.completion", "model": "m", "usage": { "prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15,
              "{{inputDetails}}": { "cached_tokens": 4 }, "{{outputDetails}}": { "reasoning_tokens": 2 } } }
            """;

        Assert.Equal("m: Input 6, CacheRead 4, Output 3, Reasoning 2 (Complete)", UsageReader.Read(body, ApiFormat.OpenAIChatCompletions).ToString());
    }

    /// <summary>Converse and the metrics of an invocation count caches beside the input.</summary>
    [Theory]
    [InlineData("cacheReadInputTokens", "cacheWriteInputTokens")]
    [InlineData("cacheReadInputTokenCount", "cacheWriteInputTokenCount")]
    public void Read_CachesOfConverse_AreBeside(string read, string write)
    {
        string body = $$"""{ "usage": { "inputTokens": 10, "outputTokens": 5, "totalTokens": 22, "{{read}}": 4, "{{write}}": 3 } }""";

        Assert.Equal(new TokenUsage { Input = 10, CacheRead = 4, CacheWrite = 3, Output = 5 }, UsageReader.Read(body, ApiFormat.BedrockConverse).Usage);
    }

    [Fact]
    public void Read_MetricsOfAnInvocation_AreCounts()
    {
        const string Body = """
            { "amazon-bedrock-invocationMetrics": { "inputTokenCount": 10, "outputTokenCount": 5, "cacheReadInputTokenCount": 4, "cacheWriteInputTokenCount": 3 } }
            """;

        Assert.Equal(new TokenUsage { Input = 10, CacheRead = 4, CacheWrite = 3, Output = 5 }, UsageReader.Read(Body, ApiFormat.BedrockInvokeModel).Usage);
    }
}
