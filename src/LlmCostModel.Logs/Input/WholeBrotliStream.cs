using System.Buffers;
using System.IO.Compression;

namespace LlmCostModel.Logs;

/// <summary>Unpacks Brotli, and refuses what was cut off: <see cref="BrotliStream"/> takes the end of a cut file for the end of its
/// data.</summary>
internal sealed class WholeBrotliStream(Stream packed) : ReadingStream
{
    private readonly byte[] _buffer = new byte[1 << 16];
    private BrotliDecoder _decoder;
    private int _start;
    private int _end;
    private bool _isDone;

    /// <exception cref="InvalidDataException">The data are not whole.</exception>
    public override int Read(Span<byte> buffer)
    {
        while (!_isDone && !buffer.IsEmpty)
        {
            OperationStatus status = _decoder.Decompress(_buffer.AsSpan(_start, _end - _start), buffer, out int taken, out int written);
            _start += taken;
            _isDone = status == OperationStatus.Done;
            if (status == OperationStatus.InvalidData || (status == OperationStatus.NeedMoreData && written == 0 && !Fill()))
            {
                throw new InvalidDataException("The data are damaged or cut off.");
            }

            if (written > 0)
            {
                return written;
            }
        }

        return 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _decoder.Dispose();
            packed.Dispose();
        }

        base.Dispose(disposing);
    }

    private bool Fill()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        int read = packed.Read(_buffer.AsSpan(_end));
        _end += read;
        return read > 0;
    }
}
