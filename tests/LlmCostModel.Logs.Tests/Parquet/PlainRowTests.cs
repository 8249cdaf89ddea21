using System.Globalization;
using LlmCostModel.Logs.Tests.PlainLines;

namespace LlmCostModel.Logs.Tests.Parquet;

/// <summary>What is added up from columns is what is added up record by record, whatever else is in the rows.</summary>
public class PlainRowTests
{
    private static readonly CostEstimator Estimator = new(
    [
        .. RateCardJson.Parse("""
            { "Provider": "acme", "Currency": "USD", "Models": {
              "a1": { "Aliases": [ "a1-latest" ], "PerMillionTokens": { "Input": 1.25, "CacheRead": 0.125, "CacheWrite": 1.5, "Output": 10, "Reasoning": 10 } },
              "a2": { "Versions": [
                { "Until": "2026-02-10", "PerMillionTokens": { "Input": 2, "CacheRead": 0.5, "CacheWrite5m": 2.5, "Output": 8 } },
                { "From": "2026-02-10T07:30:00Z", "PerMillionTokens": { "Input": 3, "CacheRead": 0.3, "Output": 0.000000333333 },
                  "Rules": [
                    { "Name": "long", "When": { "TotalInputAbove": 200000 }, "PerMillionTokens": { "Input": 6, "Output": 22.50 } },
                    { "Name": "batch", "When": { "Tier": "batch" }, "Multiply": 0.5 },
                    { "Name": "us", "When": { "Region": "us" }, "Multiply": 1.1 } ] } ] },
              "a3": { "PerMillionTokens": { "Input": 3, "CacheRead": 0.3, "CacheWrite5m": 3.75, "Output": 15 }, "Rules": [
                { "Name": "long", "When": { "TotalInputAbove": 200000 }, "PerMillionTokens": { "Input": 6, "Output": 22.50 } },
                { "Name": "batch", "When": { "Tier": "batch" }, "Multiply": 0.5 },
                { "Name": "us", "When": { "Region": "us" }, "Multiply": 1.1 } ] },
              "both": { "PerMillionTokens": { "Input": 5, "Output": 6 } } } }
            """, "acme"),
        .. RateCardJson.Parse("""
            { "Provider": "other", "Currency": "EUR", "Models": {
              "e1": { "PerMillionTokens": { "Input": 1, "CacheRead": 2, "Output": 3 } },
              "both": { "PerMillionTokens": { "Input": 7, "Output": 9 } } } }
            """, "other"),
    ]);

    private static readonly string[] Keys = ["model", "provider", "tier", "hour", "day", "week", "month", "file", "user", "team", "tag:nothing"];

    [Fact]
    public void RandomTables_AreSummedUpAsRecordByRecord()
    {
        long plain = 0;
        for (int seed = 0; seed < 80; seed++)
        {
            Random random = new(seed);
            int odd = random.Next(4) switch { 0 => 0, 1 => 2, 2 => 20, _ => 60 };
            byte[][] logs = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Write(random, random.Next(8) == 0 ? 1_500 : random.Next(0, 200), odd))];
            string[] keys = [.. Keys.OrderBy(_ => random.Next()).Take(random.Next(4))];
            TimeZoneInfo? zone = random.Next(2) == 0 ? null : TimeZoneInfo.FindSystemTimeZoneById("America/St_Johns");
            DateTimeOffset? from = random.Next(3) == 0 ? new DateTimeOffset(2026, 2, 1, 3, 4, 5, TimeSpan.FromHours(1)) : null;
            CallContext asked = random.Next(4) switch
            {
                0 => new() { At = new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.FromHours(-3)) },
                1 => new() { Tier = "batch", Region = "us" },
                _ => default,
            };
            (bool merges, bool saves) = (random.Next(3) > 0, random.Next(4) > 0);
            LogRun run = Make();

            string expected = Make().Tell([.. logs.Select(log => new MemoryStream(log))], threads: 0);

            string actual = run.Tell([.. logs.Select(log => new MemoryStream(log))], threads: 1);
            Assert.True(expected == actual, string.Create(CultureInfo.InvariantCulture, $"Seed {seed}\n{expected}\n{actual}"));
            plain += run.Plain;

            LogRun Make() => new(Estimator)
            {
                Keys = keys,
                Zone = zone,
                From = from,
                Merges = merges,
                HasSavings = saves,
                Reading = new() { Asked = asked, KeepText = seed % 2 == 0 },
            };
        }

        Assert.InRange(plain, 5_000, long.MaxValue); // or nothing was compared
    }

    /// <summary>Rows of which only the kind decides the group, in tables of whole numbers.</summary>
    [Fact]
    public void RandomTables_OfNumbers_AreSummedUpByColumns()
    {
        long inBlocks = 0;
        for (int seed = 0; seed < 60; seed++)
        {
            Random random = new(seed);
            byte[] log = WriteNumbers(random, random.Next(1, 8_000), oddRows: random.Next(3) * random.Next(3), isDated: random.Next(3) > 0);
            string[] keys = [.. ((string[])["model", "provider", "tier", "file"]).Where(_ => random.Next(2) == 0)];
            CallContext asked = random.Next(2) == 0 ? default : new() { At = new DateTimeOffset(2026, 2, 10, 8, 0, 0, TimeSpan.Zero), Region = "us" };
            bool saves = random.Next(3) > 0;
            LogRun run = Make();

            string expected = Make().Tell([new MemoryStream(log)], threads: 0);

            string actual = run.Tell([new MemoryStream(log)], threads: 1);
            Assert.True(expected == actual, string.Create(CultureInfo.InvariantCulture, $"Seed {seed}\n{expected}\n{actual}"));
            inBlocks += run.InBlocks;

            LogRun Make() => new(Estimator) { Keys = keys, Merges = false, HasSavings = saves, Reading = new() { Asked = asked } };
        }

        Assert.InRange(inBlocks, 50_000, long.MaxValue); // or nothing was compared
    }

    /// <summary>The rows of which there is nothing more to say need no record: all but the first whose time has no offset.</summary>
    [Theory]
    [InlineData("TIMESTAMPTZ '2026-01-02 03:04:05+00'", 0)]
    [InlineData("TIMESTAMP '2026-01-02 03:04:05'", 1)]
    [InlineData("NULL", 0)]
    public void PlainRows_NeedNoRecord(string at, int records)
    {
        byte[] file = DuckDbFile.Write(
            $"SELECT 'a' || (1 + i % 2) AS model, {at} AS \"at\", i AS input, 3::DOUBLE AS output, 'u' || i % 3 AS \"user\", i AS latency FROM range(3000) t(i)");
        PlainLineSums sums = new(Estimator, new LogSummary([SummaryKey.Find("model")!]), new CallMerger());

        Assert.Equal(records, new LogReader().Read(new MemoryStream(file), "calls", sums).Count());
        Assert.Equal((3000 - records, 3000 - records), (sums.Records, sums.Calls));
    }

    private static byte[] Write(Random random, int rows, int odd)
    {
        bool isTotal = random.Next(4) == 0;
        string[] counts = isTotal
            ? ["prompt_tokens", "cached_tokens", "completion_tokens", "reasoning_tokens"]
            : [.. ((string[])["output", "cacheRead", "cacheWrite", "cacheWrite5m", "reasoning"]).Where(_ => random.Next(2) == 0), "input"];
        ParquetKind[] kinds = [ParquetKind.Integer, ParquetKind.Text, ParquetKind.Decimal];
        (string Name, ParquetKind Kind)[] others =
        [
            ("id", ParquetKind.Text), ("at", random.Next(3) > 0 ? ParquetKind.Instant : ParquetKind.Text), ("provider", ParquetKind.Text),
            ("region", ParquetKind.Text), ("tier", ParquetKind.Text), ("user", ParquetKind.Text), ("tags.team", ParquetKind.Text),
            ("meters.webSearch", ParquetKind.Decimal), ("attributes.quality", ParquetKind.Text), ("cost", ParquetKind.Decimal),
            ("latency", ParquetKind.Decimal),
        ];
        (string Name, ParquetKind Kind)[] columns =
        [
            ("model", ParquetKind.Text),
            .. counts.Select(name => (name, random.Next(3) > 0 ? ParquetKind.Integer : kinds[random.Next(3)])),
            .. others.Where(_ => random.Next(3) > 0),
        ];
        WrittenColumn[] written = [.. columns.OrderBy(_ => random.Next()).Select(column => new WrittenColumn(column.Name, column.Kind))];
        for (int row = 0; row < rows; row++)
        {
            foreach (WrittenColumn column in written)
            {
                Add(column, random, random.Next(100) < odd && random.Next(4) == 0);
            }
        }

        using MemoryStream file = new();
        new ParquetWriter(file).Write(written);
        return file.ToArray();
    }

    private static byte[] WriteNumbers(Random random, int rows, int oddRows, bool isDated)
    {
        WrittenColumn model = new("model", ParquetKind.Text), tier = new("tier", ParquetKind.Text), at = new("at", ParquetKind.Instant);
        WrittenColumn input = new("input", ParquetKind.Integer), output = new("output", ParquetKind.Integer);
        WrittenColumn read = new("cacheRead", ParquetKind.Integer), written = new("cacheWrite5m", ParquetKind.Integer);
        HashSet<int> odd = [.. Enumerable.Range(0, oddRows).Select(_ => random.Next(rows))];
        DateTime first = new(2026, random.Next(1, 6), 11, 0, 0, 0, DateTimeKind.Utc); // some without the day on which a2 has no price
        string?[] usual = random.Next(2) == 0 ? ["a1", "a1-latest", "a2", "a2"] : ["a1", "a1-latest", "a3", "a3"]; // a2 is too fine for columns
        bool hasWrites = random.Next(2) == 0;
        for (int row = 0; row < rows; row++)
        {
            bool isOdd = odd.Contains(row);
            string?[] models = isOdd ? [null, "unknown", " a1", "e1"] : usual;
            string? name = models[random.Next(4)];
            model.AddText(name);
            tier.AddText(name is "a2" or "a3" && random.Next(3) == 0 ? "batch" : null);
            at.AddInstant(first.AddSeconds(random.Next(3_000_000)));
            input.AddNumber(isOdd ? random.NextInt64(-2, 70_000_000) : random.Next(400_000));
            output.AddNumber(random.Next(9) == 0 ? null : random.Next(5_000));
            read.AddNumber(random.Next(2) == 0 ? 0 : random.Next(90_000));
            written.AddNumber(row > rows / 2 ? 0 : null);
        }

        using MemoryStream file = new();
        WrittenColumn[] columns = [input, model, read, .. isDated ? [at] : Array.Empty<WrittenColumn>(), output, tier];
        new ParquetWriter(file).Write(hasWrites ? [.. columns, written] : columns);
        return file.ToArray();
    }

    private static void Add(WrittenColumn column, Random random, bool isOdd)
    {
        switch (column.Name)
        {
            case "model":
                column.AddText(isOdd ? Of(null, "", "unknown", " a1 ", "NaN") : Of("a1", "a1-latest", "a2", "both", "e1"));
                break;
            case "id":
                column.AddText(Of(null, $"call-{random.Next(300)}", "r1", isOdd ? " call-1 " : "call-1", isOdd ? "né" : "call-2"));
                break;
            case "at" when column.Kind == ParquetKind.Instant:
                column.AddInstant(random.Next(20) == 0 ? null : new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddSeconds(random.Next(10_000_000)));
                break;
            case "at":
                column.AddText(isOdd ? Of("", "yesterday", "2026-02-31", "2026-03-01 10:00:00", "1772359200") : Of(
                    null, "2026-02-10T07:30:00Z", "2026-02-10T07:29:59.9999999Z", "2026-02-10T01:00:00-06:30", $"2026-03-{random.Next(10, 28)}T10:00:00Z"));
                break;
            case "provider":
                column.AddText(isOdd ? Of("", "nobody") : Of(null, "acme", null, "acme"));
                break;
            case "region" or "tier":
                column.AddText(isOdd ? Of("", "somewhere") : Of(null, column.Name == "tier" ? "batch" : "us"));
                break;
            case "user" or "tags.team" or "attributes.quality":
                column.AddText(column.Name == "attributes.quality" && !isOdd ? null : Of(null, "ann", "bob", isOdd ? " ann " : "ann", isOdd ? "null" : "é"));
                break;
            case "meters.webSearch" or "cost":
                column.AddDecimal(!isOdd ? null : random.Next(-1, 4) / 2m);
                break;
            case "latency":
                column.AddDecimal(random.Next(1000));
                break;
            default:
                AddCount(column, random, isOdd);
                break;
        }

        string? Of(params string?[] values) => values[random.Next(values.Length)];
    }

    private static void AddCount(WrittenColumn column, Random random, bool isOdd)
    {
        long most = column.Name is "input" or "prompt_tokens" ? 500_000 : 300;
        long? count = random.Next(6) == 0 ? null : random.NextInt64(most);
        count = isOdd ? random.Next(4) switch { 0 => -1, 1 => long.MaxValue, 2 => 3_000_000_000_000_000, _ => 70_000_000 } : count;
        switch (column.Kind)
        {
            case ParquetKind.Integer:
                column.AddNumber(count);
                break;
            case ParquetKind.Decimal:
                column.AddDecimal(isOdd && random.Next(2) == 0 ? 1.5m : count);
                break;
            default:
                column.AddText(isOdd && random.Next(2) == 0 ? "x" : count is { } known ? AmountFormat.ToText(known) : null);
                break;
        }
    }
}
