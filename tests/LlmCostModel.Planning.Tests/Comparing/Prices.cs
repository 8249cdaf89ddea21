namespace LlmCostModel.Planning.Tests;

/// <summary>The prices that the tests use, per 1,000,000 tokens: those of January 2025, of Claude, and multiples of plain input.</summary>
internal static class Prices
{
    internal static readonly CostEstimator Estimator = new(
        Card("deepseek", ("deepseek-reasoner", new() { Input = 0.55m, CacheRead = 0.14m, Output = 2.19m }), ("deepseek-chat", new() { Input = 0.27m, CacheRead = 0.07m, Output = 1.10m })),
        Card("openai", ("o1", new() { Input = 15m, CacheRead = 7.50m, Output = 60m })),
        Card(
            "anthropic",
            ("claude", new() { Input = 3m, CacheRead = 0.30m, CacheWrite5m = 3.75m, Output = 15m }),
            ("sonnet", new() { Input = 2m, CacheRead = 0.20m, CacheWrite5m = 2.50m, Output = 10m }),
            ("units", new() { Input = 1m, CacheRead = 0.1m, CacheWrite5m = 1.25m, CacheWrite30m = 1.25m, Output = 5m })),
        Card("acme", ("half-priced", new() { Input = 1m, Output = 2m })));

    /// <summary>What calls cost together.</summary>
    internal static decimal Of(string model, params IEnumerable<TokenUsage> usages) =>
        usages.Sum(usage => Estimator.Estimate(model, usage).GetRequiredTotal().Amount);

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
