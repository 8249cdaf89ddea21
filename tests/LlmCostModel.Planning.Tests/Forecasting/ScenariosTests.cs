namespace LlmCostModel.Planning.Tests;

public sealed class ScenariosTests
{
    private static readonly ForecastPlan Plan = new()
    {
        Model = "m",
        Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
        Requests = Uncertain.Uniform(0, 1_000),
        PromptTokens = 100,
        Samples = 100,
    };

    /// <summary>Scenarios in the order of an input have rank correlation 1 with it, in the opposite order -1.</summary>
    [Fact]
    public void RankCorrelation_OfItsOwnOrder_IsOne()
    {
        Scenarios scenarios = Scenarios.Draw(Plan);
        int[] order = [.. Enumerable.Range(0, 100).OrderBy(i => scenarios.RequestsOf(i, 0))];

        Assert.Equal(1, scenarios.RankCorrelation("requests", order), 12);
        Assert.Equal(-1, scenarios.RankCorrelation("requests", [.. Enumerable.Reverse(order)]), 12);
    }

    /// <summary>
    /// The two middle ones of 100 change places: Spearman's coefficient is 1 - 6 (1 + 1) / (100 x (100^2 - 1)) = 1 - 12 / 999,900.
    /// </summary>
    [Fact]
    public void RankCorrelation_OneExchange_IsSpearmansCoefficient()
    {
        Scenarios scenarios = Scenarios.Draw(Plan);
        int[] order = [.. Enumerable.Range(0, 100).OrderBy(i => scenarios.RequestsOf(i, 0))];
        (order[49], order[50]) = (order[50], order[49]);

        Assert.Equal(1 - (12.0 / 999_900), scenarios.RankCorrelation("requests", order), 12);
    }

    /// <summary>Every hundredth of the range has one scenario, in its middle: 5, 15, ... 995.</summary>
    [Fact]
    public void Draw_OneUniformInput_HasTheMiddleOfEveryStratum()
    {
        Scenarios scenarios = Scenarios.Draw(Plan);

        Assert.Equal(
            Enumerable.Range(0, 100).Select(i => (decimal)(5 + (10 * i))),
            Enumerable.Range(0, scenarios.Count).Select(i => scenarios.RequestsOf(i, 0)).Order());
    }

    /// <summary>Values beyond what can be are cut: fewer than no requests, a hit rate above 1, a shrinkage below nothing.</summary>
    [Fact]
    public void Draw_ValuesBeyondTheirRange_AreCut()
    {
        Scenarios high = Scenarios.Draw(Plan with { Requests = -5, HitRate = 1.5, PromptTokens = 7, OutputTokens = -3, RetryRate = -0.5, Growth = -2 });

        Assert.Equal(0, high.RequestsOf(0, 0));
        Assert.Equal(new TokenUsage { CacheRead = 7 }, high.UsageOf(0, null));

        Scenarios low = Scenarios.Draw(Plan with { Requests = 10, HitRate = -0.5, PromptTokens = 7, RetryRate = -0.5, Growth = -2 });

        Assert.Equal((10m, 0m), (low.RequestsOf(0, 0), low.RequestsOf(0, 1)));
        Assert.Equal(new TokenUsage { CacheWrite = 7 }, low.UsageOf(0, TokenBucket.CacheWrite));
    }
}
