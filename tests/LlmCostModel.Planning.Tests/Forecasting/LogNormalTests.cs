namespace LlmCostModel.Planning.Tests;

public sealed class LogNormalTests
{
    /// <summary>The median of a lognormal quantity is the geometric mean of opposite percentiles: the root of 50 x 200 is 100.</summary>
    [Fact]
    public void Between_TwoPercentiles_GivesThemBack()
    {
        LogNormal between = LogNormal.Between(50, 200);

        Assert.Equal(50, between.GetQuantile(0.05), 9);
        Assert.Equal(100, between.GetQuantile(0.5), 9);
        Assert.Equal(200, between.GetQuantile(0.95), 9);
    }

    [Fact]
    public void FromMedian_MedianAndPercentile_GivesThemBack()
    {
        LogNormal distribution = LogNormal.FromMedian(30, 120);

        Assert.Equal(30, distribution.GetQuantile(0.5), 9);
        Assert.Equal(120, distribution.GetQuantile(0.95), 9);
        Assert.Equal(7.5, distribution.GetQuantile(0.05), 9); // as far below as above: 30 / 4
    }

    /// <summary>Without spread everything is the one value.</summary>
    [Fact]
    public void Exact_Value_IsCutAndComparedAsItIs()
    {
        LogNormal exact = LogNormal.FromMean(10, 0);

        Assert.Equal(10, exact.GetCappedMean(20), 9);
        Assert.Equal(8, exact.GetCappedMean(8), 9);
        Assert.Equal((1, 0), (exact.GetShareAbove(9.9), exact.GetShareAbove(10.1)));
    }

    /// <summary>Half of the values lie above the median, 5% above the 95th percentile.</summary>
    [Fact]
    public void GetShareAbove_Percentile_IsTheRest()
    {
        LogNormal distribution = LogNormal.FromMedian(30, 120);

        Assert.Equal(0.5, distribution.GetShareAbove(30), 12);
        Assert.Equal(0.05, distribution.GetShareAbove(120), 12);
    }

    [Fact]
    public void Text_IsMeanAndSpread() => Assert.Equal("lognormal, mean 1000, sigma 0.832555", LogNormal.FromMean(1_000, 1).ToString()); // sqrt(ln 2)
}
