namespace LlmCostModel.Logs;

/// <summary>The part of a stream that is looked at; it grows while nothing of it is taken.</summary>
internal sealed class ByteWindow(Stream stream, long line = 1)
{
    private byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;
    private LineCounter _lines = new(line);

    /// <summary>The bytes that are there, and not taken yet.</summary>
    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(_start, _end - _start);

    /// <summary>How many there are.</summary>
    public int Length => _end - _start;

    /// <summary>The line on which they begin.</summary>
    public long Line => _lines.Line;

    /// <summary>Reads more behind them; those that were taken may be overwritten.</summary>
    /// <returns>Whether there was more.</returns>
    public bool Fill()
    {
        if (_start > 0 && (_start == _end || _end == _buffer.Length))
        {
            Bytes.CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, checked(_buffer.Length * 2));
        }

        int read = stream.Read(_buffer.AsSpan(_end));
        _end += read;
        return read > 0;
    }

    /// <summary>The same as <see cref="Bytes"/>, to keep until more is read.</summary>
    public ReadOnlyMemory<byte> Memory => _buffer.AsMemory(_start, _end - _start);

    /// <summary>Takes bytes.</summary>
    public ReadOnlyMemory<byte> Take(int count)
    {
        ReadOnlyMemory<byte> taken = _buffer.AsMemory(_start, count);
        _lines.Take(taken.Span);
        _start += count;
        return taken;
    }

    /// <summary>Takes a line and the byte that ends it.</summary>
    public ReadOnlyMemory<byte> TakeLine(int length)
    {
        ReadOnlyMemory<byte> taken = _buffer.AsMemory(_start, length);
        _lines.TakeLine(length, _buffer[_start + length]);
        _start += length + 1;
        return taken;
    }
}
