namespace LlmCostModel.Planning;

/// <summary>How far the mean of what was observed may be from the mean of what there is.</summary>
/// <remarks>
/// <para>Where all observations are positive and their logarithms look normal: the interval of a lognormal mean (Cox's, with Student's
/// quantiles; Olsson, Journal of Statistics Education 13.1, 2005). Otherwise Student's interval, whose upper half is that of Johnson
/// (JASA 73, 1978), who allows for skewness, or that of the logarithm, whichever is wider: what spends money is skewed to the right, and
/// the
/// few calls that cost most are seldom among few observations.</para>
/// <para>Of lognormal observations with a sigma of 1, the true mean lies above the 95% of 5 observations in 11 of 100 cases, of 30 in 7;
/// percentiles of a bootstrap miss it in 29 and 15.</para>
/// </remarks>
internal sealed class ObservedMean
{
    /// <summary>Beyond these shares, few observations say nothing at all.</summary>
    private const double Tail = 0.01;

    /// <summary>No mean is believed to be so many times the largest observation.</summary>
    private const double Most = 100;
    private const int Steps = 128;

    private readonly double[] _quantiles = new double[Steps + 1];

    private ObservedMean(Func<double, double> quantile, double most, double least)
    {
        for (int i = 0; i <= Steps; i++)
        {
            double share = Tail + ((1 - (2 * Tail)) * i / Steps);
            _quantiles[i] = Math.Clamp(quantile(share), i == 0 ? least : _quantiles[i - 1], most);
        }
    }

    internal static ObservedMean Of(double[] values, bool mayBeLogNormal = true)
    {
        double count = values.Length, mean = values.Average();
        double deviation = DeviationOf(values, mean);
        double error = deviation / Math.Sqrt(count);
        double most = Most * Math.Max(values.Max(), mean), least = values.Min() >= 0 ? 0 : double.MinValue;
        if (mayBeLogNormal && values.Min() > 0 && LogsLookNormal(values, out double log, out double spread))
        {
            double middle = log + (spread * spread / 2);
            double logError = Math.Sqrt((spread * spread / count) + (Math.Pow(spread, 4) / (2 * (count - 1))));
            return new(share => Math.Exp(middle + (StudentOf(share, count) * logError)), most, least);
        }

        double skewness = values.Sum(value => Math.Pow((value - mean) / deviation, 3)) / count;
        return new(Quantile, most, least);

        double Quantile(double share)
        {
            double student = StudentOf(share, count);
            double plain = mean + (student * error);
            if (student <= 0)
            {
                return plain;
            }

            double skewed = plain + (skewness * deviation / (6 * count) * 2 * student * student);
            return Math.Max(skewed, mean > 0 ? mean * Math.Exp(student * error / mean) : plain);
        }
    }

    /// <summary>The value below which a share lies.</summary>
    internal double GetQuantile(double share)
    {
        double at = Math.Clamp((share - Tail) / (1 - (2 * Tail)) * Steps, 0, Steps);
        int below = Math.Min((int)at, Steps - 1);
        return _quantiles[below] + ((_quantiles[below + 1] - _quantiles[below]) * (at - below));
    }

    private static double StudentOf(double share, double count) =>
        share >= 0.5 ? StudentT.GetQuantile(share, count - 1) : -StudentT.GetQuantile(1 - share, count - 1);

    private static double DeviationOf(double[] values, double mean) =>
        Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));

    /// <summary>Whether the skewness of the logarithms is within two of its standard errors; of fewer than 8, nothing can be said against
    /// it.</summary>
    private static bool LogsLookNormal(double[] values, out double mean, out double deviation)
    {
        const int TooFewToTell = 8;
        double[] logs = Array.ConvertAll(values, Math.Log);
        double middle = mean = logs.Average();
        double spread = deviation = DeviationOf(logs, mean);
        return values.Length < TooFewToTell
            || Math.Abs(logs.Sum(log => Math.Pow((log - middle) / spread, 3)) / values.Length) < 2 * Math.Sqrt(6.0 / values.Length);
    }
}
