using System.Collections.Immutable;
using CsCheck;
using LlmCostModel.TestData;

namespace LlmCostModel.Planning.Tests;

/// <summary>Traces of blocks under policies of entries (findings 1.3): the prompt ends somewhere in a block, whose id never comes back.</summary>
public sealed class BlockTraceTests
{
    private const int Block = 4;

    private static readonly EntryCachePolicy Entries = CachePolicies.Anthropic5m with { MinimumTokens = 0 };

    private static readonly Gen<PromptRequest[]> Traces =
        Gen.Select(Gen.Int[0, 4], Gen.Int[0, 2].Array[0, 7], Gen.Int[0, Block - 1], Gen.Bool).Array[4, 40].Select(calls =>
        {
            DateTimeOffset at = Prompts.Start;
            int partial = 100;
            return calls.Select(call =>
            {
                (int gap, int[] blocks, int rest, bool again) = call;
                at += TimeSpan.FromSeconds(gap);
                return Trace(at, blocks, rest, again ? 99 : partial++);
            }).ToArray();
        });

    /// <summary>Blocks 1 and 2 are whole in both prompts: 8 tokens are written, then read; 4 more are written. The rests of 2 and 3 tokens
    /// are plain input.</summary>
    [Fact]
    public void Send_PromptThatGoesOn_ReadsUpToTheLastWholeBlock()
    {
        TokenUsage[] usages = Prompts.Usages(Entries, Trace(0, [1, 2], 2, 3), Trace(1, [1, 2, 4], 3, 5));

        Assert.Equal(new TokenUsage { CacheWrite5m = 8, Input = 2 }, usages[0]);
        Assert.Equal(new TokenUsage { CacheRead = 8, CacheWrite5m = 4, Input = 3 }, usages[1]);
    }

    /// <summary>The policy looks back over 20 parts of messages; the entry is 30 blocks back.</summary>
    [Fact]
    public void Send_EntryManyBlocksBack_IsFound()
    {
        Assert.Equal(20, Entries.Lookback);
        Assert.Equal([0, 120], Prompts.Reads(Entries, Trace(0, [.. Enumerable.Range(0, 30)]), Trace(1, [.. Enumerable.Range(0, 60)])));
    }

    [Fact]
    public void Send_SamePromptWithSameRest_DoesNotReadTheRest() =>
        Assert.Equal([0, 8], Prompts.Reads(Entries, Trace(0, [1, 2], 3, 9), Trace(1, [1, 2], 3, 9)));

    /// <summary>The second prompt departs after two blocks, which becomes an entry that the third reads.</summary>
    [Fact]
    public void Send_CommonPrefixOfBlocks_IsReadFromTheThirdOn() => Assert.Equal(
        [0, 0, 8],
        Prompts.Reads(CachePolicies.DeepSeekV4, Trace(0, [1, 2, 3], 1, 9), Trace(1, [1, 2, 4], 1, 9), Trace(2, [1, 2, 5], 1, 9)));

    [Theory]
    [InlineData("bedrock-5m")]
    [InlineData("openai-explicit")]
    [InlineData("gemini-explicit")]
    [InlineData("qwen-explicit")]
    public void Send_PolicyThatNeedsBreakpoints_IsRefused(string policy) => Assert.StartsWith(
        $"'{policy}' caches only where the caller sets a breakpoint, and the requests have none",
        Assert.Throws<ArgumentException>(() => Prompts.Reads(CachePolicies.All[policy], Trace(0, [1, 2]))).Message,
        StringComparison.Ordinal);

    /// <summary>A breakpoint in the rest of the prompt counts at the last whole block.</summary>
    [Fact]
    public void Send_BreakpointInTheRest_CountsAtTheLastWholeBlock()
    {
        PromptRequest request = Trace(0, [1, 2], 3, 9);
        request = request with { Prompt = request.Prompt.SetItem(2, request.Prompt[2] with { Breakpoint = true }) };

        Assert.Equal([0, 8], Prompts.Reads(CachePolicies.Bedrock5m with { MinimumTokens = 0 }, request, request));
    }

    [Fact]
    public void Send_MoreWholeBlocksThanSegments_Throws() => Assert.StartsWith(
        "A request of 2 segments cannot have 3 whole blocks.",
        Assert.Throws<ArgumentException>(() => Prompts.Reads(Entries, Trace(0, [1, 2]) with { WholeBlocks = 3 })).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Assumptions_BlocksUnderEntries_SaySo()
    {
        CacheSimulator simulator = new(Entries);
        simulator.Send(Trace(0, [1, 2], 3, 9));

        Assert.Equal(
            [
                "Entries are readable at once; they are when the first response starts.",
                "The trace has blocks, not messages: entries end at the last whole block of a prompt, what follows it is never read. The limit of "
                    + "the look-back counts parts of messages and is left out.",
            ],
            simulator.Assumptions.AsEnumerable());
    }

    /// <summary>Every preset that sets the breakpoint itself, against the naive simulator on the whole blocks alone, and against the prefix
    /// rule, which finds more.</summary>
    [Fact]
    public void Send_EveryEntryPreset_ReadsWholeBlocksAndNoMoreThanThePrefixRule()
    {
        SampleCounts reached = new();
        EntryCachePolicy[] presets = [.. CachePolicies.All.Values.OfType<EntryCachePolicy>().Where(policy => policy.AutomaticBreakpoint)];
        Assert.Equal(["anthropic-1h", "anthropic-5m", "deepseek-v4", "openai-implicit"], presets.Select(policy => policy.Name).Order(StringComparer.Ordinal));
        Gen.Select(Gen.Int[0, presets.Length - 1].Select(index => presets[index]), Traces, Gen.Long[0, 12], Gen.Int[2, 30]).Sample((preset, requests, minimum, seconds) =>
        {
            EntryCachePolicy policy = preset with { MinimumTokens = minimum, TimeToLive = TimeSpan.FromSeconds(seconds), WriteBucket = TokenBucket.CacheWrite };
            PrefixCachePolicy prefix = new() { MinimumTokens = minimum, TimeToLive = policy.TimeToLive };
            CacheSimulator simulator = new(policy), upper = new(prefix);
            NaiveCache naive = new(policy with { Lookback = int.MaxValue });
            long total = 0, most = 0;
            foreach (PromptRequest request in requests)
            {
                TokenUsage usage = simulator.Send(request);
                (long read, long written) = naive.Send(request.At, request.Scope, request.Prompt[..request.WholeBlocks!.Value]);
                Assert.Equal((read, written), (usage.CacheRead, usage.CacheWrite));
                Assert.Equal(0, usage.CacheRead % Block);
                total += usage.CacheRead;
                most += upper.Send(request).CacheRead;
            }

            Assert.True(total <= most);
            reached.Add(("reads", total > 0), ("less than the prefix rule", total < most));
        }, iter: SampleSize.Of(4_000));

        reached.AssertReached(("reads", 60), ("less than the prefix rule", 30));
    }

    private static PromptRequest Trace(double seconds, int[] blocks, int rest = 0, int restId = 0) => Trace(Prompts.Start.AddSeconds(seconds), blocks, rest, restId);

    private static PromptRequest Trace(DateTimeOffset at, int[] blocks, int rest, int restId)
    {
        IEnumerable<PromptSegment> whole = blocks.Select(id => new PromptSegment { Content = (UInt128)id, Tokens = Block });
        ImmutableArray<PromptSegment> prompt = rest == 0 ? [.. whole] : [.. whole, new PromptSegment { Content = (UInt128)(1_000 + restId), Tokens = rest }];
        return new() { At = at, Prompt = prompt, WholeBlocks = blocks.Length };
    }
}
