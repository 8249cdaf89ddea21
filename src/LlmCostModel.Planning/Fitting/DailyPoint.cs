namespace LlmCostModel.Planning;

/// <summary>One combination of the grid of <see cref="DailyModel"/>: its noise, what it takes level, slope and weekdays for, and how much
/// it counts.</summary>
/// <param name="mean">The coefficients.</param>
/// <param name="factor">The factor of the inverse of their covariance.</param>
internal sealed class DailyPoint(double[] mean, double[] factor)
{
    internal double[] Mean => mean;

    /// <summary>How many at once come what is counted: the variance of a count over its mean.</summary>
    internal double Size { get; init; }

    internal double White { get; init; }

    internal double Rho { get; init; }

    internal double StateSd { get; init; }

    internal double StateOfValues { get; init; }

    internal required double[] StateOfColumns { get; init; }

    internal double StateVarianceAtEnd { get; init; }

    internal double Weight { get; set; }

    /// <summary>The variance of the state of any day; a walk has none.</summary>
    internal double StateVariance => Rho < 1 ? StateSd * StateSd : 0;

    internal bool IsWalk => Rho == 1 && StateSd > 0;

    /// <summary>The covariance of two sums of the coefficients.</summary>
    internal double Covariance(double[] left, double[] right) =>
        DailyModel.Product(Cholesky.Halve(factor, left), Cholesky.Halve(factor, right));

    internal double Variance(double[] direction)
    {
        double[] half = Cholesky.Halve(factor, direction);
        return DailyModel.Product(half, half);
    }
}
