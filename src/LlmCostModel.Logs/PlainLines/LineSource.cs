namespace LlmCostModel.Logs;

/// <summary>Reads a log in chunks that end at the end of a line.</summary>
/// <param name="stream">The log, unpacked and in UTF-8.</param>
/// <param name="chunkBytes">How long chunks are, unless a line is longer.</param>
/// <param name="longestLine">The longest line of a chunk.</param>
/// <param name="isQuoted">Whether a line goes on within quotes, as the rows of tables do.</param>
/// <param name="shouldStop">Says that the rest is not to be read; null where all is.</param>
internal sealed class LineSource(Stream stream, int chunkBytes, int longestLine, bool isQuoted = false, Func<bool>? shouldStop = null)
{
    private const int ReadAtOnce = 1 << 16; // as much as a log is read in otherwise, so that it breaks off at the same place

    private byte[] _rest = []; // the beginning of a line
    private bool _isAtEnd;
    private bool _isStopped;
    private Exception? _fault;

    /// <summary>Whether a line is so long that what follows is not read here.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>Why the log could not be read further than to the end of the chunks.</summary>
    public Exception? Fault => _fault;

    /// <summary>Reads the next chunk.</summary>
    /// <returns>Whether there is one.</returns>
    public bool TryRead(LineChunk chunk)
    {
        chunk.Clear();
        int room = Math.Max(chunkBytes, _rest.Length + 1);
        chunk.Buffer = chunk.Buffer.Length < room ? new byte[room] : chunk.Buffer;
        _rest.CopyTo(chunk.Buffer, 0);
        (int length, int searched) = (_rest.Length, 0);
        while (true)
        {
            length += Fill(chunk.Buffer, length);
            int end = isQuoted
                ? EndOfRows(chunk.Buffer.AsSpan(0, length))
                : chunk.Buffer.AsSpan(searched, length - searched).LastIndexOf((byte)'\n') is >= 0 and int found ? searched + found
                : -1;
            int lines = end + 1;
            if (_fault is not null && chunk.Buffer.AsSpan(0, length).LastIndexOf((byte)'\r') is var other && other >= lines)
            {
                lines = other + 1;
            }

            if (lines > 0 || _isAtEnd)
            {
                chunk.Length = _isAtEnd && !_isStopped && _fault is null ? length : lines;
                _rest = chunk.Buffer[chunk.Length..length];
                return chunk.Length > 0;
            }

            if (length > longestLine)
            {
                IsTooLong = true;
                _rest = chunk.Buffer[..length];
                return false;
            }

            searched = length;
            byte[] larger = new byte[Math.Min(length * 2, longestLine + 1)];
            chunk.Buffer.AsSpan(0, length).CopyTo(larger);
            chunk.Buffer = larger;
        }
    }

    /// <summary>What follows, from the beginning of a chunk or behind the last one.</summary>
    public Stream ReadOn(LineChunk? chunk)
    {
        MemoryStream taken = new([.. chunk is null ? [] : chunk.Buffer.AsSpan(0, chunk.Length), .. _rest]);
        return new ConcatenatedStream(taken, _fault is null ? stream : new BrokenStream(_fault));
    }

    /// <summary>Where the last row ends that does: not within quotes.</summary>
    private static int EndOfRows(ReadOnlySpan<byte> text)
    {
        int end = text.LastIndexOf((byte)'\n');
        bool isOpen = end >= 0 && text[..end].Count((byte)'"') % 2 != 0;
        while (end >= 0 && isOpen)
        {
            int before = text[..end].LastIndexOf((byte)'\n');
            isOpen ^= text[(before + 1)..end].Count((byte)'"') % 2 != 0;
            end = before;
        }

        return end;
    }

    private int Fill(byte[] buffer, int start)
    {
        int filled = 0;
        while (!_isAtEnd && start + filled < buffer.Length)
        {
            try
            {
                int read = stream.Read(buffer.AsSpan(start + filled, Math.Min(ReadAtOnce, buffer.Length - start - filled)));
                filled += read;
                _isStopped = shouldStop?.Invoke() == true;
                _isAtEnd = read == 0 || _isStopped;
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                (_fault, _isAtEnd) = (exception, true); // what is read counts first
            }
        }

        return filled;
    }
}
