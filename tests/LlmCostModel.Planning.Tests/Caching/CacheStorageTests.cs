using CsCheck;
using LlmCostModel.TestData;
using static LlmCostModel.Planning.Tests.Prompts;

namespace LlmCostModel.Planning.Tests;

/// <summary>Explicit caches are paid for by the time that they live (findings 4.1).</summary>
public sealed class CacheStorageTests
{
    private static readonly CostEstimator Gemini = new(RateCardJson.Parse(
        """
        { "Provider": "google", "Currency": "USD", "Models": { "gemini-3.1-pro-preview": {
          "PerMillionTokens": { "Input": 2, "CacheRead": 0.2, "Output": 12 }, "PerMeter": { "CacheStorageTokenSecond": { "Price": 4.5, "Per": 3600000000 } } } } }
        """, "google"));

    /// <summary>Without: 300,300 x 2 + 900 x 12 = 0.6114. With: 100,000 are written as input, 200,000 read at 0.2, 300 fresh, 900 out: 0.2514;
    /// 0.1 million tokens for an hour at 4.50 more: 0.7014.</summary>
    [Fact]
    public void Compare_ThreeCallsInAnHour_StorageMakesItDearer()
    {
        IReadOnlyList<CandidateCost> costs = Compare(3, 20, new WorkloadCandidate { Model = "gemini-3.1-pro-preview" }, Explicit(CachePolicies.GeminiExplicit));

        Assert.Equal([0.6114m, 0.7014m], costs.Select(cost => cost.Total!.Value.Amount));
        Assert.Equal(360_000_000m, costs[1].Totals.Meters[MeterNames.CacheStorageTokenSecond]);
        Assert.Contains("Storage is billed until entries expire, also after the last request: 100,000 token-hours.", costs[1].Assumptions);
    }

    /// <summary>Every 10 minutes for 110: one cache of 2 hours. 0.2 + 11 x 0.02 + 12 x 0.0038 + 0.2 million token-hours x 4.50.</summary>
    [Fact]
    public void Compare_TwelveCallsOverOneCacheOfTwoHours() =>
        Assert.Equal(1.3656m, Compare(12, 10, Explicit(CachePolicies.GeminiExplicit with { TimeToLive = TimeSpan.FromHours(2) }))[0].Total!.Value.Amount);

    /// <summary>The cache of one hour is still found at 60 minutes, and made again at 70: 2 x 0.2 + 10 x 0.02 + 12 x 0.0038 + 2 x 0.45.</summary>
    [Fact]
    public void Compare_TwelveCallsOverCachesOfAnHour_MakeTwo() =>
        Assert.Equal(1.5456m, Compare(12, 10, Explicit(CachePolicies.GeminiExplicit))[0].Total!.Value.Amount);

    [Fact]
    public void Compare_ModelWithoutAPriceOfStorage_IsPartial()
    {
        CostEstimator plain = new(Prices.Card("acme", ("plain", new() { Input = 1m, CacheRead = 0.1m, Output = 2m })));
        CandidateCost cost = WorkloadComparison.Compare(plain, Calls(3, 20), Explicit(CachePolicies.GeminiExplicit) with { Model = "plain" })[0];

        Assert.Equal(CostStatus.Partial, cost.Status);
        Assert.Contains(MeterNames.CacheStorageTokenSecond, Assert.Single(cost.Issues).Message, StringComparison.Ordinal);
    }

    /// <summary>A request names one content: a longer one is made whole, although a shorter one is there.</summary>
    [Fact]
    public void Send_LongerContent_IsMadeWhole()
    {
        PromptRequest[] requests = [At(0, Text("a", 5_000, breakpoint: true)), At(1, Text("a", 5_000, breakpoint: true), Text("b", 1_000, breakpoint: true))];
        CacheSimulator simulator = new(CachePolicies.GeminiExplicit);
        decimal[] stored = [.. requests.Select(request => { simulator.Send(request, out MeteredQuantities meters); return meters[MeterNames.CacheStorageTokenSecond]; })];

        Assert.Equal([0, 0], Reads(CachePolicies.GeminiExplicit, requests));
        Assert.Equal([18_000_000m, 21_600_000m], stored); // 5,000 and 6,000 tokens, an hour each
    }

    [Fact]
    public void Send_ReadsThatRenew_PayForTheTimeGained()
    {
        CacheSimulator simulator = new(CachePolicies.GeminiExplicit with { MinimumTokens = 0, RefreshOnRead = true, TimeToLive = TimeSpan.FromSeconds(100) });
        decimal Stored(double seconds)
        {
            simulator.Send(At(seconds, Text("a", 10, breakpoint: true)), out MeteredQuantities meters);
            return meters[MeterNames.CacheStorageTokenSecond];
        }

        // 10 tokens for 100 s; at 30 s until 130 s, 30 s more; expired at 200 s, so for 100 s again.
        Assert.Equal([1_000m, 300m, 1_000m], new[] { Stored(0), Stored(30), Stored(200) });
    }

    [Fact]
    public void Send_AnyPolicyThatBillsStorage_PaysForTheLivesOfItsEntries()
    {
        SampleCounts reached = new();
        Gen.Select(RandomWorkloads.Entry, RandomWorkloads.Requests, Gen.Int[1, 20]).Sample((random, requests, seconds) =>
        {
            EntryCachePolicy policy = random with { DetectCommonPrefix = false, BillsStorage = true, ReadableAfter = TimeSpan.Zero };
            policy = policy with { TimeToLive = TimeSpan.FromSeconds(seconds) };
            CacheSimulator simulator = new(policy);
            NaiveCache naive = new(policy);
            decimal stored = 0;
            foreach (PromptRequest request in requests)
            {
                simulator.Send(request, out MeteredQuantities meters);
                naive.Send(request.At, request.Scope, request.Prompt);
                stored += meters[MeterNames.CacheStorageTokenSecond];
            }

            Assert.Equal(naive.StorageTokenSeconds, stored);
            reached.Add(("stores", stored > 0), ("renews", policy.RefreshOnRead));
        }, iter: SampleSize.Of(4_000));

        reached.AssertReached(("stores", 70), ("renews", 40));
    }

    [Fact]
    public void Create_StorageWithoutAnEnd_IsRefused() => Assert.StartsWith(
        "A cache whose storage is billed needs a time to live",
        Assert.Throws<ArgumentException>(() => new CacheSimulator(CachePolicies.GeminiExplicit with { TimeToLive = null })).Message,
        StringComparison.Ordinal);

    private static WorkloadCandidate Explicit(CachePolicy policy) => new() { Model = "gemini-3.1-pro-preview", Label = "explicit", Cache = policy };

    private static Workload Calls(int count, int minutes) => Workload.Create(Enumerable.Range(0, count).Select(number =>
        At(number * minutes * 60, Text("document", 100_000, breakpoint: true), Text($"question {number}", 100)) with { OutputTokens = 300 }));

    private static IReadOnlyList<CandidateCost> Compare(int count, int minutes, params WorkloadCandidate[] candidates) =>
        WorkloadComparison.Compare(Gemini, Calls(count, minutes), candidates);
}
