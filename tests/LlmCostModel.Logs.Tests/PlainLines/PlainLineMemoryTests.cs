using System.Text;
using LlmCostModel.Logs.Tests.Merging;

namespace LlmCostModel.Logs.Tests.PlainLines;

/// <summary>What is held while lines are added up.</summary>
[Collection(nameof(MergerMemoryTests))]
public class PlainLineMemoryTests
{
    private const int Seldom = 100; // looks, for each collects garbage

    /// <summary>What is held at once does not grow with the log: a chunk or two for each thread.</summary>
    [Fact]
    public void Memory_DoesNotFollowTheLog()
    {
        CostEstimator estimator = new(RateCardJson.Parse(
            """{ "Currency": "USD", "Models": { "a1": { "PerMillionTokens": { "Input": 1.25, "CacheRead": 0.125, "Output": 10 } } } }"""u8.ToArray(), "card"));
        byte[] part = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 20_000).Select(Line)));
        long before = GC.GetTotalMemory(forceFullCollection: true);
        (long most, int looks) = (0, 0);
        PlainLineSums sums = new(estimator, new LogSummary([SummaryKey.Find("day")!], estimator: estimator), new CallMerger())
        {
            Threads = 2,
            ShouldStop = () =>
            {
                most = ++looks % Seldom == 0 ? Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before) : most;
                return false;
            },
        };

        Assert.Empty(new LogReader().Read(new RepeatedStream(part, times: 40), "log", sums));

        Assert.Equal(800_000, sums.Calls); // 80 MB
        Assert.InRange(looks, 5 * Seldom, int.MaxValue);
        Assert.InRange(most, 1, 40_000_000);
    }

    private static string Line(int number) =>
        $$$"""{"model":"a1","at":"2026-01-02T03:04:05Z","usage":{"input":{{{number % 1000}}},"cacheRead":7,"output":30}}""" + "\n";

    private sealed class RepeatedStream(byte[] part, int times) : ReadingStream
    {
        private long _at;

        public override int Read(Span<byte> buffer)
        {
            ReadOnlySpan<byte> rest = _at >= (long)part.Length * times ? default : part.AsSpan((int)(_at % part.Length));
            int read = Math.Min(rest.Length, buffer.Length);
            rest[..read].CopyTo(buffer);
            _at += read;
            return read;
        }
    }
}
