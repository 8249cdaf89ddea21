namespace LlmCostModel.Logs;

// Rows of which only the kind decides the group are added up by columns: nothing is looked at row by row but what kind it is.
internal sealed partial class RowReader
{
    /// <summary>In such units a block comes to less than 128 bits hold, whatever its rows cost.</summary>
    private const int LeastScale = 3;

    private readonly bool _isByKind = terms is { Merges: false, From: null, To: null }
        && columns is { Others: [], TotalInput: < 0, TotalOutput: < 0 }
        && !terms.Summary.Keys.Any(key => key.Fact is SummaryFact.Hour or SummaryFact.Day or SummaryFact.Tag);

    private readonly int[] _sumOf = new int[LineBatch.MostNames]; // by name: the place of its sums, and 1
    private readonly BlockSum[] _sums = new BlockSum[LineBatch.MostNames];
    private readonly byte[] _placeOf = new byte[LineBatch.Most]; // by row
    private bool _hasBlocks;

    /// <summary>How many rows of the block state no time.</summary>
    public int Undated { get; private set; }

    /// <summary>Adds up rows by columns.</summary>
    /// <param name="start">The first of them.</param>
    /// <param name="tallies">The sums, which are made here.</param>
    /// <param name="end">The first row behind them.</param>
    /// <returns>How many sums there are; 0 when the rows are to be looked at one by one.</returns>
    public int AddBlock(int start, ref GroupTally[] tallies, out int end)
    {
        end = Math.Min(start + LineBatch.Most, _rows!.Count);
        if (!_hasBlocks)
        {
            return 0;
        }

        ForgetIfMany();
        if (!TryFill(start, end - start))
        {
            return 0;
        }

        _prices.Estimate(_batch, _saves);
        return _prices.Scale >= LeastScale && ArePriced() ? Tally(ref tallies) : 0;
    }

    private void OpenBlocks(ParquetRows rows) => _hasBlocks = _isByKind
        && columns.Kind.All(column => rows[column].Column.Kind == ParquetKind.Text)
        && columns.Counts.All(count => rows[count.Column].Column.Kind is ParquetKind.Integer or ParquetKind.Unsigned)
        && columns.Counts.Any(count => !rows[count.Column].HasNulls)
        && (columns.At < 0 || rows[columns.At] is { HasNulls: false, Column: { Kind: ParquetKind.Instant, IsUtc: true } });

    /// <summary>Puts rows in the columns of the batch.</summary>
    /// <returns>Whether all of them fit, and have a price by their columns.</returns>
    private bool TryFill(int start, int rows)
    {
        _batch.Clear();
        foreach ((TokenBucket bucket, int column) in columns.Counts)
        {
            if (!_batch.TryFill(bucket, _rows![column].Numbers(start, rows)))
            {
                return false;
            }
        }

        ColumnValues? times = columns.At < 0 ? null : _rows![columns.At];
        _batch.Fill(rows, out Span<ushort> names, out Span<long> instants);
        for (int i = 0; i < rows; i++)
        {
            if (KindOf(start + i) is not { } kind)
            {
                return false;
            }

            long? ticks = times is null ? kind.Context.At.GetValueOrDefault().UtcTicks : ValueText.TicksOf(times, start + i);
            if (ticks is not { } at || _prices.ColumnOf(kind, at) is not { } name)
            {
                return false;
            }

            (names[i], instants[i]) = ((ushort)name.Number, at);
        }

        Undated = times is null ? rows : 0;
        return true;
    }

    /// <summary>Whether the columns tell what every row costs, and what a cache saved.</summary>
    private bool ArePriced()
    {
        ReadOnlySpan<long> amounts = _prices.Amounts[.._batch.Rows];
        long all = 0;
        foreach (long amount in amounts)
        {
            all |= amount;
        }

        if (!_saves || !_batch.IsCached)
        {
            return all >= 0;
        }

        ReadOnlySpan<long> again = _prices.Again;
        ReadOnlySpan<long> without = _prices.Without;
        for (int i = 0; i < amounts.Length; i++)
        {
            if (_batch.HasCache(i))
            {
                all |= without[i];
                if (again[i] != amounts[i])
                {
                    return false;
                }
            }
        }

        return all >= 0;
    }

    private int Tally(ref GroupTally[] tallies)
    {
        int used = 0;
        ReadOnlySpan<ushort> names = _batch.Names;
        Span<int> facts = stackalloc int[2];
        for (int i = 0; i < names.Length; i++)
        {
            ref int place = ref _sumOf[names[i]];
            if (place == 0)
            {
                place = ++used;
                _sums[used - 1] = new() { Name = names[i] };
            }

            _placeOf[i] = (byte)(place - 1);
        }

        AddAmounts();
        if (tallies.Length < used)
        {
            tallies = new GroupTally[LineBatch.MostNames];
        }

        bool areKnown = true;
        for (int i = 0; i < used; i++)
        {
            ref BlockSum sum = ref _sums[i];
            _sumOf[sum.Name] = 0;
            facts[0] = sum.Name;
            int group = _groups.Find(facts);
            areKnown &= group >= 0;
            if (areKnown)
            {
                tallies[i] = new() { Group = _groups[group] };
                tallies[i].Add(sum.Calls, sum.Amount, sum.Cached, sum.Saved, _prices.Scale);
            }
        }

        if (!areKnown)
        {
            Array.Clear(tallies, 0, used);
            return 0; // the first row of a group makes it
        }

        _batch.AddCounts(_placeOf, tallies.AsSpan(0, used));
        return used;
    }

    private void AddAmounts()
    {
        ReadOnlySpan<long> amounts = _prices.Amounts;
        ReadOnlySpan<long> without = _prices.Without;
        bool saves = _saves && _batch.IsCached;
        for (int i = 0; i < _batch.Rows; i++)
        {
            ref BlockSum sum = ref _sums[_placeOf[i]];
            sum.Calls++;
            sum.Amount += amounts[i];
            if (saves && _batch.HasCache(i))
            {
                sum.Cached++;
                sum.Saved += without[i] - amounts[i];
            }
        }
    }

    private struct BlockSum
    {
        public ushort Name;
        public int Calls;
        public int Cached;
        public Int128 Amount;
        public Int128 Saved;
    }
}
