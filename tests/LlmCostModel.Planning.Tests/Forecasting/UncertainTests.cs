namespace LlmCostModel.Planning.Tests;

public sealed class UncertainTests
{
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
        Assert.Equal("mean of 3 observations, 7, all alike", Uncertain.FromObservations([7, 7, 7]).Description);
    }
}
