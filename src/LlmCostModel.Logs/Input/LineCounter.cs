namespace LlmCostModel.Logs;

/// <summary>Counts the lines of bytes that come in pieces. A line ends with LF, CR LF or CR.</summary>
internal struct LineCounter
{
    private bool _afterReturn;

    public LineCounter()
        : this(1)
    {
    }

    public LineCounter(long line) => Line = line;

    /// <summary>The line on which the next byte stands, from 1.</summary>
    public long Line { get; private set; }

    /// <summary>Counts.</summary>
    public void Take(ReadOnlySpan<byte> bytes)
    {
        for (int end = bytes.IndexOfAny((byte)'\n', (byte)'\r'); end >= 0; end = bytes.IndexOfAny((byte)'\n', (byte)'\r'))
        {
            _afterReturn &= end == 0;
            Count(bytes[end]);
            bytes = bytes[(end + 1)..];
        }

        _afterReturn &= bytes.IsEmpty;
    }

    /// <summary>Counts a line of some length by its end.</summary>
    public void TakeLine(int length, byte end)
    {
        _afterReturn &= length == 0;
        Count(end);
    }

    private void Count(byte end)
    {
        Line += end == '\n' && _afterReturn ? 0 : 1;
        _afterReturn = end == '\r';
    }
}
