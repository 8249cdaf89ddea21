using System.Globalization;
using System.Text;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using LlmCostModel.Catalog;
using LlmCostModel.Logs;

namespace LlmCostModel.Benchmarks;

/// <summary>A log of usage records of about 130 bytes, read, priced and summed up, against a plain walk over the tokens of the same bytes
/// that parses their numbers. Per record.</summary>
public class LogReaderBenchmarks
{
    private const int Records = 100_000;

    private static readonly string[] Models = ["gpt-4o", "gpt-4o-mini", "claude-sonnet-4-5"];

    private readonly byte[] _log = Log(Records);
    private readonly CostEstimator _estimator = BuiltInCatalog.CreateEstimator();

    [GlobalSetup]
    public void SetUp()
    {
        if (ReadPriceAndSum() is not { IsComplete: true } || Walk() < 12L * Records)
        {
            throw new InvalidOperationException("A record has no price.");
        }
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Records, Description = "Utf8JsonReader walk, numbers parsed")]
    public long Walk()
    {
        long sum = 0;
        ReadOnlySpan<byte> rest = _log;
        while (!rest.IsEmpty)
        {
            int end = rest.IndexOf((byte)'\n');
            Utf8JsonReader reader = new(rest[..end]);
            while (reader.Read())
            {
                sum += reader.TokenType == JsonTokenType.Number ? reader.GetInt64() : 1;
            }

            rest = rest[(end + 1)..];
        }

        return sum;
    }

    [Benchmark(OperationsPerInvoke = Records, Description = "LogReader")]
    public int Read()
    {
        int calls = 0;
        foreach (LogRecord record in Open())
        {
            calls += record.Call is null ? 0 : 1;
        }

        return calls;
    }

    [Benchmark(OperationsPerInvoke = Records, Description = "LogReader, Price")]
    public int ReadAndPrice()
    {
        int priced = 0;
        foreach (LogRecord record in Open())
        {
            priced += _estimator.Price(record.Call!).Status == CostStatus.Priced ? 1 : 0;
        }

        return priced;
    }

    [Benchmark(OperationsPerInvoke = Records, Description = "LogReader, Price, LogSummary")]
    public SummaryTotal ReadPriceAndSum()
    {
        LogSummary summary = new([SummaryKey.Find("model")!]);
        foreach (LogRecord record in Open())
        {
            summary.Add(record, _estimator.Price(record.Call!));
        }

        return summary.Totals[0];
    }

    private IEnumerable<LogRecord> Open() =>
        new LogReader(new LogReaderOptions { KeepText = false }).Read(new MemoryStream(_log), "calls.jsonl");

    private static byte[] Log(int records)
    {
        Random random = new(42);
        StringBuilder log = new();
        for (int i = 0; i < records; i++)
        {
            log.Append(
                CultureInfo.InvariantCulture,
                $$$"""{"id":"c{{{i:0000000}}}","model":"{{{Models[random.Next(3)]}}}","at":"2026-03-{{{1 + (i % 28):00}}}T10:{{{i % 60:00}}}:00Z","usage":{"input":{{{random.Next(20_000)}}},"cacheRead":{{{random.Next(20_000)}}},"output":{{{random.Next(3_000)}}}}}""").Append('\n');
        }

        return Encoding.UTF8.GetBytes(log.ToString());
    }
}
