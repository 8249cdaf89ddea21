namespace LlmCostModel.Planning;

/// <summary>What the amounts of whole days say of the days to come: a level, a slope, weekdays, and noise of three kinds.</summary>
/// <remarks>
/// <para>The logarithm of a day's expected amount is level + slope + weekday + state + noise, and what is counted of it varies as counts
/// do (Poisson), one by one or in events of some size. The state is what stays from day to day: nothing, or a deviation that fades (AR(1)),
/// or a level that wanders (random walk). Nobody can tell from five weeks which of these it is, or how large. So all combinations of a grid
/// are fitted, each in one pass of a Kalman filter, and each counts as much as the days speak for it (its integrated likelihood): the
/// ranges hold what is not known of the noise as well, as a t-distribution does in the simplest case.</para>
/// <para>Level has a flat prior; slope, weekdays and noise have wide ones, whose scale is itself a part of the grid.</para>
/// </remarks>
internal sealed class DailyModel
{
    internal const double DaysOfMonth = 365.25 / 12;
    private const int Weekdays = 7;
    private const int First = 2; // the first column of a weekday
    private const int Rounds = 3;
    private const double Settled = 0.02;
    private const double Likely = 10, Hopeless = 18; // in logarithms
    private const double SmallEvent = 1.5;

    private static readonly double[] WhiteSd = [0, 0.03, 0.06, 0.12, 0.22, 0.4, 0.8];
    private static readonly double[] SlopeSd = [0.3, 0.08, 0.02]; // of a month; the widest first
    private static readonly double[] SlopeWeight = [0.1, 0.35, 0.55];
    private static readonly double[] WeekdaySd = [0.6, 0.12, 0.01];

    private static readonly (double Rho, double Sd, double Weight)[] States =
    [
        (0, 0, 0.5),
        (0.4, 0.07, 0.06), (0.4, 0.15, 0.06), (0.4, 0.35, 0.06),
        (0.75, 0.07, 0.06), (0.75, 0.15, 0.06), (0.75, 0.35, 0.06),
        (1, 0.01, 0.05), (1, 0.02, 0.04), (1, 0.04, 0.03), (1, 0.08, 0.02),
    ];

    private readonly double[] _amounts;
    private readonly int _firstDay;
    private readonly bool _hasWeekdays;
    private readonly int _columns;
    private readonly double[] _sizes;
    private readonly List<DailyPoint> _points = [];

    private DailyModel(double[] amounts, int firstDay, bool hasWeekdays, double size)
    {
        _sizes = size > SmallEvent ? [1, size] : [1];
        (_amounts, _firstDay, _hasWeekdays) = (amounts, firstDay, hasWeekdays);
        _columns = First + (hasWeekdays ? Weekdays : 0);
        Center = (amounts.Length - 1) / 2.0;
    }

    /// <summary>The middle of the days, in days from the first.</summary>
    internal double Center { get; }

    internal IReadOnlyList<DailyPoint> Points => _points;

    internal int Days => _amounts.Length;

    /// <summary>Fits the model.</summary>
    /// <param name="amounts">One amount a day, in a unit in which it varies at least as a count does; not a number where the day is not
    /// known.</param>
    /// <param name="firstDay">The number of the first day, see <see cref="DateOnly.DayNumber"/>.</param>
    /// <param name="size">How many at once come what is counted, if sessions come independently of each other; 1 for one by one.</param>
    internal static DailyModel Fit(double[] amounts, int firstDay, double size = 1)
    {
        DailyModel model = new(amounts, firstDay, hasWeekdays: amounts.Count(amount => !double.IsNaN(amount)) >= 14, size);
        model.Fit();
        return model;
    }

    private void Fit()
    {
        int n = _amounts.Length;
        double mean = Math.Max(_amounts.Where(amount => !double.IsNaN(amount)).DefaultIfEmpty(0).Average(), 1e-9);
        double[] expected = new double[n];
        Array.Fill(expected, Math.Log(mean));
        double spread = 0.5, size = _sizes.Average();
        double[] values = new double[n], variances = new double[n];
        for (int round = 0; round < Rounds; round++)
        {
            double moved = 0;
            for (int day = 0; day < n; day++)
            {
                double before = values[day];
                (values[day], variances[day]) = Linearize(_amounts[day] / size, expected[day] - Math.Log(size), spread);
                values[day] += Math.Log(size);
                variances[day] /= size; // of one by one; the grid has the sizes
                moved = double.IsNaN(values[day]) ? moved : Math.Max(moved, Math.Abs(values[day] - before) / Math.Sqrt(spread));
            }

            if (round > 0 && moved < Settled)
            {
                break; // days with many calls are what they are, whatever is expected of them
            }

            FitGrid(values, variances);
            spread = size = 0;
            Array.Clear(expected);
            foreach (DailyPoint point in _points)
            {
                size += point.Weight * point.Size;
                spread += point.Weight * ((point.White * point.White) + point.StateVariance);
                for (int day = 0; day < n; day++)
                {
                    expected[day] += point.Weight * Product(point.Mean, RowOf(day));
                }
            }

            spread = Math.Max(spread, 1e-4);
        }

        Compare(expected);
    }

    /// <summary>The day's own logarithm as an observation with the variance of a count: where the likelihood of the count, with what is
    /// expected of the day, has its peak.</summary>
    private static (double Value, double Variance) Linearize(double amount, double expected, double spread)
    {
        double peak = amount > 20 ? Math.Log(amount) : expected;
        for (int i = 0; i < 30; i++)
        {
            double intensity = Math.Exp(peak);
            double step = (amount - intensity - ((peak - expected) / spread)) / (intensity + (1 / spread));
            peak += Math.Clamp(step, -1, 1);
            if (Math.Abs(step) < 1e-9)
            {
                break;
            }
        }

        double rate = Math.Exp(peak);
        return (peak + ((amount - rate) / rate), 1 / rate);
    }

    private void FitGrid(double[] values, double[] variances)
    {
        _points.Clear();
        double[] weekdays = _hasWeekdays ? WeekdaySd : [1];

        // Where even the widest have no chance, narrower ones have none.
        (int Slope, double Weekday)[] priors =
            [.. from slope in Enumerable.Range(0, SlopeSd.Length) from weekday in weekdays select (slope, weekday)];
        double best = double.MinValue;
        DailyFilter filter = new([.. Enumerable.Range(0, Days).Select(RowOf)]);
        foreach ((double rho, double sd, double stateWeight) in States)
        {
            foreach ((double white, double size) in from white in WhiteSd from size in _sizes select (white, size))
            {
                filter.Run(values, variances, size, white, rho, sd);
                bool isFirst = true;
                foreach ((int slope, double weekday) in priors)
                {
                    double[] precision = new double[_columns];
                    precision[1] = 1 / (SlopeSd[slope] * SlopeSd[slope]);
                    Array.Fill(precision, 1 / (weekday * weekday), First, _columns - First);
                    DailyPoint point = filter.Solve(precision);
                    point.Weight += Math.Log(stateWeight * SlopeWeight[slope]);
                    if (isFirst && point.Weight < best - Hopeless)
                    {
                        break;
                    }

                    (isFirst, best) = (false, Math.Max(best, point.Weight));
                    _points.Add(point);
                }
            }
        }

        double most = _points.Max(point => point.Weight);
        _points.RemoveAll(point => point.Weight < most - Likely);
        double sum = 0;
        foreach (DailyPoint point in _points)
        {
            point.Weight = Math.Exp(point.Weight - most);
            sum += point.Weight;
        }

        _points.ForEach(point => point.Weight /= sum);
    }

    /// <summary>By what the days exceed what the lognormal distribution makes of their logarithms, as a logarithm: noise that is mostly
    /// downwards, as of a client that is sometimes off, has a lower mean than its logarithms say (Duan's smearing).</summary>
    internal double Bias { get; private set; }

    /// <summary>The same of the variance of the noise, as a factor.</summary>
    internal double NoiseFactor { get; private set; } = 1;

    /// <summary>Compares the days themselves with the distribution that was fitted to their logarithms.</summary>
    private void Compare(double[] expected)
    {
        double all = 0, means = 0, middles = 0, squares = 0, model = 0;
        double white = _points.Sum(point => point.Weight * (Math.Exp((point.White * point.White) + point.StateVariance) - 1));
        double size = _points.Sum(point => point.Weight * point.Size);
        int count = 0;
        for (int day = 0; day < _amounts.Length; day++)
        {
            if (!double.IsNaN(_amounts[day]))
            {
                all += _amounts[day];
                middles += Math.Exp(expected[day]);
                means += Math.Exp(expected[day]) * Math.Sqrt(1 + white);
                count++;
            }
        }

        if (all <= 0 || count <= _columns + 1)
        {
            return;
        }

        for (int day = 0; day < _amounts.Length; day++)
        {
            if (!double.IsNaN(_amounts[day]))
            {
                double mean = Math.Exp(expected[day]) * all / middles;
                squares += (_amounts[day] - mean) * (_amounts[day] - mean);
                model += (mean * mean * white) + (size * mean);
            }
        }

        Bias = Math.Clamp(Math.Log(all / means), -0.5, 0.5);
        NoiseFactor = Math.Clamp(squares / model * count / (count - (_hasWeekdays ? 5 : 1)), 0.2, 3);
    }

    /// <summary>How busy each weekday is, Monday first; all the same where there is less than two weeks.</summary>
    internal double[] GetWeekdays()
    {
        double[] weights = new double[Weekdays];
        for (int day = 0; day < Weekdays; day++)
        {
            weights[day] = _hasWeekdays ? Math.Exp(_points.Sum(point => point.Weight * point.Mean[First + day])) : 1;
        }

        return weights;
    }

    /// <summary>The growth of the logarithm in a month below which it lies so often.</summary>
    internal double GetSlope(double share)
    {
        double[] unit = new double[_columns];
        unit[1] = 1;
        (double Weight, double Mean, double Sd)[] parts =
            [.. _points.Select(point => (point.Weight, point.Mean[1], Math.Sqrt(point.Variance(unit))))];
        double low = -20, high = 20;
        for (int i = 0; i < 50; i++)
        {
            double middle = (low + high) / 2;
            double below = parts.Sum(part => part.Weight * Normal.Cumulative((middle - part.Mean) / part.Sd));
            (low, high) = below < share ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }

    /// <summary>Where the level is known best, so that level and slope are independent: in months from the middle.</summary>
    internal double Anchor
    {
        get
        {
            double[] level = new double[_columns], slope = new double[_columns];
            (level[0], slope[1]) = (1, 1);
            Array.Fill(level, 1.0 / Weekdays, First, _columns - First);
            double covariance = 0, variance = 0;
            foreach (DailyPoint point in _points)
            {
                covariance += point.Weight * point.Covariance(level, slope);
                variance += point.Weight * point.Variance(slope);
            }

            return -covariance / variance;
        }
    }

    /// <summary>The variance that a wandering level gains in a month.</summary>
    internal double WalkVariance => _points.Sum(point => point.IsWalk ? point.Weight * point.StateSd * point.StateSd * DaysOfMonth : 0);

    /// <summary>The row of the design of a day, known or to come.</summary>
    internal double[] RowOf(int day)
    {
        double[] row = new double[_columns];
        row[0] = 1;
        row[1] = (day - Center) / DaysOfMonth;
        if (_hasWeekdays)
        {
            row[First + ((_firstDay + day) % Weekdays)] = 1;
        }

        return row;
    }

    internal static double Product(double[] left, double[] right)
    {
        double sum = 0;
        for (int i = 0; i < left.Length; i++)
        {
            sum += left[i] * right[i];
        }

        return sum;
    }
}
