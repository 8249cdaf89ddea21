using BenchmarkDotNet.Attributes;

namespace LlmCostModel.Benchmarks;

/// <summary>One usage on 100 models, ranked with ratios, against pricing and sorting by hand.</summary>
public class CompareBenchmarks
{
    private const int Models = 100;

    private readonly string[] _ids = [.. Enumerable.Range(0, Models).Select(SampleRates.Id)];
    private readonly HandWrittenEstimator _handWritten = new();
    private readonly TokenUsage _usage =
        new() { Input = 266_000, Output = 168_000, CacheRead = 342_000, CacheWrite5m = 1_000, CacheWrite1h = 500, Reasoning = 9_000 };
    private CostEstimator _estimator = null!;

    [GlobalSetup]
    public void SetUp()
    {
        _estimator = new CostEstimator(RateCardJson.Parse(SampleRates.CardJson(Models), "bench.json"));
        for (int i = 0; i < Models; i++)
        {
            _handWritten.Add(_ids[i], SampleRates.Prices(i));
        }
    }

    [Benchmark(Baseline = true, Description = "by hand: price, sort, divide")]
    public (string Id, decimal Total, decimal Ratio)[] HandWritten()
    {
        (string Id, decimal Total)[] priced =
        [
            .. _ids.Select(id => (id, _handWritten.Estimate(id, in _usage))).OrderBy(pair => pair.Item2),
        ];
        return [.. priced.Select(pair => (pair.Id, pair.Total, pair.Total / priced[0].Total))];
    }

    [Benchmark(Description = "Compare")]
    public IReadOnlyList<CostComparison> Compare() => _estimator.Compare(_ids, in _usage);
}
