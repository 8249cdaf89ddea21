namespace LlmCostModel.Logs;

/// <summary>How much of a change chance may explain, from the totals of repeated runs.</summary>
/// <remarks>
/// <para>Welch's t on relative scale: the change is that of the means, its error the root of the squared coefficients of variation over the
/// numbers of runs, its degrees of freedom those of Welch and Satterthwaite. The interval is taken on the logarithm, so that it stays
/// above -100% and a doubling is as far as a halving. A bootstrap would resample the same few totals and claim too little noise: of 3
/// runs it never sees more spread than those 3 have.</para>
/// <para>A side with one run is taken to vary as the other one does, in proportion. Of a total, the variances of its parts are added.
/// What was run once on either side has none of its own: its change is taken for a change.</para>
/// </remarks>
/// <param name="Ratio">The logarithm of head over base.</param>
/// <param name="Error">The standard error of it.</param>
/// <param name="Freedom">The degrees of freedom.</param>
internal readonly record struct RunNoise(double Ratio, double Error, double Freedom)
{
    /// <summary>What the noise is; <see langword="null"/> where nothing repeats, or a side costs nothing.</summary>
    /// <param name="parts">What each run cost, of scenarios that are in the same runs; empty where a side does not have them.</param>
    public static RunNoise? Of(IReadOnlyList<(decimal[] Base, decimal[] Head)> parts)
    {
        double before = parts.Sum(part => Mean(part.Base)), after = parts.Sum(part => Mean(part.Head));
        if (before <= 0 || after <= 0 || !parts.Any(part => part.Base.Length > 1 || part.Head.Length > 1))
        {
            return null;
        }

        double squared = 0, spread = 0;
        foreach ((decimal[] left, decimal[] right) in parts)
        {
            double ofBase = Weight(left, before), ofHead = Weight(right, after);
            AddVariance(left, ofBase + (right.Length == 1 ? ofHead : 0));
            AddVariance(right, ofHead + (left.Length == 1 ? ofBase : 0));
        }

        return new(Math.Log(after / before), Math.Sqrt(squared), squared == 0 ? 1 : squared * squared / spread);

        void AddVariance(decimal[] totals, double weight)
        {
            if (totals.Length > 1)
            {
                double variance = Variation(totals) * weight;
                squared += variance;
                spread += variance * variance / (totals.Length - 1);
            }
        }
    }

    /// <summary>By what the squared variation of a part counts in that of the mean of all.</summary>
    private static double Weight(decimal[] totals, double all)
    {
        double share = Mean(totals) / all;
        return totals.Length == 0 ? 0 : share * share / totals.Length;
    }

    /// <summary>How far the logarithm may be off, at a share of errors.</summary>
    public double Reach(double share) => Error == 0 ? 0 : StudentT.TwoSided(share, Freedom) * Error;

    private static double Mean(decimal[] totals) => totals.Length == 0 ? 0 : totals.Sum(total => (double)total) / totals.Length;

    /// <summary>The squared coefficient of variation; exactly 0 where all are equal.</summary>
    private static double Variation(decimal[] totals)
    {
        if (Array.TrueForAll(totals, total => total == totals[0]))
        {
            return 0;
        }

        double mean = Mean(totals);
        return totals.Sum(total => (((double)total / mean) - 1) * (((double)total / mean) - 1)) / (totals.Length - 1);
    }
}
