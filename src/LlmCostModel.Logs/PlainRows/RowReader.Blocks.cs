namespace LlmCostModel.Logs;

// Rows of which only the kind decides the group are added up by whole columns. Mostly no price begins or ceases among the rows of a block:
// then they cost what their tokens together do, and nothing is looked at row by row but what kind it is. Where one does, smaller blocks
// are estimated by columns.
internal sealed partial class RowReader
{
    /// <summary>In such units a block comes to less than 128 bits hold, whatever its rows cost.</summary>
    private const int LeastScale = 3;

    private readonly bool _isByKind = terms is { From: null, To: null }
        && columns is { Others: [], TotalInput: < 0, TotalOutput: < 0 }
        && !terms.Summary.Keys.Any(key => key.Fact is SummaryFact.Hour or SummaryFact.Day or SummaryFact.Tag);

    private readonly BlockSums _sums = new(columns.Counts);
    private readonly RowKinds _rowKinds = new(columns.Kind);
    private readonly LineKind[] _kindAt = new LineKind[BlockSums.MostPlaces]; // by place
    private readonly LineName[] _nameAt = new LineName[BlockSums.MostPlaces];
    private readonly long[] _pricesOf = new long[TokenBuckets.All.Length];
    private readonly long[] _pricesAgain = new long[TokenBuckets.All.Length];
    private readonly long[] _pricesWithout = new long[TokenBuckets.All.Length];
    private bool _hasBlocks;
    private bool _hasFewKinds;
    private Block _block;
    private int _several; // the first row behind those that have several prices

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
        if (_hasFewKinds && start >= _several)
        {
            int large = Math.Min(BlockSums.MostRows, _rows.Count - start);
            _several = start + large;
            if (TryFind(start, large))
            {
                int sums = Tally([], ref tallies);
                if (sums > 0)
                {
                    (_several, end) = (0, start + large);
                    return sums;
                }
            }
        }

        return TryEstimate(start, end - start) ? Tally([], ref tallies) : 0;
    }

    /// <summary>Adds the rows of the block up again, without some of them.</summary>
    /// <param name="areLeftOut">Which are left out, by row.</param>
    /// <param name="tallies">The sums, which are made here.</param>
    /// <returns>How many sums there are.</returns>
    public int AddBlockWithout(ReadOnlySpan<bool> areLeftOut, ref GroupTally[] tallies) => Tally(areLeftOut, ref tallies);

    private void OpenBlocks(ParquetRows rows)
    {
        _several = 0;
        _hasBlocks = _isByKind
            && columns.Kind.All(column => rows[column].Column.Kind == ParquetKind.Text)
            && columns.Counts.All(count => rows[count.Column].Column.Kind is ParquetKind.Integer or ParquetKind.Unsigned)
            && columns.Counts.Any(count => !rows[count.Column].HasNulls)
            && (columns.At < 0 || rows[columns.At] is { HasNulls: false, Column: { Kind: ParquetKind.Instant, IsUtc: true } });
        _hasFewKinds = _hasBlocks
            && _rowKinds.Open(rows)
            && (columns.At < 0 || rows[columns.At].Column.Storage == ParquetStorage.Int64);
    }

    /// <summary>Finds what the rows are priced as, if that is the same for all rows of a kind.</summary>
    private bool TryFind(int start, int rows)
    {
        (long first, long last) = (0, 0);
        if (columns.At >= 0)
        {
            ColumnValues times = _rows![columns.At];
            (long smallest, long largest) = BlockSums.RangeOf(times.Numbers(start, rows));
            if (ValueText.TicksOf(times.Column, smallest) is not { } from || ValueText.TicksOf(times.Column, largest) is not { } until)
            {
                return false;
            }

            (first, last) = (from, until);
        }

        int kinds = _rowKinds.Find(start, _sums.Places(rows), KindOf, _kindAt);
        for (int i = 0; i < kinds; i++)
        {
            long own = columns.At < 0 ? _kindAt[i].Context.At.GetValueOrDefault().UtcTicks : first;
            if (_prices.ColumnOf(_kindAt[i], own, columns.At < 0 ? own : last) is not { } name)
            {
                return false;
            }

            _nameAt[i] = name;
        }

        _block = new() { Start = start, Rows = rows, Places = kinds, First = first, Last = last, IsAlike = true };
        return kinds > 0 && _sums.TryMeasure(_rows!, start, rows, LineBatch.MostCount);
    }

    /// <summary>Makes the sums of the block.</summary>
    private int Tally(ReadOnlySpan<bool> areLeftOut, ref GroupTally[] tallies)
    {
        Span<byte> places = _sums.Places(_block.Rows);
        for (int i = 0; i < areLeftOut.Length; i++)
        {
            places[i] = areLeftOut[i] ? BlockSums.LeftOut : places[i];
        }

        if (tallies.Length < _block.Places)
        {
            tallies = new GroupTally[BlockSums.MostPlaces];
        }

        _sums.Add(_rows!, _block.Start, _block.Rows);
        if (!_block.IsAlike)
        {
            AddAmounts();
        }

        int used = 0;
        bool areKnown = true;
        for (int place = 0; place < _block.Places && areKnown; place++)
        {
            if (_sums.Calls(place) > 0)
            {
                areKnown = TryTally(place, ref tallies[used]);
                used++;
            }
        }

        if (!areKnown)
        {
            Array.Clear(tallies, 0, used);
            return 0;
        }

        Undated = columns.At < 0 ? _block.Rows - areLeftOut.Count(true) : 0;
        return used;
    }

    /// <summary>Makes the sum of a place, if its prices are known, and its group.</summary>
    private bool TryTally(int place, ref GroupTally tally)
    {
        Span<int> facts = [_nameAt[place].Number, 0];
        int group = _groups.Find(facts);
        if (group < 0)
        {
            return false; // the first row of a group makes it
        }

        (Int128 amount, Int128 saved) = (_amountAt[place], _savedAt[place]);
        if (_block.IsAlike && !TryPrice(place, out amount, out saved))
        {
            return false;
        }

        tally.Group = _groups[group];
        tally.Add(_sums.Calls(place), amount, _saves ? _sums.Cached(place) : 0, saved, _prices.Scale);
        TokenUsage together = _sums.TogetherOf(place, withoutCache: false);
        foreach ((TokenBucket bucket, _) in columns.Counts)
        {
            tally.Consume((int)bucket, together[bucket]);
        }

        return true;
    }

    /// <summary>What the rows of a place cost, and a cache saved them, if the price of a token is the same for all of them.</summary>
    private bool TryPrice(int place, out Int128 amount, out Int128 saved)
    {
        LineName name = _nameAt[place];
        (amount, saved) = (0, 0);
        long own = columns.At < 0 ? name.Kind.Context.At.GetValueOrDefault().UtcTicks : 0;
        (long first, long last) = columns.At < 0 ? (own, own) : (_block.First, _block.Last);
        TokenUsage largest = _sums.LargestOf(place, withoutCache: false);
        if (!_prices.TryGetPrices(name, isAgain: false, first, last, in largest, _pricesOf) || _prices.Scale < LeastScale)
        {
            return false;
        }

        amount = Multiply(_sums.TogetherOf(place, withoutCache: false), _pricesOf);
        if (!_saves || _sums.Cached(place) == 0)
        {
            return true;
        }

        // Only where a model costs the same by its canonical id: as CacheSavings asks of each row.
        if (!_prices.TryGetPrices(name, isAgain: true, first, last, in largest, _pricesAgain)
            || !_pricesOf.AsSpan().SequenceEqual(_pricesAgain)
            || !_prices.TryGetPrices(name, isAgain: true, first, last, _sums.LargestOf(place, withoutCache: true), _pricesWithout))
        {
            return false;
        }

        saved = Multiply(_sums.TogetherOf(place, withoutCache: true), _pricesWithout) - amount;
        return true;
    }

    private static Int128 Multiply(in TokenUsage usage, ReadOnlySpan<long> prices)
    {
        Int128 amount = 0;
        for (int i = 0; i < prices.Length; i++)
        {
            amount += (Int128)usage[(TokenBucket)i] * prices[i];
        }

        return amount;
    }

    /// <summary>The rows that are added up.</summary>
    private struct Block
    {
        public int Start, Rows;

        /// <summary>How many places their kinds or names have.</summary>
        public int Places;

        /// <summary>Their first and their last instant, where they state one.</summary>
        public long First, Last;

        /// <summary>Whether rows of a place have the same prices; if not, each has its estimate.</summary>
        public bool IsAlike;
    }
}
