using System.Text;

namespace LlmCostModel.Logs;

/// <summary>Splits a log into records: its lines, or the JSON document that stands over them.</summary>
/// <remarks>One record is in memory at a time. A long list is a record for each of its elements, and long texts within a long record are
/// shortened: what an image or a book says is never counted.</remarks>
internal sealed partial class RecordSplitter : IRecordSource
{
    private readonly InputLimits _limits;
    private readonly ByteWindow _window;
    private readonly LongValue _long;
    private State _state;
    private bool _isAtEnd;

    /// <param name="stream">The log, unpacked and in UTF-8.</param>
    /// <param name="limits">How much of it is in memory.</param>
    /// <param name="isLines">Whether it is lines, whatever they hold.</param>
    public RecordSplitter(Stream stream, InputLimits? limits = null, bool isLines = false)
    {
        _limits = limits ?? InputLimits.Default;
        _window = new(stream);
        _long = new(_limits);
        _state = isLines ? State.PlainLines : State.Start;
        while (_window.Length < 3 && Fill())
        {
        }

        if (_window.Bytes.StartsWith("\uFEFF"u8))
        {
            _window.Take(3);
        }
    }

    /// <param name="stream">The lines of a log from one of them on.</param>
    /// <param name="line">Which one it is.</param>
    public RecordSplitter(Stream stream, long line)
    {
        _limits = InputLimits.Default;
        _window = new(stream, line);
        _long = new(_limits);
        _state = State.Lines;
    }

    private enum State
    {
        Start,
        Lines,
        PlainLines,
        Documents,
        List,
        End,
    }

    /// <summary>The line behind what was read.</summary>
    public long Line => _window.Line;

    /// <summary>Reads the next record that is not blank.</summary>
    /// <param name="record">The record, which holds until the next one is read.</param>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="LogFormatException">The log is one document that is too large.</exception>
    public bool TryRead(out RawRecord record)
    {
        while (true)
        {
            bool isRead = false;
            record = default;
            switch (_state)
            {
                case State.Start:
                    isRead = TryStart(out record);
                    break;
                case State.Lines or State.PlainLines:
                    isRead = TryReadLine(out record);
                    break;
                case State.Documents:
                    isRead = TryReadDocument(out record);
                    break;
                case State.List:
                    isRead = TryReadList(out record);
                    break;
                default:
                    return false;
            }

            if (isRead)
            {
                return true;
            }
        }
    }

    /// <summary>Finds out by the beginning whether the log is lines or a document.</summary>
    private bool TryStart(out RawRecord record)
    {
        record = default;
        int length = FindLineEnd();
        while (length >= 0 && IsBlank(_window.Bytes[..length]) && !_isAtEnd)
        {
            _window.TakeLine(length);
            length = FindLineEnd();
        }

        byte first = FirstByte();
        if (length < 0 || JsonBounds.IsDocument(_window.Bytes[..length]))
        {
            _state = State.Lines;
            if (length < 0 && first == '[')
            {
                BeginList(isLine: false);
            }

            return false;
        }

        while (_window.Length <= _limits.DocumentAt && Fill())
        {
        }

        bool isLarge = _window.Length > _limits.DocumentAt;
        bool isDocument = isLarge
            ? JsonBounds.EndIn(_window.Bytes[.._limits.DocumentAt]) != JsonBounds.End.Broken
            : JsonBounds.IsDocument(_window.Bytes);
        if (!isDocument)
        {
            bool isOpen = first == '{' && !isLarge && JsonBounds.EndIn(_window.Bytes[..length]) == JsonBounds.End.Open;
            _state = isOpen && JsonBounds.AreDocuments(_window.Bytes) ? State.Documents : State.Lines;
        }
        else if (!isLarge)
        {
            record = new(_window.Memory, _window.Line);
            _window.Take(_window.Length);
            _state = State.End;
            return true;
        }
        else if (first == '[')
        {
            BeginList(isLine: false);
        }
        else
        {
            _state = State.Documents;
        }

        return false;
    }

    /// <summary>Reads the next of objects that stand over many lines, one behind the other.</summary>
    private bool TryReadDocument(out RawRecord record)
    {
        SkipBlanks(" \t\r\n"u8);
        if (FirstByte() == '{')
        {
            record = ReadDocument();
            return true;
        }

        record = default;
        _state = State.Lines;
        return false;
    }

    /// <summary>Reads an object that stands over many lines, without the inside of its long texts.</summary>
    private RawRecord ReadDocument()
    {
        long line = _window.Line;
        Copy(LongValue.Ending.Bracket);
        return _long.IsTooLong
            ? throw new LogFormatException(FormattableString.Invariant(
                $"The input is one JSON document of more than {_limits.MostBytes:#,##0} bytes. Write one record a line."))
            : new(_long.Copy, line);
    }

    private bool TryReadLine(out RawRecord record)
    {
        while (true)
        {
            int length = FindLineEnd();
            long line = _window.Line;
            if (length < 0 && _state == State.Lines && FirstByte() == '[')
            {
                BeginList(isLine: true);
                record = default;
                return false;
            }

            ReadOnlyMemory<byte> bytes = length < 0 ? CopyLine() : _isAtEnd ? _window.Take(length) : _window.TakeLine(length);
            string? fault = length < 0 && _long.IsTooLong ? FormattableString.Invariant(
                $"The line is longer than {_limits.MostBytes:#,##0} bytes; longer ones are not read.") : null;
            if (fault is not null || !IsBlank(bytes.Span))
            {
                record = new(bytes, line, fault);
                return true;
            }

            if (_isAtEnd)
            {
                record = default;
                _state = State.End;
                return false;
            }
        }
    }

    private ReadOnlyMemory<byte> CopyLine()
    {
        Copy(LongValue.Ending.Line);
        return _long.Copy;
    }

    /// <summary>Copies a value from here on.</summary>
    private LongValue.Ending Copy(LongValue.Ending ends)
    {
        _long.Clear();
        while (_window.Length > 0 || Fill())
        {
            LongValue.Ending end = _long.Take(_window.Bytes, ends, out int taken);
            _window.Take(taken);
            if (end != LongValue.Ending.None)
            {
                return end;
            }
        }

        return LongValue.Ending.None;
    }

    /// <summary>The length of the line that begins here; below 0 when it is long.</summary>
    private int FindLineEnd()
    {
        int searched = 0;
        _isAtEnd = false;
        while (true)
        {
            int end = _window.Bytes[searched..].IndexOfAny((byte)'\n', (byte)'\r');
            searched += end < 0 ? _window.Length - searched : end;
            if (searched > _limits.LongAt)
            {
                return -1;
            }

            if (end >= 0)
            {
                return searched;
            }

            if (!Fill())
            {
                return searched;
            }
        }
    }

    private bool Fill()
    {
        bool isMore = _window.Fill();
        _isAtEnd = !isMore;
        return isMore;
    }

    /// <summary>The first byte that is not blank, of those that are there; 0 when there is none.</summary>
    private byte FirstByte()
    {
        ReadOnlySpan<byte> bytes = _window.Bytes.TrimStart(" \t\r\n"u8);
        return bytes.IsEmpty ? (byte)0 : bytes[0];
    }

    private static bool IsBlank(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> text = line.TrimStart(" \t\v\f\r\n"u8);
        return text.IsEmpty || (text[0] is >= 0x80 or < 0x20 && string.IsNullOrWhiteSpace(Encoding.UTF8.GetString(text)));
    }

    private void SkipBlanks(ReadOnlySpan<byte> blank)
    {
        while (_window.Length > 0 || Fill())
        {
            ReadOnlySpan<byte> bytes = _window.Bytes;
            int blanks = bytes.IndexOfAnyExcept(blank);
            _window.Take(blanks < 0 ? bytes.Length : blanks);
            if (blanks >= 0)
            {
                return;
            }
        }
    }
}
