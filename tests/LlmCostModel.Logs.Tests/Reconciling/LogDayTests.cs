namespace LlmCostModel.Logs.Tests.Reconciling;

public class LogDayTests
{
    /// <summary>Of the amounts of single calls the first 1,000 are kept; the sums have all.</summary>
    [Fact]
    public void FindCall_BeyondAThousandAmounts_IsNotKept()
    {
        LogDay day = new();
        PricedPart part = Acme.Estimator.Price(ModelCall.FromUsage("m-2", new TokenUsage { Input = 1 })).Main;
        for (int i = 1; i <= 1_001; i++)
        {
            day.Add(i, new("m-2", default, 0, 0), part, i, DateTimeOffset.UnixEpoch);
        }

        Assert.Equal((1_000, 1L), day.FindCall(1_000, 0));
        Assert.Null(day.FindCall(1_001, 0));
        Assert.Equal(501_501m, day.Amount); // 1,001 x 1,002 / 2
        Assert.Equal(1_001, Assert.Single(day.Sums).Calls);
    }
}
