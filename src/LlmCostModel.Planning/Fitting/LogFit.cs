using System.Collections.Immutable;

namespace LlmCostModel.Planning;

/// <summary>What a log says of the months to come: its lines, how well the same fit would have foreseen its own last days, and what had to
/// be assumed.</summary>
public sealed class LogFit
{
    private readonly LineFit[] _fits;
    private readonly TimeZoneInfo _zone;

    private LogFit(LogSpan span, LogDays days, TimeZoneInfo zone, LineFit[] fits)
    {
        _fits = fits;
        _zone = zone;
        Calls = span.Calls;
        From = days.From(zone);
        Until = days.Until(zone);
        string[] names = LineKey.NamesOf([.. fits.Select(fit => fit.Key)]);
        Lines = [.. fits.Select((fit, i) => new FittedLine(names[i], fit))];
    }

    /// <summary>Gets the calls that state a time.</summary>
    public long Calls { get; }

    /// <summary>Gets the instant of the first of them.</summary>
    public DateTimeOffset From { get; }

    /// <summary>Gets the instant of the last.</summary>
    public DateTimeOffset Until { get; }

    /// <summary>Gets whether every call is in the lines, wholly priced and in one currency; what is not is in <see
    /// cref="Notes"/>.</summary>
    public bool IsWhole { get; private init; }

    /// <summary>Gets the lines, the costliest first.</summary>
    public ImmutableArray<FittedLine> Lines { get; }

    /// <summary>Gets how the fit of all but the last days would have foreseen these; <see langword="null"/> when the log is too short to
    /// leave any out.</summary>
    public HoldOut? HoldOut { get; private init; }

    /// <summary>Gets what is left out and what is assumed, a sentence each.</summary>
    public ImmutableArray<string> Notes { get; private init; } = [];

    /// <summary>Gets the first instant of the first month that begins after the log.</summary>
    public DateTimeOffset NextMonth
    {
        get
        {
            DateTime local = TimeZoneInfo.ConvertTime(Until, _zone).DateTime;
            return Midnight(new DateOnly(local.Year, local.Month, 1).AddMonths(1));
        }
    }

    /// <summary>Makes a plan of what is to come, if nothing changes but what is known to.</summary>
    /// <param name="start">The first instant of the first month; <see langword="null"/> for <see cref="NextMonth"/>.</param>
    /// <param name="months">How many months.</param>
    /// <returns>The plan; lines that have ended are not in it.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="months"/> is not from 1 to 120, or <paramref name="start"/> is in the
    /// time of the log, whose last days check the fit as it is.</exception>
    /// <exception cref="InvalidOperationException">All lines have ended.</exception>
    public ForecastPlan ToPlan(DateTimeOffset? start = null, int months = 12)
    {
        DateTimeOffset first = start ?? NextMonth;
        if (first < Midnight(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(Until, _zone).DateTime)))
        {
            string message = $"A plan begins where the log ends, {AmountFormat.ToText(Until)}, or later. To see how a fit would have "
                + "foreseen days of the log, look at its check, or give a log that ends before.";
            throw new ArgumentOutOfRangeException(nameof(start), AmountFormat.ToText(first), message);
        }

        ForecastPlan plan = new() { Start = first, Months = months, Lines = [new() { Model = "", Requests = 0, PromptTokens = 0 }] };
        return plan with { Lines = LinesOf([.. Enumerable.Range(0, months + 1).Select(first.AddMonths)]) };
    }

    /// <summary>Lists what the rates know today of changes to come: new prices, promotions that end, ids that lead to other models,
    /// retirements.</summary>
    /// <param name="from">The first instant.</param>
    /// <param name="until">The first instant after the time.</param>
    /// <returns>The changes by their instants. A line that has no price from some instant on is planned with its last prices.</returns>
    public ImmutableArray<PriceChange> GetPriceChanges(DateTimeOffset from, DateTimeOffset until) =>
    [
        .. Active.SelectMany(line => line.Fit.PricesAhead.Find(line.Name, from, until)).OrderBy(change => change.At),
    ];

    internal static LogFit Of(
        ICostEstimator estimator,
        LogFitOptions options,
        LogSpan span,
        IReadOnlyDictionary<LineKey, LineSums> lines,
        IReadOnlyDictionary<(string Model, CostIssueKind? Kind), (long Calls, string Reason)> unpriced)
    {
        LogDays days = LogDays.Of(span, lines.Values);
        (int first, int last) = (days.First, days.Last);
        SortedSet<int> silent = SilentDays.Find(lines.Values, first, last);
        LineFit[] fits = FitAll(estimator, options, lines, first, last, silent);
        LogFit fit = new(span, days, options.TimeZone, fits);
        int heldOut = options.HoldOutDays ?? (last - first + 1 >= 21 ? 7 : last - first + 1 >= 10 ? 3 : 0);
        HoldOut? held = heldOut > 0 && last - first >= heldOut && lines.Values.Any(line => line.Days.Keys.First() <= last - heldOut)
            ? HoldOut.Of(
                new(span, days, options.TimeZone, FitAll(estimator, options, lines, first, last - heldOut, silent)),
                fit,
                estimator,
                last - heldOut + 1,
                last)
            : null;
        return new(span, days, options.TimeZone, fits)
        {
            IsWhole = !LogNotes.OfLeftOut(span, unpriced).Any() && !days.HasStrays && fits.All(one => one.Key.Currency == fit.Currency
                && one.Sums.Partial == 0),
            HoldOut = held,
            Notes =
            [
                .. LogNotes.OfLeftOut(span, unpriced),
                .. days.Notes,
                .. LogNotes.OfDays(span, days, silent),
                .. fit.Lines.SelectMany(line => LogNotes.OfLine(line, fit.Currency)),
                .. held is null ? (string[])["The log is too short to hold days out, so nothing checks the fit."] : [],
            ],
        };
    }

    /// <summary>Gets the currency of the plan: that of the costliest line. Lines in another one are fitted, and in no plan.</summary>
    public string Currency => _fits[0].Key.Currency;

    /// <summary>The lines that go on, with their fits.</summary>
    internal IEnumerable<(string Name, LineFit Fit)> Active => OfCurrency.Where(line => !line.Fit.HasEnded);

    internal IEnumerable<(string Name, LineFit Fit)> OfCurrency =>
        Lines.Zip(_fits).Where(line => line.Second.Key.Currency == Currency).Select(line => (line.First.Name, line.Second));

    internal DateTimeOffset Midnight(DateOnly day)
    {
        DateTime local = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(local, _zone.GetUtcOffset(local));
    }

    internal ImmutableArray<ForecastLine> LinesOf(DateTimeOffset[] edges)
    {
        ImmutableArray<ForecastLine> lines =
        [
            .. Active.Select(line => line.Fit.ToLine(line.Name, edges, line.Fit.PricesAhead.FindGap(edges[0], edges[^1]) is { } gap
                ? (gap.At > edges[0] ? gap.At : line.Fit.Sums.Last.AddTicks(1))
                : null)),
        ];
        return lines.Length > 0 ? lines : throw new InvalidOperationException(_fits.All(fit => fit.Series.IsEmpty)
            ? "No whole day of the log has calls, so that nothing says how many a month has. Give a longer log."
            : "All models of the log have no calls any more when it ends.");
    }

    private static LineFit[] FitAll(
        ICostEstimator estimator,
        LogFitOptions options,
        IReadOnlyDictionary<LineKey, LineSums> lines,
        int first,
        int last,
        SortedSet<int> silent) =>
    [
        .. lines.Where(line => line.Value.Days.Keys.First() <= last)
            .OrderByDescending(line => line.Value.Days.Values.Sum(day => day.Amount))
            .ThenBy(line => line.Key.Model, StringComparer.Ordinal)
            .Select(line => new LineFit(
                line.Key, line.Value, LineSeries.Of(line.Value, first, last), [.. silent], estimator, options.TimeZone)),
    ];
}
