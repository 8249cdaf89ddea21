using CsCheck;
using LlmCostModel.TestData;
using static LlmCostModel.Planning.Tests.Prompts;

namespace LlmCostModel.Planning.Tests;

/// <summary>
/// What holds for all workloads. That more of something never reads less holds for every policy where it says nothing else,
/// and for those that refresh what they read where it takes <see cref="Prefix"/> or <see cref="Entry"/>; the counterexamples stand at the
/// end.
/// </summary>
public sealed class CacheSimulatorPropertyTests
{
    private static readonly int Workloads = SampleSize.Of(10_000);

    private static readonly Gen<PrefixCachePolicy> Prefix = RandomWorkloads.Prefix.Select(policy => policy with { RefreshOnRead = true });
    private static readonly Gen<CachePolicy> Any = Gen.OneOf(
        RandomWorkloads.Prefix.Select(policy => (CachePolicy)policy), RandomWorkloads.Entry.Select(policy => (CachePolicy)policy));

    private static readonly Gen<EntryCachePolicy> Entry = RandomWorkloads.Entry.Select(policy => policy with { RefreshOnRead = true });

    [Fact]
    public void Send_PrefixRule_AgreesWithTheNaiveSimulator()
    {
        SampleCounts reached = new();
        Gen.Select(RandomWorkloads.Prefix, RandomWorkloads.Requests)
            .Sample((policy, requests) => AssertAgrees(policy, requests, reached), iter: Workloads);

        reached.AssertReached(("reads", 55), ("writes", 40), ("forgets", 30));
    }

    [Fact]
    public void Send_EntryRule_AgreesWithTheNaiveSimulator()
    {
        SampleCounts reached = new();
        Gen.Select(RandomWorkloads.Entry, RandomWorkloads.Requests)
            .Sample((policy, requests) => AssertAgrees(policy, requests, reached), iter: Workloads);

        reached.AssertReached(("reads", 55), ("writes", 40), ("forgets", 40), ("common prefix", 25));
    }

    [Fact]
    public void Send_PrefixRule_LongerTimeToLiveNeverReadsLess() =>
        Gen.Select(Prefix, RandomWorkloads.Requests, Gen.Int[1, 40], Gen.Int[0, 40]).Sample((policy, requests, seconds, more) =>
        {
            PrefixCachePolicy shorter = Living(policy, seconds);
            return Read(shorter, requests) <= Read(Living(shorter, seconds + more), requests);
        }, iter: Workloads);

    [Fact]
    public void Send_EntryRule_LongerTimeToLiveNeverReadsLess() =>
        Gen.Select(Entry, RandomWorkloads.Requests, Gen.Int[1, 40], Gen.Int[0, 40]).Sample((policy, requests, seconds, more) =>
        {
            EntryCachePolicy shorter = Living(policy, seconds);
            return Read(shorter, requests) <= Read(Living(shorter, seconds + more), requests);
        }, iter: Workloads);

    [Fact]
    public void Send_FinerGranularity_NeverReadsLess() =>
        Gen.Select(RandomWorkloads.Prefix, RandomWorkloads.Requests, Gen.Int[1, 12], Gen.Int[1, 12])
            .Sample((policy, requests, fine, times) =>
                Read(policy with { Granularity = fine * times }, requests) <= Read(policy with { Granularity = fine }, requests),
                iter: Workloads);

    [Fact]
    public void Send_PrefixRule_LowerMinimumNeverReadsLess() =>
        Gen.Select(RandomWorkloads.Prefix, RandomWorkloads.Requests, Gen.Long[0, 60], Gen.Long[0, 60])
            .Sample((policy, requests, minimum, more) =>
                Read(policy with { MinimumTokens = minimum + more }, requests) <= Read(policy with { MinimumTokens = minimum }, requests),
                iter: Workloads);

    [Fact]
    public void Send_EntryRule_LowerMinimumNeverReadsLess() =>
        Gen.Select(Entry, RandomWorkloads.Requests, Gen.Long[0, 60], Gen.Long[0, 60]).Sample((policy, requests, minimum, more) =>
            Read(policy with { MinimumTokens = minimum + more }, requests) <= Read(policy with { MinimumTokens = minimum }, requests),
                iter: Workloads);

    [Fact]
    public void Send_MoreCapacity_NeverReadsLess() =>
        Gen.Select(Prefix, RandomWorkloads.Requests, Gen.Long[1, 20], Gen.Long[0, 20]).Sample((policy, requests, capacity, more) =>
            Read(policy with { CapacityBlocks = capacity }, requests) <= Read(policy with { CapacityBlocks = capacity + more }, requests),
                iter: Workloads);

    [Fact]
    public void Send_LongerLookback_NeverReadsLess() =>
        Gen.Select(Entry, RandomWorkloads.Requests, Gen.Int[1, 6], Gen.Int[0, 6]).Sample((policy, requests, lookback, more) =>
            Read(policy with { Lookback = lookback }, requests) <= Read(policy with { Lookback = lookback + more }, requests),
                iter: Workloads);

    [Fact]
    public void Send_EverythingInOneScope_NeverReadsLess() =>
        Gen.Select(Prefix, RandomWorkloads.Requests).Sample((policy, requests) =>
            Read(policy, requests) <= Read(policy, [.. requests.Select(request => request with { Scope = "" })]), iter: Workloads);

    [Fact]
    public void Send_AnyPolicy_ClassesSumToThePrompt() =>
        Gen.Select(Any, RandomWorkloads.Requests).Sample((policy, requests) =>
        {
            CacheSimulator simulator = new(policy);
            return requests.All(request =>
            {
                TokenUsage usage = simulator.Send(request);
                return usage.Input + usage.CacheRead + usage.TotalCacheWrite == request.Prompt.Sum(segment => segment.Tokens);
            });
        }, iter: Workloads);

    /// <summary>At 29 s all four segments are read from the entry of the first request. The three before them were only seen, so the
    /// breakpoints write entries there, which the shorter prompts read.</summary>
    [Fact]
    public void Send_BreakpointsInsideOfWhatIsRead_BecomeEntriesWithDetectionToo()
    {
        EntryCachePolicy policy = new() { TimeToLive = TimeSpan.FromSeconds(34), Lookback = 1, MaximumBreakpoints = 4, DetectCommonPrefix = true };
        PromptSegment a = Text("a", 5);
        PromptSegment marked = a with { Breakpoint = true };
        PromptRequest[] requests = [At(0, a, a, a, a), At(29, marked, marked, marked, a), At(33, a, a, a), At(43, marked, marked)];

        Assert.Equal([0, 20, 15, 10], Reads(policy, requests));
        Assert.Equal([0, 20, 15, 10], Reads(policy with { DetectCommonPrefix = false }, requests));
    }

    // The exceptions that make refresh a condition above: what is found early is not written again, so it is too old, or evicted, later.

    /// <summary>Living 20 s, "a" is read at 11 s and "b" written; at 21 s "a" is too old and "b" of no use. Living 10 s, both are written
    /// at 11 s and both are read at 21 s.</summary>
    [Fact]
    public void Send_PrefixRuleWithoutRefresh_LongerTimeToLiveCanReadLess()
    {
        PrefixCachePolicy policy = new() { RefreshOnRead = false };
        PromptRequest[] requests = [At(0, Text("a", 10)), At(11, Text("a", 10), Text("b", 90)), At(21, Text("a", 10), Text("b", 90))];

        Assert.Equal([0, 0, 100], Reads(Living(policy, 10), requests));
        Assert.Equal([0, 10, 0], Reads(Living(policy, 20), requests));
    }

    /// <summary>Living 20 s, "a" is read at 11 s, too old at 21 s, and written three times at once. Living 10 s, it is written at 11 s and
    /// read three times.</summary>
    [Fact]
    public void Send_EntryRuleWithoutRefresh_LongerTimeToLiveCanReadLess()
    {
        EntryCachePolicy policy = new() { RefreshOnRead = false, ReadableAfter = TimeSpan.FromSeconds(1) };
        PromptSegment a = Text("a", 10);
        PromptRequest[] requests = [At(0, a), At(11, a), At(21, a), At(21, a), At(21, a)];

        Assert.Equal([0, 0, 10, 10, 10], Reads(Living(policy, 10), requests));
        Assert.Equal([0, 10, 0, 0, 0], Reads(Living(policy, 20), requests));
    }

    /// <summary>Of three blocks, "a" is the oldest when it is read and "b" written, and is evicted for it. Of two, both are written after
    /// it was evicted.</summary>
    [Fact]
    public void Send_WithoutRefresh_MoreCapacityCanReadLess()
    {
        PrefixCachePolicy policy = new() { RefreshOnRead = false };
        PromptRequest[] requests =
        [
            At(0, Text("a", 10)), At(1, Text("x", 10)), At(2, Text("y", 10)),
            At(3, Text("a", 10), Text("b", 90)), At(4, Text("a", 10), Text("b", 90)),
        ];

        Assert.Equal([0, 0, 0, 0, 100], Reads(policy with { CapacityBlocks = 2 }, requests));
        Assert.Equal([0, 0, 0, 10, 0], Reads(policy with { CapacityBlocks = 3 }, requests));
    }

    /// <summary>A policy with a time to live, of at least the time after which it is readable.</summary>
    private static TPolicy Living<TPolicy>(TPolicy policy, int seconds)
        where TPolicy : CachePolicy
    {
        TimeSpan life = TimeSpan.FromSeconds(seconds);
        TimeSpan readableAfter = policy.ReadableAfter > life ? life : policy.ReadableAfter;
        return policy with { TimeToLive = null } with { ReadableAfter = readableAfter } with { TimeToLive = life };
    }

    private static long Read(CachePolicy policy, IReadOnlyList<PromptRequest> requests) => Reads(policy, requests).Sum();

    private static void AssertAgrees(CachePolicy policy, PromptRequest[] requests, SampleCounts reached)
    {
        CacheSimulator simulator = new(policy);
        NaiveCache naive = new(policy);
        CacheTotals totals = default;
        bool forgets = false;
        foreach (PromptRequest request in requests)
        {
            int before = simulator.LiveEntries;
            TokenUsage usage = simulator.Send(request);
            (long read, long written) = naive.Send(request.At, request.Scope, request.Prompt);
            Assert.Equal((read, policy.WriteBucket is null ? 0 : written), (usage.CacheRead, usage.TotalCacheWrite));
            totals = totals.Add(usage);
            forgets |= simulator.LiveEntries < before;
        }

        reached.Add(
            ("reads", totals.Usage.CacheRead > 0),
            ("writes", totals.Usage.TotalCacheWrite > 0),
            ("forgets", forgets),
            ("common prefix", totals.Usage.CacheRead > 0 && policy is EntryCachePolicy { DetectCommonPrefix: true }));
    }
}
