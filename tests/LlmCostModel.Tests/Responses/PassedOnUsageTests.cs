using System.Text;
using LlmCostModel.Tests.Support;

namespace LlmCostModel.Tests.Responses;

/// <summary>What libraries say beside their own counts: tier, lifetimes, the provider's own block, the sum of a run.</summary>
public sealed class PassedOnUsageTests
{
    private const string Claude = "\"anthropic\":{\"cacheCreationInputTokens\":300}";

    /// <summary>LangChain, as a message, as its dump, and as the result of a list of prompts.</summary>
    [Theory]
    [InlineData("""{"usage_metadata":{"input_tokens":1000,"output_tokens":100,"total_tokens":1100},"response_metadata":{"model_name":"m","service_tier":"priority"}}""", "m: Input 1000, Output 100 (Complete)", "priority")]
    [InlineData("""{"usage_metadata":{"input_tokens":1000,"output_tokens":100,"total_tokens":1100,"input_token_details":{"flex":800,"flex_cache_read":200},"output_token_details":{"flex":60,"flex_reasoning":40}},"response_metadata":{"model_name":"m"}}""", "m: Input 800, CacheRead 200, Output 60, Reasoning 40 (Complete)", "flex")]
    [InlineData("""{"lc":1,"type":"constructor","id":["langchain","schema","messages","AIMessage"],"kwargs":{"content":"","response_metadata":{"token_usage":{"prompt_tokens":70,"completion_tokens":7,"total_tokens":77},"model_name":"m"},"usage_metadata":{"input_tokens":70,"output_tokens":7,"total_tokens":77}}}""", "m: Input 70, Output 7 (Complete)", null)]
    [InlineData("""{"llm_output":{"token_usage":{"prompt_tokens":70,"completion_tokens":7,"total_tokens":77,"prompt_tokens_details":{"cached_tokens":20}},"model_name":"m"},"generations":[[{"text":"x"}]]}""", "m: Input 50, CacheRead 20, Output 7 (Complete)", null)]
    [InlineData("""{"llmOutput":{"tokenUsage":{"promptTokens":70,"completionTokens":7,"totalTokens":77},"model_name":"m"}}""", "m: Input 70, Output 7 (Complete)", null)]
    [InlineData("""{"generations":[[{"text":"x","message":{"lc":1,"kwargs":{"usage_metadata":{"input_tokens":70,"output_tokens":7,"total_tokens":77},"response_metadata":{"model_name":"m"}}}}]],"llm_output":null}""", "m: Input 70, Output 7 (Complete)", null)]
    public void Read_LangChain_SaysWhatStandsBesideTheCounts(string body, string reading, string? tier)
    {
        UsageReading read = UsageReader.Read(body);

        Assert.Equal((reading, tier), (read.ToString(), read.Served.Tier));
    }

    /// <summary>Two prompts, of which each is a call: the answers repeat the sum.</summary>
    [Fact]
    public void Read_AnswersToSeveralPrompts_AreASum()
    {
        UsageReading reading = UsageReader.Read("""{"generations":[[{"text":"x","message":{"kwargs":{"usage_metadata":{"input_tokens":30,"output_tokens":3,"total_tokens":33}}}}],[{"text":"y"}]],"llm_output":{"token_usage":{"prompt_tokens":70,"completion_tokens":7,"total_tokens":77},"model_name":"m"}}""");

        Assert.Equal(("m: Input 70, Output 7 (Complete)", 2L), (reading.ToString(), reading.Calls));
    }

    /// <summary>Older LangChain counts the writes of Claude without their lifetimes; Claude's own block has them, and the tier.</summary>
    [Fact]
    public void Read_OwnUsageOfClaude_SaysHowLongWritesAreKept()
    {
        UsageReading reading = UsageReader.Read("""{"usage_metadata":{"input_tokens":1310,"output_tokens":100,"total_tokens":1410,"input_token_details":{"cache_read":300,"cache_creation":1000}},"response_metadata":{"model_name":"m","usage":{"input_tokens":10,"output_tokens":100,"cache_read_input_tokens":300,"cache_creation_input_tokens":1000,"cache_creation":{"ephemeral_5m_input_tokens":400,"ephemeral_1h_input_tokens":600},"service_tier":"priority"}}}""");

        Assert.Equal("m: Input 10, CacheRead 300, CacheWrite5m 400, CacheWrite1h 600, Output 100 (Complete)", reading.ToString());
        Assert.Equal((ApiFormat.AnthropicMessages, "priority"), (reading.Api, reading.Served.Tier));
    }

    /// <summary>The AI SDK: version 4, the parts of its streams, and what it says of the provider.</summary>
    [Theory]
    [InlineData("""{"usage":{"promptTokens":1000,"completionTokens":100,"totalTokens":1100},"experimental_providerMetadata":{"openai":{"cachedPromptTokens":200,"reasoningTokens":30}},"response":{"modelId":"m"}}""", "m: Input 800, CacheRead 200, Output 70, Reasoning 30 (Complete)", null)]
    [InlineData($$$"""{"usage":{"promptTokens":10,"completionTokens":100,"totalTokens":110},"providerMetadata":{{{{Claude}}}},"response":{"modelId":"claude-x"}}""", "claude-x: Input 10, CacheWrite 300, Output 100 (Complete)", null)]
    [InlineData("""{"usage":{"inputTokens":10,"outputTokens":100,"totalTokens":110,"cachedInputTokens":500},"providerMetadata":{"bedrock":{"usage":{"cacheWriteInputTokens":300}}},"response":{"modelId":"amazon.nova"}}""", "amazon.nova: Input 10, CacheRead 500, CacheWrite 300, Output 100 (Complete)", null)]
    [InlineData("""{"usage":{"inputTokens":10,"outputTokens":100,"totalTokens":110,"cachedInputTokens":500},"providerMetadata":{"anthropic":{"usage":{"input_tokens":10,"output_tokens":100,"cache_read_input_tokens":500,"cache_creation_input_tokens":300,"cache_creation":{"ephemeral_1h_input_tokens":300}}}},"response":{"modelId":"claude-x"}}""", "claude-x: Input 10, CacheRead 500, CacheWrite1h 300, Output 100 (Complete)", null)]
    [InlineData("""{"type":"finish","finishReason":"stop","totalUsage":{"inputTokens":1000,"outputTokens":100,"totalTokens":1100}}""", "unknown model: Input 1000, Output 100 (Complete)", null)]
    [InlineData("""{"type":"finish","finishReason":{"unified":"stop","raw":"stop"},"usage":{"inputTokens":{"total":1000},"outputTokens":{"total":100}},"providerMetadata":{"openai":{"serviceTier":"priority"}}}""", "unknown model: Input 1000, Output 100 (Complete)", "priority")]
    [InlineData("""{"usage":{"inputTokens":1000,"outputTokens":130,"totalTokens":1130},"providerMetadata":{"google":{"usageMetadata":{"promptTokenCount":1000,"candidatesTokenCount":100,"thoughtsTokenCount":30,"totalTokenCount":1130,"promptTokensDetails":[{"modality":"AUDIO","tokenCount":400}]}}},"response":{"modelId":"gemini-x"}}""", "gemini-x: Input 600, AudioInput 400, Output 100, Reasoning 30 (Complete)", null)]
    [InlineData("""{"usage":{"inputTokens":1000,"outputTokens":100,"totalTokens":1100},"response":{"modelId":"m","body":{"object":"chat.completion","model":"m","service_tier":"flex","usage":{"prompt_tokens":1000,"completion_tokens":100,"total_tokens":1100,"completion_tokens_details":{"audio_tokens":40}}}}}""", "m: Input 1000, Output 60, AudioOutput 40 (Complete)", "flex")]
    [InlineData("""{"usage":{"inputTokens":1000,"outputTokens":100,"totalTokens":1100,"raw":{"prompt_tokens":1000,"completion_tokens":100,"total_tokens":1100,"prompt_tokens_details":{"cached_tokens":400}}},"response":{"modelId":"m"}}""", "m: Input 600, CacheRead 400, Output 100 (Complete)", null)]
    public void Read_AiSdk_SaysWhatItPassesOn(string body, string reading, string? tier)
    {
        UsageReading read = UsageReader.Read(body);

        Assert.Equal((reading, tier), (read.ToString(), read.Served.Tier));
    }

    /// <summary>What OpenRouter charged, which its provider for the AI SDK passes on.</summary>
    [Fact]
    public void Read_CostBesideTheCounts_IsReported() => Assert.Equal(
        "0.004 USD",
        UsageReader.Read("""{"usage":{"inputTokens":1000,"outputTokens":100,"totalTokens":1100},"providerMetadata":{"openrouter":{"usage":{"cost":0.004,"promptTokens":1000}}},"response":{"modelId":"m"}}""").Reported?.Charged.ToString());

    /// <summary>What is passed on alone and does not say whose it is, is refused with that reason.</summary>
    [Fact]
    public void Read_OwnUsageOfNobodyKnown_IsAmbiguous() => Assert.Equal(
        UsageFaultKind.Ambiguous,
        Assert.Throws<UsageFormatException>(() => UsageReader.Read("""{"llm_output":{"usage":{"input_tokens":1,"output_tokens":1}}}""")).Kind);

    /// <summary>Two blocks that do not say the same: the provider's is priced, and both are named.</summary>
    [Fact]
    public void Read_OwnUsageThatContradicts_IsOnlyPartlyKnown()
    {
        UsageReading reading = UsageReader.Read("""{"usage":{"inputTokens":1000,"outputTokens":150,"totalTokens":1150,"raw":{"prompt_tokens":1000,"completion_tokens":100,"total_tokens":1100}},"response":{"modelId":"m"}}""");

        Assert.Equal("m: Input 1000, Output 100 (Partial)", reading.ToString());
        Assert.Equal(
            "The library counts Input 1000, Output 150, and the provider's own usage beside it says Input 1000, Output 100, which is priced.",
            reading.Reason);
    }

    /// <summary>Without its steps, a run is the sum of calls that nobody counts; that of Claude leaves out what they wrote.</summary>
    [Theory]
    [InlineData("""{"usage":{"inputTokens":2000,"outputTokens":200,"totalTokens":2200},"totalUsage":{"inputTokens":3000,"outputTokens":300,"totalTokens":3300},"response":{"modelId":"m"}}""", "m: Input 3000, Output 300 (Complete)", null)]
    [InlineData($$$"""{"usage":{"inputTokens":20,"outputTokens":20},"totalUsage":{"inputTokens":30,"outputTokens":30,"totalTokens":60,"cachedInputTokens":500},"providerMetadata":{{{{Claude}}}},"response":{"modelId":"claude-x"}}""", "claude-x: Input 30, CacheRead 500, Output 30 (Partial)", "The sum of all calls does not say what they wrote to the cache.")]
    public void Read_SumOfARun_IsASum(string body, string reading, string? reason)
    {
        UsageReading read = UsageReader.Read(body);

        Assert.Equal((reading, reason, null), (read.ToString(), read.Reason, read.Calls));
    }

    /// <summary>Every step of a stream is an answer of its own, and the sum at its end none.</summary>
    [Fact]
    public void ReadStream_Steps_AreAnswersEach()
    {
        UsageStreamReader stream = new();
        foreach (string part in new[]
        {
            """{"type":"start"}""",
            """{"type":"start-step"}""",
            """{"type":"finish-step","response":{"modelId":"m"},"usage":{"inputTokens":1000,"outputTokens":100,"totalTokens":1100}}""",
            """{"type":"start-step"}""",
            """{"type":"finish-step","response":{"modelId":"m"},"usage":{"inputTokens":2000,"outputTokens":50,"totalTokens":2050}}""",
            """{"type":"finish","totalUsage":{"inputTokens":3000,"outputTokens":150,"totalTokens":3150}}""",
        })
        {
            stream.AppendEvent(Encoding.UTF8.GetBytes(part));
        }

        Assert.True(stream.TryTakeAnswer(out UsageReading first));
        Assert.Equal("m: Input 1000, Output 100 (Complete)", first.ToString());
        Assert.Equal("m: Input 2000, Output 50 (Complete)", stream.Finish().ToString());
    }

    /// <summary>Anthropic.SDK counts the cache beside the input under a name that only such clients have; its total decides, or nothing.
    /// </summary>
    [Theory]
    [InlineData("105", "Input 10, CacheRead 90, Output 5")]
    [InlineData("15", null)]
    [InlineData("null", null)]
    public void Read_ExtensionsAIOfACacheApart_IsDecidedByTheTotal(string total, string? usage)
    {
        string body = $$$$"""{"usage":{"inputTokenCount":10,"outputTokenCount":5,"totalTokenCount":{{{{total}}}},"additionalCounts":{"CacheCreationInputTokens":0,"CacheReadInputTokens":90}}}""";
        if (usage is null)
        {
            Assert.Equal(UsageFaultKind.Ambiguous, Assert.Throws<UsageFormatException>(() => UsageReader.Read(body)).Kind);
        }
        else
        {
            Assert.Equal(usage, UsageReader.Read(body).Usage.ToString());
        }
    }
}
