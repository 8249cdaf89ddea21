using BenchmarkDotNet.Attributes;
using LlmCostModel.Catalog;

namespace LlmCostModel.Benchmarks;

/// <summary>Calls of ten models of the catalog in turn, each at its own instant and tier, against the same rules written by hand.</summary>
public class CatalogCallBenchmarks
{
    private const int CallsPerModel = 8;

    private readonly CostEstimator _estimator = BuiltInCatalog.CreateEstimator();
    private readonly HandWrittenCatalog _handWritten = new();
    private readonly CallContext _unknownTier = new() { At = new DateTimeOffset(2026, 7, 1, 0, 0, 0, TimeSpan.Zero), Tier = "scale" };
    private Call[] _calls = [];
    private TokenUsage[] _partials = [];
    private int _next;

    [GlobalSetup]
    public void SetUp()
    {
        Random random = new(42);
        string[] ids = [.. _handWritten.Ids];
        _calls = [.. Enumerable.Range(0, CallsPerModel * ids.Length).Select(i => Draw(ids[i % ids.Length], random))];
        _partials = [.. _calls.Select(call => call.Usage + new TokenUsage { VideoOutput = 100 })];
        foreach (Call call in _calls)
        {
            decimal expected = _handWritten.EstimateCarefully(call.Id, in call.Usage, call.At, call.Tier);
            if (_estimator.Estimate(call.Id, in call.Usage, in call.Context).GetRequiredTotal().Amount != expected
                || _handWritten.Estimate(call.Id, in call.Usage, call.At, call.Tier) != expected
                || !call.Model.TryGetTotal(in call.Usage, in call.Context, out decimal total)
                || total != expected)
            {
                throw new InvalidOperationException(
                    $"The two sides do not compute the same amount for {call.Id} at {call.At:u}, tier {call.Tier}: {call.Usage}.");
            }
        }
    }

    [Benchmark(Baseline = true, Description = "by hand, decimal, the same rules, Dictionary")]
    public decimal HandWritten()
    {
        ref readonly Call call = ref Next();
        return _handWritten.Estimate(call.Id, in call.Usage, call.At, call.Tier);
    }

    [Benchmark(Description = "by hand, the same, one division")]
    public decimal HandWritten_OneDivision()
    {
        ref readonly Call call = ref Next();
        return _handWritten.EstimateCarefully(call.Id, in call.Usage, call.At, call.Tier);
    }

    [Benchmark(Description = "id, At, Tier")]
    public CostEstimate Estimate_ById()
    {
        ref readonly Call call = ref Next();
        return _estimator.Estimate(call.Id, in call.Usage, in call.Context);
    }

    [Benchmark(Description = "handle, At, Tier")]
    public CostEstimate Estimate_ByHandle()
    {
        ref readonly Call call = ref Next();
        return call.Model.Estimate(in call.Usage, in call.Context);
    }

    [Benchmark(Description = "id, At, Tier, the total alone")]
    public decimal TryGetTotal_ById()
    {
        ref readonly Call call = ref Next();
        return _estimator.TryGetTotal(call.Id, in call.Usage, in call.Context, out decimal amount) ? amount : -1;
    }

    [Benchmark(Description = "handle, one count without a price")]
    public CostEstimate Estimate_Partial()
    {
        ref readonly Call call = ref Next();
        return call.Model.Estimate(in _partials[_next], in call.Context);
    }

    [Benchmark(Description = "handle, a tier without a price")]
    public CostEstimate Estimate_UnknownTier()
    {
        ref readonly Call call = ref Next();
        return call.Model.Estimate(in call.Usage, in _unknownTier);
    }

    [Benchmark(Description = "handle, At, Tier, the total alone")]
    public decimal TryGetTotal_ByHandle()
    {
        ref readonly Call call = ref Next();
        return call.Model.TryGetTotal(in call.Usage, in call.Context, out decimal amount) ? amount : -1;
    }

    private ref readonly Call Next()
    {
        int index = _next;
        _next = index + 1 == _calls.Length ? 0 : index + 1;
        return ref _calls[index];
    }

    private Call Draw(string id, Random random)
    {
        (DateTimeOffset from, DateTimeOffset until) = id switch
        {
            "gpt-4o" => (Day(2024, 6, 1), Day(2026, 11, 1)),
            "deepseek-reasoner" => (Day(2025, 1, 20), Day(2026, 7, 24)),
            "deepseek-v4-pro" => (Day(2026, 4, 24), Day(2026, 11, 1)),
            "claude-opus-4-8" => (Day(2026, 10, 1), Day(2026, 11, 1)),
            _ => (Day(2025, 10, 1), Day(2026, 11, 1)),
        };
        DateTimeOffset at = from.AddMinutes(random.Next((int)(until - from).TotalMinutes));
        string[] tiers = id switch
        {
            "gpt-4o" when at < Day(2024, 10, 2) => ["standard", "batch"],
            "gpt-4o" or "gpt-4o-mini" => ["standard", "batch", "priority"],
            "claude-sonnet-4-5" => ["standard", "batch"],
            "claude-opus-4-8" => ["standard", "batch", "fast"],
            "deepseek-reasoner" or "deepseek-v4-pro" => ["standard"],
            _ => ["standard", "batch", "flex", "priority"],
        };
        string tier = tiers[random.Next(2) == 0 ? 0 : random.Next(tiers.Length)];
        bool isLong = random.Next(8) == 0;
        bool writes = id.StartsWith("claude", StringComparison.Ordinal);
        TokenUsage usage = new()
        {
            Input = 1 + Count(random) + (isLong ? 200_000 : 0),
            CacheRead = id == "gpt-4o" && at < Day(2024, 10, 2) ? 0 : Count(random),
            CacheWrite5m = writes ? Count(random) : 0,
            CacheWrite1h = writes ? Count(random) : 0,
            Output = 1 + Count(random),
            Reasoning = id.StartsWith("gpt-4o", StringComparison.Ordinal) ? 0 : Count(random),
        };
        string copy = string.Concat(id.AsSpan(), ""); // not the object that the tables hold
        return new(copy, _estimator.GetModel(id), at, tier, usage, new CallContext { At = at, Tier = tier });
    }

    private static DateTimeOffset Day(int year, int month, int day) => new(year, month, day, 0, 0, 0, TimeSpan.Zero);

    private static long Count(Random random) => random.Next(4) == 0 ? 0 : (long)Math.Pow(10, 1 + (random.NextDouble() * 4));

    private readonly struct Call(string id, PricedModel model, DateTimeOffset at, string tier, TokenUsage usage, CallContext context)
    {
        public readonly string Id = id;
        public readonly PricedModel Model = model;
        public readonly DateTimeOffset At = at;
        public readonly string Tier = tier;
        public readonly TokenUsage Usage = usage;
        public readonly CallContext Context = context;
    }
}
