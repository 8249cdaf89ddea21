using System.Globalization;
using System.Runtime.CompilerServices;

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

    private const int Small = 1 << 10; // rows whose places, sizes and amounts fit in the nearest cache

    private readonly ushort[] _places = new ushort[Small];
    private readonly long[] _totalInput = new long[Small];
    private readonly long[] _freshInput = new long[Small];
    private readonly long[] _output = new long[Small];
    private readonly long[] _regions = new long[Small];
    private readonly bool _hasInstants = !columns.Instants.IsEmpty;

    /// <summary>Whether every row has the prices of the first kind.</summary>
    private readonly bool _isFlat = columns.Kinds.IsEmpty && IsFlat(kinds[0], columns);

    /// <summary>Whether the kind of a row alone decides its prices.</summary>
    private readonly bool _areFlat = !columns.Kinds.IsEmpty && Array.TrueForAll(kinds, kind => IsFlat(kind, columns));

    private readonly bool _asksTotalInput = Array.Exists(kinds, kind => kind.Sizes.Asks(TokenBasis.TotalInput));
    private readonly bool _asksFreshInput = Array.Exists(kinds, kind => kind.Sizes.Asks(TokenBasis.FreshInput));
    private readonly bool _asksOutput = Array.Exists(kinds, kind => kind.Sizes.Asks(TokenBasis.Output));

    /// <summary>Works out the amount of every row, and says how many have none.</summary>
    internal int Estimate(Span<long> amounts)
    {
        bool isOneGroup = packed.Groups.Length == 1;
        int missing = 0;
        for (int start = 0; start < columns.Rows;)
        {
            ColumnBlock block = new(columns, packed.Buckets, start, _isFlat && isOneGroup ? Large : Small);
            Span<long> own = amounts.Slice(start, block.Rows);
            if (!_isFlat || !isOneGroup)
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
        if (_isFlat)
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
                if ((uint)group >= (uint)low.Length)
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

    private static bool IsFlat(KindPrices kind, UsageColumns columns) =>
        kind.FixedRows.Length == 1 && (columns.Instants.IsEmpty || !kind.DependsOnTime);

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
        ReadOnlySpan<ushort> places = FindPlaces(in block);
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
        ReadOnlySpan<ushort> places = FindPlaces(in block);
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
        return kinds[kind].TryGetTotal(in usage, _hasInstants ? columns.Instants.Span[row] : null, out amount);
    }

    private int KindOf(int row) => columns.Kinds.IsEmpty ? 0 : columns.Kinds.Span[row];

    /// <summary>Where the prices of each row of a block stand.</summary>
    private ReadOnlySpan<ushort> FindPlaces(in ColumnBlock block)
    {
        Span<ushort> places = _places.AsSpan(0, block.Rows);
        ReadOnlySpan<ushort> own = columns.Kinds.IsEmpty ? [] : columns.Kinds.Span.Slice(block.Start, block.Rows);
        CheckKinds(own, block.Start);
        if (_areFlat)
        {
            return own;
        }

        if (_isFlat)
        {
            places.Clear();
            return places;
        }

        SumSizes(in block);
        if (own.IsEmpty)
        {
            FindPlacesOfFirst(in block, places);
            return places;
        }

        ReadOnlySpan<long> instants = _hasInstants ? columns.Instants.Span.Slice(block.Start, block.Rows) : [];
        for (int i = 0; i < places.Length; i++)
        {
            places[i] = FindPlace(own[i], instants.IsEmpty ? null : instants[i], i);
        }

        return places;
    }

    /// <summary>The places of rows that are all of the first kind.</summary>
    private void FindPlacesOfFirst(in ColumnBlock block, Span<ushort> places)
    {
        KindPrices kind = kinds[0];
        Span<long> regions = _regions.AsSpan(0, places.Length);
        kind.Sizes.Find(_totalInput, _freshInput, _output, regions);
        bool isTimed = _hasInstants && kind.DependsOnTime;
        ushort[] rows = isTimed ? table.TimedPlaces[0] : table.FixedPlaces[0];
        if (!isTimed)
        {
            for (int i = 0; i < places.Length; i++)
            {
                places[i] = rows.Length == 0 ? (ushort)0 : rows[regions[i]];
            }

            return;
        }

        ReadOnlySpan<long> instants = columns.Instants.Span.Slice(block.Start, places.Length);
        InstantMap map = kind.Instants!;
        int sizes = kind.Sizes.Count;
        for (int i = 0; i < places.Length; i++)
        {
            int moment = map.Find(instants[i]);
            places[i] = moment < 0 ? (ushort)0 : rows[(moment * sizes) + regions[i]];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ushort FindPlace(int kind, long? instant, int row)
    {
        KindPrices prices = kinds[kind];
        int size = prices.Sizes.Count == 1 ? 0 : prices.Sizes.Find(_totalInput[row], _freshInput[row], _output[row]);
        if (instant is { } ticks && prices.DependsOnTime)
        {
            int moment = prices.Instants!.Find(ticks);
            return moment < 0 ? (ushort)kind : table.TimedPlaces[kind][(moment * prices.Sizes.Count) + size];
        }

        ushort[] places = table.FixedPlaces[kind];
        return places.Length == 0 ? (ushort)kind : places[size];
    }

    private void SumSizes(in ColumnBlock block)
    {
        if (_asksTotalInput)
        {
            block.SumSizes(TokenBasis.TotalInput, _totalInput.AsSpan(0, block.Rows));
        }

        if (_asksFreshInput)
        {
            block.SumSizes(TokenBasis.FreshInput, _freshInput.AsSpan(0, block.Rows));
        }

        if (_asksOutput)
        {
            block.SumSizes(TokenBasis.Output, _output.AsSpan(0, block.Rows));
        }
    }

    private void CheckKinds(ReadOnlySpan<ushort> own, int start)
    {
        if (kinds.Length > ushort.MaxValue)
        {
            return;
        }

        int wrong = own.IndexOfAnyExceptInRange((ushort)0, (ushort)(kinds.Length - 1));
        if (wrong >= 0)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"Row {before + start + wrong} is of kind {own[wrong]}, where the kinds are 0 to {kinds.Length - 1}."));
        }
    }
}
