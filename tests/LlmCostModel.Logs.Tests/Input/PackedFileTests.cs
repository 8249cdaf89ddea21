using System.IO.Compression;
using System.Text;
using ZstdSharp;

namespace LlmCostModel.Logs.Tests.Input;

/// <summary>Logs are unpacked and read in the encoding that their first bytes tell; what is not read is said by its name.</summary>
public class PackedFileTests
{
    private const string Record = """{"model":"gpt-4o","usage":{"input":10}}""";

    private static readonly string Log = string.Join('\n', Enumerable.Range(0, 400).Select(i => $$$"""{"id":"ä{{{i * 7919 % 1000}}}","model":"gpt-4o","usage":{"input":{{{i * i}}}}}"""));

    private static readonly byte[] Bytes = Encoding.UTF8.GetBytes(Log);

    [Fact]
    public void Zstd_OfFramesAndSkippableOnes_IsRead()
    {
        byte[] packed = Zstd(Bytes);
        byte[] skippable = [0x5A, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 1, 2, 3];

        Assert.Equal(400, Count(packed));
        Assert.Equal(400, Count([.. skippable, .. packed, .. skippable]));
        Assert.Equal(800, Count([.. packed, .. Zstd("\n"u8.ToArray()), .. packed]));
    }

    [Fact]
    public void Brotli_ByItsName_IsRead()
    {
        byte[] packed = Brotli(Bytes);

        Assert.Equal(400, Count(packed, "log.jsonl.BR"));
        Refused(packed[..^20], "log.br", "'log.br' is not whole Brotli: it was cut off or damaged. Fetch it again.");
        Refused(Bytes, "log.br", "'log.br' is not whole Brotli: it was cut off or damaged. Fetch it again.");
    }

    [Fact]
    public void Zstd_CutOffOrDamaged_IsRefused()
    {
        byte[] packed = Zstd(Bytes);
        const string Message = "'log.zst' is not whole zstd: it was cut off or damaged. Fetch it again.";
        for (int length = 4; length < packed.Length; length += 37)
        {
            Refused(packed[..length], "log.zst", Message);
        }

        for (int i = 12; i < packed.Length; i += 97)
        {
            byte[] damaged = [.. packed];
            damaged[i] ^= 0x10;
            Refused(damaged, "log.zst", Message);
        }
    }

    /// <summary>The first bytes of kinds that are known and not read; in gzip too.</summary>
    [Theory]
    [InlineData("FD377A585A00", "packed with xz, which is not read. Unpack it first, such as with xz -d.")]
    [InlineData("425A6839314159265359", "packed with bzip2, which is not read. Unpack it first, such as with bzip2 -d.")]
    [InlineData("04224D186440A7", "packed with lz4, which is not read. Unpack it first, such as with lz4 -d.")]
    [InlineData("504B03041400", "a zip archive, or a workbook, which is not read. Unpack it first, or save the workbook as CSV.")]
    [InlineData("377ABCAF271C", "a 7z archive, which is not read. Unpack it first.")]
    [InlineData("53514C69746520666F726D6174203300", "a SQLite database, which is not read. Write its rows as CSV or JSON lines.")]
    [InlineData("4F626A0104", "an Avro file, which is not read. Write its rows as CSV or JSON lines.")]
    [InlineData("FF060000734E61507059", "packed with snappy, which is not read. Unpack it first.")]
    [InlineData("D0CF11E0A1B11AE1", "an old workbook, which is not read. Save it as CSV.")]
    [InlineData("255044462D312E37", "a PDF, which is not read. Fetch the log itself.")]
    public void KindThatIsNotRead_IsSaidOnce(string start, string message)
    {
        byte[] file = [.. Convert.FromHexString(start), .. Bytes];

        Refused(file, "file", $"'file' is {message}");
        Refused(Gzip(file), "file", $"'file' is {message}");
    }

    /// <summary>Rows are read as logs, and as nothing else.</summary>
    [Fact]
    public void Parquet_IsNoText()
    {
        byte[] file = [.. Convert.FromHexString("504152311504"), .. Bytes];
        const string Message = "'rates' is a Parquet file, which is not read. Write its rows as CSV or JSON lines.";

        Assert.Equal(Message, Assert.Throws<LogFormatException>(() => LogFiles.Unpack(new MemoryStream(file), "rates")).Message);
        Assert.Equal(Message, Assert.Throws<LogFormatException>(() => LogFiles.Unpack(new MemoryStream(Gzip(file)), "rates")).Message);
    }

    [Fact]
    public void Archive_InGzip_IsSaid()
    {
        byte[] tar = new byte[2048];
        "calls.jsonl"u8.CopyTo(tar);
        "ustar"u8.CopyTo(tar.AsSpan(257));

        Refused(Gzip(tar), "calls.tgz", "'calls.tgz' is a tar archive, which is not read. Unpack it first, such as with tar -x.");
    }

    /// <summary>With a mark or without: lines, a table and events.</summary>
    [Theory]
    [InlineData("utf-16", true)]
    [InlineData("utf-16", false)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-16BE", false)]
    [InlineData("utf-32", true)]
    [InlineData("utf-8", true)]
    public void Encoding_ByItsMarkOrItsZeros_IsRead(string name, bool hasMark)
    {
        Encoding encoding = Encoding.GetEncoding(name);
        byte[] mark = hasMark ? encoding.GetPreamble() : [];

        LogRecord[] records = Read([.. mark, .. encoding.GetBytes($"{Record}\r\n\r\n{Record.Replace("gpt-4o", "gpt-ü", StringComparison.Ordinal)}")]);
        LogRecord row = Assert.Single(Read([.. mark, .. encoding.GetBytes("model,input\ngpt-4o,7\n")]));

        Assert.Equal([("gpt-4o", 1L), ("gpt-ü", 3L)], records.Select(record => (record.Call!.Reading.Model!, record.Line!.Value)));
        Assert.Equal(7, TextLog.UsageOf(row).Input);
        Assert.Equal(4, LogFiles.ReadLines(new MemoryStream([.. mark, .. encoding.GetBytes("aä\nb\n\nc\nd")]), "x").Count());
    }

    /// <summary>Bytes that are no text stay what they were: a fault of their record.</summary>
    [Fact]
    public void InvalidBytes_AreReplaced_AndZerosAreAFault()
    {
        byte[] log = [.. "{\"id\":\"a"u8, 0xFF, .. "\",\"model\":\"gpt-4o\",\"usage\":{\"input\":1}}\n"u8, 0, 0, 0, (byte)'\n', .. Encoding.UTF8.GetBytes(Record)];

        LogRecord[] records = Read(log);

        Assert.Equal((3, 1, true), (records.Length, TextLog.UsageOf(records[0]).Input, records[1].Fault!.StartsWith("The record is not valid JSON", StringComparison.Ordinal)));
    }

    private static LogRecord[] Read(byte[] bytes, string name = "log") => [.. new LogReader().Read(new MemoryStream(bytes), name)];

    private static int Count(byte[] bytes, string name = "log") => Read(bytes, name).Count(record => record.Call is not null);

    private static void Refused(byte[] bytes, string name, string message) =>
        Assert.Equal(message, Assert.Throws<LogFormatException>(() => Read(bytes, name)).Message);

    private static byte[] Zstd(byte[] bytes)
    {
        using Compressor compressor = new();
        compressor.SetParameter(ZstdSharp.Unsafe.ZSTD_cParameter.ZSTD_c_checksumFlag, 1);
        return compressor.Wrap(bytes).ToArray();
    }

    private static byte[] Brotli(byte[] bytes) => Pack(bytes, stream => new BrotliStream(stream, CompressionMode.Compress));

    private static byte[] Gzip(byte[] bytes) => Pack(bytes, stream => new GZipStream(stream, CompressionMode.Compress));

    private static byte[] Pack(byte[] bytes, Func<Stream, Stream> make)
    {
        using MemoryStream packed = new();
        using (Stream stream = make(packed))
        {
            stream.Write(bytes);
        }

        return packed.ToArray();
    }
}
