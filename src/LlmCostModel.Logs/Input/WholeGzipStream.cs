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
    private readonly ConcatenatedStream _packed;
    private readonly GZipStream _unpacked;
    private readonly byte[] _behind = new byte[Mark.Length];
    private int _found;
    private bool _isAtEnd;

    /// <param name="packed">The gzip data; disposed with this stream.</param>
    /// <param name="name">What the data is called when it is refused.</param>
    internal WholeGzipStream(Stream packed, string name)
    {
        _name = name;
        _packed = new ConcatenatedStream(packed, new MemoryStream(Pack(Mark)));
        _unpacked = new GZipStream(_packed, CompressionMode.Decompress);
    }

    /// <summary>Reads what is in the file. What comes out behind its last byte is not in it: after a cut, the mark is taken for
    /// data.</summary>
    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty)
        {
            return 0;
        }

        while (!_isAtEnd)
        {
            try
            {
                int read = _unpacked.Read(buffer);
                if (read > 0 && !_packed.IsInSecond)
                {
                    return read;
                }

                _isAtEnd = read == 0;
                if (read > _behind.Length - _found)
                {
                    throw Broken();
                }

                buffer[..read].CopyTo(_behind.AsSpan(_found));
                _found += read;
            }
            catch (InvalidDataException)
            {
                throw Broken();
            }
        }

        return _behind.AsSpan(0, _found).SequenceEqual(Mark) ? 0 : throw Broken();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _unpacked.Dispose();
        }

        base.Dispose(disposing);
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
