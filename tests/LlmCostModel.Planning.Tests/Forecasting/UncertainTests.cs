namespace LlmCostModel.Planning.Tests;

public sealed class UncertainTests
{
    /// <summary>
    /// The mean of two draws of 0 and 1 is 0, a half or 1. A thousand means in order stand at 0.5, 1.5, ... thousandths: between the last 0 and the
    /// first half lies a quarter.
    /// </summary>
    [Fact]
    public void GetQuantile_OfObservations_IsInterpolatedBetweenTheirMeans()
    {
        Uncertain mean = Uncertain.FromObservations([0, 1]);
        double[] means = [.. Enumerable.Range(0, 1_000).Select(i => mean.GetQuantile((i + 0.5) / 1_000))];

        Assert.Equal([0, 0.5, 1], means.Select(value => Math.Round(value, 9)).Distinct());
        Assert.Equal(means.Order(), means);
        int first = Array.FindIndex(means, value => value > 0.25);
        Assert.Equal(0.25, mean.GetQuantile(first / 1_000.0), 9);
        Assert.Equal(0, mean.GetQuantile(0.0001));
        Assert.Equal(1, mean.GetQuantile(0.9999));
    }

    /// <summary>A quarter of the way from 10 to 30 is 15.</summary>
    [Fact]
    public void GetQuantile_OfARange_IsTheShareOfIt()
    {
        Assert.Equal(15, Uncertain.Uniform(10, 30).GetQuantile(0.25));
        Assert.Equal("anywhere from 10 to 30", Uncertain.Uniform(10, 30).ToString());
        Assert.Equal(7, Uncertain.Uniform(7, 7).Exact);
        Assert.Null(Uncertain.Uniform(10, 30).Exact);
    }

    [Fact]
    public void Description_OfEveryKind_SaysItsNumbers()
    {
        Assert.Equal("1.5", Uncertain.Exactly(1.5).Description);
        Assert.Equal("lognormal, 5% below 1, 95% below 4", Uncertain.Between(1, 4).Description);
        Assert.Equal("lognormal, half below 2, 95% below 4", Uncertain.FromMedian(2, 4).Description);
        Assert.Equal("lognormal, mean 2, coefficient of variation 0.5", Uncertain.FromMean(2, 0.5).Description);
        Assert.Equal("mean of 3 observations, 7, 90% from 7 to 7", Uncertain.FromObservations([7, 7, 7]).Description);
    }
}
