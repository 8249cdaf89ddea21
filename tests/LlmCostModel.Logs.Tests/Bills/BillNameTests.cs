namespace LlmCostModel.Logs.Tests.Bills;

/// <summary>Names of clouds for what they charge: all words must be known, and a name is never a part of another one.</summary>
public class BillNameTests
{
    [Theory]
    [InlineData("USE1-Claude4.5Sonnet-input-tokens", null, "anthropic.claude-sonnet-4-5-20250929-v1:0", TokenBucket.Input, null, null)]
    [InlineData("USE1-Claude4.6Opus-cache-read-input-token-count-cross-region-global", null, "anthropic.claude-opus-4-6-v1", TokenBucket.CacheRead, null, "global")]
    [InlineData("EUC1-Llama3-1-405B-output-tokens-batch", null, "meta.llama3-1-405b-instruct-v1:0", TokenBucket.Output, "batch", null)]
    [InlineData("USE1-openai.gpt-5.6-luna-mantle-cache-write-tokens-5m-long-ctx-flex", null, "openai.gpt-5.6-luna", TokenBucket.CacheWrite5m, "flex", null)]
    [InlineData("USE1-MP:USE1_CacheWrite1hInputTokenCount_Global-Units", "Claude Sonnet 4.5 (Amazon Bedrock Edition)", "anthropic.claude-sonnet-4-5-20250929-v1:0", TokenBucket.CacheWrite1h, null, "global")]
    [InlineData("USE1-MP:USE1_MillionBatchInputTokenCount-Units", "Claude Opus 5 (Amazon Bedrock Edition)", "anthropic.claude-opus-5", TokenBucket.Input, "batch", null)]
    [InlineData("APN1-MP:APN1_output_tokens_standard-Units", "Claude Sonata 9 (Amazon Bedrock Edition)", null, TokenBucket.Output, null, null)]
    [InlineData("USE1-Claude4.5SonnetX-input-tokens", null, null, TokenBucket.Input, null, null)]
    public void AwsUsageType_Known(string usage, string? product, string? model, TokenBucket bucket, string? tier, string? region) =>
        Assert.Equal(new ChargedTokens(model, "bedrock", bucket, tier, region), AwsUsageType.Read(usage, product));

    [Theory]
    [InlineData("USE1-Guardrail-ContentPolicyUnits")]
    [InlineData("USE1-Claude4.5Sonnet-input-tokens-custom-model")]
    [InlineData("BoxUsage:t3.micro")]
    [InlineData("")]
    public void AwsUsageType_SomethingElse_IsNone(string usage) => Assert.Null(AwsUsageType.Read(usage, null));

    [Theory]
    [InlineData("gpt 4o 0806 Inp regnl Tokens", "azure", "gpt-4o-2024-08-06", TokenBucket.Input, null, null)]
    [InlineData("gpt-4o-mini-0718-Outp-glbl Tokens", "azure", "gpt-4o-mini-2024-07-18", TokenBucket.Output, null, "global")]
    [InlineData("gpt 4.1 cached Inp Data Zone Tokens", "azure", "gpt-4.1", TokenBucket.CacheRead, null, null)]
    [InlineData("5.4 mini pp cd inp Gl 1M Tokens", "azure", "gpt-5.4-mini", TokenBucket.CacheRead, "priority", "global")]
    [InlineData("gpt-4o-0806-Batch-Inp-glbl Tokens", "azure", "gpt-4o-2024-08-06", TokenBucket.Input, "batch", "global")]
    [InlineData("R1 Outp DZone Tokens", "azure_ai", "deepseek-r1", TokenBucket.Output, null, null)]
    public void AzureMeter_Known(string meter, string provider, string model, TokenBucket bucket, string? tier, string? region) =>
        Assert.Equal(new ChargedTokens(model, provider, bucket, tier, region), AzureMeterName.Read(meter));

    [Theory]
    [InlineData("gpt 4o 0806 Inp mars Tokens")]
    [InlineData("Inp glbl Tokens")]
    [InlineData("gpt 4o hosting unit")]
    [InlineData("")]
    public void AzureMeter_SomethingElse_IsNone(string meter) => Assert.Null(AzureMeterName.Read(meter));

    [Theory]
    [InlineData("Generate content input token count gemini 2.5 flash lite short input text", "gemini-2.5-flash-lite", TokenBucket.Input, null)]
    [InlineData("Generate_content text output token count for gemini 3 pro short", "gemini-3-pro", TokenBucket.Output, null)]
    [InlineData("GenerateContent audio input token count for Gemini 2.0 Flash", "gemini-2.0-flash", TokenBucket.AudioInput, null)]
    [InlineData("Generate_content cached text input token count for gemini 3 flash", "gemini-3-flash", TokenBucket.CacheRead, null)]
    [InlineData("Generate content output token count gemini 2.5 flash short output text non-thinking", "gemini-2.5-flash", TokenBucket.Output, null)]
    [InlineData("Generate content input token count gemini 3.7 flash image flex caching", "gemini-3.7-flash", TokenBucket.ImageCacheRead, "flex")]
    [InlineData("EmbedContent input token count for gemini-embedding-001", "gemini-embedding-001", TokenBucket.Input, null)]
    public void GoogleSku_Known(string sku, string model, TokenBucket bucket, string? tier) =>
        Assert.Equal(new ChargedTokens(model, "google", bucket, tier, null), GoogleSku.Read(sku, "google"));

    [Theory]
    [InlineData("Grounding with Google Search")]
    [InlineData("Cached content storage token hours")]
    public void GoogleSku_SomethingElse_IsNone(string sku) => Assert.Null(GoogleSku.Read(sku, "google"));
}
