namespace LlmCostModel.Planning;

/// <summary>Student's distribution: how far the mean of few observations may be off.</summary>
internal static class StudentT
{
    /// <summary>The value below which a share of 0.5 to 1, both excluded, lies.</summary>
    /// <param name="share">The share.</param>
    /// <param name="freedom">The degrees of freedom, above 0; need not be whole.</param>
    internal static double GetQuantile(double share, double freedom)
    {
        if (freedom > 1e6)
        {
            return Normal.GetQuantile(share);
        }

        // Newton's steps from the first terms of Cornish and Fisher, within bounds that close in on it.
        double z = Normal.GetQuantile(share);
        double value = z + (((z * z * z) + z) / (4 * freedom));
        double low = 0, high = double.MaxValue;
        double front = Math.Exp(LogGamma((freedom + 1) / 2) - LogGamma(freedom / 2)) / Math.Sqrt(freedom * Math.PI);
        for (int i = 0; i < 200; i++)
        {
            double over = GetShareBelow(value, freedom) - share;
            (low, high) = over < 0 ? (value, high) : (low, value);
            double step = over / (front * Math.Pow(1 + (value * value / freedom), -(freedom + 1) / 2));
            double next = value - step;
            next = next > low && next < high ? next : high == double.MaxValue ? value * 2 : (low + high) / 2;
            if (Math.Abs(next - value) <= 1e-12 * value)
            {
                return next;
            }

            value = next;
        }

        return value;
    }

    internal static double GetShareBelow(double value, double freedom) =>
        value < 0 ? 1 - GetShareBelow(-value, freedom)
            : 1 - (IncompleteBeta(freedom / (freedom + (value * value)), freedom / 2, 0.5) / 2);

    /// <summary>The regularized incomplete beta function, by its continued fraction (Abramowitz and Stegun 26.5.8).</summary>
    private static double IncompleteBeta(double x, double a, double b)
    {
        if (x is <= 0 or >= 1)
        {
            return Math.Clamp(x, 0, 1);
        }

        if (x > (a + 1) / (a + b + 2))
        {
            return 1 - IncompleteBeta(1 - x, b, a);
        }

        double front = Math.Exp(LogGamma(a + b) - LogGamma(a) - LogGamma(b) + (a * Math.Log(x)) + (b * Math.Log(1 - x))) / a;
        double c = 1, d = 1 / (1 - ((a + b) * x / (a + 1))), fraction = d;
        for (int m = 1; m < 500; m++)
        {
            double even = m * (b - m) * x / ((a + (2 * m) - 1) * (a + (2 * m)));
            d = 1 / (1 + (even * d));
            c = 1 + (even / c);
            fraction *= d * c;
            double odd = -(a + m) * (a + b + m) * x / ((a + (2 * m)) * (a + (2 * m) + 1));
            d = 1 / (1 + (odd * d));
            c = 1 + (odd / c);
            fraction *= d * c;
            if (Math.Abs((d * c) - 1) < 1e-15)
            {
                break;
            }
        }

        return front * fraction;
    }

    /// <summary>Lanczos' approximation with g = 7 and 9 terms.</summary>
    private static double LogGamma(double x)
    {
        ReadOnlySpan<double> terms = [0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313,
            -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7];
        if (x < 0.5)
        {
            return Math.Log(Math.PI / Math.Sin(Math.PI * x)) - LogGamma(1 - x);
        }

        double sum = terms[0], base7 = x + 6.5;
        for (int i = 1; i < terms.Length; i++)
        {
            sum += terms[i] / (x - 1 + i);
        }

        return (0.5 * Math.Log(2 * Math.PI)) + ((x - 0.5) * Math.Log(base7)) - base7 + Math.Log(sum);
    }
}
