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

    /// <summary>Tails beyond what can be are cut: fewer than no requests, a hit rate above 1, a shrinkage below nothing.</summary>
    [Fact]
    public void Draw_TailsBeyondTheirRange_AreCut()
    {
        Scenarios tails = Scenarios.Draw(Plan with
        {
            Samples = 100,
            Requests = Uncertain.Uniform(-5, 5),
            HitRate = Uncertain.Uniform(-0.5, 1.5),
            PromptTokens = 7,
            OutputTokens = Uncertain.Uniform(-3, 3),
            RetryRate = Uncertain.Uniform(-0.5, 0.5),
            Growth = Uncertain.Uniform(-3, 1),
        });

        TokenUsage[] usages = [.. Enumerable.Range(0, 100).Select(i => tails.UsageOf(i, null))];
        Assert.All(Enumerable.Range(0, 100), i => Assert.True(tails.RequestsOf(i, 0) >= 0 && tails.RequestsOf(i, 1) >= 0));
        Assert.All(usages, usage => Assert.Equal(7, usage.TotalInput));
        Assert.Equal((0, 7), (usages.Min(usage => usage.CacheRead), usages.Max(usage => usage.CacheRead)));
        Assert.Equal(0, usages.Min(usage => usage.Output));
    }
}
