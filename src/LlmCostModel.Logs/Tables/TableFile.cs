using System.Text;

namespace LlmCostModel.Logs;

/// <summary>A file of rows under a header: values between commas, semicolons or tabs, in quotes where they hold one.</summary>
internal sealed class TableFile
{
    /// <summary>As much of a file as is looked at to find out what it is.</summary>
    private const int MostLooked = 1 << 16;

    private readonly byte[] _start;
    private readonly Stream _rest;

    private TableFile(TableHeader header, byte[] start, Stream rest) => (Header, _start, _rest) = (header, start, rest);

    /// <summary>The names of the columns, and what stands between values.</summary>
    public TableHeader Header { get; }

    /// <summary>Looks whether a log is a table.</summary>
    /// <param name="stream">The log; what was read of it is given back with it.</param>
    /// <returns>The table; <see langword="null"/> when the log is something else.</returns>
    public static TableFile? Find(ref Stream stream)
    {
        byte[] start = new byte[MostLooked];
        int read = stream.ReadAtLeast(start, 64, throwOnEndOfStream: false);
        bool isPossible = MayBegin(start.AsSpan(0, read));
        read += isPossible ? stream.ReadAtLeast(start.AsSpan(read), MostLooked - read, throwOnEndOfStream: false) : 0;
        Stream rest = stream;
        start = start[..read];
        stream = new ConcatenatedStream(new MemoryStream(start), rest);
        if (!isPossible)
        {
            return null;
        }

        using StreamReader text = new(new MemoryStream(start), Encoding.UTF8);
        return TableHeader.Find(text.ReadToEnd(), isWhole: read < MostLooked) is { } header ? new(header, start, rest) : null;
    }

    /// <summary>All rows.</summary>
    public TableRows Rows() => new(Header, new ConcatenatedStream(new MemoryStream(_start), _rest));

    /// <summary>Some rows.</summary>
    /// <param name="part">They.</param>
    /// <param name="line">The line on which they begin.</param>
    public TableRows Rows(Stream part, long line) => new(Header, part, line, hasHeader: false);

    /// <summary>What follows the header, and the line on which it begins.</summary>
    /// <returns>The rest of the log; <see langword="null"/> where no line ends with the header.</returns>
    public (Stream Rows, long Line)? WithoutHeader()
    {
        int begin = _start.AsSpan().IndexOfAnyExcept("\uFEFF\r\n"u8);
        int end = begin < 0 ? -1 : _start.AsSpan(begin).IndexOf((byte)'\n');
        if (end < 0)
        {
            return null;
        }

        end += begin + 1;
        ReadOnlySpan<byte> header = _start.AsSpan(0, end);
        return header.Count((byte)'\r') > header.Count("\r\n"u8)
            ? null
            : (new ConcatenatedStream(new MemoryStream(_start, end, _start.Length - end), _rest), 1 + header.Count((byte)'\n'));
    }

    /// <summary>JSON begins otherwise, and needs no closer look.</summary>
    private static bool MayBegin(ReadOnlySpan<byte> start)
    {
        start = (start.StartsWith("\uFEFF"u8) ? start[3..] : start).TrimStart(" \r\n"u8);
        return start.Length > 0 && start[0] is not ((byte)'{' or (byte)'[');
    }
}
