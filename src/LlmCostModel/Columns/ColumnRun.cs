using System.Globalization;

namespace LlmCostModel;

/// <summary>One thread's way through columns: block by block, what needs no question first, the rest row by row.</summary>
/// <param name="kinds">The kinds of call.</param>
/// <param name="table">All their prices.</param>
/// <param name="packed">Those of the buckets that have columns.</param>
/// <param name="columns">The calls.</param>
internal sealed class ColumnRun(KindPrices[] kinds, PriceTable table, PackedPrices packed, UsageColumns columns)
{
    /// <summary>Rows of a block whose prices are the same.</summary>
    internal const int Large = 1 << 14;

    /// <summary>Rows of a block whose kinds are their places: sums of 32 bits take so many of up to 4 million tokens each.</summary>
    internal const int Middle = 1 << 12;

    /// <summary>Rows of a block whose places, sizes and amounts fit in the nearest cache.</summary>
    internal const int Small = 1 << 10;

    /// <summary>So many rows for each row of prices make it worth while to add up tokens by price.</summary>
    private const int RowsOfAPlace = 8;

    private readonly ColumnPlaces _places = new(kinds, table, columns);
    private PlaceSums? _sums;

    /// <summary>Works out the amount of every row, and says how many have none.</summary>
    internal int Estimate(Span<long> amounts)
    {
        int missing = 0;
        for (int start = 0; start < columns.Rows;)
        {
            ColumnBlock block = Block(start, columns.Rows);
            Span<long> own = amounts.Slice(start, block.Rows);
            if (Multiply(in block, own))
            {
                missing += EstimateLeft(start, own);
            }

            start += block.Rows;
        }

        return missing;
    }

    /// <summary>Adds the amounts of some rows to the total of their kinds.</summary>
    internal void AddByKind(int from, int until, ColumnTotals totals)
    {
        if (!_places.IsFlat && until - from < table.Count * RowsOfAPlace)
        {
            AddSingly(from, until, [], totals);
            return;
        }

        _sums ??= new(packed, table);
        try
        {
            AddTokens(from, until, _sums);
        }
        catch (Exception failure) when (_places.AreKinds && failure is IndexOutOfRangeException or ArgumentOutOfRangeException)
        {
            _places.CheckKinds(from, until); // what there is not has no sums: to look for it before would be a pass over all kinds
            throw;
        }

        ReadOnlySpan<bool> left = _sums.MoveTo(totals);
        if (!left.IsEmpty)
        {
            AddSingly(from, until, left, totals);
        }
    }

    /// <summary>Adds the amounts of some rows to the total of their groups.</summary>
    internal void AddByGroup(int from, int until, ReadOnlySpan<int> groups, ColumnTotals totals)
    {
        Span<long> amounts = stackalloc long[Small];
        for (int start = from; start < until; start += Small)
        {
            ColumnBlock block = new(columns, packed.Buckets, start, Math.Min(Small, until - start));
            ReadOnlySpan<int> own = groups.Slice(start, block.Rows);
            Multiply(in block, amounts[..block.Rows]);
            for (int i = 0; i < own.Length; i++)
            {
                int group = own[i];
                if (unchecked((uint)group) >= (uint)totals.Count) // also below 0
                {
                    throw new ArgumentException(string.Create(
                        CultureInfo.InvariantCulture,
                        $"Row {start + i} is of group {group}, where the groups are 0 to {totals.Count - 1}."));
                }

                Add(start + i, amounts[i], KindOf(start + i), group, totals);
            }
        }
    }

    private void AddTokens(int from, int until, PlaceSums sums)
    {
        for (int start = from; start < until;)
        {
            ColumnBlock block = Block(start, until);
            int place = _places.Find(in block, out ReadOnlySpan<ushort> places, checksKinds: false);
            for (int group = 0; group < packed.Groups.Length; group++)
            {
                SixColumns six = new(in block, group);
                if (place >= 0)
                {
                    sums.Add(in six, block.Rows, group, place);
                }
                else
                {
                    sums.Add(in six, places, group);
                }
            }

            start += block.Rows;
        }
    }

    private ColumnBlock Block(int start, int until) =>
        new(columns, packed.Buckets, start, Math.Min(_places.IsFlat ? Large : _places.AreKinds ? Middle : Small, until - start));

    /// <summary>Adds the amounts of rows one by one.</summary>
    /// <param name="from">The first row.</param>
    /// <param name="until">The first row after the last.</param>
    /// <param name="which">The places of those rows that are added; none for all.</param>
    /// <param name="totals">What is added to.</param>
    private void AddSingly(int from, int until, ReadOnlySpan<bool> which, ColumnTotals totals)
    {
        Span<long> amounts = stackalloc long[Small];
        for (int start = from; start < until; start += Small)
        {
            ColumnBlock block = new(columns, packed.Buckets, start, Math.Min(Small, until - start));
            int place = _places.Find(in block, out ReadOnlySpan<ushort> places);
            if (place >= 0 && !which.IsEmpty && !which[place])
            {
                continue;
            }

            Multiply(in block, place, places, amounts[..block.Rows]);
            for (int i = 0; i < block.Rows; i++)
            {
                if (which.IsEmpty || place >= 0 || which[places[i]])
                {
                    int kind = KindOf(start + i);
                    Add(start + i, amounts[i], kind, kind, totals);
                }
            }
        }
    }

    private bool Multiply(in ColumnBlock block, Span<long> amounts) =>
        Multiply(in block, _places.Find(in block, out ReadOnlySpan<ushort> places), places, amounts);

    /// <summary>Multiplies the counts of a block by their prices.</summary>
    /// <returns>Whether rows are left that take more than that.</returns>
    private bool Multiply(in ColumnBlock block, int place, ReadOnlySpan<ushort> places, Span<long> amounts)
    {
        bool left = false;
        for (int group = 0; group < packed.Groups.Length; group++)
        {
            SixColumns six = new(in block, group);
            left |= place >= 0
                ? FlatProducts.Multiply(in six, packed, group, place, amounts)
                : ColumnProducts.Multiply(in six, packed, group, places, amounts);
        }

        return left;
    }

    /// <summary>Prices the rows of a block one by one that took more than multiplying.</summary>
    private int EstimateLeft(int start, Span<long> amounts)
    {
        int missing = 0;
        for (int i = 0; i < amounts.Length; i++)
        {
            if (amounts[i] == ColumnProducts.Left)
            {
                amounts[i] = EstimateOne(start + i);
                missing += amounts[i] < 0 ? 1 : 0;
            }
        }

        return missing;
    }

    private long EstimateOne(int row)
    {
        try
        {
            return !TryGetTotal(row, KindOf(row), out decimal amount) ? ColumnEstimator.NotPriced
                : DecimalParts.TryToScaled(amount, table.Scale, out long scaled) ? scaled
                : ColumnEstimator.OutOfRange;
        }
        catch (OverflowException)
        {
            return ColumnEstimator.OutOfRange; // not even a decimal holds it; the other rows have their amounts
        }
    }

    private void Add(int row, long amount, int kind, int index, ColumnTotals totals)
    {
        if (amount >= 0)
        {
            totals.AddSmall(index, (ulong)amount);
            return;
        }

        try
        {
            if (TryGetTotal(row, kind, out decimal single))
            {
                totals.AddOne(index, single);
            }
            else
            {
                totals.AddUnpriced(index);
            }
        }
        catch (OverflowException failure)
        {
            throw new OverflowException(string.Create(CultureInfo.InvariantCulture, $"Row {row}: {failure.Message}"), failure);
        }
    }

    private bool TryGetTotal(int row, int kind, out decimal amount)
    {
        TokenUsage usage = columns.UsageOf(row);
        return kinds[kind].TryGetTotal(in usage, columns.InstantOf(row), out amount);
    }

    private int KindOf(int row) => columns.Kinds.IsEmpty ? 0 : columns.Kinds.Span[row];
}
