using System.Text;
using ZstdSharp;

namespace LlmCostModel.Logs;

/// <summary>Unpacks files by their first bytes, and says of kinds that are not read which they are.</summary>
internal static class PackedFiles
{
    /// <summary>As much of a file as tells what it is: tar says so behind its first name.</summary>
    private const int Looked = 265;

    private const string Rows = "Write its rows as CSV or JSON lines.";

    private const string Unpack = "Unpack it first.";

    private const string Parquet = "PAR1\u0015";

    private static readonly (string Start, int At, string Name, string Advice)[] NotRead =
    [
        ("\u00FD7zXZ\0", 0, "packed with xz", "Unpack it first, such as with xz -d."),
        ("BZh", 0, "packed with bzip2", "Unpack it first, such as with bzip2 -d."),
        ("\u0004\u0022\u004D\u0018", 0, "packed with lz4", "Unpack it first, such as with lz4 -d."),
        ("PK\u0003\u0004", 0, "a zip archive, or a workbook", "Unpack it first, or save the workbook as CSV."),
        ("PK\u0005\u0006", 0, "an empty zip archive", "Name the log itself."),
        ("7z\u00BC\u00AF\u0027\u001C", 0, "a 7z archive", Unpack),
        ("Rar!\u001A\u0007", 0, "a rar archive", Unpack),
        ("\u001F\u009D", 0, "packed with compress", "Unpack it first, such as with uncompress."),
        ("\u00FF\u0006\0\0sNaPpY", 0, "packed with snappy", Unpack),
        ("ustar", 257, "a tar archive", "Unpack it first, such as with tar -x."),
        (Parquet, 0, "a Parquet file", Rows),
        ("SQLite format 3\0", 0, "a SQLite database", Rows),
        ("Obj\u0001", 0, "an Avro file", Rows),
        ("ARROW1\0\0", 0, "an Arrow file", Rows),
        ("\u00D0\u00CF\u0011\u00E0\u00A1\u00B1\u001A\u00E1", 0, "an old workbook", "Save it as CSV."),
        ("%PDF-", 0, "a PDF", "Fetch the log itself."),
    ];

    /// <summary>Unpacks a stream when its first bytes, or its name, say that it is packed.</summary>
    /// <param name="raw">The stream.</param>
    /// <param name="name">What it is called.</param>
    /// <param name="takesParquet">Whether who reads it reads Parquet too.</param>
    /// <exception cref="LogFormatException">It is of a kind that is not read.</exception>
    public static Stream Open(Stream raw, string name, bool takesParquet = false)
    {
        Stream whole = Look(new BufferedStream(raw, 1 << 16), out ReadOnlySpan<byte> start);
        if (start.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]))
        {
            whole = new WholeGzipStream(whole, name);
        }
        else if (IsZstd(start))
        {
            whole = new WholeStream(new DecompressionStream(whole, checkEndOfStream: true, leaveOpen: false), name, "zstd");
        }
        else if (name.EndsWith(".br", StringComparison.OrdinalIgnoreCase) && start.Length > 0)
        {
            whole = new WholeStream(new WholeBrotliStream(whole), name, "Brotli");
        }
        else
        {
            Refuse(start, name, takesParquet);
            return whole;
        }

        Stream unpacked = Look(whole, out start);
        Refuse(start, name, takesParquet);
        return unpacked;
    }

    /// <summary>Whether a frame of zstd begins so, or one that is to be skipped.</summary>
    public static bool IsZstd(ReadOnlySpan<byte> start) =>
        start.StartsWith((ReadOnlySpan<byte>)[0x28, 0xB5, 0x2F, 0xFD])
        || (start.Length >= 4 && (start[0] & 0xF0) == 0x50 && start[1..4].SequenceEqual((ReadOnlySpan<byte>)[0x2A, 0x4D, 0x18]));

    private static ConcatenatedStream Look(Stream stream, out ReadOnlySpan<byte> start)
    {
        byte[] looked = new byte[Looked];
        int read = stream.ReadAtLeast(looked, Looked, throwOnEndOfStream: false);
        start = looked.AsSpan(0, read);
        return new ConcatenatedStream(new MemoryStream(looked, 0, read), stream);
    }

    private static void Refuse(ReadOnlySpan<byte> start, string name, bool takesParquet)
    {
        foreach ((string mark, int at, string kind, string advice) in NotRead)
        {
            if (start.Length > at && start[at..].StartsWith(Encoding.Latin1.GetBytes(mark)) && !(takesParquet && mark == Parquet))
            {
                throw new LogFormatException($"'{name}' is {kind}, which is not read. {advice}");
            }
        }
    }
}
