using System.Numerics;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;

namespace LlmCostModel.Benchmarks;

/// <summary>Rows of five counts, against a plain sum over the same bytes, which is the limit of the memory, and against the decimal formula
/// in a loop.</summary>
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory, BenchmarkLogicalGroupRule.ByParams)]
public class ColumnBenchmarks
{
    private const int Models = 64;

    private static readonly DateTimeOffset From = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly TokenBucket[] Buckets =
        [TokenBucket.Input, TokenBucket.CacheRead, TokenBucket.CacheWrite5m, TokenBucket.Output, TokenBucket.Reasoning];

    private readonly int[][] _counts = new int[5][];
    private ushort[] _kinds = [];
    private long[] _instants = [];
    private long[] _amounts = [];
    private HandWrittenEstimator.Pricing _byHand = null!;
    private ColumnEstimator _flat = null!;
    private ColumnEstimator _mixed = null!;
    private ColumnEstimator _tiered = null!;
    private ColumnEstimator _windowed = null!;
    private UsageColumns _one = null!;
    private UsageColumns _many = null!;
    private UsageColumns _timed = null!;

    [Params(16_384, 8_388_608)]
    public int Rows { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        Random random = new(42);
        for (int i = 0; i < _counts.Length; i++)
        {
            _counts[i] = [.. Enumerable.Range(0, Rows).Select(_ => random.Next(4) == 0 ? 0 : (int)Math.Pow(10, 1 + (random.NextDouble() * 4)))];
        }

        _kinds = [.. Enumerable.Range(0, Rows).Select(_ => (ushort)random.Next(Models))];
        _instants = [.. Enumerable.Range(0, Rows).Select(row => From.UtcTicks + (long)(TimeSpan.FromDays(300).Ticks * ((double)row / Rows)))];
        _amounts = new long[Rows];
        CostEstimator estimator = new(RateCardJson.Parse(SampleRates.CardJson(Models), "bench.json"));
        _byHand = SampleRates.Prices(0);
        _flat = ColumnEstimator.Create(estimator, [new(SampleRates.Id(0))]);
        _mixed = ColumnEstimator.Create(estimator, [.. Enumerable.Range(0, Models).Select(i => new CallKind(SampleRates.Id(i)))]);
        _tiered = ColumnEstimator.Create(estimator, [new("tiered")]);
        _windowed = ColumnEstimator.Create(estimator, [new("windowed")], From, From.AddYears(1));
        _one = Columns();
        _many = Columns(_kinds);
        _timed = Columns(instants: _instants);
    }

    [Benchmark(Baseline = true, Description = "the memory: sum of the bytes")]
    [BenchmarkCategory("total")]
    public long Memory() => Vector.Sum(SumOfCounts());

    [Benchmark(Description = "by hand, decimal, a loop")]
    [BenchmarkCategory("total")]
    public decimal HandWritten()
    {
        decimal sum = 0;
        for (int i = 0; i < Rows; i++)
        {
            sum += (_counts[0][i] / 1_000_000m * _byHand.Input) + (_counts[1][i] / 1_000_000m * _byHand.CacheRead)
                + (_counts[2][i] / 1_000_000m * _byHand.CacheWrite5m) + (_counts[3][i] / 1_000_000m * _byHand.Output)
                + (_counts[4][i] / 1_000_000m * _byHand.Reasoning);
        }

        return sum;
    }

    [Benchmark(Description = "one model, total")]
    [BenchmarkCategory("total")]
    public ColumnTotals FlatTotal() => _flat.Sum(_one);

    [Benchmark(Description = "one model, total, 2 threads")]
    [BenchmarkCategory("total")]
    public ColumnTotals FlatTotalOfTwo() => _flat.Sum(_one, threads: 2);

    [Benchmark(Description = "long prompts cost more, total")]
    [BenchmarkCategory("total")]
    public ColumnTotals TieredTotal() => _tiered.Sum(_one);

    [Benchmark(Baseline = true, Description = "the memory: a sum of each row written")]
    [BenchmarkCategory("every row")]
    public void MemoryWritten()
    {
        for (int i = 0; i < Rows; i += Vector<int>.Count)
        {
            Vector<long> sum = Vector.AsVectorInt64(new Vector<int>(_counts[0], i)) + Vector.AsVectorInt64(new Vector<int>(_counts[1], i))
                + Vector.AsVectorInt64(new Vector<int>(_counts[2], i)) + Vector.AsVectorInt64(new Vector<int>(_counts[3], i))
                + Vector.AsVectorInt64(new Vector<int>(_counts[4], i));
            sum.CopyTo(_amounts, i);
            sum.CopyTo(_amounts, i + Vector<long>.Count);
        }
    }

    [Benchmark(Description = "one model, every row")]
    [BenchmarkCategory("every row")]
    public int FlatRows() => _flat.Estimate(_one, _amounts);

    [Benchmark(Baseline = true, Description = "the memory: sum of the bytes with the kinds")]
    [BenchmarkCategory("64 models")]
    public long MemoryAndKinds()
    {
        Vector<ushort> kinds = default;
        for (int i = 0; i < Rows; i += Vector<ushort>.Count)
        {
            kinds += new Vector<ushort>(_kinds, i);
        }

        return Vector.Sum(SumOfCounts()) + Vector.Sum(kinds);
    }

    [Benchmark(Description = "64 models, total")]
    [BenchmarkCategory("64 models")]
    public ColumnTotals MixedTotal() => _mixed.Sum(_many);

    [Benchmark(Description = "64 models, total, 2 threads")]
    [BenchmarkCategory("64 models")]
    public ColumnTotals MixedTotalOfTwo() => _mixed.Sum(_many, threads: 2);

    [Benchmark(Description = "64 models, every row")]
    [BenchmarkCategory("64 models")]
    public int MixedRows() => _mixed.Estimate(_many, _amounts);

    [Benchmark(Baseline = true, Description = "the memory: sum of the bytes with the instants")]
    [BenchmarkCategory("instants")]
    public long MemoryAndInstants()
    {
        Vector<long> instants = default;
        for (int i = 0; i < Rows; i += Vector<long>.Count)
        {
            instants += new Vector<long>(_instants, i);
        }

        return Vector.Sum(SumOfCounts() + instants);
    }

    [Benchmark(Description = "peak hours cost more, total")]
    [BenchmarkCategory("instants")]
    public ColumnTotals WindowedTotal() => _windowed.Sum(_timed);

    private Vector<long> SumOfCounts()
    {
        Vector<long> a = default, b = default, c = default, d = default, e = default;
        for (int i = 0; i < Rows; i += Vector<int>.Count)
        {
            a += Vector.AsVectorInt64(new Vector<int>(_counts[0], i));
            b += Vector.AsVectorInt64(new Vector<int>(_counts[1], i));
            c += Vector.AsVectorInt64(new Vector<int>(_counts[2], i));
            d += Vector.AsVectorInt64(new Vector<int>(_counts[3], i));
            e += Vector.AsVectorInt64(new Vector<int>(_counts[4], i));
        }

        return a + b + c + d + e;
    }

    private UsageColumns Columns(ushort[]? kinds = null, long[]? instants = null)
    {
        UsageColumns columns = new(Rows) { Kinds = kinds, Instants = instants };
        for (int i = 0; i < Buckets.Length; i++)
        {
            columns = columns.With(Buckets[i], _counts[i]);
        }

        return columns;
    }
}
