using System.Globalization;

namespace LlmCostModel;

/// <summary>One thread's way through columns: block by block, what needs no question first, the rest row by row.</summary>
/// <param name="kinds">The kinds of call.</param>
/// <param name="table">All their prices.</param>
/// <param name="packed">Those of the buckets that have columns.</param>
/// <param name="columns">The calls.</param>
/// <param name="before">How many rows the caller has before these, for messages.</param>
internal sealed class ColumnRun(KindPrices[] kinds, PriceTable table, PackedPrices packed, UsageColumns columns, int before = 0)
{
    /// <summary>Rows of a block whose prices are the same.</summary>
    internal const int Large = 1 << 14;

    /// <summary>Rows of a block whose places, sizes and amounts fit in the nearest cache.</summary>
    internal const int Small = 1 << 10;

    private readonly ColumnPlaces _places = new(kinds, table, columns, before);

    /// <summary>Works out the amount of every row, and says how many have none.</summary>
    internal int Estimate(Span<long> amounts)
    {
        bool isOneGroup = packed.Groups.Length == 1;
        int missing = 0;
        for (int start = 0; start < columns.Rows;)
        {
            ColumnBlock block = new(columns, packed.Buckets, start, _places.IsFlat && isOneGroup ? Large : Small);
            Span<long> own = amounts.Slice(start, block.Rows);
            if (!_places.IsFlat || !isOneGroup)
            {
                Multiply(in block, own);
                missing += EstimateLeft(start, own);
            }
            else if (FlatProducts.Multiply(new SixColumns(in block, 0), block.Rows, packed.Groups[0], own))
            {
                missing += EstimateLeft(start, own);
            }

            start += block.Rows;
        }

        return missing;
    }

    /// <summary>Adds the amounts of the rows to the total of their kinds.</summary>
    internal void AddByKind(ColumnTotals totals)
    {
        if (_places.IsFlat)
        {
            AddFlat(totals);
            return;
        }

        Span<int> left = stackalloc int[Small];
        Span<long> amounts = stackalloc long[Small];
        Span<ushort> first = stackalloc ushort[Small];
        first.Clear();
        bool isOneGroup = packed.Groups.Length == 1;
        for (int start = 0; start < columns.Rows; start += Small)
        {
            ColumnBlock block = new(columns, packed.Buckets, start, Small);
            ReadOnlySpan<ushort> own = columns.Kinds.IsEmpty ? first[..block.Rows] : columns.Kinds.Span.Slice(start, block.Rows);
            int count = isOneGroup ? Total(in block, own, totals, left) : AddMultiplied(in block, own, totals, amounts, left);
            for (int i = 0; i < count; i++)
            {
                AddOne(start + left[i], own[left[i]], own[left[i]], totals);
            }
        }
    }

    /// <summary>Adds the amounts of the rows to the total of their groups.</summary>
    internal void AddByGroup(ReadOnlyMemory<int> groups, ColumnTotals totals)
    {
        Span<long> amounts = stackalloc long[Small];
        for (int start = 0; start < columns.Rows; start += Small)
        {
            ColumnBlock block = new(columns, packed.Buckets, start, Small);
            ReadOnlySpan<int> own = groups.Span.Slice(start, block.Rows);
            Multiply(in block, amounts);
            Span<ulong> low = totals.Low;
            Span<ulong> high = totals.High[..low.Length];
            for (int i = 0; i < own.Length; i++)
            {
                int group = own[i];
                if (unchecked((uint)group) >= (uint)low.Length) // also below 0
                {
                    throw new ArgumentException(string.Create(
                        CultureInfo.InvariantCulture,
                        $"Row {before + start + i} is of group {group}, where the groups are 0 to {low.Length - 1}."));
                }

                if (amounts[i] >= 0)
                {
                    ulong sum = unchecked(low[group] + (ulong)amounts[i]);
                    high[group] += sum < (ulong)amounts[i] ? 1ul : 0;
                    low[group] = sum;
                }
                else
                {
                    AddOne(start + i, KindOf(start + i), group, totals);
                }
            }
        }
    }

    private void AddFlat(ColumnTotals totals)
    {
        Span<ulong> sums = stackalloc ulong[PackedPrices.Width];
        for (int start = 0; start < columns.Rows;)
        {
            ColumnBlock block = new(columns, packed.Buckets, start, Large);
            int together = block.Rows - (block.Rows % ColumnSums.Lanes);
            bool isWhole = true;
            UInt128 total = 0;
            for (int group = 0; group < packed.Groups.Length && isWhole; group++)
            {
                SixColumns six = new(in block, group);
                isWhole = ColumnSums.TrySum(in six, together, sums) && TryMultiply(packed.Groups[group], group, sums, ref total);
            }

            if (isWhole)
            {
                totals.Add(0, total);
            }

            for (int i = isWhole ? together : 0; i < block.Rows; i++)
            {
                AddOne(block.Start + i, 0, 0, totals);
            }

            start += block.Rows;
        }
    }

    /// <summary>Multiplies the sums of columns by prices that all rows have, if they are known.</summary>
    private bool TryMultiply(ulong[] prices, int group, ReadOnlySpan<ulong> sums, ref UInt128 total)
    {
        ulong always = prices[PackedPrices.Always];
        int buckets = Math.Min(PackedPrices.Width, packed.Buckets.Length - (group * PackedPrices.Width));
        for (int i = 0; i < buckets; i++)
        {
            if ((always >> (32 + i) & 1) != 0 && sums[i] != 0)
            {
                return false;
            }

            ulong high = Math.BigMul(sums[i], prices[i], out ulong low);
            total += new UInt128(high, low);
        }

        return (always & prices[PackedPrices.Leaving]) == 0;
    }

    private int Total(in ColumnBlock block, ReadOnlySpan<ushort> own, ColumnTotals totals, Span<int> left)
    {
        ReadOnlySpan<ushort> places = _places.Find(in block);
        SixColumns six = new(in block, 0);
        return ColumnProducts.Total(in six, places, own, packed.Groups[0], packed.HasUnknown, totals, left);
    }

    private int AddMultiplied(in ColumnBlock block, ReadOnlySpan<ushort> own, ColumnTotals totals, Span<long> amounts, Span<int> left)
    {
        Multiply(in block, amounts);
        int count = 0;
        for (int i = 0; i < own.Length; i++)
        {
            if (amounts[i] < 0)
            {
                left[count++] = i;
            }
            else
            {
                totals.Add(own[i], (UInt128)amounts[i]);
            }
        }

        return count;
    }

    private void Multiply(in ColumnBlock block, Span<long> amounts)
    {
        ReadOnlySpan<ushort> places = _places.Find(in block);
        for (int group = 0; group < packed.Groups.Length; group++)
        {
            SixColumns six = new(in block, group);
            ColumnProducts.Multiply(in six, places, packed.Groups[group], packed.HasUnknown, adds: group > 0, amounts);
        }
    }

    /// <summary>Prices the rows of a block one by one that took more than multiplying.</summary>
    private int EstimateLeft(int start, Span<long> amounts)
    {
        int missing = 0;
        for (int i = 0; i < amounts.Length; i++)
        {
            if (amounts[i] == ColumnProducts.Left)
            {
                amounts[i] = !TryGetTotal(start + i, KindOf(start + i), out decimal amount) ? ColumnEstimator.NotPriced
                    : DecimalParts.TryToScaled(amount, table.Scale, out long scaled) ? scaled
                    : ColumnEstimator.OutOfRange;
                missing += amounts[i] < 0 ? 1 : 0;
            }
        }

        return missing;
    }

    private void AddOne(int row, int kind, int index, ColumnTotals totals)
    {
        if (TryGetTotal(row, kind, out decimal amount))
        {
            totals.AddOne(index, amount);
        }
        else
        {
            totals.AddUnpriced(index);
        }
    }

    private bool TryGetTotal(int row, int kind, out decimal amount)
    {
        TokenUsage usage = columns.UsageOf(row, before);
        return kinds[kind].TryGetTotal(in usage, columns.Instants.IsEmpty ? null : columns.Instants.Span[row], out amount);
    }

    private int KindOf(int row) => columns.Kinds.IsEmpty ? 0 : columns.Kinds.Span[row];
}
