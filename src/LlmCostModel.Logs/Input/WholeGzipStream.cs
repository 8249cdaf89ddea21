using System.IO.Compression;

namespace LlmCostModel.Logs;

/// <summary>
/// Unpacks gzip, of several members too, and refuses one that was cut off, whose records would be lost without a word: <see
/// cref="GZipStream"/> takes the end of a cut file for the end of its data.
/// </summary>
/// <remarks>A mark, packed as a member of its own, is read behind the file. It comes out at the very end only when all members before it
/// were whole.</remarks>
internal sealed class WholeGzipStream : ReadingStream
{
    private static readonly byte[] Mark = "\u0000llmcost:whole\u0000"u8.ToArray();

    private readonly string _name;
    private readonly GZipStream _unpacked;
    private readonly byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;
    private bool _isAtEnd;

    /// <param name="packed">The gzip data; disposed with this stream.</param>
    /// <param name="name">What the data is called when it is refused.</param>
    internal WholeGzipStream(Stream packed, string name)
    {
        _name = name;
        _unpacked = new GZipStream(new ConcatenatedStream(packed, new MemoryStream(Pack(Mark))), CompressionMode.Decompress);
    }

    public override int Read(Span<byte> buffer)
    {
        while (!_isAtEnd && _end - _start <= Mark.Length)
        {
            Fill();
        }

        int count = Math.Min(buffer.Length, _end - _start - (_isAtEnd ? 0 : Mark.Length));
        _buffer.AsSpan(_start, count).CopyTo(buffer);
        _start += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _unpacked.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Fill()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        try
        {
            int read = _unpacked.Read(_buffer.AsSpan(_end));
            _end += read;
            _isAtEnd = read == 0;
        }
        catch (InvalidDataException)
        {
            throw Broken();
        }

        if (_isAtEnd)
        {
            if (!_buffer.AsSpan(0, _end).EndsWith(Mark))
            {
                throw Broken();
            }

            _end -= Mark.Length;
        }
    }

    private LogFormatException Broken() => new($"'{_name}' is not whole gzip: it was cut off or damaged. Fetch it again.");

    private static byte[] Pack(byte[] bytes)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionMode.Compress))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }
}
