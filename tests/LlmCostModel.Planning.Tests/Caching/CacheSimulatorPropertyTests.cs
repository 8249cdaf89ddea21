using CsCheck;
using LlmCostModel.TestData;

namespace LlmCostModel.Planning.Tests;

public sealed class CacheSimulatorPropertyTests
{
    private static readonly int Workloads = SampleSize.Of(10_000);

    [Fact]
    public void Send_PrefixRule_AgreesWithTheNaiveSimulator() =>
        Gen.Select(RandomWorkloads.Prefix, RandomWorkloads.Requests).Sample((policy, requests) => AssertAgrees(policy, requests), iter: Workloads);

    [Fact]
    public void Send_EntryRule_AgreesWithTheNaiveSimulator() =>
        Gen.Select(RandomWorkloads.Entry, RandomWorkloads.Requests).Sample((policy, requests) => AssertAgrees(policy, requests), iter: Workloads);

    [Fact]
    public void Send_PrefixRule_LongerTimeToLiveNeverReadsLess() =>
        Gen.Select(RandomWorkloads.Prefix, RandomWorkloads.Requests, Gen.Int[1, 40], Gen.Int[0, 40]).Sample((policy, requests, seconds, more) =>
        {
            // A capacity evicts by age too, so entries that live longer can push out others.
            PrefixCachePolicy shorter = policy with { RefreshOnRead = true, CapacityBlocks = null, ReadableAfter = TimeSpan.Zero, TimeToLive = TimeSpan.FromSeconds(seconds) };
            return Read(shorter, requests) <= Read(shorter with { TimeToLive = TimeSpan.FromSeconds(seconds + more) }, requests);
        }, iter: Workloads);

    [Fact]
    public void Send_EntryRule_LongerTimeToLiveNeverReadsLess() =>
        Gen.Select(RandomWorkloads.Entry, RandomWorkloads.Requests, Gen.Int[1, 40], Gen.Int[0, 40]).Sample((policy, requests, seconds, more) =>
        {
            EntryCachePolicy shorter = policy with { RefreshOnRead = true, ReadableAfter = TimeSpan.Zero, TimeToLive = TimeSpan.FromSeconds(seconds) };
            return Read(shorter, requests) <= Read(shorter with { TimeToLive = TimeSpan.FromSeconds(seconds + more) }, requests);
        }, iter: Workloads);

    [Fact]
    public void Send_FinerGranularity_NeverReadsLess() =>
        Gen.Select(RandomWorkloads.Prefix, RandomWorkloads.Requests, Gen.Int[1, 12], Gen.Int[1, 12]).Sample((policy, requests, fine, times) =>
            Read(policy with { Granularity = fine * times }, requests) <= Read(policy with { Granularity = fine }, requests), iter: Workloads);

    [Fact]
    public void Send_PrefixRule_LowerMinimumNeverReadsLess() =>
        Gen.Select(RandomWorkloads.Prefix, RandomWorkloads.Requests, Gen.Long[0, 60], Gen.Long[0, 60]).Sample((policy, requests, minimum, more) =>
            Read(policy with { MinimumTokens = minimum + more }, requests) <= Read(policy with { MinimumTokens = minimum }, requests), iter: Workloads);

    [Fact]
    public void Send_EntryRule_LowerMinimumNeverReadsLess() =>
        Gen.Select(RandomWorkloads.Entry, RandomWorkloads.Requests, Gen.Long[0, 60], Gen.Long[0, 60]).Sample((policy, requests, minimum, more) =>
        {
            EntryCachePolicy refreshed = policy with { RefreshOnRead = true, ReadableAfter = TimeSpan.Zero };
            return Read(refreshed with { MinimumTokens = minimum + more }, requests) <= Read(refreshed with { MinimumTokens = minimum }, requests);
        }, iter: Workloads);

    [Fact]
    public void Send_MoreCapacity_NeverReadsLess() =>
        Gen.Select(RandomWorkloads.Prefix, RandomWorkloads.Requests, Gen.Long[1, 20], Gen.Long[0, 20]).Sample((policy, requests, capacity, more) =>
        {
            PrefixCachePolicy smaller = policy with { RefreshOnRead = true, TimeToLive = null, ReadableAfter = TimeSpan.Zero, CapacityBlocks = capacity };
            return Read(smaller, requests) <= Read(smaller with { CapacityBlocks = capacity + more }, requests);
        }, iter: Workloads);

    [Fact]
    public void Send_LongerLookback_NeverReadsLess() =>
        Gen.Select(RandomWorkloads.Entry, RandomWorkloads.Requests, Gen.Int[1, 6], Gen.Int[0, 6]).Sample((policy, requests, lookback, more) =>
        {
            EntryCachePolicy refreshed = policy with { RefreshOnRead = true, ReadableAfter = TimeSpan.Zero };
            return Read(refreshed with { Lookback = lookback }, requests) <= Read(refreshed with { Lookback = lookback + more }, requests);
        }, iter: Workloads);

    [Fact]
    public void Send_EverythingInOneScope_NeverReadsLess() =>
        Gen.Select(RandomWorkloads.Prefix, RandomWorkloads.Requests).Sample((policy, requests) =>
        {
            PrefixCachePolicy unlimited = policy with { CapacityBlocks = null, RefreshOnRead = true, ReadableAfter = TimeSpan.Zero };
            return Read(unlimited, requests) <= Read(unlimited, [.. requests.Select(request => request with { Scope = "" })]);
        }, iter: Workloads);

    [Fact]
    public void Send_AnyPolicy_ClassesSumToThePrompt() =>
        Gen.Select(Gen.OneOf(RandomWorkloads.Prefix.Select(policy => (CachePolicy)policy), RandomWorkloads.Entry.Select(policy => (CachePolicy)policy)), RandomWorkloads.Requests).Sample((policy, requests) =>
        {
            CacheSimulator simulator = new(policy);
            return requests.All(request =>
            {
                TokenUsage usage = simulator.Send(request);
                return usage.Input + usage.CacheRead + usage.TotalCacheWrite == request.Prompt.Sum(segment => segment.Tokens);
            });
        }, iter: Workloads);

    [Fact]
    public void Send_WithoutRefresh_LongerTimeToLiveCanReadLess()
    {
        // The exception that makes refresh a condition above: living 20 s, "a" is read at 11 s and "b" written; at 21 s "a" is too old and "b" of no use.
        // Living 10 s, both are written at 11 s and both are read at 21 s.
        PrefixCachePolicy policy = new() { RefreshOnRead = false };
        PromptRequest[] requests =
        [
            Prompts.At(0, Prompts.Text("a", 10)),
            Prompts.At(11, Prompts.Text("a", 10), Prompts.Text("b", 90)),
            Prompts.At(21, Prompts.Text("a", 10), Prompts.Text("b", 90)),
        ];

        Assert.Equal([0, 0, 100], Prompts.Reads(policy with { TimeToLive = TimeSpan.FromSeconds(10) }, requests));
        Assert.Equal([0, 10, 0], Prompts.Reads(policy with { TimeToLive = TimeSpan.FromSeconds(20) }, requests));
    }

    private static long Read(CachePolicy policy, IReadOnlyList<PromptRequest> requests) => Prompts.Reads(policy, requests).Sum();

    private static void AssertAgrees(CachePolicy policy, PromptRequest[] requests)
    {
        CacheSimulator simulator = new(policy);
        NaiveCache naive = new(policy);
        foreach (PromptRequest request in requests)
        {
            TokenUsage usage = simulator.Send(request);
            (long read, long written) = naive.Send(request.At, request.Scope, request.Prompt);
            Assert.Equal((read, policy.WriteBucket is null ? 0 : written), (usage.CacheRead, usage.TotalCacheWrite));
        }
    }
}
