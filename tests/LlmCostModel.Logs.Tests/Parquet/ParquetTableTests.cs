using System.IO.Compression;

namespace LlmCostModel.Logs.Tests.Parquet;

/// <summary>Rows of Parquet are records as rows of CSV are, whatever wrote them, and however.</summary>
public class ParquetTableTests
{
    private const string Two = """
        SELECT * FROM (VALUES
          ('r-1', 'gpt-4o', TIMESTAMPTZ '2026-04-02 09:00:00.123456+00', 600::BIGINT, 200::BIGINT, 'ada'),
          (NULL,  'gpt-4o', NULL,                                         10::BIGINT, NULL,        NULL)) t(id, model, "at", input, output, "user")
        """;

    [Theory]
    [InlineData("COMPRESSION uncompressed")]
    [InlineData("COMPRESSION snappy")]
    [InlineData("COMPRESSION gzip")]
    [InlineData("COMPRESSION zstd")]
    [InlineData("COMPRESSION brotli")]
    [InlineData("COMPRESSION snappy, PARQUET_VERSION V2")]
    public void Rows_AreRead_HoweverTheyArePacked(string options)
    {
        LogRecord[] records = DuckDbFile.ReadLog(DuckDbFile.Write(Two, options));

        Assert.Equal([null, null], records.Select(record => record.Fault));
        Assert.Equal(
            [new TokenUsage { Input = 600, Output = 200 }, new TokenUsage { Input = 10 }], records.Select(TextLog.UsageOf));
        Assert.Equal(("usage", 1, 1L, null), (records[0].Format, records[0].Number, records[0].Row, records[0].Line));
        Assert.Equal(("r-1", "ada"), (records[0].Call!.Identity.ResponseId, TextLog.TagOf(records[0], "user")));
        Assert.Equal(new DateTimeOffset(2026, 4, 2, 9, 0, 0, TimeSpan.Zero).AddTicks(1_234_560), records[0].Call!.At);
        Assert.Equal((2L, null, null), (records[1].Row, records[1].Call!.At, TextLog.TagOf(records[1], "user")));
        Assert.Equal(0.0035m, TextLog.TotalOf(records[0])); // 600 x 2.50 + 200 x 10, a million
        Assert.Empty(records[0].Hints);
    }

    [Fact]
    public void Rows_ThatArePackedAnotherWay_AreRefusedByName()
    {
        byte[] file = DuckDbFile.Write(Two, "COMPRESSION lz4_raw");

        LogFormatException exception = Assert.Throws<LogFormatException>(() => DuckDbFile.ReadLog(file));

        Assert.Contains("packed with LZ4, which is not read", exception.Message, StringComparison.Ordinal);
    }

    /// <summary>A count is a count in whatever type, if it is a whole number.</summary>
    [Theory]
    [InlineData("7::TINYINT")]
    [InlineData("7::UTINYINT")]
    [InlineData("7::SMALLINT")]
    [InlineData("7::USMALLINT")]
    [InlineData("7::INTEGER")]
    [InlineData("7::UINTEGER")]
    [InlineData("7::BIGINT")]
    [InlineData("7::UBIGINT")]
    [InlineData("7::HUGEINT")]
    [InlineData("7::DOUBLE")]
    [InlineData("7::FLOAT")]
    [InlineData("7::DECIMAL(4,0)")]
    [InlineData("7::DECIMAL(4,2)")]
    [InlineData("7::DECIMAL(12,3)")]
    [InlineData("7::DECIMAL(30,12)")]
    [InlineData("'7'")]
    [InlineData("' 7 '")]
    [InlineData("'7.0'")]
    [InlineData("'7e0'")]
    public void Count_MayHaveAnyType(string value)
    {
        LogRecord record = Assert.Single(DuckDbFile.ReadLog(DuckDbFile.Write($"SELECT 'gpt-4o' AS model, {value} AS input")));

        Assert.Equal((null, 7L), (record.Fault, TextLog.UsageOf(record).Input));
    }

    [Theory]
    [InlineData("TIMESTAMPTZ '2026-04-02 09:00:00.5+00'", true)]
    [InlineData("TIMESTAMP '2026-04-02 09:00:00.5'", false)]
    [InlineData("TIMESTAMP_MS '2026-04-02 09:00:00.5'", false)]
    [InlineData("TIMESTAMP_NS '2026-04-02 09:00:00.5'", false)]
    [InlineData("'2026-04-02T11:00:00.5+02:00'", true)]
    [InlineData("'2026-04-02 09:00:00.5'", false)]
    [InlineData("1775120400500::BIGINT", true)]
    [InlineData("1775120400.5::DOUBLE", true)]
    [InlineData("1775120400.5::DECIMAL(18,3)", true)]
    public void Instant_MayHaveAnyType(string value, bool isZoned)
    {
        LogRecord record = Assert.Single(DuckDbFile.ReadLog(DuckDbFile.Write($"SELECT 'gpt-4o' AS model, 7 AS input, {value} AS at")));

        Assert.Equal(new DateTimeOffset(2026, 4, 2, 9, 0, 0, 500, TimeSpan.Zero), record.Call!.At);
        Assert.Equal(isZoned ? [] : ["Times that say no offset are taken as UTC."], record.Hints);
    }

    [Fact]
    public void Day_IsItsFirstInstant() => Assert.Equal(
        new DateTimeOffset(2026, 4, 2, 0, 0, 0, TimeSpan.Zero),
        Assert.Single(DuckDbFile.ReadLog(DuckDbFile.Write("SELECT 'gpt-4o' AS model, 7 AS input, DATE '2026-04-02' AS at"))).Call!.At);

    [Fact]
    public void Texts_MayBeOfADictionaryAnEnumOrAnId()
    {
        LogRecord record = Assert.Single(DuckDbFile.ReadLog(DuckDbFile.Write("""
            SELECT 'gpt-4o'::ENUM ('gpt-4o', 'o1') AS model, 7 AS input, UUID '00112233-4455-6677-8899-aabbccddeeff' AS id, true AS is_batch
            """)));

        Assert.Equal(
            ("gpt-4o", "00112233-4455-6677-8899-aabbccddeeff", "batch"),
            (record.Call!.Reading.Model, record.Call.Identity.ResponseId, record.Call.Context.Tier));
    }

    [Fact]
    public void Columns_WithinOthers_AreFieldsToo()
    {
        LogRecord record = Assert.Single(DuckDbFile.ReadLog(DuckDbFile.Write("""
            SELECT 'gpt-4o' AS model, {'input': 5, 'output': NULL::INTEGER} AS usage, {'team': 'red'} AS tags, {'webSearch': 2} AS meters
            """)));

        Assert.Equal((5L, 0L), (TextLog.UsageOf(record).Input, TextLog.UsageOf(record).Output));
        Assert.Equal(("red", 2m), (TextLog.TagOf(record, "team"), record.Call!.Reading.Meters["webSearch"]));
    }

    [Fact]
    public void Map_NamesColumns()
    {
        LogReaderOptions options = new();
        options.Map.Add("model", "engine");
        options.Map.Add("totalInput", "in");
        options.Map.Add("cacheRead", "hit");
        options.Map.Add("tags.team", "department");

        LogRecord[] records = DuckDbFile.ReadLog(
            DuckDbFile.Write("SELECT * FROM (VALUES ('gpt-4o', 1200, 600, 'search'), ('gpt-4o', 5, 6, NULL)) t(engine, \"in\", hit, department)"), options);

        Assert.Equal(new TokenUsage { Input = 600, CacheRead = 600 }, TextLog.UsageOf(records[0]));
        Assert.Equal("search", TextLog.TagOf(records[0], "team"));
        Assert.Equal((2L, "Column in is 5, less than the 6 tokens that other columns say are in it."), (records[1].Row, records[1].Fault));
    }

    [Fact]
    public void RowGroups_AreReadOneAfterTheOther()
    {
        byte[] file = DuckDbFile.Write(
            "SELECT 'm' || (i % 7) AS model, CASE WHEN i % 3 = 0 THEN NULL ELSE i END AS input, repeat('x', i % 5) || i AS id FROM range(10000) t(i)",
            "ROW_GROUP_SIZE 2048");
        LogRecord[] records = DuckDbFile.ReadLog(file);

        Assert.Equal(Enumerable.Range(1, 10_000).Select(row => (long?)row), records.Select(record => record.Row));
        for (int i = 0; i < records.Length; i++)
        {
            Assert.Equal($"m{i % 7}", records[i].Call!.Reading.Model);
            Assert.Equal(i % 3 == 0 ? null : i, records[i].Call!.Reading.Usage?.Input);
            Assert.Equal($"{new string('x', i % 5)}{i}", records[i].Call!.Identity.ResponseId);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void File_ThatCannotBeSoughtIn_IsKept(bool isPacked)
    {
        byte[] file = DuckDbFile.Write(Two);
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(file);
        }

        using Stream pipe = isPacked ? new MemoryStream(packed.ToArray()) : new BrotliStream(Brotli(file), CompressionMode.Decompress);

        Assert.Equal(2, new LogReader().Read(pipe, "calls").Count(record => record.Call is not null));
    }

    [Fact]
    public void UnknownTable_IsRefusedOnce() => Assert.Equal(
        "This is a table (Parquet) of columns that no format has: a, b. As usage records they lack model and input. Say which column is what with --map, such as --map model=NAME --map input=NAME.",
        Assert.Single(DuckDbFile.ReadLog(DuckDbFile.Write("SELECT 1 AS a, 2 AS b FROM range(3)"))).Fault);

    [Theory]
    [InlineData("[1]", "a list or a map")]
    [InlineData("MAP {'a': 1}", "a list or a map")]
    [InlineData("TIME '10:00:00'", "a time of day")]
    [InlineData("INTERVAL 1 DAY", "an interval")]
    public void Column_OfAnotherType_IsRefusedByName(string value, string type)
    {
        LogRecord[] records = DuckDbFile.ReadLog(DuckDbFile.Write($"SELECT 'gpt-4o' AS model, 1 AS input, {value} AS output, [1, 2] AS other"));

        string? fault = Assert.Single(records).Fault;
        Assert.True(fault is null || fault == $"The column 'output' is {type}, which is not read.", fault);
        Assert.Equal(type == "a list or a map", fault is null); // its name has more behind: output.list.element
    }

    [Fact]
    public void File_ThatIsNotWhole_IsRefused()
    {
        byte[] file = DuckDbFile.Write(Two);

        Assert.Equal(
            "The Parquet file 'calls.parquet' cannot be read: its end is missing: it was cut off, or is written still.",
            Assert.Throws<LogFormatException>(() => DuckDbFile.ReadLog(file[..^20])).Message);
        Assert.Equal(
            "The Parquet file 'calls.parquet' cannot be read: its end is missing: it was cut off, or is written still.",
            Assert.Throws<LogFormatException>(() => DuckDbFile.ReadLog("PAR1"u8.ToArray())).Message);
    }

    /// <summary>Whatever byte is broken, the file is read or refused; it does not end the program.</summary>
    [Fact]
    public void BrokenBytes_AreReadOrRefused()
    {
        Random random = new(7);
        byte[][] files =
        [
            DuckDbFile.Write(Two), DuckDbFile.Write(Two, "COMPRESSION zstd, PARQUET_VERSION V2"), DuckDbFile.Write(Two, "COMPRESSION uncompressed"),
        ];
        for (int i = 0; i < 3_000; i++)
        {
            byte[] broken = [.. files[i % files.Length]];
            for (int j = random.Next(1, 4); j > 0; j--)
            {
                broken[random.Next(5, broken.Length - 4)] = (byte)random.Next(256);
            }

            try
            {
                Assert.InRange(DuckDbFile.ReadLog(broken).Length, 0, 1_000_000);
            }
            catch (LogFormatException exception)
            {
                Assert.Contains("calls.parquet", exception.Message, StringComparison.Ordinal);
            }
        }
    }

    private static MemoryStream Brotli(byte[] bytes)
    {
        using MemoryStream packed = new();
        using (BrotliStream brotli = new(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            brotli.Write(bytes);
        }

        return new(packed.ToArray());
    }
}
