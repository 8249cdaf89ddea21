using static LlmCostModel.Planning.Tests.Prompts;

namespace LlmCostModel.Planning.Tests;

/// <summary>Which policy and which prices a candidate is compared under.</summary>
public sealed class CandidateCacheTests
{
    private static readonly CostEstimator Claude = new(
        Prices.Card("anthropic", ("claude-haiku-4-5", new() { Input = 1m, CacheRead = 0.1m, CacheWrite5m = 1.25m, Output = 5m }), ("claude-x", new() { Input = 1m, CacheRead = 0.1m, CacheWrite5m = 1.25m, Output = 5m })),
        Prices.Card("openai", ("gpt-5", new() { Input = 1m, CacheRead = 0.1m, Output = 5m }), ("gpt-4", new() { Input = 1m, Output = 5m })));

    private static readonly Workload Small = Workload.Create(Enumerable.Range(0, 100).Select(number =>
        At(number, Text("instructions", 2_500, breakpoint: true), Text($"question {number}", 200)) with { OutputTokens = 200 }));

    /// <summary>2,700 tokens are below Haiku's minimum: 270,000 x 1 + 20,000 x 5 = 0.37, no hits. With a minimum of 1,024: one write of 2,700,
    /// 99 reads of 2,500 and writes of 200: 0.003375 + 0.02475 + 0.02475 + 0.1.</summary>
    [Fact]
    public void Compare_PresetOnAModelOfAHigherMinimum_CachesNothing()
    {
        CandidateCost cost = Compare(new() { Model = "claude-haiku-4-5", Cache = CachePolicies.Anthropic5m });
        CandidateCost own = Compare(new() { Model = "claude-haiku-4-5", UsesModelCache = true });
        CandidateCost forced = Compare(new() { Model = "claude-haiku-4-5", Cache = CachePolicies.Anthropic5m with { MinimumTokens = 1_024 } });

        Assert.Equal((0.37m, 0m, 4_096L), (cost.Total?.Amount, cost.Totals.HitRate, cost.Cache?.MinimumTokens));
        Assert.Equal((0.37m, "anthropic-5m"), (own.Total?.Amount, own.Cache?.Name));
        Assert.Equal(0.152875m, forced.Total?.Amount);
        Assert.Empty(cost.Notes);
    }

    [Fact]
    public void Compare_ModelWhoseMinimumIsNotKnown_SaysWhatIsTaken() => Assert.Contains(
        "Prompts are cached from 1024 tokens on: the minimum differs by model, and that of 'claude-x' is not known here.",
        Compare(new() { Model = "claude-x", Cache = CachePolicies.Anthropic5m }).Assumptions);

    [Fact]
    public void Compare_PresetThatTheModelDoesNotHave_IsSaid() => Assert.Equal(
        [
            "'anthropic-5m' is not a cache of 'gpt-5' at openai, which has openai-extended and openai-in-memory "
                + "(https://developers.openai.com/api/docs/guides/prompt-caching, 2026-10-01).",
        ],
        Compare(new() { Model = "gpt-5", Cache = CachePolicies.Anthropic5m }).Notes.AsEnumerable());

    [Theory]
    [InlineData("unlimited")]
    [InlineData("vllm")]
    [InlineData("")]
    public void Compare_PolicyOfNoProvider_IsNoContradiction(string name) =>
        Assert.Empty(Compare(new() { Model = "gpt-5", Cache = name.Length == 0 ? new PrefixCachePolicy() : CachePolicies.All[name] }).Notes);

    [Fact]
    public void Compare_OwnCacheThatIsNotKnown_IsRefused() => Assert.StartsWith(
        "Which cache 'claude-x' has at anthropic is not known here. Name a policy for 'claude-x' in place of auto, or leave the cache out.",
        Assert.Throws<ArgumentException>(() => Compare(new() { Model = "claude-x", UsesModelCache = true })).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("gpt-4")] // sold without reads
    [InlineData("nobody-1")]
    public void Compare_OwnCacheOfAModelWithoutReads_IsNone(string model)
    {
        CandidateCost cost = Compare(new() { Model = model, UsesModelCache = true });

        Assert.Null(cost.Cache);
        Assert.Equal([$"'{model}' has no price for cache reads: it is priced without a cache."], cost.Notes.AsEnumerable());
    }

    [Fact]
    public void Compare_PolicyThatNeedsBreakpointsWithoutAny_IsRefused()
    {
        Workload loop = Workload.Create(new AgentLoop { Turns = 2, PrefixTokens = 5_000, GrowthTokens = 100 }.CreateRequests(Start, TimeSpan.FromSeconds(30)));
        WorkloadCandidate candidate = new() { Model = "claude-haiku-4-5", Label = "haiku", Cache = CachePolicies.Bedrock5m };

        Assert.StartsWith(
            "'haiku': 'bedrock-5m' caches only where the caller sets a breakpoint, and the requests have none",
            Assert.Throws<ArgumentException>(() => WorkloadComparison.Compare(Claude, loop, candidate)).Message,
            StringComparison.Ordinal);
        Assert.Equal(5_000, WorkloadComparison.Compare(Claude, loop, candidate with { Cache = CachePolicies.Bedrock5m with { AutomaticBreakpoint = true } })[0].Totals.Usage.CacheRead);
    }

    /// <summary>10 searches at 0.01, and what the estimator prices besides tokens: nothing is left out.</summary>
    [Fact]
    public void Compare_CallsWithMeters_PriceThem()
    {
        CostEstimator estimator = new(RateCardJson.Parse(
            """{ "Currency": "USD", "Models": { "m": { "PerMillionTokens": { "Input": 1, "AudioInput": 10, "ImageInput": 2 }, "PerMeter": { "WebSearch": 0.01 } } } }""", "card"));
        WorkloadCall call = new() { Usage = new() { Input = 1_000, AudioInput = 1_000, ImageInput = 1_000 }, Meters = [new("WebSearch", 2)], Count = 5 };

        CandidateCost cost = WorkloadComparison.Compare(estimator, Workload.Create(call), new WorkloadCandidate { Model = "m" })[0];

        Assert.Equal(0.165m, cost.Total?.Amount); // 5 x (0.001 + 0.01 + 0.002 + 0.02)
        Assert.Equal(10, cost.Totals.Meters["webSearch"]);
    }

    private static CandidateCost Compare(WorkloadCandidate candidate) => WorkloadComparison.Compare(Claude, Small, candidate)[0];
}
