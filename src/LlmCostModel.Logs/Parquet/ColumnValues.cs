namespace LlmCostModel.Logs;

/// <summary>The values of a column in a row group, one for each row.</summary>
/// <param name="column">The column.</param>
internal sealed class ColumnValues(ParquetColumn column)
{
    private const int MostAhead = 1 << 20; // a damaged file may say that it has more rows than it has

    private readonly List<ReadOnlyMemory<byte>> _entries = [];
    private long[] _numbers = [];
    private bool[] _areNull = [];

    public ParquetColumn Column => column;

    /// <summary>How many rows there are.</summary>
    public int Count { get; private set; }

    /// <summary>Whether a row is null.</summary>
    public bool HasNulls { get; private set; }

    /// <summary>The different values that are bytes, as far as the writer made them so.</summary>
    public int Entries => _entries.Count;

    public bool IsNull(int row) => HasNulls && _areNull[row];

    /// <summary>The number of a row: the value as a whole number, the bits of a fraction, or the place of its bytes.</summary>
    public long Number(int row) => _numbers[row];

    /// <summary>The numbers of some rows; 0 where a row is null.</summary>
    public ReadOnlySpan<long> Numbers(int start, int rows) => _numbers.AsSpan(start, rows);

    /// <summary>The bytes at a place.</summary>
    public ReadOnlySpan<byte> Entry(long place) => _entries[(int)place].Span;

    /// <summary>The bytes of a row.</summary>
    public ReadOnlySpan<byte> Bytes(int row) => Entry(_numbers[row]);

    /// <summary>Makes room for rows.</summary>
    /// <returns>Their numbers, to be filled.</returns>
    internal Span<long> Add(int rows)
    {
        if (_numbers.Length < Count + rows)
        {
            Array.Resize(ref _numbers, Math.Max(Count + rows, _numbers.Length * 2));
            Array.Resize(ref _areNull, HasNulls ? _numbers.Length : 0);
        }

        Count += rows;
        return _numbers.AsSpan(Count - rows, rows);
    }

    /// <summary>Puts values at the rows that have one.</summary>
    /// <param name="levels">The levels of the last rows.</param>
    /// <param name="defined">How many of them have the highest level; their numbers stand first.</param>
    internal void Spread(ReadOnlySpan<int> levels, int defined)
    {
        if (defined == levels.Length)
        {
            return;
        }

        int start = Count - levels.Length;
        if (_areNull.Length < _numbers.Length)
        {
            Array.Resize(ref _areNull, _numbers.Length);
        }

        if (!HasNulls)
        {
            Array.Clear(_areNull);
            HasNulls = true;
        }

        for (int i = levels.Length - 1; i >= 0; i--)
        {
            bool isNull = levels[i] != column.Levels;
            _areNull[start + i] = isNull;
            _numbers[start + i] = isNull ? 0 : _numbers[start + --defined];
        }
    }

    /// <summary>Begins with the rows of another row group.</summary>
    internal void Clear(int rows)
    {
        (Count, HasNulls) = (0, false);
        _entries.Clear();
        if (_numbers.Length < rows)
        {
            _numbers = new long[Math.Min(rows, MostAhead)];
        }
    }

    internal List<ReadOnlyMemory<byte>> EntryList => _entries;

    /// <summary>Adds bytes.</summary>
    /// <returns>Their place.</returns>
    internal int AddEntry(ReadOnlyMemory<byte> bytes)
    {
        _entries.Add(bytes);
        return _entries.Count - 1;
    }
}
