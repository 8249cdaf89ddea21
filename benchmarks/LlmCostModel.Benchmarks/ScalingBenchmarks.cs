using BenchmarkDotNet.Attributes;

namespace LlmCostModel.Benchmarks;

/// <summary>The cost of an estimate by id does not grow with the number of models.</summary>
public class ScalingBenchmarks
{
    private readonly TokenUsage[] _usages = SampleRates.Usages(six: true);
    private readonly string[] _ids = new string[8];
    private readonly HandWrittenEstimator _handWritten = new();
    private CostEstimator _estimator = null!;
    private long _next;

    [Params(10, 100, 1000, 3000)]
    public int Models { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        _estimator = new CostEstimator(RateCardJson.Parse(SampleRates.CardJson(Models), "bench.json"));
        for (int i = 0; i < Models; i++)
        {
            _handWritten.Add(SampleRates.Id(i), SampleRates.Prices(i));
        }

        for (int i = 0; i < _ids.Length; i++)
        {
            _ids[i] = string.Concat(SampleRates.Id(i * Models / 8).AsSpan(), "");
        }
    }

    [Benchmark(Baseline = true, Description = "by hand, decimal, 6 buckets, Dictionary")]
    public decimal HandWritten() => _handWritten.Estimate(_ids[_next & 7], in _usages[_next++ & (SampleRates.UsageCount - 1)]);

    [Benchmark(Description = "id (string), 6 buckets")]
    public CostEstimate Estimate_ById() => _estimator.Estimate(_ids[_next & 7], in _usages[_next++ & (SampleRates.UsageCount - 1)]);
}
