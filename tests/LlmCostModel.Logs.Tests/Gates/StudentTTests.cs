namespace LlmCostModel.Logs.Tests.Gates;

/// <summary>Quantiles of Student's distribution.</summary>
public class StudentTTests
{
    private static readonly double[] Freedoms = [1, 1.5, 2, 3.3, 7, 40, 1000, 100_000];
    private static readonly double[] Shares = [0.0001, 0.001, 0.02, 0.3, 0.9];

    /// <summary>From the table of the NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2, which has three decimals:
    /// https://www.itl.nist.gov/div898/handbook/eda/section3/eda3672.htm (read 2026-11-27).</summary>
    [Theory]
    [InlineData(1, 0.05, 12.706)]
    [InlineData(2, 0.05, 4.303)]
    [InlineData(3, 0.05, 3.182)]
    [InlineData(5, 0.05, 2.571)]
    [InlineData(10, 0.05, 2.228)]
    [InlineData(30, 0.05, 2.042)]
    [InlineData(100, 0.05, 1.984)]
    [InlineData(1, 0.002, 318.309)]
    [InlineData(4, 0.002, 7.173)]
    [InlineData(20, 0.01, 2.845)]
    public void Quantile_IsThatOfTheTable(double freedom, double share, double expected) =>
        Assert.Equal(expected, StudentT.TwoSided(share, freedom), 0.001);

    /// <summary>Of one degree of freedom it is the cotangent of half pi times the share; of two the root of 2 / (s (2 - s)) - 2.</summary>
    [Theory]
    [InlineData(0.5)]
    [InlineData(0.05)]
    [InlineData(0.001)]
    [InlineData(1e-6)]
    [InlineData(1e-10)]
    public void Quantile_OfOneAndTwoDegrees_IsTheClosedForm(double share)
    {
        Assert.Equal(1, StudentT.TwoSided(share, 1) * Math.Tan(Math.PI * share / 2), 1e-8);
        Assert.Equal(1, StudentT.TwoSided(share, 2) / Math.Sqrt((2 / (share * (2 - share))) - 2), 1e-8);
    }

    /// <summary>More degrees of freedom, and a larger share, are a smaller quantile.</summary>
    [Fact]
    public void Quantile_FallsWithFreedomAndShare()
    {
        double[] byFreedom = [.. Freedoms.Select(freedom => StudentT.TwoSided(0.01, freedom))];
        double[] byShare = [.. Shares.Select(share => StudentT.TwoSided(share, 2.5))];

        Assert.Equal(byFreedom.OrderDescending(), byFreedom);
        Assert.Equal(byShare.OrderDescending(), byShare);
        Assert.Equal(2.576, byFreedom[^1], 0.001); // of the normal distribution
    }
}
