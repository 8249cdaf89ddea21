using LlmCostModel;

/// <summary>DeepSeek-R1 in January 2025, so that the samples print the same cost every day.</summary>
internal static class SampleRates
{
    public static RateCard Card { get; } = new()
    {
        Name = "january",
        Provider = "deepseek",
        Currency = "USD",
        Models = [new ModelPricing { Id = "deepseek-reasoner", Versions = [new PriceVersion { PerMillionTokens = new TokenRates { Input = 0.55m, CacheRead = 0.14m, Output = 2.19m } }] }],
    };
}
