namespace LlmCostModel.Logs;

// A list that is long is read element by element, unless these are the pieces of one answer.
internal sealed partial class RecordSplitter
{
    private readonly Queue<RawRecord> _gathered = [];
    private long _listLine;
    private bool _isListOfLine;
    private bool _hasElements;
    private bool _isListOpen;

    private void BeginList(bool isLine)
    {
        SkipBlanks(" \t\r\n"u8);
        (_listLine, _isListOfLine, _hasElements, _isListOpen, _state) = (_window.Line, isLine, false, true, State.List);
        _window.Take(1);
        GatherPieces();
    }

    private bool TryReadList(out RawRecord record)
    {
        if (_gathered.TryDequeue(out record) || (_isListOpen && TryReadElement(out record)))
        {
            return true;
        }

        _state = State.Lines;
        return false;
    }

    private bool TryReadElement(out RawRecord record)
    {
        SkipBlanks(_isListOfLine ? " \t"u8 : " \t\r\n"u8);
        long line = _window.Line;
        LongValue.Ending end = Copy(LongValue.Ending.Element | (_isListOfLine ? LongValue.Ending.Line : LongValue.Ending.None));
        ReadOnlyMemory<byte> element = Trimmed(_long.Copy);
        record = new(element, line, !_long.IsTooLong ? null : FormattableString.Invariant(
            $"The element is longer than {_limits.MostBytes:#,##0} bytes; longer ones are not read."));
        bool isEnd = end != LongValue.Ending.Element || _window.Take(1).Span[0] == ']';
        _isListOpen = !isEnd;
        if (end != LongValue.Ending.Element)
        {
            record = record with
            {
                Fault = FormattableString.Invariant(
                    $"The list that begins on line {_listLine} breaks off here. What follows is read line by line."),
            };
            return true;
        }

        bool isEmptyList = isEnd && !_hasElements && element.IsEmpty;
        _hasElements = true;
        return !isEmptyList;
    }

    /// <summary>Takes elements together as long as they are the pieces of one answer; if they are not, each is a record.</summary>
    private void GatherPieces()
    {
        PiecesOfAnswer pieces = new();
        while (_isListOpen && TryReadElement(out RawRecord element))
        {
            RawRecord kept = element with { Json = element.Json.ToArray() };
            _gathered.Enqueue(kept);
            if (kept.Fault is not null || !pieces.TryAdd(kept.Json))
            {
                return;
            }

            if (pieces.Length > _limits.MostBytes)
            {
                throw new LogFormatException(FormattableString.Invariant(
                    $"The input is one answer in pieces of more than {_limits.MostBytes:#,##0} bytes. Write one record a line."));
            }
        }

        if (_gathered.Count > 1)
        {
            _gathered.Clear();
            _gathered.Enqueue(new(pieces.ToArray(), _listLine));
        }
    }

    private static ReadOnlyMemory<byte> Trimmed(ReadOnlyMemory<byte> bytes) =>
        bytes[..(bytes.Span.LastIndexOfAnyExcept(" \t\r\n"u8) + 1)];
}
