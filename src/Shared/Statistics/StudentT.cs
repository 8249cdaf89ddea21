namespace LlmCostModel;

/// <summary>Quantiles of Student's distribution, by its incomplete beta function: how far a mean of few may be off.</summary>
/// <remarks>Continued fraction: https://dlmf.nist.gov/8.17.E22 (read 2026-11-27). Relative error below 1e-8 for shares of 1e-12 and more
/// and for 1 to 1e6 degrees of freedom; more than these count as so many.</remarks>
internal static class StudentT
{
    private const int Steps = 200;
    private const double Tiny = 1e-300;
    private const double MostFreedom = 1e6;

    /// <summary>The value below which a share of 0.5 to 1, the latter excluded, lies.</summary>
    /// <param name="share">The share.</param>
    /// <param name="freedom">The degrees of freedom, at least 1; need not be whole.</param>
    public static double GetQuantile(double share, double freedom) => share == 0.5 ? 0 : TwoSided(2 * (1 - share), freedom);

    /// <summary>The t that is exceeded to both sides by a share.</summary>
    /// <param name="share">The share beyond t and beyond -t together, above 0 and below 1.</param>
    /// <param name="freedom">The degrees of freedom, at least 1; need not be whole.</param>
    public static double TwoSided(double share, double freedom)
    {
        // P(|T| > t) is I(f / (f + t^2); f/2, 1/2), which is convex: Newton's steps, within bounds that close in on it.
        freedom = Math.Min(freedom, MostFreedom);
        double front = Math.Exp(LogGamma((freedom + 1) / 2) - LogGamma(freedom / 2)) / Math.Sqrt(freedom * Math.PI);
        double value = 1, low = 0, high = double.MaxValue;
        for (int i = 0; i < Steps; i++)
        {
            double over = Beta(freedom / (freedom + (value * value)), freedom / 2, 0.5) - share;
            (low, high) = over > 0 ? (value, high) : (low, value);
            double density = front * Math.Pow(1 + (value * value / freedom), -(freedom + 1) / 2);
            double next = value + (over / (2 * density));
            if (Math.Abs(next - value) <= 1e-13 * value || (next <= low && high == double.MaxValue))
            {
                return next; // as near as it gets: from below, a step back is one of rounding
            }

            next = next > low && next < high ? next : (low + high) / 2;

            value = next;
        }

        return value;
    }

    /// <summary>The regularized incomplete beta function.</summary>
    public static double Beta(double x, double a, double b)
    {
        if (x is <= 0 or >= 1)
        {
            return x <= 0 ? 0 : 1;
        }

        return x < (a + 1) / (a + b + 2) ? Front(x, a, b) / Fraction(x, a, b) : 1 - (Front(1 - x, b, a) / Fraction(1 - x, b, a));
    }

    private static double Front(double x, double a, double b) =>
        Math.Exp((a * Math.Log(x)) + (b * Math.Log(1 - x)) + LogGamma(a + b) - LogGamma(a) - LogGamma(b)) / a;

    /// <summary>1 + d1/(1 + d2/(1 + ...)), from the front by the method of Lentz.</summary>
    private static double Fraction(double x, double a, double b)
    {
        double value = 1, up = 1, down = 0;
        for (int n = 1; n <= 100_000; n++)
        {
            int m = n / 2;
            double term = n % 2 == 0
                ? m * (b - m) * x / ((a + n - 1) * (a + n))
                : -(a + m) * (a + b + m) * x / ((a + n - 1) * (a + n));
            down = 1 / NotZero(1 + (term * down));
            up = NotZero(1 + (term / up));
            value *= up * down;
            if (Math.Abs((up * down) - 1) < 1e-15)
            {
                break;
            }
        }

        return value;
    }

    private static double NotZero(double value) => Math.Abs(value) < Tiny ? Tiny : value;

    /// <summary>Stirling's series, for arguments that are large or made so.</summary>
    private static double LogGamma(double z)
    {
        double shift = 0;
        for (; z < 16; z++)
        {
            shift -= Math.Log(z);
        }

        double inverse = 1 / (z * z);
        double series = ((((((1.0 / 1188) * inverse) - (1.0 / 1680)) * inverse) + (1.0 / 1260)) * inverse) - (1.0 / 360);
        series = ((series * inverse) + (1.0 / 12)) / z;
        return shift + ((z - 0.5) * Math.Log(z)) - z + (0.5 * Math.Log(2 * Math.PI)) + series;
    }
}
