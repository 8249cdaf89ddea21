using static LlmCostModel.Planning.Tests.Prompts;

namespace LlmCostModel.Planning.Tests;

public sealed class CachePolicyTests
{
    public static TheoryData<string, Func<CachePolicy>> Impossible { get; } = new()
    {
        { "MinimumTokens", () => new PrefixCachePolicy { MinimumTokens = -1 } },
        { "TimeToLive", () => new PrefixCachePolicy { TimeToLive = TimeSpan.Zero } },
        { "TimeToLive", () => new EntryCachePolicy { TimeToLive = TimeSpan.FromSeconds(-1) } },
        { "ReadableAfter", () => new EntryCachePolicy { ReadableAfter = TimeSpan.FromSeconds(-1) } },
        { "ReadableAfter", () => new EntryCachePolicy { TimeToLive = TimeSpan.FromSeconds(5), ReadableAfter = TimeSpan.FromSeconds(6) } },
        { "TimeToLive", () => new EntryCachePolicy { ReadableAfter = TimeSpan.FromSeconds(6), TimeToLive = TimeSpan.FromSeconds(5) } },
        { "WriteBucket", () => new EntryCachePolicy { WriteBucket = TokenBucket.Output } },
        { "WriteBucket", () => new EntryCachePolicy { WriteBucket = TokenBucket.CacheRead } },
        { "Granularity", () => new PrefixCachePolicy { Granularity = 0 } },
        { "CapacityBlocks", () => new PrefixCachePolicy { CapacityBlocks = 0 } },
        { "Lookback", () => new EntryCachePolicy { Lookback = 0 } },
        { "MaximumBreakpoints", () => new EntryCachePolicy { MaximumBreakpoints = 0 } },
        { "MinimumTokens", () => CachePolicies.Anthropic5m with { MinimumTokens = -1 } },
    };

    [Theory]
    [MemberData(nameof(Impossible))]
    public void Init_ImpossibleValue_Throws(string property, Func<CachePolicy> build) =>
        Assert.Equal(property, Assert.Throws<ArgumentOutOfRangeException>(build).ParamName);

    [Fact]
    public void Init_ReadableAfterItExpires_SaysBothTimes()
    {
        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(
            () => new EntryCachePolicy { TimeToLive = TimeSpan.FromSeconds(5), ReadableAfter = TimeSpan.FromSeconds(6) });

        Assert.StartsWith("An entry readable after 00:00:06 that lives for 00:00:05 is never read. Make TimeToLive at least as long as ReadableAfter.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_EveryPreset_HasNameAndApartFromUnlimitedDayAndSource()
    {
        Assert.Equal(18, CachePolicies.All.Count);
        foreach ((string name, CachePolicy policy) in CachePolicies.All)
        {
            Assert.Equal(name, policy.Name);
            Assert.True(name == "unlimited" || (policy.AsOf is not null && policy.Source is not null), name);
        }
    }

    [Fact]
    public void TryGet_NameInAnotherCase_IsFound()
    {
        Assert.True(CachePolicies.TryGet("Anthropic-1H", out CachePolicy? policy));
        Assert.Same(CachePolicies.Anthropic1h, policy);
        Assert.False(CachePolicies.TryGet("anthropic", out _));
    }

    [Fact]
    public void Send_AgeExactlyTheTimeToLive_IsStillFound()
    {
        EntryCachePolicy policy = CachePolicies.Anthropic5m;
        Assert.Equal([0, 2_000], Reads(policy, At(0, Text("p", 2_000)), At(300, Text("p", 2_000))));
        Assert.Equal([0, 0], Reads(policy, At(0, Text("p", 2_000)), At(300.001, Text("p", 2_000))));
    }

    [Fact]
    public void Send_WithoutRefresh_AgeCountsFromTheWrite()
    {
        PrefixCachePolicy policy = new() { TimeToLive = TimeSpan.FromSeconds(10), RefreshOnRead = false };
        PromptRequest[] requests = [At(0, Text("p", 100)), At(8, Text("p", 100)), At(16, Text("p", 100))];

        Assert.Equal([0, 100, 0], Reads(policy, requests));
        Assert.Equal([0, 100, 100], Reads(policy with { RefreshOnRead = true }, requests));
    }

    [Fact]
    public void Send_EntryBeyondTheLookback_IsNotFound()
    {
        EntryCachePolicy policy = new() { Lookback = 3 };
        PromptSegment[] parts = [.. Enumerable.Range(0, 4).Select(i => Text($"{i}", 10))];

        // The entry ends at segment 1; three positions back from segment 3 are 3, 2 and 1, from segment 4 are 4, 3 and 2.
        Assert.Equal([0, 10], Reads(policy, At(0, parts[0]), At(1, parts[0], parts[1], parts[2])));
        Assert.Equal([0, 0], Reads(policy, At(0, parts[0]), At(1, parts[0], parts[1], parts[2], parts[3])));
    }

    [Fact]
    public void Send_MoreBreakpointsThanCount_KeepsTheLast()
    {
        EntryCachePolicy policy = new() { MaximumBreakpoints = 2, AutomaticBreakpoint = false };
        PromptSegment[] parts = [Text("a", 10, true), Text("b", 10, true), Text("c", 10, true), Text("d", 10)];

        Assert.Equal([0, 0], Reads(policy, At(0, parts), At(1, parts[0])));
        Assert.Equal([0, 20], Reads(policy, At(0, parts), At(1, parts[0], parts[1])));
        Assert.Equal(30, CacheTotals.Sum(Usages(policy with { WriteBucket = TokenBucket.CacheWrite }, At(0, parts))).Usage.CacheWrite);
    }

    [Fact]
    public void Send_PrefixPolicyThatChargesWrites_WritesWholeSteps()
    {
        PrefixCachePolicy policy = new() { Granularity = 256, MinimumTokens = 256, WriteBucket = TokenBucket.CacheWrite5m };
        TokenUsage[] usages = Usages(policy, At(0, Text("a", 600)), At(1, Text("a", 600), Text("b", 200)), At(2, Text("c", 255)));

        // 600 = 2 x 256 + 88; then 800 = 3 x 256 + 32, of which 512 are read.
        Assert.Equal(
            [
                new TokenUsage { CacheWrite5m = 512, Input = 88 },
                new TokenUsage { CacheRead = 512, CacheWrite5m = 256, Input = 32 },
                new TokenUsage { Input = 255 },
            ],
            usages);
    }

    [Fact]
    public void Send_CapacityReached_EvictsTheEndOfTheOldestPromptFirst()
    {
        PrefixCachePolicy policy = new() { CapacityBlocks = 3 };
        PromptSegment[] a = [Text("a1", 10), Text("a2", 10)];
        PromptSegment[] b = [Text("b1", 10), Text("b2", 10)];

        Assert.Equal([0, 0, 10], Reads(policy, At(0, a), At(1, b), At(2, a)));
    }

    [Fact]
    public void Send_EarlierThanTheLastRequest_ThrowsWithBothInstants()
    {
        CacheSimulator simulator = new(CachePolicies.Unlimited);
        simulator.Send(At(1, Text("p", 1)));

        ArgumentException error = Assert.Throws<ArgumentException>(() => simulator.Send(At(0, Text("p", 1))));
        Assert.StartsWith(
            "A request of 2026-01-01T00:00:00.0000000+00:00 cannot follow one of 2026-01-01T00:00:01.0000000+00:00. Sort the requests by the time they start.",
            error.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Send_EmptyPrompt_ConsumesOutputOnly()
    {
        PromptRequest empty = At(0) with { OutputTokens = 5, ReasoningTokens = 7 };

        Assert.Equal(new TokenUsage { Output = 5, Reasoning = 7 }, new CacheSimulator(CachePolicies.Anthropic5m).Send(empty));
        Assert.Equal(new TokenUsage { Output = 5, Reasoning = 7 }, new CacheSimulator(CachePolicies.OpenAIInMemory).Send(empty));
    }
}
