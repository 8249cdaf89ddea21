using System.Collections.Immutable;
using System.Globalization;

namespace LlmCostModel;

/// <summary>Prices millions of calls in columns: the same amounts to the last digit as an estimate of each row, at about the speed at which
/// memory is read.</summary>
/// <remarks>
/// Works out beforehand what every kind of call can cost, so a kind is a model with its tier, region and the like, and a row names its kind
/// by number. What takes more than multiplying (charges on a call, marginal rules, prices of more digits than 64 bits hold) is priced row
/// by row, as an estimate does. Thread-safe; it keeps the prices it was made with, also after a reload.
/// </remarks>
public sealed class ColumnEstimator
{
    /// <summary>What stands in place of the amount of a row that is not wholly priced; an estimate of the row says why.</summary>
    public const long NotPriced = -1;

    /// <summary>What stands in place of an amount that is priced, and is not a whole number of 63 bits in the unit of the column: an
    /// estimate of the row tells it, or throws <see cref="OverflowException"/> where no decimal holds it either.</summary>
    public const long OutOfRange = -2;

    private readonly KindPrices[] _kinds;
    private readonly string?[] _currencies;
    private readonly PriceTable _table;
    private readonly bool _haveInstants;
    private PackedPrices? _packed; // for the buckets of the last columns

    private ColumnEstimator(KindPrices[] kinds, bool haveInstants)
    {
        _kinds = kinds;
        _currencies = [.. kinds.Select(kind => kind.Currency)];
        _haveInstants = haveInstants;
        _table = new PriceTable(kinds);
    }

    /// <summary>Gets the digits after the point of the unit of amounts: they are whole numbers of 10^-scale of the currency.</summary>
    public int Scale => _table.Scale;

    /// <summary>Gets the currency of each kind; <see langword="null"/> for one whose model has no price.</summary>
    public ImmutableArray<string?> Currencies => [.. _currencies];

    /// <summary>Prepares the prices of some kinds of call.</summary>
    /// <param name="estimator">What knows the prices.</param>
    /// <param name="kinds">The kinds, which rows name by their place here: at most 65,536. One whose model has no price is allowed; its
    /// rows are not priced.</param>
    /// <param name="from">The first instant that rows may have; <see langword="null"/> when rows have none of their own.</param>
    /// <param name="until">The first instant after the last. Calls at other instants are priced as well, but slowly.</param>
    /// <returns>The estimator of columns.</returns>
    /// <exception cref="ArgumentException">There are no kinds, or too many, or one is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="until"/> is not after <paramref name="from"/>, or over 200 years
    /// after.</exception>
    public static ColumnEstimator Create(
        CostEstimator estimator, IReadOnlyList<CallKind> kinds, DateTimeOffset? from = null, DateTimeOffset? until = null)
    {
        ArgumentNullException.ThrowIfNull(estimator);
        ArgumentNullException.ThrowIfNull(kinds);
        if (kinds.Count is 0 or > ushort.MaxValue + 1)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"There are {kinds.Count} kinds of call. Give 1 to 65,536 of them."),
                nameof(kinds));
        }

        (DateTimeOffset From, DateTimeOffset Until)? instants = (from, until) switch
        {
            (null, null) => null,
            ({ } first, { } last) when last > first && last - first <= TimeSpan.FromDays(73_050) => (first, last),
            _ => throw new ArgumentOutOfRangeException(
                nameof(until), until, "Give the first instant and the first one after the last, at most 200 years (73,050 days) later."),
        };
        for (int i = 0; i < kinds.Count; i++)
        {
            if (kinds[i] is null)
            {
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Kind {i} is null."), nameof(kinds));
            }
        }

        RateStore store = estimator.Store;
        PriceIndex index = store.Index; // one for all kinds
        return new ColumnEstimator([.. kinds.Select(kind => new KindPrices(kind, store, index, instants))], instants is not null);
    }

    /// <summary>Works out what every row costs.</summary>
    /// <param name="columns">The calls.</param>
    /// <param name="amounts">Receives the amount of each row in units of 10^-<see cref="Scale"/> of the currency of its kind, or
    /// <see cref="NotPriced"/> or <see cref="OutOfRange"/>.</param>
    /// <returns>How many rows have no amount.</returns>
    /// <exception cref="ArgumentException">There is less room for amounts than there are rows, a row names a kind that is not there, a
    /// count is negative, an instant that decides prices is not a date, or rows have instants and none were foreseen.</exception>
    public int Estimate(UsageColumns columns, Span<long> amounts)
    {
        ArgumentNullException.ThrowIfNull(columns);
        if (amounts.Length < columns.Rows)
        {
            string message = string.Create(
                CultureInfo.InvariantCulture, $"There is room for {amounts.Length} amounts, where there are {columns.Rows} rows.");
            throw new ArgumentException(message, nameof(amounts));
        }

        return new ColumnRun(_kinds, _table, Pack(columns), columns).Estimate(amounts[..columns.Rows]);
    }

    /// <summary>Gets the price of a token that calls of one kind have between two instants and up to a size, where it is the same for all
    /// of them: such calls cost together what their tokens together do, and need not be looked at one by one.</summary>
    /// <param name="kind">The kind, by its place.</param>
    /// <param name="first">The first of their instants, in ticks of UTC as in <see cref="DateTimeOffset.UtcTicks"/>.</param>
    /// <param name="last">The last of them.</param>
    /// <param name="largest">At least what any of them consumed, bucket by bucket; none consumed anything of a bucket that is 0.</param>
    /// <param name="prices">Receives the price of one token by the value of its bucket, in units of 10^-<see cref="Scale"/> of the currency
    /// of the kind; 0 for buckets of which nothing was consumed.</param>
    /// <returns>Whether they have one: no rule on size or time begins or ceases to hold among them, nothing but tokens decides what they
    /// cost, and none costs more than <see cref="long.MaxValue"/> units. Where not, <see cref="Estimate"/> tells.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no kind of that number.</exception>
    /// <exception cref="ArgumentException">There is less room for prices than there are buckets.</exception>
    /// <exception cref="OverflowException">The tokens of <paramref name="largest"/> are more than <see cref="long.MaxValue"/>.</exception>
    public bool TryGetPrices(int kind, long first, long last, in TokenUsage largest, Span<long> prices)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(kind);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(kind, _kinds.Length);
        if (prices.Length < TokenBuckets.Count)
        {
            string message = string.Create(
                CultureInfo.InvariantCulture, $"There is room for {prices.Length} prices, where there are {TokenBuckets.Count} buckets.");
            throw new ArgumentException(message, nameof(prices));
        }

        return TokenPrices.TryGet(_kinds[kind].FindRow(first, last, in largest), in largest, Scale, prices);
    }

    /// <summary>Adds up what the rows of each kind cost.</summary>
    /// <param name="columns">The calls.</param>
    /// <param name="threads">How many threads may share the work; the totals are the same with any number.</param>
    /// <returns>The total of each kind.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is less than 1.</exception>
    /// <exception cref="ArgumentException">A row names a kind that is not there, a count is negative, an instant that decides prices is not
    /// a date, or rows have instants and none were foreseen.</exception>
    /// <exception cref="OverflowException">No decimal holds the amount of a row: it is too large, or has too many digits.</exception>
    public ColumnTotals Sum(UsageColumns columns, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(columns);
        return Add(columns, _currencies, threads, (run, from, until, totals) => run.AddByKind(from, until, totals));
    }

    /// <summary>Adds up what rows cost by groups of the caller's own, such as users or days.</summary>
    /// <param name="columns">The calls.</param>
    /// <param name="groups">The group of each row, from 0.</param>
    /// <param name="count">How many groups there are.</param>
    /// <param name="threads">How many threads may share the work; the totals are the same with any number.</param>
    /// <returns>The total of each group.</returns>
    /// <exception cref="ArgumentException">The kinds have several currencies, which do not add up; or a row names a group or a kind that is
    /// not there, a count is negative, an instant that decides prices is not a date, or rows have instants and none were
    /// foreseen.</exception>
    /// <exception cref="OverflowException">No decimal holds the amount of a row: it is too large, or has too many digits.</exception>
    public ColumnTotals SumBy(UsageColumns columns, ReadOnlyMemory<int> groups, int count, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        string?[] currencies = [.. _kinds.Select(kind => kind.Currency).Where(currency => currency is not null).Distinct()];
        if (currencies.Length > 1)
        {
            throw new ArgumentException(
                $"The kinds are in {string.Join(" and ", currencies)}, which do not add up. Sum the kinds of each currency by themselves.",
                nameof(columns));
        }

        if (groups.Length != columns.Rows)
        {
            string message = string.Create(
                CultureInfo.InvariantCulture, $"There are {groups.Length} groups of rows, where there are {columns.Rows} rows.");
            throw new ArgumentException(message, nameof(groups));
        }

        string?[] all = [.. Enumerable.Repeat(currencies.FirstOrDefault(), count)];
        return Add(columns, all, threads, (run, from, until, totals) => run.AddByGroup(from, until, groups.Span, totals));
    }

    private ColumnTotals Add(UsageColumns columns, string?[] currencies, int threads, Action<ColumnRun, int, int, ColumnTotals> add)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        PackedPrices packed = Pack(columns);
        (ColumnRun, ColumnTotals Totals)[] all = RowParts.Share(
            columns.Rows,
            threads,
            () => (new ColumnRun(_kinds, _table, packed, columns), new ColumnTotals(currencies, Scale)),
            ((ColumnRun Run, ColumnTotals Totals) own, int from, int until) => add(own.Run, from, until, own.Totals));
        foreach ((_, ColumnTotals other) in all.AsSpan(1))
        {
            all[0].Totals.Add(other);
        }

        return all[0].Totals;
    }

    /// <summary>The prices for the buckets that have columns: those of the last ones, mostly.</summary>
    private PackedPrices Pack(UsageColumns columns)
    {
        if (!_haveInstants && !columns.Instants.IsEmpty)
        {
            const string unforeseen = "The rows have instants. Say which when preparing the kinds: Create(estimator, kinds, from, until).";
            throw new ArgumentException(unforeseen, nameof(columns));
        }

        Span<TokenBucket> buckets = stackalloc TokenBucket[TokenBuckets.Lanes];
        buckets = buckets[..columns.FindBuckets(buckets)];
        PackedPrices? last = _packed;
        return last is not null && last.IsFor(buckets) ? last : _packed = new PackedPrices(_table, buckets);
    }
}
