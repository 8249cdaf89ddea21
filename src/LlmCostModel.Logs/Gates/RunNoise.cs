namespace LlmCostModel.Logs;

/// <summary>How much of a change chance may explain, from the totals of repeated runs.</summary>
/// <remarks>
/// <para>Welch's t on relative scale: the change is that of the means, its error the root of the squared coefficients of variation over the
/// numbers of runs, its degrees of freedom those of Welch and Satterthwaite. The interval is taken on the logarithm, so that it stays
/// above -100% and a doubling is as far as a halving. A bootstrap would resample the same few totals and claim too little noise: of 3
/// runs it never sees more spread than those 3 have.</para>
/// <para>A side with one run is taken to vary as the other one does, in proportion.</para>
/// </remarks>
/// <param name="Ratio">The logarithm of head over base.</param>
/// <param name="Error">The standard error of it.</param>
/// <param name="Freedom">The degrees of freedom.</param>
internal readonly record struct RunNoise(double Ratio, double Error, double Freedom)
{
    /// <summary>What the noise is; <see langword="null"/> where no side repeats, or one costs nothing.</summary>
    public static RunNoise? Of(IReadOnlyList<decimal> @base, IReadOnlyList<decimal> head)
    {
        double before = Mean(@base), after = Mean(head);
        if (before <= 0 || after <= 0 || (@base.Count < 2 && head.Count < 2))
        {
            return null;
        }

        double left = @base.Count < 2 ? Variation(head, after) : Variation(@base, before);
        double right = head.Count < 2 ? Variation(@base, before) : Variation(head, after);
        (left, right) = (left / @base.Count, right / head.Count);
        double squared = left + right;
        double freedom = @base.Count < 2 ? head.Count - 1
            : head.Count < 2 ? @base.Count - 1
            : squared == 0 ? @base.Count + head.Count - 2
            : squared * squared / ((left * left / (@base.Count - 1)) + (right * right / (head.Count - 1)));
        return new(Math.Log(after / before), Math.Sqrt(squared), freedom);
    }

    /// <summary>How far the logarithm may be off, at a share of errors.</summary>
    public double Reach(double share) => Error == 0 ? 0 : StudentT.TwoSided(share, Freedom) * Error;

    private static double Mean(IReadOnlyList<decimal> totals)
    {
        double sum = 0;
        foreach (decimal total in totals)
        {
            sum += (double)total;
        }

        return sum / totals.Count;
    }

    /// <summary>The squared coefficient of variation; exactly 0 where all are equal.</summary>
    private static double Variation(IReadOnlyList<decimal> totals, double mean)
    {
        double squares = 0;
        bool isEqual = true;
        foreach (decimal total in totals)
        {
            double off = ((double)total / mean) - 1;
            squares += off * off;
            isEqual &= total == totals[0];
        }

        return isEqual ? 0 : squares / (totals.Count - 1);
    }
}
