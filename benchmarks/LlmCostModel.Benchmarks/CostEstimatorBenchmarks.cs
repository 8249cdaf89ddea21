using BenchmarkDotNet.Attributes;

namespace LlmCostModel.Benchmarks;

/// <summary>One call of six buckets among 3,000 models, against the formula written by hand.</summary>
public class CostEstimatorBenchmarks
{
    private const int Models = 3000;

    private readonly TokenUsage[] _usages = SampleRates.Usages(six: true);
    private readonly TokenUsage[] _small = SampleRates.Usages(six: false);
    private readonly string[] _ids = new string[8];
    private readonly HandWrittenEstimator _handWritten = new();
    private CostEstimator _estimator = null!;
    private PricedModel _model = null!;
    private PricedModel _tiered = null!;
    private PricedModel _windowed = null!;
    private CallContext[] _contexts = [];
    private long _next;

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
            _ids[i] = string.Concat(SampleRates.Id(i * 350).AsSpan(), ""); // not the object that the table holds
        }

        _model = _estimator.GetModel(_ids[0]);
        _tiered = _estimator.GetModel("tiered");
        _windowed = _estimator.GetModel("windowed");
        DateTimeOffset start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        _contexts = [.. Enumerable.Range(0, SampleRates.UsageCount).Select(i => new CallContext { At = start.AddMinutes(i * 509) })]; // a year
        foreach (TokenUsage usage in _usages)
        {
            if (_model.Estimate(in usage).Total?.Amount != _handWritten.Estimate(_ids[0], in usage))
            {
                throw new InvalidOperationException("The two sides do not compute the same amount.");
            }
        }
    }

    [Benchmark(Baseline = true, Description = "by hand, decimal, 6 buckets, Dictionary")]
    public decimal HandWritten_SixBuckets() => _handWritten.Estimate(_ids[_next & 7], in _usages[_next++ & (SampleRates.UsageCount - 1)]);

    [Benchmark(Description = "by hand, decimal, 6 buckets, one division")]
    public decimal HandWritten_OneDivision() =>
        _handWritten.EstimateCarefully(_ids[_next & 7], in _usages[_next++ & (SampleRates.UsageCount - 1)]);

    [Benchmark(Description = "by hand, decimal, 3 buckets, Dictionary")]
    public decimal HandWritten_ThreeBuckets() =>
        _handWritten.EstimateThree(_ids[_next & 7], in _small[_next++ & (SampleRates.UsageCount - 1)]);

    [Benchmark(Description = "handle, 6 buckets")]
    public CostEstimate Estimate_ByHandle_SixBuckets() => _model.Estimate(in _usages[_next++ & (SampleRates.UsageCount - 1)]);

    [Benchmark(Description = "handle, 6 buckets, only the total returned")]
    public decimal Estimate_ByHandle_ReadTotal() =>
        _model.Estimate(in _usages[_next++ & (SampleRates.UsageCount - 1)]).GetRequiredTotal().Amount;

    [Benchmark(Description = "handle, 6 buckets, the total alone")]
    public decimal TryGetTotal_ByHandle() =>
        _model.TryGetTotal(in _usages[_next++ & (SampleRates.UsageCount - 1)], out decimal amount) ? amount : -1;

    [Benchmark(Description = "id, 6 buckets, the total alone")]
    public decimal TryGetTotal_ById() =>
        _estimator.TryGetTotal(_ids[_next & 7], in _usages[_next++ & (SampleRates.UsageCount - 1)], default, out decimal amount)
            ? amount
            : -1;

    [Benchmark(Description = "handle, 3 buckets")]
    public CostEstimate Estimate_ByHandle_ThreeBuckets() => _model.Estimate(in _small[_next++ & (SampleRates.UsageCount - 1)]);

    [Benchmark(Description = "handle, context tier")]
    public CostEstimate Estimate_ByHandle_Tiered() => _tiered.Estimate(in _usages[_next++ & (SampleRates.UsageCount - 1)]);

    [Benchmark(Description = "handle, daily window in New York")]
    public CostEstimate Estimate_ByHandle_Windowed()
    {
        long next = _next++ & (SampleRates.UsageCount - 1);
        return _windowed.Estimate(in _usages[next], in _contexts[next]);
    }

    [Benchmark(Description = "id (string), 6 buckets, 3,000 models")]
    public CostEstimate Estimate_ById() => _estimator.Estimate(_ids[_next & 7], in _usages[_next++ & (SampleRates.UsageCount - 1)]);

    [Benchmark(Description = "id (span), 6 buckets, 3,000 models")]
    public CostEstimate Estimate_BySpan() =>
        _estimator.Estimate(_ids[_next & 7].AsSpan(), in _usages[_next++ & (SampleRates.UsageCount - 1)]);
}
