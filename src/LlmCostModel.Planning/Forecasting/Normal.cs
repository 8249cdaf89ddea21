namespace LlmCostModel.Planning;

/// <summary>The normal distribution, which the base class library lacks.</summary>
internal static class Normal
{
    /// <summary>The probability of a value below <paramref name="z"/>, to about 15 decimals; a tail to 8 digits of its own.</summary>
    /// <remarks>Hart's approximation as G. West gives it, "Better approximations to cumulative normal functions", Wilmott 2005.</remarks>
    internal static double Cumulative(double z)
    {
        double distance = Math.Abs(z);
        double tail = 0;
        if (distance < 7.07106781186547)
        {
            ReadOnlySpan<double> top = [3.52624965998911e-02, 0.700383064443688, 6.37396220353165, 33.912866078383, 112.079291497871,
                221.213596169931, 220.206867912376];
            ReadOnlySpan<double> bottom = [8.83883476483184e-02, 1.75566716318264, 16.064177579207, 86.7807322029461, 296.564248779674,
                637.333633378831, 793.826512519948, 440.413735824752];
            tail = Math.Exp(-distance * distance / 2) * Polynomial(top, distance) / Polynomial(bottom, distance);
        }
        else if (distance < 37)
        {
            double fraction = distance + 0.65;
            for (int i = 4; i >= 1; i--)
            {
                fraction = distance + (i / fraction);
            }

            tail = Math.Exp(-distance * distance / 2) / fraction / 2.506628274631;
        }

        return z > 0 ? 1 - tail : tail;
    }

    /// <summary>The value below which a share of 0 to 1, both excluded, lies, to about 16 digits.</summary>
    /// <remarks>M. J. Wichura, algorithm AS 241 (PPND16), Applied Statistics 37 (1988).</remarks>
    internal static double GetQuantile(double share)
    {
        double q = share - 0.5;
        if (Math.Abs(q) <= 0.425)
        {
            double r = 0.180625 - (q * q);
            return q * Polynomial(
                [2509.0809287301226727, 33430.575583588128105, 67265.770927008700853, 45921.953931549871457, 13731.693765509461125,
                    1971.5909503065514427, 133.14166789178437745, 3.387132872796366608], r)
                / Polynomial(
                [5226.495278852545925, 28729.085735721942674, 39307.89580009271061, 21213.794301586595867, 5394.1960214247511077,
                    687.1870074920579083, 42.313330701600911252, 1], r);
        }

        double root = Math.Sqrt(-Math.Log(Math.Min(share, 1 - share)));
        double value;
        if (root <= 5)
        {
            root -= 1.6;
            value = Polynomial(
                [7.7454501427834140764e-4, 0.0227238449892691845833, 0.24178072517745061177, 1.27045825245236838258,
                    3.64784832476320460504, 5.7694972214606914055, 4.6303378461565452959, 1.42343711074968357734], root)
                / Polynomial(
                [1.05075007164441684324e-9, 5.475938084995344946e-4, 0.0151986665636164571966, 0.14810397642748007459,
                    0.68976733498510000455, 1.6763848301838038494, 2.05319162663775882187, 1], root);
        }
        else
        {
            root -= 5;
            value = Polynomial(
                [2.01033439929228813265e-7, 2.71155556874348757815e-5, 0.0012426609473880784386, 0.026532189526576123093,
                    0.29656057182850489123, 1.7848265399172913358, 5.4637849111641143699, 6.6579046435011037772], root)
                / Polynomial(
                [2.04426310338993978564e-15, 1.4215117583164458887e-7, 1.8463183175100546818e-5, 7.868691311456132591e-4,
                    0.0148753612908506148525, 0.13692988092273580531, 0.59983220655588793769, 1], root);
        }

        return q < 0 ? -value : value;
    }

    private static double Polynomial(ReadOnlySpan<double> coefficients, double x)
    {
        double value = 0;
        foreach (double coefficient in coefficients)
        {
            value = (value * x) + coefficient;
        }

        return value;
    }
}
