namespace LlmCostModel;

/// <summary>Cuts a stream of bytes into the JSON of its events: <c>data:</c> lines up to an empty line, or one JSON object a
/// line.</summary>
/// <remarks>The format: https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream</remarks>
internal sealed class SseParser(int maxEventBytes, SseParser.EventHandler onEvent)
{
    private const int FirstBufferBytes = 4096;

    private byte[] _line = new byte[FirstBufferBytes];
    private int _lineLength;
    private byte[] _data = new byte[FirstBufferBytes];
    private int _dataLength;
    private bool _hasData;
    private bool _afterReturn;
    private bool _isStarted;

    internal delegate void EventHandler(ReadOnlySpan<byte> json);

    /// <summary>Whether the stream said <c>[DONE]</c>.</summary>
    internal bool SawDone { get; private set; }

    internal void Append(ReadOnlySpan<byte> utf8)
    {
        while (!utf8.IsEmpty)
        {
            if (_afterReturn)
            {
                _afterReturn = false;
                if (utf8[0] == '\n')
                {
                    utf8 = utf8[1..];
                    continue;
                }
            }

            int end = utf8.IndexOfAny((byte)'\n', (byte)'\r');
            if (end < 0)
            {
                Grow(ref _line, ref _lineLength, utf8);
                return;
            }

            _afterReturn = utf8[end] == '\r';
            if (_lineLength == 0)
            {
                Line(utf8[..end]);
            }
            else
            {
                Grow(ref _line, ref _lineLength, utf8[..end]);
                int length = _lineLength;
                _lineLength = 0;
                Line(_line.AsSpan(0, length));
            }

            utf8 = utf8[(end + 1)..];
        }
    }

    /// <summary>Takes what stands behind the last line end.</summary>
    /// <returns>False when the stream was cut inside an event.</returns>
    internal bool Finish()
    {
        if (_lineLength > 0)
        {
            int length = _lineLength;
            _lineLength = 0;
            try
            {
                Line(_line.AsSpan(0, length));
            }
            catch (UsageFormatException exception) when (exception.Kind == UsageFaultKind.InvalidJson)
            {
                return false;
            }
        }

        try
        {
            Dispatch();
            return true;
        }
        catch (UsageFormatException exception) when (exception.Kind == UsageFaultKind.InvalidJson)
        {
            // The spec drops an event without its empty line; a whole one at the end of a file still counts.
            return false;
        }
    }

    private void Line(ReadOnlySpan<byte> line)
    {
        if (!_isStarted)
        {
            _isStarted = true;
            line = line.StartsWith("\uFEFF"u8) ? line[3..] : line;
        }

        if (line.IsEmpty)
        {
            Dispatch();
        }
        else if (line.StartsWith("data:"u8))
        {
            ReadOnlySpan<byte> value = line[5..];
            if (_hasData)
            {
                Grow(ref _data, ref _dataLength, "\n"u8);
            }

            _hasData = true;
            Grow(ref _data, ref _dataLength, value.StartsWith(" "u8) ? value[1..] : value);
        }
        else if (line[0] == '{')
        {
            onEvent(line);
        }
    }

    private void Dispatch()
    {
        if (!_hasData)
        {
            return;
        }

        ReadOnlySpan<byte> data = _data.AsSpan(0, _dataLength).Trim(" \t\n"u8);
        _hasData = false;
        _dataLength = 0;
        if (data.SequenceEqual("[DONE]"u8))
        {
            SawDone = true;
        }
        else if (!data.IsEmpty && data[0] == '{')
        {
            onEvent(data);
        }
    }

    private void Grow(ref byte[] buffer, ref int length, ReadOnlySpan<byte> more)
    {
        if (more.Length > maxEventBytes - length)
        {
            UsageErrors.TooLong(maxEventBytes);
        }

        if (length + more.Length > buffer.Length)
        {
            Array.Resize(
                ref buffer,
                (int)Math.Min(Math.Max(buffer.Length * 2L, length + more.Length), Math.Max(maxEventBytes, FirstBufferBytes)));
        }

        more.CopyTo(buffer.AsSpan(length));
        length += more.Length;
    }
}
