using System.Globalization;

namespace LlmCostModel.Planning;

/// <summary>A quantity whose logarithm is normally distributed: never negative, with a long tail upwards, as token counts and volumes
/// are.</summary>
/// <remarks>All of it is statistics, so in floating point. <see langword="default"/> is exactly 1.</remarks>
public readonly record struct LogNormal
{
    /// <summary>The number of standard deviations above the middle at which 95% lie below.</summary>
    private const double Z95 = 1.6448536269514722;

    private LogNormal(double mu, double sigma)
    {
        Mu = mu;
        Sigma = sigma;
    }

    /// <summary>Gets the mean of the logarithm.</summary>
    public double Mu { get; }

    /// <summary>Gets the standard deviation of the logarithm, 0 or more.</summary>
    public double Sigma { get; }

    /// <summary>Gets the mean.</summary>
    public double Mean => Math.Exp(Mu + (Sigma * Sigma / 2));

    /// <summary>Makes it from the mean and the coefficient of variation.</summary>
    /// <param name="mean">The mean, above 0.</param>
    /// <param name="variation">The standard deviation over the mean, 0 or more.</param>
    /// <returns>The distribution.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range or not finite.</exception>
    public static LogNormal FromMean(double mean, double variation)
    {
        CheckPositive(mean);
        ArgumentOutOfRangeException.ThrowIfNegative(variation);
        CheckFinite(variation);
        double variance = Math.Log(1 + (variation * variation));
        return new(Math.Log(mean) - (variance / 2), Math.Sqrt(variance));
    }

    /// <summary>Makes it from the median and the value that 95% stay below.</summary>
    /// <param name="median">The median, above 0.</param>
    /// <param name="p95">The 95th percentile, not below the median.</param>
    /// <returns>The distribution.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range or not finite.</exception>
    public static LogNormal FromMedian(double median, double p95)
    {
        CheckPositive(median);
        CheckFinite(p95);
        ArgumentOutOfRangeException.ThrowIfLessThan(p95, median);
        return new(Math.Log(median), Math.Log(p95 / median) / Z95);
    }

    /// <summary>Makes it from the values that 5% and 95% stay below.</summary>
    /// <param name="p5">The 5th percentile, above 0.</param>
    /// <param name="p95">The 95th percentile, not below it.</param>
    /// <returns>The distribution.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range or not finite.</exception>
    public static LogNormal Between(double p5, double p95)
    {
        CheckPositive(p5);
        CheckFinite(p95);
        ArgumentOutOfRangeException.ThrowIfLessThan(p95, p5);
        return new(Math.Log(p5 * p95) / 2, Math.Log(p95 / p5) / (2 * Z95));
    }

    /// <summary>Finds the value below which a share lies.</summary>
    /// <param name="share">The share, above 0 and below 1.</param>
    /// <returns>The value.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="share"/> is out of its range.</exception>
    public double GetQuantile(double share)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(share);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(share, 1);
        return Math.Exp(Mu + (Sigma * Normal.GetQuantile(share)));
    }

    /// <summary>Multiplies two independent quantities; their product is of the same kind, so no sampling is needed.</summary>
    /// <param name="left">The first.</param>
    /// <param name="right">The second.</param>
    /// <returns>The product.</returns>
    public static LogNormal operator *(LogNormal left, LogNormal right) =>
        new(left.Mu + right.Mu, Math.Sqrt((left.Sigma * left.Sigma) + (right.Sigma * right.Sigma)));

    /// <inheritdoc cref="op_Multiply(LogNormal, LogNormal)"/>
    public static LogNormal Multiply(LogNormal left, LogNormal right) => left * right;

    /// <summary>Computes the mean when every value above a cap is cut to it, as <c>max_tokens</c> does to answers.</summary>
    /// <param name="cap">The cap, above 0.</param>
    /// <returns>The mean of the smaller of the value and the cap.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="cap"/> is not above 0 or not finite.</exception>
    public double GetCappedMean(double cap)
    {
        CheckPositive(cap);
        return Sigma == 0
            ? Math.Min(Mean, cap)
            : (Mean * Normal.Cumulative(((Math.Log(cap) - Mu) / Sigma) - Sigma)) + (cap * GetShareAbove(cap));
    }

    /// <summary>Computes which share of values exceeds a value.</summary>
    /// <param name="value">The value, above 0.</param>
    /// <returns>The share, 0 to 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="value"/> is not above 0 or not finite.</exception>
    public double GetShareAbove(double value)
    {
        CheckPositive(value);
        return Sigma == 0 ? (Mean > value ? 1 : 0) : 1 - Normal.Cumulative((Math.Log(value) - Mu) / Sigma);
    }

    private static void CheckPositive(double value)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
        CheckFinite(value);
    }

    private static void CheckFinite(double value)
    {
        if (!double.IsFinite(value))
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, "A distribution is made of finite numbers.");
        }
    }

    /// <summary>Shows mean and spread in the invariant culture.</summary>
    /// <returns>Such as <c>lognormal, mean 1000, sigma 0.47</c>.</returns>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"lognormal, mean {Mean:0.######}, sigma {Sigma:0.######}");
}
