using System.Numerics;
using BenchmarkDotNet.Attributes;

namespace LlmCostModel.Benchmarks;

/// <summary>What a row of columns costs does not grow with their number.</summary>
public class ColumnScalingBenchmarks
{
    private const int Models = 64;

    private readonly int[][] _counts = new int[2][];
    private ushort[] _kinds = [];
    private ColumnEstimator _estimator = null!;
    private UsageColumns _columns = null!;

    [Params(10_000, 100_000, 1_000_000, 10_000_000, 100_000_000)]
    public int Rows { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        Random random = new(42);
        for (int i = 0; i < _counts.Length; i++)
        {
            _counts[i] = [.. Enumerable.Range(0, Rows).Select(_ => random.Next(100_000))];
        }

        _kinds = [.. Enumerable.Range(0, Rows).Select(_ => (ushort)random.Next(Models))];
        CostEstimator estimator = new(RateCardJson.Parse(SampleRates.CardJson(Models), "bench.json"));
        _estimator = ColumnEstimator.Create(estimator, [.. Enumerable.Range(0, Models).Select(i => new CallKind(SampleRates.Id(i)))]);
        _columns = new(Rows) { Kinds = _kinds, [TokenBucket.Input] = _counts[0], [TokenBucket.Output] = _counts[1] };
    }

    [Benchmark(Baseline = true, Description = "the memory: sum of the bytes with the kinds")]
    public long Memory()
    {
        Vector<long> sum = default;
        Vector<ushort> kinds = default;
        for (int i = 0; i + Vector<ushort>.Count <= Rows; i += Vector<ushort>.Count)
        {
            kinds += new Vector<ushort>(_kinds, i);
            sum += Vector.AsVectorInt64(new Vector<int>(_counts[0], i)) + Vector.AsVectorInt64(new Vector<int>(_counts[0], i + Vector<int>.Count))
                + Vector.AsVectorInt64(new Vector<int>(_counts[1], i)) + Vector.AsVectorInt64(new Vector<int>(_counts[1], i + Vector<int>.Count));
        }

        return Vector.Sum(sum) + Vector.Sum(kinds);
    }

    [Benchmark(Description = "64 models, total")]
    public ColumnTotals Sum() => _estimator.Sum(_columns);
}
