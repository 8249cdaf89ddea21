using System.Globalization;
using System.Runtime.CompilerServices;

namespace LlmCostModel;

/// <summary>Finds which row of the prices each call of a block has, by its kind, its size and its instant.</summary>
/// <param name="kinds">The kinds of call.</param>
/// <param name="table">All their prices.</param>
/// <param name="columns">The calls.</param>
/// <param name="before">How many rows the caller has before these, for messages.</param>
internal sealed class ColumnPlaces(KindPrices[] kinds, PriceTable table, UsageColumns columns, int before)
{
    private static readonly long[] NotAsked = new long[ColumnRun.Small];

    private readonly ushort[] _places = new ushort[ColumnRun.Small];
    private readonly long[] _totalInput = SumsOf(kinds, TokenBasis.TotalInput);
    private readonly long[] _freshInput = SumsOf(kinds, TokenBasis.FreshInput);
    private readonly long[] _output = SumsOf(kinds, TokenBasis.Output);
    private readonly long[] _regions = columns.Kinds.IsEmpty ? new long[ColumnRun.Small] : [];
    private readonly bool _hasInstants = !columns.Instants.IsEmpty;

    /// <summary>Whether the kind of a row alone decides its prices.</summary>
    private readonly bool _areFlat = !columns.Kinds.IsEmpty && Array.TrueForAll(kinds, kind => HasOneRow(kind, columns));

    /// <summary>Whether every row has the prices of the first kind.</summary>
    internal bool IsFlat { get; } = columns.Kinds.IsEmpty && HasOneRow(kinds[0], columns);

    /// <summary>Where the prices of each row of a block stand.</summary>
    internal ReadOnlySpan<ushort> Find(in ColumnBlock block)
    {
        Span<ushort> places = _places.AsSpan(0, block.Rows);
        ReadOnlySpan<ushort> own = columns.Kinds.IsEmpty ? [] : columns.Kinds.Span.Slice(block.Start, block.Rows);
        CheckKinds(own, block.Start);
        if (_areFlat)
        {
            return own;
        }

        if (IsFlat)
        {
            places.Clear();
            return places;
        }

        SumSizes(in block);
        if (own.IsEmpty)
        {
            FindOfFirst(in block, places);
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
    private void FindOfFirst(in ColumnBlock block, Span<ushort> places)
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
        SumSizes(in block, TokenBasis.TotalInput, _totalInput);
        SumSizes(in block, TokenBasis.FreshInput, _freshInput);
        SumSizes(in block, TokenBasis.Output, _output);
    }

    private static void SumSizes(in ColumnBlock block, TokenBasis basis, long[] sums)
    {
        if (!ReferenceEquals(sums, NotAsked))
        {
            block.SumSizes(basis, sums.AsSpan(0, block.Rows));
        }
    }

    /// <summary>Room for the sums of a block, or zeros that nobody writes where no kind asks for them: blocks are small, and would mostly
    /// make and clear this.</summary>
    private static long[] SumsOf(KindPrices[] kinds, TokenBasis basis) =>
        Array.Exists(kinds, kind => kind.Sizes.Asks(basis)) ? new long[ColumnRun.Small] : NotAsked;

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

    private static bool HasOneRow(KindPrices kind, UsageColumns columns) =>
        kind.FixedRows.Length == 1 && (columns.Instants.IsEmpty || !kind.DependsOnTime);
}
