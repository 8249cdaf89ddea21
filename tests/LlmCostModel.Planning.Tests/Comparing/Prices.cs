namespace LlmCostModel.Planning.Tests;

/// <summary>The prices of January 2025 that the tests use, per 1,000,000 tokens.</summary>
internal static class Prices
{
    internal static readonly CostEstimator Estimator = new(
        Card("deepseek", ("deepseek-reasoner", new() { Input = 0.55m, CacheRead = 0.14m, Output = 2.19m }), ("deepseek-chat", new() { Input = 0.27m, CacheRead = 0.07m, Output = 1.10m })),
        Card("openai", ("o1", new() { Input = 15m, CacheRead = 7.50m, Output = 60m })),
        Card("acme", ("half-priced", new() { Input = 1m, Output = 2m })));

    internal static RateCard Card(string provider, params (string Id, TokenRates Rates)[] models) => new()
    {
        Name = provider,
        Provider = provider,
        Currency = "USD",
        Models =
        [
            .. models.Select(model => new ModelPricing
            {
                Id = model.Id,
                Versions = [new() { PerMillionTokens = model.Rates, BilledAs = new PriceVersion().BilledAs.Add(TokenBucket.Reasoning, TokenBucket.Output) }],
            }),
        ],
    };
}
