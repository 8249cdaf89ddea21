using System.Text.Json;
using BenchmarkDotNet.Attributes;

namespace LlmCostModel.Benchmarks;

/// <summary>A card of 3,000 models from text to the first estimates of every model, against only parsing the JSON.</summary>
public class StartupBenchmarks
{
    private const int Models = 3000;

    private readonly byte[] _json = SampleRates.CardJson(Models);
    private readonly string[] _ids = [.. Enumerable.Range(0, Models).Select(SampleRates.Id)];
    private readonly TokenUsage _usage = new() { Input = 1_000, Output = 500 };

    [Benchmark(Baseline = true, Description = "JsonDocument.Parse alone")]
    public int ParseJson()
    {
        using JsonDocument document = JsonDocument.Parse(_json);
        return document.RootElement.GetPropertyCount();
    }

    [Benchmark(Description = "parse and validate 3,000 models")]
    public CostEstimator Load() => new(RateCardJson.Parse(_json, "bench.json"));

    [Benchmark(Description = "the same, and compile and estimate every model")]
    public decimal LoadAndEstimateAll()
    {
        CostEstimator estimator = new(RateCardJson.Parse(_json, "bench.json"));
        decimal sum = 0;
        foreach (string id in _ids)
        {
            sum += estimator.Estimate(id, in _usage).GetRequiredTotal().Amount;
        }

        return sum;
    }
}
