namespace LlmCostModel.Logs;

// Blocks whose rows have several prices: each row has its estimate, out of columns.
internal sealed partial class RowReader
{
    private readonly int[] _placeOfName = new int[LineBatch.MostNames]; // and 1; 0 is none yet
    private readonly Int128[] _amountAt = new Int128[BlockSums.MostPlaces + 1]; // by place
    private readonly Int128[] _savedAt = new Int128[BlockSums.MostPlaces + 1];

    /// <summary>Estimates rows.</summary>
    /// <returns>Whether columns tell what all of them cost, and what a cache saved.</returns>
    private bool TryEstimate(int start, int rows)
    {
        if (!_sums.TryMeasure(_rows!, start, rows, LineBatch.MostCount) || !TryFill(start, rows))
        {
            return false;
        }

        _prices.Estimate(_batch, _saves);
        if (_prices.Scale < LeastScale || !ArePriced())
        {
            return false;
        }

        _block = new() { Start = start, Rows = rows, Places = FindPlaces() };
        return _block.Places > 0;
    }

    /// <summary>Puts rows in the columns of the batch.</summary>
    /// <returns>Whether all of them have a price by their columns.</returns>
    private bool TryFill(int start, int rows)
    {
        _batch.Clear();
        foreach ((TokenBucket bucket, int column) in columns.Counts)
        {
            _batch.Fill(bucket, _rows![column].Numbers(start, rows));
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

    /// <summary>Gives every name of the rows a place.</summary>
    /// <returns>How many there are; 0 for too many.</returns>
    private int FindPlaces()
    {
        ReadOnlySpan<ushort> names = _batch.Names;
        Span<byte> places = _sums.Places(names.Length);
        int count = 0;
        for (int i = 0; i < names.Length && count < BlockSums.MostPlaces; i++)
        {
            ref int place = ref _placeOfName[names[i]];
            if (place == 0)
            {
                _nameAt[count] = _prices[names[i]];
                place = ++count;
            }

            places[i] = (byte)(place - 1);
        }

        for (int i = 0; i < count; i++)
        {
            _placeOfName[_nameAt[i].Number] = 0;
        }

        return count < BlockSums.MostPlaces ? count : 0;
    }

    private void AddAmounts()
    {
        ReadOnlySpan<long> amounts = _prices.Amounts;
        ReadOnlySpan<long> without = _prices.Without;
        ReadOnlySpan<byte> places = _sums.Places(_batch.Rows);
        bool saves = _saves && _batch.IsCached;
        Array.Clear(_amountAt);
        Array.Clear(_savedAt);
        for (int i = 0; i < places.Length; i++)
        {
            _amountAt[places[i]] += amounts[i];
            if (saves && _batch.HasCache(i))
            {
                _savedAt[places[i]] += without[i] - amounts[i];
            }
        }
    }
}
