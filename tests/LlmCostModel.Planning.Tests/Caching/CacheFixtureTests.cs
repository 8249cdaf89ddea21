using static LlmCostModel.Planning.Tests.Prompts;

namespace LlmCostModel.Planning.Tests;

/// <summary>Twelve scenarios small enough to work out by hand.</summary>
public sealed class CacheFixtureTests
{
    [Fact]
    public void Send_F1MooncakeSampleLines_SecondReadsTwelveBlocks()
    {
        // https://github.com/kvcache-ai/Mooncake README: 14 and 13 ids, the first 12 equal; 12 x 512 = 6144; 6144 / (6955 + 6472) = 45.7585%
        string[] lines =
        [
            """{"timestamp": 27482, "input_length": 6955, "output_length": 52, "hash_ids": [46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 2353, 2354]}""",
            """{"timestamp": 30535, "input_length": 6472, "output_length": 26, "hash_ids": [46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 2366]}""",
        ];
        TokenUsage[] usages = Usages(CachePolicies.Unlimited, MooncakeTrace.Read(lines));
        CacheTotals totals = CacheTotals.Sum(usages);

        Assert.Equal([0, 6_144], usages.Select(usage => usage.CacheRead));
        Assert.Equal(0.457585m, decimal.Round(totals.HitRate!.Value, 6));
        Assert.Equal(78, totals.Usage.Output);
    }

    [Fact]
    public void Send_F2OpenAISampleResponse_Reads1920()
    {
        // openai.com/index/api-prompt-caching (2024-10-01): prompt_tokens 2006, cached_tokens 1920 = 15 x 128.
        Assert.Equal([0, 1_920], Reads(CachePolicies.OpenAIInMemory, At(0, Text("p", 2_006)), At(1, Text("p", 2_006))));
    }

    [Theory]
    [InlineData(1_023, 0)]
    [InlineData(1_024, 1_024)]
    [InlineData(1_151, 1_024)]
    [InlineData(1_152, 1_152)]
    public void Send_F3PromptRepeated_ReadsWholeStepsFromTheMinimumOn(long tokens, long read) =>
        Assert.Equal([0, read], Reads(CachePolicies.OpenAIInMemory, At(0, Text("p", tokens)), At(1, Text("p", tokens))));

    [Fact]
    public void Send_F4GrowingConversationWithinFiveMinutes_ReadsEachPromptBefore()
    {
        TokenUsage[] usages = Usages(CachePolicies.Anthropic5m, Conversation(third: 400));

        Assert.Equal([0, 3_000, 3_600], usages.Select(usage => usage.CacheRead));
        Assert.Equal([3_000, 600, 700], usages.Select(usage => usage.CacheWrite5m));
        // 3 / 3.75 / 0.30 per million: 6600 x 0.30 + 4300 x 3.75 = 18105 millionths; without a cache 10900 x 3 = 32700.
        Assert.Equal(0.018105m, Prices.Of("claude", usages));
        Assert.Equal(0.0327m, Prices.Of("claude", new TokenUsage { Input = CacheTotals.Sum(usages).PromptTokens }));
    }

    [Fact]
    public void Send_F5GapLongerThanFiveMinutes_WritesAllAgain()
    {
        TokenUsage[] usages = Usages(CachePolicies.Anthropic5m, Conversation(third: 520));

        Assert.Equal([0, 3_000, 0], usages.Select(usage => usage.CacheRead));
        Assert.Equal([3_000, 600, 4_300], usages.Select(usage => usage.CacheWrite5m));
        // 3000 x 0.30 + 7900 x 3.75 = 30525
        Assert.Equal(0.030525m, Prices.Of("claude", usages));
    }

    [Fact]
    public void Send_F6DeepSeek2024_ReadsTheSharedPartInStepsOf64() => Assert.Equal([0, 3_968, 3_968], Reads(CachePolicies.DeepSeek, SharedPart()));

    [Fact]
    public void Send_F7DeepSeekV4_ReadsTheSharedPartFromTheThirdOn() => Assert.Equal([0, 0, 4_000], Reads(CachePolicies.DeepSeekV4, SharedPart()));

    [Fact]
    public void Send_F8ChangingTail_OpenAIImplicitReadsNothingAndWritesAll()
    {
        CacheTotals totals = CacheTotals.Sum(Usages(CachePolicies.OpenAIImplicit, ChangingTail(breakpoint: false)));

        Assert.Equal(0, totals.Usage.CacheRead);
        Assert.Equal(92_000, totals.Usage.CacheWrite30m);
        // Check N12: 92000 x 1.25 = 115000 units of plain input against 92000, a quarter more. At 1 a million they are millionths.
        Assert.Equal(0.115m, Prices.Of("units", totals.Usage));
        Assert.Equal(0.092m, Prices.Of("units", new TokenUsage { Input = totals.PromptTokens }));
    }

    [Fact]
    public void Send_F8ChangingTail_TheOlderBlockRuleReads8960NineTimes()
    {
        CacheTotals totals = CacheTotals.Sum(Usages(CachePolicies.OpenAIInMemory, ChangingTail(breakpoint: false)));

        Assert.Equal(80_640, totals.Usage.CacheRead);
        Assert.Equal(0.8765m, decimal.Round(totals.HitRate!.Value, 4));
    }

    [Fact]
    public void Send_F9OneExplicitBreakpoint_ReadsTheStablePart()
    {
        TokenUsage usage = CacheTotals.Sum(Usages(CachePolicies.OpenAIImplicit, ChangingTail(breakpoint: true))).Usage;

        Assert.Equal(81_000, usage.CacheRead);
        // 9200 once, then 200 nine times.
        Assert.Equal(11_000, usage.CacheWrite30m);
        // Check N13: 81000 x 0.1 + 11000 x 1.25 = 21850, 76.25% less than 92000.
        Assert.Equal(0.02185m, Prices.Of("units", usage));
        Assert.Equal(0.7625m, 1 - (Prices.Of("units", usage) / Prices.Of("units", new TokenUsage { Input = usage.TotalInput })));
    }

    [Fact]
    public void Send_N14ExplicitModeOnly_DoesNotWriteTheTail()
    {
        TokenUsage usage = CacheTotals.Sum(Usages(CachePolicies.OpenAIExplicit, ChangingTail(breakpoint: true))).Usage;

        // 9000 x 1.25 + 81000 x 0.1 + 2000 = 21350, 76.79% less than 92000.
        Assert.Equal(0.02135m, Prices.Of("units", usage));
        Assert.Equal(0.7679m, decimal.Round(1 - (Prices.Of("units", usage) / Prices.Of("units", new TokenUsage { Input = usage.TotalInput })), 4));
    }

    [Fact]
    public void Send_F10SimultaneousColdCalls_AllWrite()
    {
        EntryCachePolicy policy = CachePolicies.Anthropic5m with { ReadableAfter = TimeSpan.FromSeconds(1) };
        TokenUsage[] usages = Usages(policy, Enumerable.Range(0, 8).Select(_ => At(0, Text("p", 40_000))));

        Assert.Equal(8, usages.Count(usage => usage.CacheWrite5m == 40_000));
        Assert.All(usages, usage => Assert.Equal(0, usage.CacheRead));
    }

    [Fact]
    public void Send_F11TwoScopes_ShareNothing() =>
        Assert.Equal([0, 0], Reads(CachePolicies.Unlimited, At(0, Text("p", 2_000)) with { Scope = "a" }, At(1, Text("p", 2_000)) with { Scope = "b" }));

    [Fact]
    public void Send_F12ExplicitModeWithoutBreakpoint_CachesNothing()
    {
        TokenUsage[] usages = Usages(CachePolicies.OpenAIExplicit, At(0, Text("p", 2_000)), At(1, Text("p", 2_000)));

        Assert.All(usages, usage => Assert.Equal(new TokenUsage { Input = 2_000 }, usage));
    }

    private static PromptRequest[] Conversation(double third) =>
    [
        At(0, Text("a", 3_000)), At(200, Text("a", 3_000), Text("b", 600)), At(third, Text("a", 3_000), Text("b", 600), Text("c", 700)),
    ];

    private static PromptRequest[] SharedPart() =>
        [At(0, Text("A", 4_000), Text("B", 500)), At(60, Text("A", 4_000), Text("C", 500)), At(120, Text("A", 4_000), Text("D", 500))];

    private static IEnumerable<PromptRequest> ChangingTail(bool breakpoint) =>
        Enumerable.Range(0, 10).Select(call => At(call, Text("stable", 9_000, breakpoint), Text($"tail {call}", 200)));
}
