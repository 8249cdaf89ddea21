using System.Collections.Immutable;

namespace LlmCostModel.Planning;

/// <summary>The last days of a log, as the fit of the days before foresees them, beside what they were.</summary>
public sealed class HoldOut
{
    private const int Samples = 4_000;

    private HoldOut(ForecastRange forecast, Money actual, FittedRatio forecastCalls)
    {
        Forecast = forecast;
        Actual = actual;
        ForecastCalls = forecastCalls;
    }

    /// <summary>Gets the first day.</summary>
    public DateOnly FirstDay { get; private init; }

    /// <summary>Gets the last day.</summary>
    public DateOnly LastDay { get; private init; }

    /// <summary>Gets what was foreseen.</summary>
    public ForecastRange Forecast { get; }

    /// <summary>Gets what the days cost.</summary>
    public Money Actual { get; }

    /// <summary>Gets the calls that they had.</summary>
    public long Calls { get; private init; }

    /// <summary>Gets the calls that were foreseen.</summary>
    public FittedRatio ForecastCalls { get; }

    /// <summary>Gets whether the cost lies from the 5th to the 95th percentile of what was foreseen, as 9 of 10 such weeks do.</summary>
    public bool IsInside => Actual.Amount >= Forecast.P5 && Actual.Amount <= Forecast.P95;

    /// <summary>Gets how far the median lies above the cost, as a share of it; <see langword="null"/> when nothing was paid.</summary>
    public double? Error => Actual.Amount == 0 ? null : ((double)Forecast.P50 / (double)Actual.Amount) - 1;

    /// <summary>Gets the lines.</summary>
    public ImmutableArray<HoldOutLine> Lines { get; private init; }

    /// <summary>Compares what the fit of the days before expects with what there was.</summary>
    /// <param name="before">The fit of the days before.</param>
    /// <param name="whole">That of all days.</param>
    /// <param name="estimator">The prices.</param>
    /// <param name="first">The first day that is held out.</param>
    /// <param name="last">The last one.</param>
    internal static HoldOut? Of(LogFit before, LogFit whole, ICostEstimator estimator, int first, int last)
    {
        DateTimeOffset[] edges = [before.Midnight(DateOnly.FromDayNumber(first)), before.Midnight(DateOnly.FromDayNumber(last + 1))];
        (string Name, LineFit Fit)[] lines = [.. before.Active];
        if (lines.Length == 0)
        {
            return null;
        }

        ForecastPlan plan = new() { Start = edges[0], Months = 1, Lines = before.LinesOf(edges), Samples = Samples };
        Forecast forecast = Forecaster.Run(estimator, plan, edges);
        (string Name, LineFit Fit)[] all = [.. whole.OfCurrency];
        HoldOutLine[] parts = [.. lines.Select((line, i) => LineOf(line, forecast.Lines[i].Total, edges, first, last))];
        decimal actual = all.Sum(line => DaysOf(line.Fit, first, last).Sum(day => day.Amount));
        FittedRatio calls = FittedRatio.Sum(parts.Select(part => part.ForecastCalls));
        return new(forecast.Total, new(actual, forecast.Currency), calls)
        {
            FirstDay = DateOnly.FromDayNumber(first),
            LastDay = DateOnly.FromDayNumber(last),
            Calls = all.Sum(line => DaysOf(line.Fit, first, last).Sum(day => day.Calls)),
            Lines = [.. parts],
        };
    }

    private static HoldOutLine LineOf((string Name, LineFit Fit) line, ForecastRange range, DateTimeOffset[] edges, int first, int last)
    {
        DaySums[] days = [.. DaysOf(line.Fit, first, last)];
        DailyOutlook calls = line.Fit.OutlookOf(edges[0], edges[1]);
        FittedRatio expected = FittedRatio.Between(calls.GetQuantile(0.5), calls.GetQuantile(0.05), calls.GetQuantile(0.95));
        return new(line.Name, range, expected, days.Sum(day => day.Amount), days.Sum(day => day.Calls));
    }

    private static IEnumerable<DaySums> DaysOf(LineFit fit, int first, int last) =>
        fit.Sums.Days.Where(day => day.Key >= first && day.Key <= last).Select(day => day.Value);

    /// <summary>Shows days, forecast and cost.</summary>
    /// <returns>Such as <c>2026-10-25 to 2026-10-31: 10.2 to 13.1, was 11.6 USD</c>.</returns>
    public override string ToString() => FormattableString.Invariant(
        $"{FirstDay:yyyy-MM-dd} to {LastDay:yyyy-MM-dd}: {AmountFormat.ToText(Forecast.P5)} to ")
        + $"{AmountFormat.ToText(Forecast.P95)}, was {Actual}";
}
