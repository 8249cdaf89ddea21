using System.Globalization;
using LlmCostModel.Logs.Tests.PlainLines;

namespace LlmCostModel.Logs.Tests.Parquet;

/// <summary>Rows that are added up by whole columns come to what they do one by one, however the file is written.</summary>
public class RowBlockTests
{
    private const string Model = "'a' || (1 + i % 2)";
    private const string At = "TIMESTAMPTZ '2026-01-02 03:04:05+00' + INTERVAL (i) MINUTE";

    private static readonly CostEstimator Estimator = new(
    [
        .. RateCardJson.Parse("""
            { "Provider": "acme", "Currency": "USD", "Models": {
              "a1": { "PerMillionTokens": { "Input": 1.25, "CacheRead": 0.125, "Output": 10 } },
              "a2": { "Versions": [
                { "Until": "2026-01-09", "PerMillionTokens": { "Input": 3, "CacheRead": 0.3, "Output": 15 } },
                { "From": "2026-01-09", "PerMillionTokens": { "Input": 2, "CacheRead": 0.2, "Output": 15 }, "Rules": [
                  { "Name": "long", "When": { "TotalInputAbove": 200000 }, "PerMillionTokens": { "Input": 6 } } ] } ] } } }
            """, "acme"),
    ]);

    /// <summary>10,000 calls of 60 fresh tokens and 40 out of a cache: 10,000 x (60 x 1.25 + 40 x 0.125) = 800,000 a million tokens, 0.80
    /// USD. Fresh, the 40 would have cost 1.25 and not 0.125: 10,000 x 40 x 1.125 = 450,000, so that 0.45 were saved.</summary>
    [Theory]
    [InlineData("")]
    [InlineData(", 'call-' || i AS id")]
    public void Rows_OfOneModel_CostWhatTheirTokensDo(string id)
    {
        byte[] file = DuckDbFile.Write($"SELECT 'a1' AS model, {At} AS \"at\", 60 AS input, 40 AS \"cacheRead\"{id} FROM range(10000) t(i)");
        LogSummary summary = new([SummaryKey.Find("model")!], estimator: Estimator);
        PlainLineSums sums = new(Estimator, summary, new CallMerger());

        Assert.Empty(new LogReader().Read(new MemoryStream(file), "calls", sums));

        SummaryGroup group = Assert.Single(summary.Groups);
        Assert.Equal((10_000L, 0.8m, 0.45m), (group.Calls, group.Total!.Value.Amount, group.CacheSaved!.Value.Amount));
        Assert.Equal(new TokenUsage { Input = 600_000, CacheRead = 400_000 }, group.Usage);
        Assert.Equal(10_000 - 1_024, sums.InBlocks); // the first rows make the group
    }

    /// <summary>However the file is written, and whatever single rows are.</summary>
    [Theory]
    [InlineData(Model, At, "i % 1000", "ROW_GROUP_SIZE 100000")]
    [InlineData(Model, At, "i % 1000", "ROW_GROUP_SIZE 2048")]
    [InlineData(Model, At, "i % 1000", "ROW_GROUP_SIZE 2048, COMPRESSION gzip, PARQUET_VERSION V2")]
    [InlineData(Model, At, "i % 1000", "ROW_GROUP_SIZE 4096, PARQUET_VERSION V2, COMPRESSION uncompressed")]
    [InlineData(Model, At, "i % 1000", "ROW_GROUP_SIZE 100000, DICTIONARY_SIZE_LIMIT 1")] // texts that stand in no dictionary
    [InlineData(Model, "TIMESTAMPTZ '2026-01-02 03:04:05+00'", "i % 1000", "ROW_GROUP_SIZE 4096")]
    [InlineData(Model, At, "CASE WHEN i % 7000 = 5000 THEN -1 ELSE i % 1000 END", "ROW_GROUP_SIZE 100000")] // refused
    [InlineData(Model, At, "CASE WHEN i % 7000 = 5000 THEN 250000 ELSE i % 1000 END", "ROW_GROUP_SIZE 100000")] // another price
    [InlineData(Model, At, "CASE WHEN i % 7000 = 5000 THEN 70000000 ELSE i % 1000 END", "ROW_GROUP_SIZE 100000")] // too many for a column
    [InlineData("CASE WHEN i % 6000 = 5000 THEN NULL ELSE 'a1' END", At, "i % 1000", "ROW_GROUP_SIZE 100000")]
    [InlineData("CASE WHEN i % 6000 = 5000 THEN 'nobody' ELSE 'a2' END", At, "i % 1000", "ROW_GROUP_SIZE 100000")]
    [InlineData("CASE WHEN i < 15000 THEN 'a1' ELSE 'a2' END", At, "i % 1000", "ROW_GROUP_SIZE 100000")] // the second group comes later
    public void Rows_HoweverTheyAreWritten_AreSummedUpAsRecordByRecord(string model, string at, string input, string options)
    {
        foreach (string id in (string[])["NULL", "'call-' || i", "'call-' || i % 17000", "CASE WHEN i % 3 > 0 THEN 'call-' || (i // 2) END"])
        {
            byte[] file = DuckDbFile.Write(
                $"SELECT ({id})::VARCHAR AS id, {model} AS model, {at} AS \"at\", {input} AS input, CASE WHEN i % 3 = 0 THEN i % 50 END AS output, "
                + $"CASE WHEN i > 9000 THEN i % 7 ELSE 0 END AS \"cacheRead\", 'u' || i % 5 AS \"user\" FROM range(20000) t(i)", options);
            foreach (bool merges in (bool[])[false, true])
            {
                LogRun one = new(Estimator) { Merges = merges }, all = new(Estimator) { Merges = merges };

                string expected = one.Tell([new MemoryStream(file)], threads: 0);

                Assert.Equal(expected, all.Tell([new MemoryStream(file)], threads: 1));
                Assert.InRange(all.InBlocks, 5_000, 20_000);
            }
        }
    }

    /// <summary>Rows of more than two billion records do not fit into 32 bits. What was counted before is set here: to read as many takes
    /// minutes.</summary>
    [Fact]
    public void Counters_BeyondTwoBillion_GoOn()
    {
        byte[] file = DuckDbFile.Write("SELECT 'a1' AS model, 1 AS input FROM range(5000) t(i)");
        PlainLineSums sums = AfterTwoBillion(from: null);
        PlainLineSums before = AfterTwoBillion(from: DateTimeOffset.UnixEpoch);

        Assert.Empty(new LogReader().Read(new MemoryStream(file), "calls", sums));
        Assert.Empty(new LogReader().Read(new MemoryStream(file), "calls", before));

        Assert.Equal((2_147_488_647L, 2_147_488_647L), (sums.Records, sums.Undated)); // 2,147,483,647 + 5,000
        Assert.Equal(2_147_483_647L + 5_000 - 1_024, sums.InBlocks);
        Assert.Equal(2_147_488_647L, before.LeftOut);
    }

    private static PlainLineSums AfterTwoBillion(DateTimeOffset? from) => new(Estimator, new LogSummary([]))
    {
        From = from,
        Records = int.MaxValue,
        LeftOut = int.MaxValue,
        Undated = int.MaxValue,
        InBlocks = int.MaxValue,
    };
}
