namespace LlmCostModel.Tests.Responses;

/// <summary>A count that nobody knows is named also where a library has its counts among other things, or by any name.</summary>
public sealed class LibraryUnknownTests
{
    [Theory]
    [InlineData("""{"type":"assistant.usage","data":{"model":"gpt-5","inputTokens":10,"outputTokens":5,"warpTokens":8,"duration":9,"cost":1}}""", "warpTokens 8")]
    [InlineData("""{"tokensWarp":44,"tokensIn":10,"tokensOut":5,"cost":0.5}""", "tokensWarp 44")]
    [InlineData("""{"tokensIn":10,"tokensOut":5,"cacheWarps":44}""", "cacheWarps 44")]
    [InlineData("""{"usage_metadata":{"input_tokens":10,"output_tokens":5,"total_tokens":15,"input_token_details":{"hologram":7}}}""", "hologram 7")]
    [InlineData("""{"usage_metadata":{"input_tokens":10,"output_tokens":5,"total_tokens":15,"output_token_details":{"hologram":7}}}""", "hologram 7")]
    [InlineData("""{"usage":{"inputTokens":10,"outputTokens":5,"totalTokens":15,"inputTokenDetails":{"hologram":7}}}""", "hologram 7")]
    public void Read_UnknownCountOfALibrary_IsNamed(string body, string named)
    {
        UsageReading reading = UsageReader.Read(body);

        Assert.Equal(UsageStatus.Partial, reading.Status);
        Assert.Contains(named, reading.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"type":"assistant.usage","data":{"model":"gpt-5","inputTokens":10,"outputTokens":5,"warpTokens":0,"duration":9,"ttftMs":4}}""")]
    [InlineData("""{"tokensIn":10,"tokensOut":5,"cacheWarps":0,"tokenizer":3,"cached":4,"cacheKey":"77"}""")]
    [InlineData("""{"usage_metadata":{"input_tokens":10,"output_tokens":5,"total_tokens":15,"input_token_details":{"text":10,"cost_usd":7}}}""")]
    public void Read_WhatIsNoCount_IsNotNamed(string body) => Assert.Equal((UsageStatus.Complete, null), (UsageReader.Read(body).Status, UsageReader.Read(body).Reason));

    /// <summary>What Vercel's gateway charged stands beside the counts of the AI SDK.</summary>
    [Theory]
    [InlineData("\"0.0045\"")]
    [InlineData("0.0045")]
    public void Read_CostOfTheGateway_IsReported(string cost) => Assert.Equal(
        0.0045m,
        UsageReader.Read("{\"usage\":{\"inputTokens\":10,\"outputTokens\":5,\"totalTokens\":15},\"providerMetadata\":{\"gateway\":{\"cost\":" + cost + "}}}")
            .Reported!.Value.Charged.Amount);
}
