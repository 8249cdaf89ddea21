namespace LlmCostModel.Planning.Tests;

public sealed class WorkloadComparisonTests
{
    /// <summary>DeepSeek, open-infra-index day 6 (2025-03-01): 342 B read, 266 B fresh, 168 B out. One call stands for the day.</summary>
    private static readonly Workload DeepSeekDay = Workload.Create(new WorkloadCall { Usage = new() { CacheRead = 342_000_000_000, Input = 266_000_000_000, Output = 168_000_000_000 } });

    [Fact]
    public void Compare_N1DeepSeekDay_O1Costs29Point6TimesR1()
    {
        IReadOnlyList<CandidateCost> costs = Compare(DeepSeekDay, new() { Model = "o1" }, new() { Model = "deepseek-reasoner" });

        // 47,880 + 146,300 + 367,920 = 562,100; 2,565,000 + 3,990,000 + 10,080,000 = 16,635,000
        Assert.Equal([("deepseek-reasoner", 562_100m), ("o1", 16_635_000m)], costs.Select(cost => (cost.Candidate.Model, cost.Total!.Value.Amount)));
        Assert.Equal(29.5944m, decimal.Round(costs[1].Ratio!.Value, 4));
        Assert.Equal(0.5625m, costs[0].Totals.HitRate);
    }

    [Fact]
    public void Compare_N5DeepSeekDayAtV3Prices_Is280560() => Assert.Equal(280_560m, Compare(DeepSeekDay, new WorkloadCandidate { Model = "deepseek-chat" })[0].Total?.Amount); // 23,940 + 71,820 + 184,800

    [Fact]
    public void Compare_N2ListRatios_PerBucketAndBlend()
    {
        decimal Ratio(TokenUsage usage) => Compare(Workload.Create(new WorkloadCall { Usage = usage }), new() { Model = "deepseek-reasoner" }, new() { Model = "o1" })[1].Ratio!.Value;

        Assert.Equal(27.2727m, decimal.Round(Ratio(new() { Input = 1_000 }), 4)); // 15 / 0.55
        Assert.Equal(27.3973m, decimal.Round(Ratio(new() { Output = 1_000 }), 4)); // 60 / 2.19
        Assert.Equal(53.5714m, decimal.Round(Ratio(new() { CacheRead = 1_000 }), 4)); // 7.5 / 0.14
        Assert.Equal(27.34375m, Ratio(new() { Input = 3_000, Output = 1_000 })); // 105 / 3.84
    }

    [Fact]
    public void Compare_N3At56Point3PercentHits_O1InputCosts34TimesR1()
    {
        IReadOnlyList<CandidateCost> costs = Compare(
            Workload.Create(new WorkloadCall { Usage = new() { CacheRead = 563_000, Input = 437_000 } }), new() { Model = "deepseek-reasoner" }, new() { Model = "o1" });

        // 0.563 x 0.14 + 0.437 x 0.55; 0.563 x 7.5 + 0.437 x 15
        Assert.Equal((0.31917m, 10.7775m), (costs[0].Total?.Amount, costs[1].Total?.Amount));
        Assert.Equal(33.767m, decimal.Round(costs[1].Ratio!.Value, 3));
    }

    /// <summary>A third of a dollar a call, rounded at the 28th decimal, 24 times: 7.9999999999999999999999999992 has a digit too many.</summary>
    [Fact]
    public void Compare_EndlessAmounts_AreTheSumToTheLastDigitThatFits()
    {
        CostEstimator estimator = new(RateCardJson.Parse("""{ "Currency": "USD", "Models": { "m": { "PerMillionTokens": { "Input": 0 }, "PerMeter": { "Request": { "Price": 1, "Per": 3 } } } } }""", "card"));

        CandidateCost cost = Assert.Single(WorkloadComparison.Compare(estimator, Workload.Create(new WorkloadCall { Usage = new() { Input = 1 }, Count = 24 }), new WorkloadCandidate { Model = "m" }));

        Assert.Equal(new Money(7.999999999999999999999999999m, "USD"), cost.Total);
    }

    [Fact]
    public void Compare_RequestsUnderCachePolicies_EachIsSimulated()
    {
        Workload workload = Workload.Create(new AgentLoop { Turns = 2, PrefixTokens = 10_000, GrowthTokens = 1_000, OutputTokens = 100 }.CreateRequests(Prompts.Start, TimeSpan.FromSeconds(30)));
        IReadOnlyList<CandidateCost> costs = Compare(
            workload,
            new() { Model = "deepseek-reasoner", Label = "none" },
            new() { Model = "deepseek-reasoner", Label = "cached", Cache = CachePolicies.Unlimited });

        // 21,000 prompt tokens, of which the second request reads 10,000: 10,000 x 0.41 less; 200 x 2.19 out.
        Assert.Equal([("cached", 0.007888m), ("none", 0.011988m)], costs.Select(cost => (cost.Candidate.Label!, cost.Total!.Value.Amount)));
        Assert.Equal([10_000m / 21_000, 0m], costs.Select(cost => cost.Totals.HitRate));
    }

    [Fact]
    public void Compare_TokenAndReasoningRatio_ScaleTheUsage()
    {
        Workload calls = Workload.Create(new WorkloadCall { Usage = new() { Input = 1_000, Output = 100, Reasoning = 200 }, Count = 10 });
        CandidateCost cost = Compare(calls, new WorkloadCandidate { Model = "deepseek-reasoner", TokenRatio = 1.3m, ReasoningRatio = 2 })[0];

        Assert.Equal(new TokenUsage { Input = 13_000, Output = 1_300, Reasoning = 5_200 }, cost.Totals.Usage);
        Assert.Equal(10, cost.Totals.Requests);
        Assert.Equal(0.021385m, cost.Total?.Amount); // 13000 x 0.55 + 6500 x 2.19
    }

    [Fact]
    public void Compare_UnknownModelAndUnknownPrice_ComeLastWithTheReason()
    {
        IReadOnlyList<CandidateCost> costs = Compare(
            Workload.Create(new WorkloadCall { Usage = new() { Input = 1_000, CacheRead = 500 }, Count = 3 }),
            new() { Model = "nobody-1" }, new() { Model = "half-priced" }, new() { Model = "o1" });

        Assert.Equal([CostStatus.Priced, CostStatus.Partial, CostStatus.Unpriced], costs.Select(cost => cost.Status));
        Assert.Equal(["o1", "half-priced", "nobody-1"], costs.Select(cost => cost.Candidate.Model));
        Assert.Equal((0.003m, null, null), (costs[1].Total?.Amount, costs[1].Ratio, costs[1].AmountPerSolved));
        Assert.Equal((null, null), (costs[2].Total?.Amount, costs[2].Ratio));
        Assert.Single(costs[1].Issues);
        Assert.Contains("No price of 'half-priced' for CacheRead tokens", costs[1].Issues[0].Message, StringComparison.Ordinal);
        Assert.Single(costs[2].Issues);
    }

    [Fact]
    public void Compare_Qualities_GiveCostPerSolvedAndFrontier()
    {
        Workload tasks = Workload.Create(new WorkloadCall { Usage = new() { Output = 1_000_000 }, Count = 4 }) with { Tasks = 2 };
        IReadOnlyList<CandidateCost> costs = Compare(
            tasks,
            new() { Model = "deepseek-chat", Quality = 0.5m },
            new() { Model = "deepseek-reasoner", Quality = 0.4m },
            new() { Model = "o1", Quality = 0.8m },
            new() { Model = "deepseek-chat", Label = "unmeasured" });

        // 4.4 / (2 x 0.5); 8.76 / (2 x 0.4); 240 / (2 x 0.8)
        Assert.Equal([4.4m, null, 10.95m, 150m], costs.Select(cost => cost.AmountPerSolved));
        Assert.Equal([true, false, false, true], costs.Select(cost => cost.OnFrontier));
    }

    [Fact]
    public void Compare_CachePolicyButOnlyCalls_Throws() => Assert.StartsWith(
        "'o1' has a cache policy, but the workload has only calls, whose cache reads are fixed. Give requests, or leave the policy out.",
        Assert.Throws<ArgumentException>(() => Compare(DeepSeekDay, new WorkloadCandidate { Model = "o1", Cache = CachePolicies.Unlimited })).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Compare_SelfHostedRateCard_PricesLikeAnyOther()
    {
        // DeepSeek's own node, fully busy: 608e9 x 0.0603 + 168e9 x 0.3003 per million is what 226.864 nodes cost a day.
        ServingNode node = new() { HourlyCost = 16, InputTokensPerSecond = 73_700, OutputTokensPerSecond = 14_800, Utilization = 1 };
        CostEstimator estimator = new(SelfHostedRateCard.Create(node, "deepseek-r1"));
        CostEstimate day = estimator.Estimate("deepseek-r1", new() { CacheRead = 342_000_000_000, Input = 266_000_000_000, Output = 160_000_000_000, Reasoning = 8_000_000_000 });

        Assert.Equal(CostStatus.Priced, day.Status);
        Assert.Equal(87_115.61m, decimal.Round(day.Total!.Value.Amount, 2)); // 226.8635664 x 16 x 24
        Assert.Equal("self-hosted", day.Provider);
    }

    private static IReadOnlyList<CandidateCost> Compare(Workload workload, params WorkloadCandidate[] candidates) => WorkloadComparison.Compare(Prices.Estimator, workload, candidates);
}
