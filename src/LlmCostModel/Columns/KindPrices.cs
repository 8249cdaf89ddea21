using System.Diagnostics.CodeAnalysis;

namespace LlmCostModel;

/// <summary>Which row of the prices a call of one kind has, by its instant and its size, worked out for all of them beforehand.</summary>
internal sealed class KindPrices
{
    private const int MostRegions = 64;

    private readonly CallKind _kind;
    private readonly RateStore _store;
    private readonly PriceIndex _index;
    private readonly ResolvedModel _model;
    private readonly SizeRegions _sizes = SizeRegions.None;
    private readonly PriceRow?[] _fixedRows = [];
    private readonly PriceRow?[] _timedRows = [];

    /// <param name="kind">The kind.</param>
    /// <param name="store">The prices.</param>
    /// <param name="index">Those of now, that all kinds have.</param>
    /// <param name="instants">Which instants rows may have; <see langword="null"/> for none of their own.</param>
    internal KindPrices(CallKind kind, RateStore store, PriceIndex index, (DateTimeOffset From, DateTimeOffset Until)? instants)
    {
        _store = store;
        _index = index;
        _kind = new(kind.Model, kind.Context with { At = kind.Context.At ?? store.Clock.GetUtcNow() });
        _model = index.Find(kind.Model, _kind.Context);
        Currency = _model.Pricing?.Card.Currency;
        if (!TryFindSizes(out SizeRegions? sizes))
        {
            return;
        }

        _sizes = sizes;
        _fixedRows = FindRows(_kind.Context.At!.Value);
        DependsOnTime = !_model.Later.IsEmpty || _model.Pricing!.DependsOnTime;
        if (instants is { } range && DependsOnTime)
        {
            Instants = MapInstants(range.From, range.Until, out _timedRows);
        }
    }

    /// <summary>The currency of the prices; <see langword="null"/> when the model has none.</summary>
    internal string? Currency { get; }

    /// <summary>Which sizes of calls have a row of their own.</summary>
    internal SizeRegions Sizes => _sizes;

    /// <summary>Whether the instant of a call can change its price.</summary>
    internal bool DependsOnTime { get; }

    /// <summary>Which moments have rows of their own; <see langword="null"/> where time decides nothing, or no instants are
    /// foreseen.</summary>
    internal InstantMap? Instants { get; }

    /// <summary>The rows at the instant of the kind, by size; <see langword="null"/> for one that takes more than multiplying.</summary>
    internal ReadOnlySpan<PriceRow?> FixedRows => _fixedRows;

    /// <summary>The rows by moment, then by size.</summary>
    internal ReadOnlySpan<PriceRow?> TimedRows => _timedRows;

    /// <summary>The row that all calls have between two instants and up to a size; <see langword="null"/> where they have several, or
    /// take more than multiplying.</summary>
    internal PriceRow? FindRow(long first, long last, in TokenUsage largest)
    {
        int size = _sizes.Find(in largest);
        if (_fixedRows.Length == 0 || size != _sizes.Find(default))
        {
            return null;
        }

        return !DependsOnTime ? _fixedRows[size]
            : Instants?.FindOne(first, last) is >= 0 and var moment ? _timedRows[(moment * _sizes.Count) + size]
            : null;
    }

    /// <summary>Prices one call as an estimate does, whatever it takes.</summary>
    /// <param name="usage">What was consumed.</param>
    /// <param name="utcTicks">When; <see langword="null"/> for the instant of the kind.</param>
    /// <param name="amount">What it costs, in <see cref="Currency"/>.</param>
    /// <returns>Whether everything was priced.</returns>
    internal bool TryGetTotal(in TokenUsage usage, long? utcTicks, out decimal amount)
    {
        CallContext context = utcTicks is { } ticks ? _kind.Context with { At = new DateTimeOffset(ticks, TimeSpan.Zero) } : _kind.Context;
        ResolvedModel model = _model.DependsOnTime ? _index.Find(_kind.Model, in context) : _model;
        amount = 0;
        return model.At(in context, _store.Clock).Pricing?.Card.Currency == Currency
            && CallPricer.TryGetTotal(_store, model, in usage, in context, out amount);
    }

    private bool TryFindSizes([NotNullWhen(true)] out SizeRegions? sizes)
    {
        sizes = null;
        if (_model.DependsOnTime || _model.Pricing is null || _kind.Context.ConsumedBefore is not null)
        {
            return false;
        }

        PriceVersion[] versions =
        [
            .. Phases().SelectMany(phase => phase.Model.Pricing?.Versions ?? []).Select(version => version.Version),
        ];
        TokenThreshold[] thresholds =
        [
            .. Phases().SelectMany(phase => phase.Model.Pricing?.Versions ?? [])
                .SelectMany(version => version.Rules)
                .SelectMany(rule => rule.Rule.When.Tokens),
        ];
        sizes = new SizeRegions(thresholds);

        // What a call consumed may make a combination that is not sold.
        return sizes.Count <= MostRegions
            && !versions.Any(version => version.Never.Any(names => names.Any(name => TokenBuckets.TryParse(name, out _))));
    }

    private IEnumerable<(long FromTicks, ResolvedModel Model)> Phases()
    {
        yield return (0, _model);
        foreach ((long fromTicks, ResolvedModel model) in _model.Later.ToArray())
        {
            yield return (fromTicks, model);
        }
    }

    private PriceRow?[] FindRows(DateTimeOffset at)
    {
        CallContext context = _kind.Context with { At = at };
        PriceRow?[] rows = new PriceRow?[_sizes.Count];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = _sizes.TryMake(i, out TokenUsage usage) ? CallPricer.FindRow(_store.Clock, _model, in usage, in context) : null;
        }

        return rows;
    }

    private InstantMap MapInstants(DateTimeOffset from, DateTimeOffset until, out PriceRow?[] rows)
    {
        List<long> edges = [];
        List<ushort> moments = [];
        List<PriceRow?> found = [];
        Dictionary<(ResolvedModel Model, PriceMoment Prices), ushort> known = [];
        (long FromTicks, ResolvedModel Model)[] phases = [.. Phases()];
        for (int i = 0; i < phases.Length; i++)
        {
            long begin = Math.Max(phases[i].FromTicks, from.UtcTicks);
            long end = Math.Min(i + 1 < phases.Length ? phases[i + 1].FromTicks : long.MaxValue, until.UtcTicks);
            if (begin >= end)
            {
                continue;
            }

            foreach ((long at, PriceMoment prices) in MomentsOf(phases[i].Model, begin, end))
            {
                if (!known.TryGetValue((phases[i].Model, prices), out ushort moment))
                {
                    moment = (ushort)known.Count;
                    known.Add((phases[i].Model, prices), moment);
                    found.AddRange(FindRows(new DateTimeOffset(at, TimeSpan.Zero)));
                }

                if (at > from.UtcTicks)
                {
                    edges.Add(at);
                }

                moments.Add(moment);
            }
        }

        rows = [.. found];
        return new InstantMap(from.UtcTicks, until.UtcTicks, [.. edges], [.. moments]);
    }

    private List<(long At, PriceMoment Prices)> MomentsOf(ResolvedModel model, long begin, long end) => model.Pricing is { } pricing
        ? new PriceTimeline(pricing, _kind.Context.IncludeAnnounced).Moments(begin, end)
        : [(begin, default)];
}
