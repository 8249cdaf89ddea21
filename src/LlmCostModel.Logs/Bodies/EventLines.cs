namespace LlmCostModel.Logs;

/// <summary>Cuts a stream of server-sent events into its lines, and knows where an answer began.</summary>
internal sealed class EventLines
{
    private LineCounter _lines = new();
    private bool _isInEvent;
    private bool _isInLine;
    private bool _afterReturn;
    private long _event = 1;
    private bool _hasAnswer;

    /// <summary>The line on which the first event of the answer begins.</summary>
    public long Answer { get; private set; } = 1;

    /// <summary>Takes a line with its end, or as much of one as is there.</summary>
    public ReadOnlyMemory<byte> Take(ReadOnlyMemory<byte> bytes)
    {
        int end = bytes.Span.IndexOfAny((byte)'\n', (byte)'\r');
        ReadOnlyMemory<byte> line = end < 0 ? bytes : bytes[..(end + 1)];
        if (_afterReturn && end == 0 && line.Span[0] == '\n')
        {
            _afterReturn = false; // the second half of an end that was taken
            _lines.Take(line.Span);
            return line;
        }

        bool isBlank = !_isInLine && (end == 0 || (!_isInEvent && line.Span.StartsWith(":"u8))); // or a comment
        if (!isBlank && !_isInEvent)
        {
            _event = _lines.Line;
            Answer = _hasAnswer ? Answer : _event;
            _hasAnswer = true;
        }

        _isInEvent = !isBlank;
        _isInLine = end < 0;
        _afterReturn = end >= 0 && line.Span[^1] == '\r';
        _lines.Take(line.Span);
        return line;
    }

    /// <summary>Begins an answer with the last event that was taken.</summary>
    public void BeginAnswer() => Answer = _event;
}
