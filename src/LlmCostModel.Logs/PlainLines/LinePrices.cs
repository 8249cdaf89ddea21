namespace LlmCostModel.Logs;

/// <summary>Prices calls one after the other, by models that were found before.</summary>
/// <param name="estimator">Has the prices.</param>
internal sealed class LinePrices(CostEstimator estimator)
{
    /// <summary>Names that are prepared; others are priced one by one.</summary>
    private const int MostColumns = LineBatch.MostNames;

    /// <summary>So many days of a kind are known at a time, and some more.</summary>
    private const int MostDays = 200;

    /// <summary>Between these instants prices are prepared; other calls are priced one by one.</summary>
    private static readonly long First = new DateTime(2000, 1, 1).Ticks;

    private static readonly long Last = new DateTime(2100, 1, 1).Ticks;

    private readonly List<LineName> _names = [];
    private readonly CacheSavings _savings = new(estimator);
    private readonly long[] _amounts = new long[LineBatch.Most];
    private readonly long[] _again = new long[LineBatch.Most];
    private readonly long[] _without = new long[LineBatch.Most];
    private ColumnEstimator? _columns;
    private int _prepared; // so many names
    private (int From, int Until) _years = (int.MaxValue, int.MinValue);

    /// <summary>Prices a call.</summary>
    /// <returns>What it is priced as; null when it is not wholly priced.</returns>
    /// <exception cref="OverflowException">A decimal cannot hold the exact amount.</exception>
    /// <exception cref="UnpricedException">The options ask for strictness, and the call is not wholly priced.</exception>
    public LineName? Find(LineKind kind, in TokenUsage usage, in CallContext context, out decimal amount)
    {
        LineName? name = NameOn(context.At.GetValueOrDefault().UtcTicks / TimeSpan.TicksPerDay, kind);
        if (name is not null && kind.Priced is { } model)
        {
            return model.TryGetTotal(in usage, in context, out amount) ? name : null;
        }

        CostEstimate estimate = estimator.Estimate(kind.Model, in usage, in context);
        amount = estimate.Total.GetValueOrDefault().Amount;
        return estimate.Status == CostStatus.Priced ? NameOf(kind, in estimate) : null;
    }

    /// <summary>What a line is priced as, where the columns can price it.</summary>
    public LineName? ColumnOf(LineKind kind, long utcTicks) =>
        utcTicks >= First && utcTicks < Last && NameOn(utcTicks / TimeSpan.TicksPerDay, kind) is { Number: < MostColumns } name
            ? name
            : null;

    /// <summary>The same for lines between two instants; null also where it changes among them, or they are far apart.</summary>
    public LineName? ColumnOf(LineKind kind, long first, long last)
    {
        LineName? name = ColumnOf(kind, first);
        long days = (last / TimeSpan.TicksPerDay) - (first / TimeSpan.TicksPerDay);
        for (long day = 1; day <= days && name is not null; day++)
        {
            LineName? other = ColumnOf(kind, Math.Min(first + (day * TimeSpan.TicksPerDay), last));
            name = days <= MostDays && ReferenceEquals(other, name) ? name : null;
        }

        return name;
    }

    /// <summary>A name by its number.</summary>
    public LineName this[int number] => _names[number];

    /// <summary>The prices of single tokens for all lines between two instants and up to a size, as <see
    /// cref="ColumnEstimator.TryGetPrices"/> says, in units of <see cref="Scale"/>.</summary>
    /// <param name="name">What they are priced as.</param>
    /// <param name="isAgain">Whether by the canonical id.</param>
    /// <param name="first">The first instant.</param>
    /// <param name="last">The last one.</param>
    /// <param name="largest">At least what any of them consumed.</param>
    /// <param name="prices">Receives the prices by bucket.</param>
    public bool TryGetPrices(LineName name, bool isAgain, long first, long last, in TokenUsage largest, Span<long> prices)
    {
        Prepare(first, last);
        return _columns!.TryGetPrices((name.Number * 2) + (isAgain ? 1 : 0), first, last, in largest, prices);
    }

    /// <summary>What the rows of the batch cost, in units of <see cref="Scale"/>; below 0 where columns do not tell.</summary>
    public ReadOnlySpan<long> Amounts => _amounts;

    /// <summary>The same by canonical ids, where a cache was used.</summary>
    public ReadOnlySpan<long> Again => _again;

    /// <summary>The same without a cache.</summary>
    public ReadOnlySpan<long> Without => _without;

    public int Scale => _columns!.Scale;

    /// <summary>Prices the rows of a batch.</summary>
    public void Estimate(LineBatch batch, bool saves)
    {
        if (batch.Rows == 0)
        {
            return;
        }

        Prepare(batch.Instants);
        _columns!.Estimate(batch.ToColumns(2, 0, withoutCache: false), _amounts);
        if (saves && batch.IsCached)
        {
            _columns.Estimate(batch.ToColumns(2, 1, withoutCache: false), _again);
            _columns.Estimate(batch.ToColumns(2, 1, withoutCache: true), _without);
        }
    }

    /// <summary>What a row of the batch costs, and with it what a cache saved, in units of a scale.</summary>
    /// <returns>Whether the columns tell.</returns>
    public bool TryGet(int row, bool saves, out long amount, out long? saved, out int scale)
    {
        (amount, saved, scale) = (_amounts[row], null, _columns!.Scale);
        if (amount >= 0 && saves)
        {
            saved = _without[row] - amount;
            return _again[row] == amount && _without[row] >= 0;
        }

        return amount >= 0;
    }

    private void Prepare(ReadOnlySpan<long> instants)
    {
        (long first, long last) = (instants[0], instants[0]);
        foreach (long ticks in instants)
        {
            (first, last) = (Math.Min(first, ticks), Math.Max(last, ticks));
        }

        Prepare(first, last);
    }

    private void Prepare(long first, long last)
    {
        int from = Math.Min(_years.From, YearOf(first)), until = Math.Max(_years.Until, YearOf(last));
        int names = Math.Min(_names.Count, MostColumns);
        if (_columns is null || _prepared != names || (from, until) != _years)
        {
            (_years, _prepared) = ((from, until), names);
            CallKind[] kinds = [.. _names.Take(MostColumns).SelectMany(name => name.Kinds)];
            _columns = ColumnEstimator.Create(estimator, kinds, AtOf(from), AtOf(until + 1));
        }
    }

    /// <summary>Near enough, and never above.</summary>
    private static int YearOf(long ticks) => (int)(ticks / (366 * TimeSpan.TicksPerDay));

    private static DateTimeOffset AtOf(int year) => new(year * 366 * TimeSpan.TicksPerDay, TimeSpan.Zero);

    /// <summary>What a cache saved, as <see cref="CacheSavings"/> says.</summary>
    public decimal? SavedOf(LineName name, in TokenUsage usage, in CallContext context, decimal amount)
    {
        if (usage.TotalCacheRead == 0 && usage.TotalCacheWrite == 0)
        {
            return null;
        }

        CallContext sold = context with { Provider = name.Provider };
        if (name.Again is { } again
            && again.TryGetTotal(in usage, in sold, out decimal same)
            && same == amount
            && again.TryGetTotal(usage.WithoutCache(), in sold, out decimal without))
        {
            return Subtract(without, amount);
        }

        CostEstimate estimate = estimator.Estimate(name.Kind.Model, in usage, in context);
        return _savings.Of(in usage, in estimate, in context)?.Amount;
    }

    private static decimal Subtract(decimal left, decimal right)
    {
        decimal difference = left - right;
        return difference + right == left && left - difference == right ? difference : ExactSum.Of(left, -right);
    }

    /// <summary>What lines of a day are priced as, if that is the same from its beginning to its end.</summary>
    private LineName? NameOn(long day, LineKind kind)
    {
        ref LineName? known = ref kind.NameOn(day);
        if (known is null)
        {
            DateTimeOffset begin = new(day * TimeSpan.TicksPerDay, TimeSpan.Zero);
            LineName? first = NameAt(begin, kind);
            known = first is not null && ReferenceEquals(first, NameAt(begin.AddTicks(TimeSpan.TicksPerDay - 1), kind)) ? first : null;
        }

        return known;
    }

    private LineName? NameAt(DateTimeOffset at, LineKind kind)
    {
        try
        {
            CostEstimate estimate = estimator.Estimate(kind.Model, default, kind.Context with { At = at });
            return estimate.Status == CostStatus.Priced ? NameOf(kind, in estimate) : null;
        }
        catch (UnpricedException)
        {
            return null;
        }
    }

    private LineName NameOf(LineKind kind, in CostEstimate estimate)
    {
        (string? model, string? provider, string currency) = (estimate.Model, estimate.Provider, estimate.Total!.Value.Currency);
        LineName? name = kind.Names.Find(one => one.Model == model && one.Provider == provider && one.Currency == currency);
        if (name is null)
        {
            name = new(kind, model, provider, currency, _names.Count, AgainOf(model, provider, currency));
            _names.Add(name);
            kind.Names.Add(name);
        }

        return name;
    }

    /// <summary>The model by its canonical id, where all that may be meant has one currency.</summary>
    private PricedModel? AgainOf(string? model, string? provider, string currency) =>
        model is not null
        && estimator.TryGetModel(model, out PricedModel? found, provider)
        && estimator.RateCards.All(card =>
            (card.Provider is { } other && !other.Equals(provider, StringComparison.OrdinalIgnoreCase))
            || card.Currency.Equals(currency, StringComparison.OrdinalIgnoreCase))
            ? found
            : null;
}
