using System.Globalization;
using System.IO.Compression;
using System.Text;
using LlmCostModel.Catalog;
using LlmCostModel.TestData;

namespace LlmCostModel.Logs.Tests.PlainLines;

/// <summary>What is added up from lines is what is added up record by record, whatever else is in the logs.</summary>
public class PlainLineSumsTests
{
    private static readonly RateCard[] Cards =
    [
        .. RateCardJson.Parse("""
            { "Provider": "acme", "Currency": "USD", "Models": {
              "a1": { "Aliases": [ "a1-latest" ], "PerMillionTokens": { "Input": 1.25, "CacheRead": 0.125, "CacheWrite": 1.5, "Output": 10, "Reasoning": 10 } },
              "a2": { "Versions": [
                { "Until": "2026-02-10", "PerMillionTokens": { "Input": 2, "CacheRead": 0.5, "CacheWrite5m": 2.5, "CacheWrite1h": 4, "Output": 8 } },
                { "From": "2026-02-10T07:30:00Z", "PerMillionTokens": { "Input": 3, "CacheRead": 0.3, "CacheWrite5m": 2.5, "Output": 0.000000333333 },
                  "Rules": [
                    { "Name": "long", "When": { "TotalInputAbove": 200000 }, "PerMillionTokens": { "Input": 6, "Output": 22.50 } },
                    { "Name": "batch", "When": { "Tier": "batch" }, "Multiply": 0.5 },
                    { "Name": "us", "When": { "Region": "us" }, "Multiply": 1.1 } ] } ] },
              "a3": { "PerMillionTokens": { "Input": 0.22, "CacheRead": 0.007, "Output": 0.66 }, "Rules": [
                { "Name": "peak", "Multiply": 2, "When": { "Days": "Mon-Fri", "Daily": [ "01:00-04:00", "06:00-10:00" ], "TimeZone": "UTC" } } ] },
              "both": { "PerMillionTokens": { "Input": 5, "Output": 6 } },
              "unpriced": { "PerMillionTokens": { "Input": 1 } } } }
            """, "acme"),
        .. RateCardJson.Parse("""
            { "Provider": "other", "Currency": "EUR", "Models": {
              "e1": { "PerMillionTokens": { "Input": 1, "CacheRead": 2, "Output": 3 } },
              "both": { "PerMillionTokens": { "Input": 7, "Output": 9 } } } }
            """, "other"),
    ];

    private static readonly CostEstimator OfCards = new(Cards);
    private static readonly CostEstimator OfCatalog = BuiltInCatalog.CreateEstimator(Options());

    private static readonly string[] Keys =
        ["model", "provider", "tier", "hour", "day", "week", "month", "file", "user", "team", "tag:session", "tag:nothing"];

    [Fact]
    public void RandomLogs_AreSummedUpAsRecordByRecord()
    {
        // Or nothing was compared.
        Assert.InRange(CompareRandom(Log), 8_000, int.MaxValue);

        static Func<string> Log(Random random, int odd)
        {
            RandomLog log = new(random);
            bool hasIds = random.Next(3) > 0;
            return () => log.Write(random.Next(1, 120), odd, hasIds);
        }
    }

    [Fact]
    public void RandomTables_AreSummedUpAsRowByRow()
    {
        Assert.InRange(CompareRandom(Table), 8_000, int.MaxValue);

        static Func<string> Table(Random random, int odd) => () => new RandomTable(random).Write(random.Next(1, 120), odd);
    }

    private static long CompareRandom(Func<Random, int, Func<string>> writer)
    {
        long plain = 0;
        for (int seed = 0; seed < 400; seed++)
        {
            Random random = new(seed);
            int odd = random.Next(4) switch { 0 => 0, 1 => 2, 2 => 20, _ => 60 };
            Func<string> write = writer(random, odd);
            byte[][] logs = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Encoding.UTF8.GetBytes(write()))];
            CostEstimator estimator = random.Next(2) == 0 ? OfCards : OfCatalog;
            string[] keys = [.. Keys.OrderBy(_ => random.Next()).Take(random.Next(4))];
            TimeZoneInfo? zone = random.Next(3) switch
            {
                0 => null,
                1 => TimeZoneInfo.FindSystemTimeZoneById("America/St_Johns"),
                _ => TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"),
            };
            DateTimeOffset? from = random.Next(3) == 0 ? new DateTimeOffset(2026, 2, 1, 3, 4, 5, TimeSpan.FromHours(1)) : null;
            DateTimeOffset? to = random.Next(3) == 0 ? new DateTimeOffset(2026, 5, 1, 3, 4, 5, TimeSpan.Zero) : null;
            CallContext asked = random.Next(4) switch
            {
                0 => new() { At = new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.FromHours(-3)) },
                1 => new() { Tier = "batch", Region = "us" },
                _ => default,
            };
            (bool merges, bool saves) = (random.Next(4) > 0, random.Next(4) > 0);

            string expected = Make().Tell(Open(), threads: 0);
            (int threads, int chunk) = (random.Next(1, 5), random.Next(3) switch { 0 => random.Next(4, 40), 1 => random.Next(40, 3000), _ => 1 << 20 });
            LogRun run = Make();

            string actual = run.Tell(Open(), threads, chunk);
            Assert.True(expected == actual, string.Create(CultureInfo.InvariantCulture, $"Seed {seed}: {actual} instead of {expected}"));
            plain += run.Plain;

            LogRun Make() => new(estimator)
            {
                Keys = keys,
                Zone = zone,
                From = from,
                To = to,
                Merges = merges,
                HasSavings = saves,
                Reading = new() { Asked = asked, KeepText = seed % 2 == 0 },
            };

            Stream[] Open() => [.. logs.Select(bytes => new MemoryStream(bytes))];
        }

        return plain;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Log_ThatBreaksOff_CountsToWhereItDoes(int threads)
    {
        byte[] text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 20_000).Select(Line)));
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(text);
        }

        byte[] broken = packed.ToArray()[..(int)(packed.Length / 2)];
        LogRun run = new(OfCards);

        Assert.Equal(new LogRun(OfCards).Tell([new MemoryStream(broken)], threads: 0), run.Tell([new MemoryStream(broken)], threads, 1 << 14));
        Assert.InRange(run.Plain, 1_000, 19_000);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void LongLine_EndsThePlainOnes(int threads)
    {
        string longLine = $$$"""{"model":"a1","usage":{"input":1},"tags":{"user":"{{{new string('x', 1_300_000)}}}"}}""" + "\n";
        string text = Line(1) + Line(2) + longLine + Line(3) + "nonsense\n" + Line(4);
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        LogRun run = new(OfCards);

        Assert.Equal(new LogRun(OfCards).Tell([new MemoryStream(bytes)], threads: 0), run.Tell([new MemoryStream(bytes)], threads));
        Assert.Equal(2, run.Plain);
    }

    [Fact]
    public void Counts_ThatASumMayNotHold_AreLeftToTheSumItself()
    {
        // 10^15 - 1 tokens are the most that are read at once; 9,300 calls of them are more than 63 bits hold.
        string[] lines = [.. Enumerable.Range(0, 9_300).Select(_ => """{"model":"a1","usage":{"input":999999999999999}}""")];
        byte[] bytes = Encoding.UTF8.GetBytes(string.Join('\n', lines));
        LogRun run = new(OfCards);

        Assert.Equal(new LogRun(OfCards).Tell([new MemoryStream(bytes)], threads: 0), run.Tell([new MemoryStream(bytes)], threads: 2, 10_000));
        Assert.InRange(run.Plain, 9_000, 9_223);
    }

    [Fact]
    public void Threads_AreOneOrMore() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new PlainLineSums(OfCards, new LogSummary([])) { Threads = 0 });

    private static string Line(int number) =>
        $$$"""{"id":"{{{number}}}","model":"a1","at":"2026-01-02T03:04:05Z","usage":{"input":{{{number % 1000}}},"cacheRead":7,"output":30}}""" + "\n";

    private static LlmCostModelOptions Options()
    {
        LlmCostModelOptions options = new();
        foreach (RateCard card in Cards)
        {
            options.RateCards.Add(card.Provider!, card);
        }

        return options;
    }
}
