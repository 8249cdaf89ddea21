namespace LlmCostModel.Logs;

/// <summary>A part of a log that ends at the end of a line, and what a <see cref="ChunkReader"/> made of it.</summary>
internal sealed class LineChunk
{
    private LineSpan[] _spans = new LineSpan[16];
    private GroupTally[] _tallies = new GroupTally[64];
    private LineRow[] _rows = [];
    private volatile bool _isRead;

    public byte[] Buffer { get; set; } = [];

    public int Length { get; set; }

    public int SpanCount { get; private set; }

    public int TallyCount { get; private set; }

    public int RowCount { get; private set; }

    /// <summary>What went wrong while it was read.</summary>
    public Exception? Fault { get; set; }

    /// <summary>Whether all is there.</summary>
    public bool IsRead
    {
        get => _isRead;
        set => _isRead = value;
    }

    public ref LineSpan Span(int place) => ref _spans[place];

    public Span<GroupTally> TalliesOf(in LineSpan span) => _tallies.AsSpan(span.FirstTally, span.Tallies);

    public Span<LineRow> RowsOf(in LineSpan span) => _rows.AsSpan(span.FirstRow, span.Rows);

    public ref GroupTally Tally(int place) => ref _tallies[place];

    public void Clear()
    {
        Array.Clear(_tallies, 0, TallyCount); // they hold groups
        (SpanCount, TallyCount, RowCount, Fault, IsRead) = (0, 0, 0, null, false);
    }

    /// <summary>Begins a span.</summary>
    public ref LineSpan AddSpan(int start, bool isOdd)
    {
        if (SpanCount == _spans.Length)
        {
            Array.Resize(ref _spans, SpanCount * 2);
        }

        _spans[SpanCount] = new() { Start = start, End = start, IsOdd = isOdd, FirstTally = TallyCount, FirstRow = RowCount };
        return ref _spans[SpanCount++];
    }

    /// <summary>Begins a tally of the last span.</summary>
    public int AddTally(GroupKey group)
    {
        if (TallyCount == _tallies.Length)
        {
            Array.Resize(ref _tallies, TallyCount * 2);
        }

        _spans[SpanCount - 1].Tallies++;
        _tallies[TallyCount] = new() { Group = group };
        return TallyCount++;
    }

    /// <summary>Adds a row to the last span.</summary>
    public void AddRow(in LineRow row)
    {
        if (RowCount == _rows.Length)
        {
            Array.Resize(ref _rows, Math.Max(1024, RowCount * 2));
        }

        _spans[SpanCount - 1].Rows++;
        _rows[RowCount++] = row;
    }
}
