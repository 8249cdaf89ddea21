namespace LlmCostModel.Planning.Tests;

public sealed class AgentLoopTests
{
    private static readonly AgentLoop Loop = new() { Turns = 40, PrefixTokens = 15_000, GrowthTokens = 1_500 };

    [Fact]
    public void PromptTokens_N18_FortyTurns()
    {
        // 40 x 15000 + 1500 x 40 x 39 / 2; 15000 + 39 x 1500
        Assert.Equal(1_770_000, Loop.PromptTokens);
        Assert.Equal(73_500, Loop.WrittenTokens);
    }

    [Fact]
    public void Requests_N18Simulated_CostsASeventhAndAgreesWithTheFormula()
    {
        CacheTotals totals = CacheTotals.Sum(Prompts.Usages(CachePolicies.Anthropic5m, Loop.CreateRequests(Prompts.Start, TimeSpan.FromMinutes(4))));
        decimal units = totals.Usage.Input + (totals.Usage.CacheWrite5m * 1.25m) + (totals.Usage.CacheRead * 0.1m);

        Assert.Equal((1_770_000, 73_500), (totals.PromptTokens, totals.Usage.CacheWrite5m));
        Assert.Equal(0.9585m, decimal.Round(totals.HitRate!.Value, 4));
        Assert.Equal(261_525m, units); // 73500 x 1.25 + 1696500 x 0.1
        Assert.Equal(6.768m, decimal.Round(1_770_000 / units, 3));
    }

    [Fact]
    public void Requests_TwoLoopsOfOnePrefix_ShareThePrefixOnly()
    {
        AgentLoop loop = Loop with { Turns = 2 };
        IEnumerable<PromptRequest> requests = [.. loop.CreateRequests(Prompts.Start, TimeSpan.Zero, "a"), .. loop.CreateRequests(Prompts.Start, TimeSpan.Zero, "b")];

        Assert.Equal([0, 15_000, 15_000, 15_000], Prompts.Reads(CachePolicies.Unlimited, requests));
    }

    [Fact]
    public void PromptTokens_TooMany_Overflows() =>
        Assert.Throws<OverflowException>(() => new AgentLoop { Turns = int.MaxValue, PrefixTokens = 0, GrowthTokens = long.MaxValue }.PromptTokens);

    [Fact]
    public void Turns_None_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => Loop with { Turns = 0 });
}
