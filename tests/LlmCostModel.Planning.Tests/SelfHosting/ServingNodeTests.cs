using System.Globalization;

namespace LlmCostModel.Planning.Tests;

public sealed class ServingNodeTests
{
    /// <summary>DeepSeek, open-infra-index day 6 (2025-03-01): 8 H800 at 2 USD an hour, 73.7k tokens/s in and 14.8k out.</summary>
    private static readonly ServingNode DeepSeek = new() { HourlyCost = 16, InputTokensPerSecond = 73_700, OutputTokensPerSecond = 14_800, Utilization = 1 };

    [Fact]
    public void NodesFor_N21DeepSeekDay_AgreesWithTheNodesTheyRan()
    {
        TimeSpan day = TimeSpan.FromDays(1);

        Assert.Equal(95.482m, decimal.Round(DeepSeek.ComputeNodes(608e9m, 0, day), 3));
        Assert.Equal(131.381m, decimal.Round(DeepSeek.ComputeNodes(0, 168e9m, day), 3));
        Assert.Equal(226.864m, decimal.Round(DeepSeek.ComputeNodes(608e9m, 168e9m, day), 3));
        Assert.InRange((DeepSeek.ComputeNodes(608e9m, 168e9m, day) / 226.75m) - 1, 0, 0.0006m);
    }

    /// <summary>DeepSeek's own figures: 226.75 nodes for 87,072 a day, 562,027 earned, a margin of 545%.</summary>
    [Fact]
    public void Create_N4DeepSeekDay_CostsWhatTheNodesTheyRanDidAndTheMarginIs545Percent()
    {
        CostEstimator estimator = new(SelfHostedRateCard.Create(DeepSeek, "deepseek-r1"));
        TokenUsage day = new() { CacheRead = 342_000_000_000, Input = 266_000_000_000, Output = 168_000_000_000 };

        // 608,000 x 16,000,000 / 265,320,000 = 36,665.16; 168,000 x 16,000,000 / 53,280,000 = 50,450.45: 87,115.61, 0.05% above 87,072.
        decimal cost = estimator.Estimate("deepseek-r1", day).GetRequiredTotal().Amount;
        Assert.Equal(87_115.61m, decimal.Round(cost, 2));
        Assert.InRange((cost / 87_072) - 1, 0, 0.0006m);

        // 226.75 nodes cost 3,628 an hour, for which 562,027 / 24 = 23,417.79 are earned: 6.4547 times as much.
        BreakEvenPoint load = BreakEven.FindSelfHostingLoad(226.75m * DeepSeek.HourlyCost, 562_027m / 24);
        Assert.Equal(5.4547m, decimal.Round((1 / load.Units!.Value) - 1, 4));
    }

    [Fact]
    public void PerMillion_N22DeepSeekNode_FromHourAndThroughput()
    {
        // 16 x 10^6 / (73,700 x 3600) and / (14,800 x 3600)
        Assert.Equal(0.0603045m, decimal.Round(DeepSeek.InputPerMillion, 7));
        Assert.Equal(0.3003003m, decimal.Round(DeepSeek.OutputPerMillion, 7));
        Assert.Equal((0.201m, 1.001m), (decimal.Round((DeepSeek with { Utilization = 0.3m }).InputPerMillion, 3), decimal.Round((DeepSeek with { Utilization = 0.3m }).OutputPerMillion, 3)));
    }

    [Theory]
    [InlineData("24", 7_143, "0.933", "3.11")] // 8 x H200, ShareGPT (GPUStack lab, 2025-11)
    [InlineData("24", 19_024, "0.350", "1.17")] // 8 x H200, medium prompts
    public void PerMillion_MeasuredThroughput_AtFullAndAtThirtyPercent(string hourly, int tokensPerSecond, string full, string thirty)
    {
        ServingNode node = DeepSeek with { HourlyCost = Parse(hourly), OutputTokensPerSecond = tokensPerSecond };

        Assert.Equal(Parse(full), decimal.Round(node.OutputPerMillion, 3));
        Assert.Equal(Parse(thirty), decimal.Round((node with { Utilization = 0.3m }).OutputPerMillion, 2));
    }

    [Theory]
    [InlineData("0.5")]
    [InlineData("0.25")]
    [InlineData("0.1")]
    public void PerMillion_N40Utilisation_DividesByIt(string utilization)
    {
        decimal share = Parse(utilization);
        ServingNode node = new() { HourlyCost = 18, InputTokensPerSecond = 1_000, OutputTokensPerSecond = 500, Utilization = share };

        // 18 x 10^6 / (1000 x 3600) = 5; / (500 x 3600) = 10
        Assert.Equal((5m / share, 10m / share), (node.InputPerMillion, node.OutputPerMillion));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1.01")]
    [InlineData("-0.5")]
    public void Utilisation_OutOfRange_Throws(string utilization) =>
        Assert.StartsWith(
            "A utilization is above 0 and at most 1: 0.3 is 30%.",
            Assert.Throws<ArgumentOutOfRangeException>(() => DeepSeek with { Utilization = Parse(utilization) }).Message,
            StringComparison.Ordinal);

    private static decimal Parse(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
