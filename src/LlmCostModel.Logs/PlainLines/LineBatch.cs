namespace LlmCostModel.Logs;

/// <summary>Lines that were looked at together, and in columns what those of them consumed that are to be priced.</summary>
/// <param name="facts">How many numbers decide the group of a line.</param>
internal sealed class LineBatch(int facts)
{
    /// <summary>How many lines it has room for.</summary>
    public const int Most = 1024;

    /// <summary>How many names its rows may have.</summary>
    public const int MostNames = 256;

    /// <summary>The largest count that its columns hold: all of a row together fit where one does.</summary>
    public const int MostCount = int.MaxValue / 32;

    private static readonly int[] Uncached = [.. TokenBuckets.All.OrderBy(row => row.Bucket).Select(row => (int)row.Uncached)];

    private readonly Line[] _lines = new Line[Most];
    private readonly int[] _facts = new int[Most * facts];
    private readonly int[]?[] _counts = new int[]?[TokenBuckets.All.Length];
    private readonly int[]?[] _uncached = new int[]?[TokenBuckets.All.Length];
    private readonly ushort[] _names = new ushort[Most];
    private readonly long[] _instants = new long[Most];
    private readonly int[] _cached = new int[Most]; // of rows that were filled: not 0 where one has something of a cache
    private uint _used; // buckets that a row has something in
    private uint _usedUncached;

    public int Count { get; private set; }

    /// <summary>How many lines are in the columns.</summary>
    public int Rows { get; private set; }

    /// <summary>Whether a row has something to do with a cache.</summary>
    public bool IsCached => _used != _usedUncached;

    public ref Line this[int place] => ref _lines[place];

    /// <summary>The numbers that decide the group of a line.</summary>
    public Span<int> FactsOf(int place) => _facts.AsSpan(place * facts, facts);

    /// <summary>The instants of the rows, in ticks of UTC.</summary>
    public ReadOnlySpan<long> Instants => _instants.AsSpan(0, Rows);

    public void Clear()
    {
        (Count, Rows, _used, _usedUncached) = (0, 0, 0, 0);
        Array.Clear(_cached);
    }

    /// <summary>Adds a line.</summary>
    public ref Line Add(int start, int length, int next)
    {
        _lines[Count] = new() { Start = start, Length = length, Next = next, Row = -1 };
        return ref _lines[Count++];
    }

    /// <summary>Puts the last line in the columns, if they hold its counts.</summary>
    public void AddRow(LineName name, long utcTicks, ReadOnlySpan<long> counts)
    {
        if (counts.ContainsAnyExceptInRange(0, MostCount))
        {
            return;
        }

        ref Line line = ref _lines[Count - 1];
        line.Row = Rows;
        _names[Rows] = (ushort)name.Number;
        _instants[Rows] = utcTicks;
        for (int i = 0; i < counts.Length; i++)
        {
            if (counts[i] != 0)
            {
                Column(_counts, ref _used, i)[Rows] = (int)counts[i];
                Column(_uncached, ref _usedUncached, Uncached[i])[Rows] += (int)counts[i];
                line.IsCached |= Uncached[i] != i;
            }
        }

        Rows++;
        for (uint used = _used; Rows < Most && used != 0; used &= used - 1)
        {
            _counts[System.Numerics.BitOperations.TrailingZeroCount(used)]![Rows] = 0;
        }

        for (uint used = _usedUncached; Rows < Most && used != 0; used &= used - 1)
        {
            _uncached[System.Numerics.BitOperations.TrailingZeroCount(used)]![Rows] = 0;
        }
    }

    /// <summary>Begins with so many rows, whose names and instants are to be filled.</summary>
    public void Fill(int rows, out Span<ushort> names, out Span<long> instants)
    {
        Rows = rows;
        names = _names.AsSpan(0, rows);
        instants = _instants.AsSpan(0, rows);
    }

    /// <summary>Fills a column with counts that it holds.</summary>
    public void Fill(TokenBucket bucket, ReadOnlySpan<long> counts)
    {
        (int place, int own) = ((int)bucket, Uncached[(int)bucket]);
        int[] column = Column(_counts, ref _used, place);
        bool isFirst = (_usedUncached & (1u << own)) == 0;
        int[] uncached = Column(_uncached, ref _usedUncached, own);
        for (int i = 0; i < counts.Length; i++)
        {
            int count = (int)counts[i];
            column[i] = count;
            uncached[i] = isFirst ? count : uncached[i] + count;
        }

        for (int i = 0; own != place && i < counts.Length; i++)
        {
            _cached[i] |= column[i];
        }
    }

    /// <summary>Whether a row that was filled has something to do with a cache.</summary>
    public bool HasCache(int row) => _cached[row] != 0;

    /// <summary>The numbers of the names of the rows.</summary>
    public ReadOnlySpan<ushort> Names => _names.AsSpan(0, Rows);

    /// <summary>What the rows consumed; or would have, without a cache.</summary>
    /// <param name="kindsOfAName">How many kinds of call a name has.</param>
    /// <param name="kind">Which of them the rows are.</param>
    /// <param name="withoutCache">Whether without a cache.</param>
    public UsageColumns ToColumns(int kindsOfAName, int kind, bool withoutCache)
    {
        ushort[] kinds = new ushort[Rows];
        for (int i = 0; i < kinds.Length; i++)
        {
            kinds[i] = (ushort)((_names[i] * kindsOfAName) + kind);
        }

        UsageColumns columns = new(Rows) { Kinds = kinds, Instants = _instants.AsMemory(0, Rows) };
        for (uint used = withoutCache ? _usedUncached : _used; used != 0; used &= used - 1)
        {
            int bucket = System.Numerics.BitOperations.TrailingZeroCount(used);
            int[] counts = (withoutCache ? _uncached : _counts)[bucket]!;
            columns = columns.With((TokenBucket)bucket, counts.AsMemory(0, Rows));
        }

        return columns;
    }

    /// <summary>Adds the counts of a row to others.</summary>
    public void AddCounts(int row, ref GroupTally tally)
    {
        for (uint used = _used; used != 0; used &= used - 1)
        {
            int bucket = System.Numerics.BitOperations.TrailingZeroCount(used);
            tally.Consume(bucket, _counts[bucket]![row]);
        }
    }

    private int[] Column(int[]?[] columns, ref uint used, int bucket)
    {
        int[] column = columns[bucket] ??= new int[Most];
        if ((used & (1u << bucket)) == 0)
        {
            used |= 1u << bucket;
            column.AsSpan(0, Rows + 1).Clear();
        }

        return column;
    }

    internal struct Line
    {
        /// <summary>Where it stands, and where the next one does.</summary>
        public int Start, Length, Next;

        /// <summary>Its row in the columns; below 0 when it is not priced there.</summary>
        public int Row;

        /// <summary>Its kind; null when it is odd, or blank.</summary>
        public LineKind? Kind;

        /// <summary>Its keys, where calls are told apart by their ids and it has one.</summary>
        public UInt128 Id, Content;

        public bool HasId, IsUndated, IsWithin, IsCached;
    }
}
