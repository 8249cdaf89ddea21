namespace LlmCostModel.Planning.Tests.Fitting;

/// <summary>A call whose time is wrong by years says nothing of how many there are, and does not spoil what the others say.</summary>
public sealed class StrayTimeTests
{
    private static readonly DateTimeOffset Monday = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly CostEstimator Estimator = new(new RateCard
    {
        Name = "acme",
        Provider = "acme",
        Currency = "USD",
        Models = [ModelPricing.Create("steady", 2, 8)],
    });

    [Theory]
    [InlineData("1970-01-01T00:00:00Z")]
    [InlineData("2025-11-01T05:00:00Z")]
    [InlineData("2027-02-01T00:00:00Z")]
    [InlineData("2031-01-01T00:00:00Z")]
    public void Finish_OneCallFarAway_ChangesNoPlan(string time)
    {
        DateTimeOffset at = DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture);
        LogFit alone = Fit([]), with = Fit([at]);

        Assert.Equal((alone.NextMonth, alone.Lines[0].FirstDay, alone.Lines[0].LastDay), (with.NextMonth, with.Lines[0].FirstDay, with.Lines[0].LastDay));
        Assert.Equal(alone.Lines[0].CallsPerMonth.Mean, with.Lines[0].CallsPerMonth.Mean, 1e-6);
        Assert.Contains(
            $"1 call of {at.UtcDateTime:yyyy-MM-dd} says nothing of how many there are: nothing is logged for more than 180 days between them and the "
            + "rest. Is their time right?",
            with.Notes);
        Assert.DoesNotContain(with.Notes, note => note.Contains("within", StringComparison.Ordinal));
        Assert.Equal((true, false), (alone.IsWhole, with.IsWhole));
    }

    [Fact]
    public void ToPlan_InTheTimeOfTheLog_IsRefused()
    {
        LogFit fit = Fit([]);

        Assert.StartsWith(
            "A plan begins where the log ends, 2026-07-12T23:30:00Z, or later.",
            Assert.Throws<ArgumentOutOfRangeException>(() => fit.ToPlan(Monday.AddDays(30))).Message,
            StringComparison.Ordinal);
        Assert.Equal(Monday.AddDays(42), fit.ToPlan(Monday.AddDays(42), 1).Start);
    }

    private static LogFit Fit(DateTimeOffset[] strays)
    {
        LogFitter fitter = new(Estimator);
        foreach (DateTimeOffset at in Enumerable.Range(0, 48 * 42).Select(half => Monday.AddMinutes(30 * half)).Concat(strays))
        {
            fitter.Add(ModelCall.FromUsage("steady", new() { Input = 1_000, Output = 100 }) with { At = at });
        }

        return fitter.Finish();
    }
}
