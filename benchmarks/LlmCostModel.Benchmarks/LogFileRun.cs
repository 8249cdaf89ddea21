using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using LlmCostModel.Catalog;
using LlmCostModel.Logs;

namespace LlmCostModel.Benchmarks;

/// <summary>A log of usage records of some size in a file, walked and priced in turn: how much longer pricing takes than a plain walk over
/// the tokens, with one thread and with two, how long it takes when the same records are rows of Parquet, and how long DuckDB takes for the
/// same files.</summary>
internal static class LogFileRun
{
    private const int Rounds = 5;
    private const int RoundsOfDuckDb = 2; // which takes minutes for each

    private static readonly string[] Models = ["gpt-4o", "gpt-4o-mini", "claude-sonnet-4-5", "o1", "gemini-2.5-pro"];

    /// <summary>Writes a line for each way.</summary>
    /// <param name="megabytes">The size of the file.</param>
    internal static void Run(int megabytes)
    {
        string path = Path.Combine(Path.GetTempPath(), $"llmcost-{Environment.ProcessId}.jsonl");
        try
        {
            Write(path, megabytes * 1_000_000L);
            WriteParquet(path, path + ".parquet");
            Compare(path);
        }
        finally
        {
            File.Delete(path);
            File.Delete(path + ".parquet");
        }
    }

    private static void Compare(string path)
    {
        CostEstimator estimator = BuiltInCatalog.CreateEstimator();
        string parquet = path + ".parquet";
        using DuckDbLog lines = new(path, isParquet: false), rows = new(parquet, isParquet: true);
        (decimal Total, long Calls) expected = Price(path, estimator, 1, null);
        (string Name, Func<(decimal Total, long Calls)> Do)[] ways =
        [
            ("walk of Utf8JsonReader", () => Walk(path)),
            ("priced, each id once, 1 thread", () => Price(path, estimator, 1, new CallMerger())),
            ("priced, each id once, 2 threads", () => Price(path, estimator, 2, new CallMerger())),
            ("priced, every record, 1 thread", () => Price(path, estimator, 1, null)),
            ("priced, every record, 2 threads", () => Price(path, estimator, 2, null)),
            ("Parquet, each id once", () => Price(parquet, estimator, 1, new CallMerger())),
            ("Parquet, every record", () => Price(parquet, estimator, 1, null)),
            ("DuckDB, lines, 1 thread", () => lines.Price(1)),
            ("DuckDB, lines, 2 threads", () => lines.Price(2)),
            ("DuckDB, Parquet, 1 thread", () => rows.Price(1)),
            ("DuckDB, Parquet, 2 threads", () => rows.Price(2)),
        ];
        double[] seconds = [.. ways.Select(_ => double.MaxValue)];
        for (int round = 0; round < Rounds; round++)
        {
            for (int i = 0; i < ways.Length; i++)
            {
                if (round >= RoundsOfDuckDb && ways[i].Name.StartsWith("DuckDB", StringComparison.Ordinal))
                {
                    continue;
                }

                GC.Collect();
                Stopwatch clock = Stopwatch.StartNew();
                (decimal Total, long Calls) priced = ways[i].Do();
                seconds[i] = Math.Min(seconds[i], clock.Elapsed.TotalSeconds);
                if (i > 0 && priced != expected)
                {
                    throw new InvalidOperationException($"{ways[i].Name}: {priced}, where it should be {expected}.");
                }
            }
        }

        for (int i = 0; i < ways.Length; i++)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{ways[i].Name,-34} {seconds[i],8:F2} s {seconds[i] / seconds[0],6:F2} times the walk"));
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"every way has the same total for {expected.Calls:#,##0} calls: {expected.Total} USD"));
    }

    private static (decimal, long) Walk(string path)
    {
        using FileStream log = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        byte[] buffer = new byte[1 << 20];
        (int length, long tokens) = (0, 0);
        for (int read = log.Read(buffer); read > 0; read = log.Read(buffer, length, buffer.Length - length))
        {
            length += read;
            int lines = buffer.AsSpan(0, length).LastIndexOf((byte)'\n') + 1;
            for (int at = 0; at < lines;)
            {
                int end = buffer.AsSpan(at).IndexOf((byte)'\n');
                Utf8JsonReader reader = new(buffer.AsSpan(at, end));
                while (reader.Read())
                {
                    tokens++;
                }

                at += end + 1;
            }

            buffer.AsSpan(lines, length - lines).CopyTo(buffer);
            length -= lines;
        }

        return (0, tokens);
    }

    private static (decimal, long) Price(string path, CostEstimator estimator, int threads, CallMerger? merger)
    {
        LogSummary summary = new([SummaryKey.Find("model")!], estimator: estimator);
        PlainLineSums sums = new(estimator, summary, merger) { Threads = threads };
        foreach (LogRecord other in new LogReader(new LogReaderOptions { KeepText = false }).Read(File.OpenRead(path), path, sums))
        {
            throw new InvalidOperationException($"Record {other.Number} is not added up: {other.Fault}");
        }

        return (summary.Totals.Single().Total.Amount, sums.Calls);
    }

    /// <summary>The same records as rows of Parquet, as the command writes them.</summary>
    private static void WriteParquet(string path, string parquet)
    {
        CostEstimator estimator = BuiltInCatalog.CreateEstimator();
        CallTable table = new();
        foreach (LogRecord record in new LogReader(new LogReaderOptions { KeepText = false }).Read(File.OpenRead(path), path))
        {
            table.Add(record, estimator.Price(record.Call!));
        }

        using FileStream file = File.Create(parquet);
        table.WriteParquet(file);
    }

    private static void Write(string path, long bytes)
    {
        Random random = new(42);
        using StreamWriter log = new(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        for (long i = 0; log.BaseStream.Position < bytes; i++)
        {
            DateTime at = new DateTime(2026, 1, 1).AddMilliseconds(i * 100 % 20_000_000_000);
            log.Write(string.Create(CultureInfo.InvariantCulture, $$$"""{"id":"call-{{{i:00000000}}}-{{{random.Next(1 << 24):x6}}}","model":"{{{Models[random.Next(Models.Length)]}}}","at":"{{{at:yyyy-MM-ddTHH:mm:ss.fff}}}Z","usage":{"input":{{{random.Next(20_000)}}},"cacheRead":{{{random.Next(20_000)}}},"output":{{{random.Next(3_000)}}}},"tags":{"user":"u{{{random.Next(200)}}}","team":"t{{{random.Next(12)}}}"}}"""));
            log.Write('\n');
        }
    }
}
