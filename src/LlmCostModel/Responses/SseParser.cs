using System.Buffers;

namespace LlmCostModel;

/// <summary>Cuts a stream of bytes into the JSON of its events: <c>data:</c> lines up to an empty line, or one JSON object a
/// line.</summary>
/// <remarks>The format: https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream</remarks>
internal sealed class SseParser(int maxEventBytes, SseParser.EventHandler onEvent)
{
    private readonly ArrayBufferWriter<byte> _line = new();
    private readonly ArrayBufferWriter<byte> _data = new();
    private bool _afterReturn;
    private bool _isStarted;
    private bool _isKnown;

    internal delegate void EventHandler(ReadOnlySpan<byte> json);

    /// <summary>Whether the stream said <c>[DONE]</c>.</summary>
    internal bool SawDone { get; private set; }

    /// <summary>What the input is, when it begins as neither events nor JSON lines do.</summary>
    internal string? Misfit { get; private set; }

    /// <summary>Forgets <c>[DONE]</c>: another answer begins.</summary>
    internal void ForgetDone() => SawDone = false;

    internal void Append(ReadOnlySpan<byte> utf8)
    {
        while (!utf8.IsEmpty)
        {
            utf8 = _afterReturn && utf8[0] == '\n' ? utf8[1..] : utf8;
            _afterReturn = false;
            int end = utf8.IndexOfAny((byte)'\n', (byte)'\r');
            if (end < 0)
            {
                Add(_line, utf8);
                return;
            }

            _afterReturn = utf8[end] == '\r';
            if (_line.WrittenCount == 0)
            {
                Line(utf8[..end]);
            }
            else
            {
                Add(_line, utf8[..end]);
                EndLine();
            }

            utf8 = utf8[(end + 1)..];
        }
    }

    /// <summary>Takes what stands behind the last line end.</summary>
    /// <returns>False when the stream was cut inside an event.</returns>
    internal bool Finish()
    {
        try
        {
            // The spec drops an event without its empty line; a whole one at the end of a file still counts.
            EndLine();
            Dispatch();
            return true;
        }
        catch (UsageFormatException exception) when (exception.Kind == UsageFaultKind.InvalidJson)
        {
            return false;
        }
    }

    private void EndLine()
    {
        ReadOnlySpan<byte> line = _line.WrittenSpan;
        _line.ResetWrittenCount(); // the bytes stay until the next ones are added
        Line(line);
    }

    private void Line(ReadOnlySpan<byte> line)
    {
        if (line.Length > maxEventBytes)
        {
            // However the stream is cut: a line that comes in pieces is measured while it grows.
            UsageErrors.TooLong(maxEventBytes);
        }

        if (!_isStarted)
        {
            _isStarted = true;
            line = line.StartsWith("\uFEFF"u8) ? line[3..] : line;
        }

        if (!_isKnown)
        {
            _isKnown = !line.TrimStart(" \t"u8).IsEmpty;
            Misfit = line.TrimStart(" \t"u8) switch
            {
                [(byte)'[', ..] => "a JSON array. Pass its elements to UsageStreamReader.AppendEvent one by one, or ask for alt=sse",
                [(byte)'<', ..] => "HTML or XML, such as the error page of a proxy",
                _ => null,
            };
        }

        if (line.IsEmpty)
        {
            Dispatch();
        }
        else if (line.StartsWith("data:"u8))
        {
            ReadOnlySpan<byte> value = line[5..];
            Add(_data, "\n"u8);
            Add(_data, value.StartsWith(" "u8) ? value[1..] : value);
        }
        else if (line.TrimStart(" \t"u8) is [(byte)'{', ..] json)
        {
            onEvent(json);
        }
    }

    private void Dispatch()
    {
        ReadOnlySpan<byte> data = _data.WrittenSpan.Trim(" \t\n"u8);
        _data.ResetWrittenCount();
        if (data.SequenceEqual("[DONE]"u8))
        {
            SawDone = true;
        }
        else if (data.StartsWith("{"u8))
        {
            onEvent(data);
        }
    }

    private void Add(ArrayBufferWriter<byte> buffer, ReadOnlySpan<byte> more)
    {
        if (more.Length > maxEventBytes - buffer.WrittenCount)
        {
            UsageErrors.TooLong(maxEventBytes);
        }

        buffer.Write(more);
    }
}
