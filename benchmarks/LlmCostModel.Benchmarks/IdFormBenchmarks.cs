using BenchmarkDotNet.Attributes;
using LlmCostModel.Catalog;

namespace LlmCostModel.Benchmarks;

/// <summary>Ids as providers, gateways and responses write them, against an id as it stands in the catalog.</summary>
public class IdFormBenchmarks
{
    private readonly CostEstimator _estimator = BuiltInCatalog.CreateEstimator();
    private readonly TokenUsage _usage = new() { Input = 1_200, CacheRead = 800, Output = 350 };
    private readonly CallContext _at = new() { At = new DateTimeOffset(2026, 11, 3, 12, 0, 0, TimeSpan.Zero) };

    [Benchmark(Baseline = true, Description = "gpt-4o")]
    public CostEstimate Exact() => _estimator.Estimate("gpt-4o", in _usage, in _at);

    [Benchmark(Description = "GPT-4o")]
    public CostEstimate OtherCase() => _estimator.Estimate("GPT-4o", in _usage, in _at);

    [Benchmark(Description = "openai/gpt-4o")]
    public CostEstimate Path() => _estimator.Estimate("openai/gpt-4o", in _usage, in _at);

    [Benchmark(Description = "openai/gpt-4o (span)")]
    public CostEstimate PathInSpan() => _estimator.Estimate("openai/gpt-4o".AsSpan(), in _usage, in _at);

    [Benchmark(Description = "gpt-5-mini-2025-08-07")]
    public CostEstimate Alias() => _estimator.Estimate("gpt-5-mini-2025-08-07", in _usage, in _at);

    [Benchmark(Description = "us.anthropic.claude-sonnet-4-20250514-v1:0")]
    public CostEstimate Region() => _estimator.Estimate("us.anthropic.claude-sonnet-4-20250514-v1:0", in _usage, in _at);

    [Benchmark(Description = "an id without a price")]
    public CostEstimate Unknown() => _estimator.Estimate("no-such-model", in _usage, in _at);
}
