using System.Collections.Immutable;

namespace LlmCostModel.Planning;

/// <summary>One line with everything that is fitted to it, from which its part of a plan is made.</summary>
internal sealed class LineFit
{
    private const double Z95 = 1.6448536269514722;
    private const int HoursOfDay = 24;
    private const int Lengths = 200;

    /// <summary>Growth beyond these is that of a beginning, not of a year.</summary>
    private const double LeastGrowth = -0.9, MostGrowth = 0.9;

    private const double LeastTogether = 0.25, MostTogether = 4;

    private readonly DailyModel _calls;
    private readonly DailyModel _spend;
    private readonly ICostEstimator _estimator;
    private readonly UnitPrices _prices;
    private readonly TimeZoneInfo _zone;

    internal LineFit(LineKey key, LineSums sums, LineSeries series, HashSet<int> silent, ICostEstimator estimator, TimeZoneInfo zone)
    {
        (Key, Sums, Series, _estimator, _zone) = (key, sums, series, estimator, zone);
        PricedModel model = estimator.GetModel(key.Model, key.Context.Provider);
        _prices = UnitPrices.Of(model, key.Context with { At = sums.Last }, sums.Clusters.Meters);
        DaySums[] days = [.. sums.Days.Where(day => day.Key <= series.Last || series.IsEmpty).Select(day => day.Value)];
        Mix = CallMix.Of(sums.Clusters, days, _prices);
        _calls = DailyModel.Fit(series.GetAmounts(sums, silent, day => day.Calls), series.First, WithSessions(sums.Events.UnitOfCalls));

        // What days consume is counted in calls of the mean cost, each as large as costs of calls differ: then it varies as a count does.
        double unit = Mix.Cost.Mean * Math.Max(1, 1 + (sums.Amount.Variation * sums.Amount.Variation));
        _spend = unit > 0
            ? DailyModel.Fit(
                series.GetAmounts(sums, silent, day => CostOf(day) / unit),
                series.First,
                WithSessions(sums.Amount.Unit == 0 ? 1 : sums.Events.UnitOfAmounts / sums.Amount.Unit))
            : _calls;

        // Without sessions the events are whole days, whose size says nothing of how they come about.
        double WithSessions(double size) => HasSessions ? size : 1;
    }

    internal LineKey Key { get; }

    internal LineSums Sums { get; }

    internal LineSeries Series { get; }

    internal CallMix Mix { get; }

    internal decimal Amount => Sums.Days.Values.Sum(day => day.Amount);

    /// <summary>Whether it is in no plan: it ended, or no whole day has its calls.</summary>
    internal bool HasEnded => Series.HasStopped || Series.IsEmpty;

    internal bool HasSessions => Sums.WithSession * 2 >= Sums.Calls;

    internal TrafficProfile Profile => new()
    {
        Weekdays = [.. _calls.GetWeekdays()],
        Hours = [.. Sums.ByHour.Select(calls => (double)calls)],
        TimeZone = _zone,
    };

    internal FittedRatio CallsPerMonth
    {
        get
        {
            DailyOutlook month = DailyOutlook.Of(_calls, _calls.Days, 28);
            return FittedRatio.Positive(
                Math.Exp(month.Middle) * DailyModel.DaysOfMonth / 28, Z95 * Math.Sqrt(month.Lasting));
        }
    }

    internal FittedRatio Growth => FittedRatio.Between(
        Math.Exp(_calls.GetSlope(0.5)) - 1, Math.Exp(_calls.GetSlope(0.05)) - 1, Math.Exp(_calls.GetSlope(0.95)) - 1);

    /// <summary>What the calls of a time are expected to be, with all noise.</summary>
    internal DailyOutlook OutlookOf(DateTimeOffset from, DateTimeOffset until) => Of(_calls, from, until);

    internal PricesAhead PricesAhead
    {
        get
        {
            TokenUsage usage = default;
            foreach (TokenBucketInfo row in TokenBuckets.All)
            {
                usage = _prices.Knows(row.Bucket) && Sums.Days.Values.Any(day => day.Tokens[(int)row.Bucket] > 0)
                    ? usage.With(row.Bucket, 1)
                    : usage;
            }

            MeteredQuantities meters =
                Mix.Meters.Keys.Where(_prices.Knows).Aggregate(MeteredQuantities.Empty, (all, meter) => all.With(meter, 1));
            return new(_estimator, Key.Model, Key.Context, usage, meters);
        }
    }

    /// <summary>The line of a plan for periods that follow each other.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="edges">The first instant of every period, and the first instant after the last.</param>
    /// <param name="pricesUntil">The instant from which on the prices of the moment before hold.</param>
    internal ForecastLine ToLine(string name, DateTimeOffset[] edges, DateTimeOffset? pricesUntil)
    {
        DailyOutlook calls = Of(_calls, edges[0], edges[1]);
        DailyOutlook spend = Of(_spend, edges[0], edges[1]);
        double noise = spend.Passing;

        // What days cost varies less than their calls and the cost of a call would, where many calls are cheap ones, or more.
        double apart = calls.Lasting + Math.Pow(Mix.Cost.Spread / Z95, 2);
        double together = apart > 0 ? Math.Clamp(spend.Lasting / apart, LeastTogether, MostTogether) : 1;
        double expected = Math.Exp(calls.Middle + (noise / 2));
        bool knowsCalls = Sums.Summed == 0;
        double single = (1 + (Sums.Amount.Variation * Sums.Amount.Variation)) / Math.Exp(calls.Middle);
        double own = Math.Max(0, noise - (knowsCalls ? single : 0));
        double factor = Mix.Factor * Math.Sqrt(together);
        ForecastLine line = new()
        {
            Name = name == Key.Model ? null : name,
            Model = Key.Model,
            Context = Key.Context,
            PricesUntil = pricesUntil,
            Requests = Lognormal(expected, calls.Lasting * together),
            PromptTokens = Mix.Prompt.ToUncertain(factor),
            HitRate = Mix.HitRate.ToUncertain(factor),
            OutputTokens = Mix.Output.ToUncertain(factor),
            ReasoningTokens = Mix.Reasoning.ToUncertain(factor),

            // What has no price is in no sum of the log either; the notes say that calls are priced in part.
            OtherTokens = Mix.Others.Where(other => _prices.Knows(other.Key))
                .ToImmutableSortedDictionary(other => other.Key, other => other.Value.ToUncertain(factor)),
            Meters = Mix.Meters.Where(meter => _prices.Knows(meter.Key)).ToImmutableSortedDictionary(
                meter => meter.Key, meter => meter.Value.ToUncertain(factor), StringComparer.Ordinal),
            Noise = Math.Min(10, Math.Sqrt(Math.Exp(own) - 1)),
            PromptVariation = knowsCalls ? Math.Min(100, Sums.Prompt.Variation) : null,
            OutputVariation = knowsCalls ? Math.Min(100, Sums.Output.Variation) : null,
            PromptLengths = knowsCalls && Sums.Prompt.Mean > 0 && PricesAhead.DependOnSize(edges[0], edges[^1])
                ? Sums.GetLengths(Lengths)
                : [],
            Profile = Profile,
        };
        return edges.Length == 2 ? line : WithGrowth(line, edges, expected, calls.Lasting * together);
    }

    /// <summary>Takes apart what is not known: of the level where the log knows it best, and of the slope from there.</summary>
    private ForecastLine WithGrowth(ForecastLine line, DateTimeOffset[] edges, double expected, double lasting)
    {
        double low = Math.Clamp(Math.Exp(_calls.GetSlope(0.05)) - 1, LeastGrowth, MostGrowth);
        double high = Math.Clamp(Math.Exp(_calls.GetSlope(0.95)) - 1, LeastGrowth, MostGrowth);
        double growth = (low + high) / 2;
        double sd = (Math.Log(1 + high) - Math.Log(1 + low)) / (2 * Z95);
        DateTimeOffset from = InstantOf(_calls.Center + (_calls.Anchor * DailyModel.DaysOfMonth));
        double months = (edges[0] + ((edges[1] - edges[0]) / 2) - from).TotalDays / DailyModel.DaysOfMonth;
        double walk = _spend.WalkVariance;
        double level = Math.Max(lasting / 10, lasting - (sd * sd * months * months) - (walk * Math.Max(0, months)));
        return line with
        {
            Requests = Lognormal(expected / Math.Pow(1 + growth, months), level),
            Growth = high - low < 1e-6 ? Uncertain.Exactly(growth) : Within(low, high),
            GrowthFrom = from,
            GrowthNoise = Math.Min(1, Math.Sqrt(Math.Exp(walk) - 1) * (1 + growth)),
        };
    }

    private DailyOutlook Of(DailyModel model, DateTimeOffset from, DateTimeOffset until)
    {
        int first = DayOf(from), last = DayOf(until.AddTicks(-1));
        return DailyOutlook.Of(model, first - Series.First, last - first + 1);
    }

    private int DayOf(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, _zone).DateTime).DayNumber;

    /// <summary>The middle of a day of the series, or a part of a day before or after it.</summary>
    private DateTimeOffset InstantOf(double day)
    {
        DateTime local = DateOnly.FromDayNumber(Series.First).ToDateTime(TimeOnly.MinValue).AddHours((day + 0.5) * HoursOfDay);
        return new DateTimeOffset(local, _zone.GetUtcOffset(local)).ToUniversalTime();
    }

    private double CostOf(DaySums day) =>
        _prices.CostOf(bucket => day.Tokens[(int)bucket], meter => (double)(day.Meters?.GetValueOrDefault(meter) ?? 0));

    private static Uncertain Lognormal(double median, double variance)
    {
        double wide = Math.Exp(Z95 * Math.Sqrt(variance));
        return variance < 1e-12 || median <= 0 ? Uncertain.Exactly(median) : Uncertain.Between(median / wide, median * wide);
    }

    /// <summary>Something that may be below 0, with its 5th and 95th percentile.</summary>
    private static Uncertain Within(double p5, double p95) =>
        Uncertain.Uniform(Math.Max(-1, p5 - ((p95 - p5) / 18)), Math.Min(1, p95 + ((p95 - p5) / 18)));
}
