namespace LlmCostModel.Planning.Tests.Fitting;

public sealed class ClusterTests
{
    [Fact]
    public void SpreadOf_ThreeSessions_IsThatOfTheSurveySample()
    {
        ClusterSums sums = new();
        Add(sums, 1, calls: 2, output: 100);
        Add(sums, 2, calls: 2, output: 140);
        Add(sums, 3, calls: 2, output: 120);
        ClusterRatios ratios = new(sums);

        // 360 over 6 calls is 60; the sessions have 100 - 120, 140 - 120 and 120 - 120 more: squares 400 + 400 + 0 = 800, times 3/2 = 1,200, whose
        // root 34.641 over 360 is 0.096225; t of 2 degrees of freedom at 95% is 2.919986.
        Assert.Equal(60, ratios.MeanOf(group => sums.TokensOf(group, TokenBucket.Output)));
        Assert.Equal(2, ratios.Freedom, 1e-12);
        Assert.Equal(2.919986 * 0.096225, ratios.SpreadOf(group => sums.TokensOf(group, TokenBucket.Output)), 1e-5);
    }

    [Fact]
    public void SpreadOf_OneSession_IsNoCertainty()
    {
        ClusterSums sums = new();
        Add(sums, 7, calls: 1_000, output: 100_000);

        ClusterRatios ratios = new(sums);

        Assert.True(ratios.IsOfOne);
        Assert.Equal(0.5 * 1.644854, ratios.SpreadOf(group => sums.TokensOf(group, TokenBucket.Output)), 1e-5);
    }

    [Fact]
    public void Freedom_OneLargeSession_IsThatOfFew()
    {
        ClusterSums sums = new();
        Add(sums, 1, calls: 80, output: 1);
        for (ulong session = 2; session <= 21; session++)
        {
            Add(sums, session, calls: 1, output: 1);
        }

        // (80 + 20)² over (80² + 20) is 1.558: a large session and twenty small ones are as good as one and a half.
        Assert.Equal(10_000.0 / 6_420 - 1, new ClusterRatios(sums).Freedom, 1e-9);
    }

    [Fact]
    public void Estimate_ManyHashes_IsNear()
    {
        DistinctCount count = new();
        Random random = new(3);
        for (int i = 0; i < 50_000; i++)
        {
            count.Add((ulong)random.NextInt64() * 2);
        }

        Assert.False(count.IsExact);
        Assert.InRange(count.Estimate, 45_000, 55_000);
        DistinctCount few = new();
        few.Add(5);
        few.Add(5);
        few.Add(6);
        Assert.Equal(2, few.Estimate);
    }

    [Fact]
    public void UnitOfCalls_SessionsOfTenCalls_IsTen()
    {
        EventSums events = new();
        Random random = new(4);
        for (int session = 0; session < 20_000; session++)
        {
            events.Add((ulong)random.NextInt64(), session % 28, 10, 10);
        }

        // 256 groups: the estimate of a variance varies by sqrt(2 / 255), 9%.
        Assert.InRange(events.UnitOfCalls, 7, 13);
    }

    private static void Add(ClusterSums sums, ulong cluster, long calls, long output) =>
        sums.Add(cluster, calls, new TokenUsage { Output = output }, MeteredQuantities.Empty);
}
