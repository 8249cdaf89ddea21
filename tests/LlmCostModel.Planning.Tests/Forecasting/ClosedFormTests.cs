namespace LlmCostModel.Planning.Tests;

public sealed class ClosedFormTests
{
    [Fact]
    public void TotalDeviation_N30HundredThousandRequests_IsBelowOnePercent()
    {
        // mean 0.02, cv 2, total 2000: sqrt(100000) x 0.04; sqrt(100000 x (0.0016 + 0.0004))
        Assert.Equal(12.649, TrafficTotal.ComputeDeviation(100_000, 0.02, 2, poisson: false), 3);
        Assert.Equal(14.142, TrafficTotal.ComputeDeviation(100_000, 0.02, 2, poisson: true), 3);
    }

    [Fact]
    public void Multiply_N31TwoDoubts_CombineInSquares()
    {
        // sigma 0.20 and 0.30: p95 / median = exp(1.644854 sigma)
        LogNormal product = LogNormal.FromMedian(1, Math.Exp(1.6448536269514722 * 0.20)) * LogNormal.FromMedian(1, Math.Exp(1.6448536269514722 * 0.30));

        Assert.Equal(0.360555, product.Sigma, 6);
        Assert.Equal(1.80952, product.GetQuantile(0.95), 5);
        Assert.Equal(2.313535, product.GetQuantile(0.99), 6); // exp(2.326348 x 0.360555)
        Assert.Equal(1.06716, product.Mean, 5);
    }

    [Fact]
    public void FromMean_N32ThousandTokensCvOne_QuantilesAndParameters()
    {
        LogNormal tokens = LogNormal.FromMean(1_000, 1);

        Assert.Equal(6.561182, tokens.Mu, 6);
        Assert.Equal(0.832555, tokens.Sigma, 6);
        Assert.Equal(707.107, tokens.GetQuantile(0.5), 3);
        Assert.Equal(2_781.13, tokens.GetQuantile(0.95), 2);
        Assert.Equal(4_904.92, tokens.GetQuantile(0.99), 2);
    }

    [Fact]
    public void CappedMean_N33MaxTokens2000_CutsTenPercent()
    {
        LogNormal tokens = LogNormal.FromMean(1_000, 1);

        Assert.Equal(873.123, tokens.GetCappedMean(2_000), 3);
        Assert.Equal(0.10586, tokens.GetShareAbove(2_000), 5);
    }

    [Fact]
    public void FromMedian_N34P95IsTwiceTheMedian_Sigma() => Assert.Equal(0.4214036, LogNormal.FromMedian(1, 2).Sigma, 7); // ln 2 / 1.6448536

    [Fact]
    public void GrowingTotal_N35FivePercentAMonth_YearAndLastMonth()
    {
        decimal year = TrafficTotal.ComputeGrowing(2_000, 0.05m, 12);
        decimal last = year - TrafficTotal.ComputeGrowing(2_000, 0.05m, 11);

        Assert.Equal((31_834.25m, 3_420.68m), (decimal.Round(year, 2), decimal.Round(last, 2)));
        Assert.Equal(24_000m, TrafficTotal.ComputeGrowing(2_000, 0, 12));
        Assert.Equal(0m, TrafficTotal.ComputeGrowing(2_000, 0.05m, 0));
    }

    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.95, 1.6448536269514722)] // tables of the normal distribution
    [InlineData(0.975, 1.959963984540054)]
    [InlineData(0.99, 2.3263478740408408)]
    [InlineData(1e-10, -6.361340902404056)]
    public void Quantile_Normal_KnownValues(double share, double z)
    {
        Assert.Equal(z, Normal.GetQuantile(share), 9);
        Assert.Equal(share, Normal.Cumulative(z), 12);
    }

    [Fact]
    public void Between_NotAbove0OrUpsideDown_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => LogNormal.Between(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => LogNormal.Between(2, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => LogNormal.FromMean(1, double.NaN));
    }
}
