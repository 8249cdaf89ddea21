namespace LlmCostModel.Logs;

// Usage records as lines, of which most are added up in chunks.
public sealed partial class LogReader
{
    private PlainLineSums? _sums;

    /// <summary>Reads a log and adds up what can be added up at once; the other records come out as they are enumerated.</summary>
    /// <param name="log">The log, packed or not. It is disposed of at the end.</param>
    /// <param name="name">What it is called: in records, and when it is refused.</param>
    /// <param name="sums">What adds up.</param>
    /// <returns>The records that were not added up, in their order; those whose calls need the whole log come last.</returns>
    /// <exception cref="LogFormatException">The log cannot be read as a whole.</exception>
    public IEnumerable<LogRecord> Read(Stream log, string name, PlainLineSums sums)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(sums);
        return ReadWith(sums, log, name);
    }

    private IEnumerable<LogRecord> ReadWith(PlainLineSums sums, Stream log, string name)
    {
        _sums = _model is null && sums.IsPossible ? sums : null;
        try
        {
            foreach (LogRecord record in ReadAll(log, name))
            {
                yield return record;
            }
        }
        finally
        {
            _sums = null;
        }
    }

    /// <summary>Reads lines or documents; lines of usage records in chunks where somebody adds them up.</summary>
    private IEnumerable<LogRecord> ReadText(Stream stream)
    {
        if (_sums is not { } sums || _usageLines is null)
        {
            return ReadRecords(new RecordSplitter(stream));
        }

        bool hasMark = TakeMark(ref stream);
        LineSource source = new(stream, sums.ChunkBytes, InputLimits.Default.LongAt, sums.ShouldStop);
        LineChunk first = new();
        ChunkReader[] readers = sums.Open(_log!, default(CallContext).Or(_asked));
        if (source.TryRead(first) && IsOfLines(first))
        {
            readers[0].Read(first);
            for (int i = 0; i < first.SpanCount; i++)
            {
                if (!first.Span(i).IsOdd)
                {
                    first.IsRead = true;
                    return ReadChunks(source, first, sums);
                }
            }
        }

        Stream whole = source.ReadOn(first);
        return ReadRecords(new RecordSplitter(hasMark ? new ConcatenatedStream(new MemoryStream([.. "\uFEFF"u8]), whole) : whole));
    }

    private IEnumerable<LogRecord> ReadChunks(LineSource source, LineChunk first, PlainLineSums sums)
    {
        long line = 1;
        using ChunkCrew crew = sums.Crew(source);
        for (LineChunk? chunk = first; chunk is not null; chunk = crew.Next())
        {
            for (int i = 0; i < chunk.SpanCount; i++)
            {
                LineSpan span = chunk.Span(i);
                if (!span.IsOdd && sums.TryAdd(chunk, ref span))
                {
                    _records += span.Records;
                    line += span.Lines;
                    continue;
                }

                RecordSplitter splitter = new(new MemoryStream(chunk.Buffer, span.Start, span.End - span.Start, writable: false), line);
                foreach (LogRecord record in ReadRecords(splitter))
                {
                    yield return record;
                }

                line = splitter.Line;
            }

            if (sums.ShouldStop?.Invoke() == true)
            {
                yield break;
            }
        }

        if (source.IsTooLong || source.Fault is not null)
        {
            foreach (LogRecord record in ReadRecords(new RecordSplitter(source.ReadOn(null), line)))
            {
                yield return record;
            }
        }
    }

    /// <summary>Whether a log that begins so is lines, and not documents that stand over them.</summary>
    private static bool IsOfLines(LineChunk first)
    {
        ReadOnlySpan<byte> text = first.Buffer.AsSpan(0, first.Length).TrimStart(" \t\r\n"u8);
        int end = text.IndexOfAny((byte)'\n', (byte)'\r');
        return text is [(byte)'{', ..] && JsonBounds.IsDocument(end < 0 ? text : text[..end]);
    }

    private static bool TakeMark(ref Stream stream)
    {
        byte[] start = new byte[3];
        int read = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        bool hasMark = start.AsSpan(0, read).SequenceEqual("\uFEFF"u8);
        stream = hasMark ? stream : new ConcatenatedStream(new MemoryStream(start, 0, read), stream);
        return hasMark;
    }
}
