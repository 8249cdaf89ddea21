using BenchmarkDotNet.Attributes;

namespace LlmCostModel.Benchmarks;

/// <summary>What it costs a call of tokens that a model can also charge for other things, and what a call pays that uses them.</summary>
public class MeterBenchmarks
{
    private readonly TokenUsage[] _usages = SampleRates.Usages(six: true);
    private readonly MeteredQuantities _searches = [new("WebSearch", 2)];
    private PricedModel _tokens = null!;
    private PricedModel _metered = null!;
    private PricedModel _perRequest = null!;
    private long _next;

    [GlobalSetup]
    public void SetUp()
    {
        const string Rates = "\"PerMillionTokens\": { \"Input\": 3, \"CacheRead\": 0.3, \"CacheWrite5m\": 3.75, \"CacheWrite1h\": 6, \"Output\": 15, \"Reasoning\": 15 }";
        CostEstimator estimator = new(RateCardJson.Parse(System.Text.Encoding.UTF8.GetBytes($$"""
            { "Currency": "USD", "Models": {
              "tokens": { {{Rates}} },
              "metered": { {{Rates}}, "PerMeter": { "WebSearch": 0.01, "CodeExecution": 0.05, "StorageGigabyteDay": { "Price": 0.1, "Free": 1 } } },
              "perRequest": { {{Rates}}, "PerMeter": { "Request": 0.005 } } } }
            """), "bench.json"));
        (_tokens, _metered, _perRequest) = (estimator.GetModel("tokens"), estimator.GetModel("metered"), estimator.GetModel("perRequest"));
    }

    [Benchmark(Baseline = true, Description = "tokens, model with token prices only")]
    public CostEstimate TokensOnly() => _tokens.Estimate(in _usages[_next++ & (SampleRates.UsageCount - 1)]);

    [Benchmark(Description = "tokens, model that also prices meters")]
    public CostEstimate TokensOfMeteredModel() => _metered.Estimate(in _usages[_next++ & (SampleRates.UsageCount - 1)]);

    [Benchmark(Description = "tokens and two web searches")]
    public CostEstimate TokensAndMeters() => _metered.Estimate(in _usages[_next++ & (SampleRates.UsageCount - 1)], default, _searches);

    [Benchmark(Description = "tokens and a fee per request")]
    public CostEstimate TokensAndRequest() => _perRequest.Estimate(in _usages[_next++ & (SampleRates.UsageCount - 1)]);
}
