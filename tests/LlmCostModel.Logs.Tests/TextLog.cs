using LlmCostModel.Catalog;
using System.Text;

namespace LlmCostModel.Logs.Tests;

/// <summary>Reads logs that tests write, and prices what is in them.</summary>
internal static class TextLog
{
    private static readonly CostEstimator Estimator = BuiltInCatalog.CreateEstimator();

    internal static LogRecord[] Read(string text, LogReaderOptions? options = null) =>
        [.. new LogReader(options).Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "test")];

    internal static PricedCall Price(LogRecord record)
    {
        Assert.True(record.Call is not null, record.Fault);
        return Estimator.Price(record.Call!);
    }

    internal static decimal? TotalOf(LogRecord record) => Price(record).Total?.Amount;

    internal static TokenUsage UsageOf(LogRecord record) => record.Call!.Reading.Usage!.Value;

    internal static string? TagOf(LogRecord record, string name) => record.Tags.GetValueOrDefault(name);
}
