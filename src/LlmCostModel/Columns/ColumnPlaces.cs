using System.Globalization;
using System.Runtime.CompilerServices;

namespace LlmCostModel;

/// <summary>Finds which row of the prices each call of a block has, by its kind, its size and its instant.</summary>
/// <param name="kinds">The kinds of call.</param>
/// <param name="table">All their prices.</param>
/// <param name="columns">The calls.</param>
internal sealed class ColumnPlaces(KindPrices[] kinds, PriceTable table, UsageColumns columns)
{
    private static readonly long[] NotAsked = new long[ColumnRun.Small];

    private readonly ushort[] _places = IsOne(kinds[0], columns) ? [] : new ushort[ColumnRun.Small];
    private readonly long[] _totalInput = SumsOf(table, TokenBasis.TotalInput);
    private readonly long[] _freshInput = SumsOf(table, TokenBasis.FreshInput);
    private readonly long[] _output = SumsOf(table, TokenBasis.Output);
    private readonly bool _hasInstants = !columns.Instants.IsEmpty;

    /// <summary>Whether every row has the prices of the first kind.</summary>
    internal bool IsFlat { get; } = IsOne(kinds[0], columns);

    /// <summary>Whether the kind of a row alone decides its prices, which stand where its kind does.</summary>
    internal bool AreKinds { get; } = !columns.Kinds.IsEmpty && table.AreKinds;

    /// <summary>Where the prices of each row of a block stand, unless all of its rows have the same.</summary>
    /// <param name="block">The block.</param>
    /// <param name="places">Receives the places; none where the rows have the same.</param>
    /// <param name="checksKinds">Whether kinds that there are not are refused, also where they are the places.</param>
    /// <returns>The place that all rows have, or <see cref="PriceTable.Nowhere"/>.</returns>
    internal int Find(in ColumnBlock block, out ReadOnlySpan<ushort> places, bool checksKinds = true)
    {
        places = [];
        if (IsFlat)
        {
            return Math.Max(table.FixedPlaces[0], 0);
        }

        if (columns.Kinds.IsEmpty)
        {
            return FindOfFirst(in block, out places);
        }

        ReadOnlySpan<ushort> own = columns.Kinds.Span.Slice(block.Start, block.Rows);
        if (checksKinds || !AreKinds)
        {
            CheckKinds(own, block.Start);
        }

        if (AreKinds)
        {
            places = own;
            return PriceTable.Nowhere;
        }

        SumSizes(in block);
        ReadOnlySpan<long> instants = _hasInstants ? columns.Instants.Span.Slice(block.Start, block.Rows) : [];
        for (int i = 0; i < own.Length; i++)
        {
            _places[i] = FindPlace(own[i], instants.IsEmpty ? null : instants[i], i);
        }

        places = _places.AsSpan(0, block.Rows);
        return PriceTable.Nowhere;
    }

    /// <summary>The places of rows that are all of the first kind.</summary>
    private int FindOfFirst(in ColumnBlock block, out ReadOnlySpan<ushort> places)
    {
        places = [];
        KindPrices kind = kinds[0];
        bool isTimed = _hasInstants && kind.DependsOnTime;
        int first = isTimed ? table.TimedPlaces[0] : table.FixedPlaces[0];
        if (first == PriceTable.Nowhere)
        {
            return 0;
        }

        ReadOnlySpan<long> instants = isTimed ? columns.Instants.Span.Slice(block.Start, block.Rows) : [];
        int sizes = kind.Sizes.Count;
        int moment = isTimed ? kind.Instants!.FindOne(instants) : 0;
        if (sizes == 1 && moment >= 0)
        {
            return first + moment;
        }

        Span<ushort> found = _places.AsSpan(0, block.Rows);
        found.Fill((ushort)(first + (Math.Max(moment, 0) * sizes)));
        SumSizes(in block);
        kind.Sizes.AddTo(_totalInput, _freshInput, _output, found);
        if (moment < 0)
        {
            kind.Instants!.AddTo(instants, sizes, found);
        }

        places = found;
        return PriceTable.Nowhere;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ushort FindPlace(int kind, long? instant, int row)
    {
        KindPrices prices = kinds[kind];
        bool isTimed = instant is not null && prices.DependsOnTime;
        int first = isTimed ? table.TimedPlaces[kind] : table.FixedPlaces[kind];
        int moment = isTimed && first >= 0 ? prices.Instants!.Find(instant!.Value) : 0;
        if (first < 0 || moment < 0)
        {
            return (ushort)kind;
        }

        int size = prices.Sizes.Count == 1 ? 0 : prices.Sizes.Find(_totalInput[row], _freshInput[row], _output[row]);
        return (ushort)(first + (moment * prices.Sizes.Count) + size);
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
    private static long[] SumsOf(PriceTable table, TokenBasis basis) => table.Asks(basis) ? new long[ColumnRun.Small] : NotAsked;

    /// <summary>Refuses kinds that there are not.</summary>
    internal void CheckKinds(int from, int until) => CheckKinds(columns.Kinds.Span[from..until], from);

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
                $"Row {start + wrong} is of kind {own[wrong]}, where the kinds are 0 to {kinds.Length - 1}."));
        }
    }

    private static bool IsOne(KindPrices kind, UsageColumns columns) =>
        columns.Kinds.IsEmpty && kind.FixedRows.Length <= 1 && (columns.Instants.IsEmpty || !kind.DependsOnTime);
}
