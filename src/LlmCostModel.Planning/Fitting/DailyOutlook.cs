namespace LlmCostModel.Planning;

/// <summary>What a <see cref="DailyModel"/> expects of a sum of days to come: a mixture of lognormal distributions.</summary>
internal sealed class DailyOutlook
{
    /// <summary>The standard normal quantile of 95%.</summary>
    private const double Z95 = 1.6448536269514722;

    private readonly (double Weight, double Mean, double Sd)[] _parts;

    private DailyOutlook(Part[] parts)
    {
        _parts = [.. parts.Select(part => (part.Weight, part.Mean, Math.Sqrt(part.Lasting + part.Passing)))];
        double low = Math.Log(GetQuantile(0.05)), high = Math.Log(GetQuantile(0.95));
        double mean = parts.Sum(part => part.Weight * part.Mean);
        double passing = parts.Sum(part => part.Weight * part.Passing);
        double lasting = parts.Sum(part => part.Weight * (part.Lasting + ((part.Mean - mean) * (part.Mean - mean))));
        double all = Math.Pow((high - low) / (2 * Z95), 2);
        Middle = (low + high) / 2;
        Passing = all * passing / (passing + lasting);
        Lasting = all - Passing;
    }

    /// <summary>The logarithm in the middle of the range from 5% to 95%.</summary>
    internal double Middle { get; }

    /// <summary>The variance of the logarithm by what is not known of level, slope and weekdays, and by what wanders on: of the lognormal
    /// distribution that has the same range.</summary>
    internal double Lasting { get; }

    /// <summary>The variance of the logarithm by the noise of these days alone.</summary>
    internal double Passing { get; }

    /// <summary>The amount of the days from <paramref name="first"/> on, with all noise.</summary>
    /// <param name="model">The model.</param>
    /// <param name="first">The first day, in days from the first of the model; after its last one.</param>
    /// <param name="count">How many days.</param>
    internal static DailyOutlook Of(DailyModel model, int first, int count) =>
        new([.. model.Points.Select(point => Of(model, point, first, count))]);

    /// <summary>A share of 0 to 1, both excluded: the amount below which the sum lies so often.</summary>
    internal double GetQuantile(double share)
    {
        double low = _parts.Min(part => part.Mean - (12 * part.Sd)) - 1e-9, high = _parts.Max(part => part.Mean + (12 * part.Sd)) + 1e-9;
        for (int i = 0; i < 60; i++)
        {
            double middle = (low + high) / 2;
            (low, high) = GetShareBelow(middle) < share ? (middle, high) : (low, middle);
        }

        return Math.Exp((low + high) / 2);
    }

    private double GetShareBelow(double logarithm) => _parts.Sum(part =>
        part.Weight * (part.Sd == 0 ? (logarithm >= part.Mean ? 1 : 0) : Normal.Cumulative((logarithm - part.Mean) / part.Sd)));

    private static Part Of(DailyModel model, DailyPoint point, int first, int count)
    {
        int columns = point.Mean.Length;
        double[] rows = new double[columns], expected = new double[count];
        double[][] directions = new double[count][];
        double[] decays = new double[count];
        double total = 0;
        for (int i = 0; i < count; i++)
        {
            double[] row = model.RowOf(first + i);
            int ahead = first + i - (model.Days - 1);
            decays[i] = point.StateSd == 0 ? 0 : point.Rho == 1 ? 1 : Math.Pow(point.Rho, ahead);
            for (int j = 0; j < columns; j++)
            {
                row[j] -= decays[i] * point.StateOfColumns[j];
            }

            directions[i] = row;
            expected[i] = Math.Exp(DailyModel.Product(point.Mean, row) + (decays[i] * point.StateOfValues) + (point.White * point.White / 2));
            total += expected[i];
        }

        double squares = 0;
        for (int i = 0; i < count; i++)
        {
            double weight = expected[i] / total;
            squares += weight * weight;
            for (int j = 0; j < columns; j++)
            {
                rows[j] += weight * directions[i][j];
            }
        }

        (double state, double own) = StateOf(model, point, first, expected, total);
        double single = ((Math.Exp(point.White * point.White) - 1) * squares) + (point.Size / total);
        return new(
            point.Weight,
            Math.Log(total) + model.Bias + ((own - state - single) / 2),
            point.Variance(rows) + (point.IsWalk ? state : 0),
            model.NoiseFactor * (single + (point.IsWalk ? 0 : state)));
    }

    /// <summary>The variance of the weighted mean of the state, given the last day, and the mean of the days' own variances.</summary>
    private static (double OfMean, double Own) StateOf(DailyModel model, DailyPoint point, int first, double[] expected, double total)
    {
        if (point.StateSd == 0)
        {
            return (0, 0);
        }

        // Cov(s_a, s_b) = rho^(b - a) Var(s_a) for a < b, so that a sum from the last day back has it in one pass.
        double ofMean = 0, own = 0, behind = 0;
        for (int i = expected.Length - 1; i >= 0; i--)
        {
            double weight = expected[i] / total;
            int ahead = first + i - (model.Days - 1);
            double variance = point.Rho == 1
                ? point.StateVarianceAtEnd + (ahead * point.StateSd * point.StateSd)
                : (Math.Pow(point.Rho, 2 * ahead) * point.StateVarianceAtEnd)
                    + (point.StateSd * point.StateSd * (1 - Math.Pow(point.Rho, 2 * ahead)));
            behind *= point.Rho;
            ofMean += variance * ((weight * weight) + (2 * weight * behind));
            own += weight * variance;
            behind += weight;
        }

        return (ofMean, own);
    }

    /// <param name="Weight">How much the part counts.</param>
    /// <param name="Mean">The mean of the logarithm.</param>
    /// <param name="Lasting">The variance by level, slope, weekdays and what wanders.</param>
    /// <param name="Passing">The variance by noise.</param>
    private readonly record struct Part(double Weight, double Mean, double Lasting, double Passing);
}
