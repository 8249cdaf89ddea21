using LlmCostModel;

/// <summary>DeepSeek-R1 in January 2025, so that the samples print the same cost every day.</summary>
internal static class SampleRates
{
    public static RateCard Card { get; } = new()
    {
        Name = "january",
        Provider = "deepseek",
        Currency = "USD",
        Models = [ModelPricing.Create("deepseek-reasoner", input: 0.55m, output: 2.19m, cacheRead: 0.14m)],
    };
}
