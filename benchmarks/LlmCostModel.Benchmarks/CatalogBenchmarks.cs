using System.Text.Json;
using BenchmarkDotNet.Attributes;
using LlmCostModel.Catalog;

namespace LlmCostModel.Benchmarks;

/// <summary>From the embedded files to the first estimate by id.</summary>
public class CatalogBenchmarks
{
    private static readonly TokenUsage Usage = new() { Input = 1_000 };

    private readonly byte[][] _files = [.. typeof(BuiltInCatalog).Assembly.GetManifestResourceNames().Select(Read)];

    [Benchmark(Baseline = true, Description = "JsonDocument.Parse of the files alone")]
    public int ParseAlone()
    {
        int properties = 0;
        foreach (byte[] file in _files)
        {
            using JsonDocument document = JsonDocument.Parse(file);
            properties += document.RootElement.GetPropertyCount();
        }

        return properties;
    }

    [Benchmark(Description = "parse and validate all cards")]
    public int Load() => _files.Sum(file => RateCardJson.Parse(file, "catalog").Count);

    [Benchmark(Description = "parse, validate, first estimate by id")]
    public CostEstimate FirstEstimate() =>
        new CostEstimator(_files.SelectMany(file => RateCardJson.Parse(file, "catalog"))).Estimate("o1", in Usage);

    private static byte[] Read(string name)
    {
        using Stream stream = typeof(BuiltInCatalog).Assembly.GetManifestResourceStream(name)!;
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
