using System.Globalization;

namespace LlmCostModel.Planning.Tests;

/// <summary>The numeric checks N1 to N40, each in one line with what it is made of. Where a check has its own test, that one goes into
/// detail.</summary>
public sealed class ModellingChecksTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private static readonly TokenUsage DeepSeekDay = new() { Input = 266_000_000_000, CacheRead = 342_000_000_000, Output = 168_000_000_000 };

    private static readonly ServingNode Node = PublishedThroughput.Find("deepseek-day")!.CreateNode(2, 1);

    private static readonly PublishedCase[] All =
    [
        Case("N1", "DeepSeek's day at R1", "562100.00", () => Price("deepseek-reasoner", DeepSeekDay)),
        Case("N1", "the day at o1 over R1", "29.5944", () => Price("o1", DeepSeekDay) / Price("deepseek-reasoner", DeepSeekDay)),
        Case("N2", "o1 over R1: input", "27.2727", () => Ratio(new() { Input = 1_000_000 })),
        Case("N2", "o1 over R1: output", "27.3973", () => Ratio(new() { Output = 1_000_000 })),
        Case("N2", "o1 over R1: hits", "53.5714", () => Ratio(new() { CacheRead = 1_000_000 })),
        Case("N2", "o1 over R1: three of input to one of output", "27.34375", () => Ratio(new() { Input = 3_000_000, Output = 1_000_000 })),
        Case("N3", "R1's input at 56.3% of hits", "0.31917", () => Price("deepseek-reasoner", new() { Input = 437_000, CacheRead = 563_000 })),
        Case("N3", "o1 over R1 there", "33.767", () => Ratio(new() { Input = 437_000, CacheRead = 563_000 })),
        Case("N4", "DeepSeek's margin, 562,027 over 87,072", "5.4547", () => (1 / BreakEven.FindSelfHostingLoad(87_072, 562_027).Units) - 1),
        Case("N5", "the day at V3", "280560", () => Price("deepseek-chat", DeepSeekDay)),
        Case("N6", "requests that pay for a write, 5 minutes", "1.27778", () => BreakEven.FindCacheRequests(1.25m, 0.1m).Units),
        Case("N6", "1 hour", "2.11111", () => BreakEven.FindCacheRequests(2, 0.1m).Units),
        Case("N6", "5 minutes, reads at 0.05", "1.26316", () => BreakEven.FindCacheRequests(1.25m, 0.05m).Units),
        Case("N6", "1 hour, reads at 0.05", "2.05263", () => BreakEven.FindCacheRequests(2, 0.05m).Units),
        Case("N7", "hit rate, 5 minutes", "0.217391", () => BreakEven.FindCacheHitRate(1.25m, 0.1m).Units),
        Case("N7", "hit rate, 1 hour", "0.526316", () => BreakEven.FindCacheHitRate(2, 0.1m).Units),
        Case("N8", "12 requests an hour, 5 minutes", "0.632121", () => HitRate(5)),
        Case("N8", "30 minutes", "0.997521", () => HitRate(30)),
        Case("N8", "1 hour", "0.999994", () => HitRate(60)),
        Case("N9", "multiplier, 5 minutes; the note prints 0.523056", "0.523061", () => CacheMultiplier.ComputeForHitRate(HitRate(5), 1.25m, 0.1m)),
        Case("N9", "30 minutes", "0.102851", () => CacheMultiplier.ComputeForHitRate(HitRate(30), 1.25m, 0.1m)),
        Case("N9", "1 hour", "0.100012", () => CacheMultiplier.ComputeForHitRate(HitRate(60), 2, 0.1m)),
        Case("N10", "padding to 1,024", "220.16", () => CacheMultiplier.FindPaddingLength(1_024, 10, 1.25m, 0.1m)),
        Case("N11", "8 calls over 40K, warm", "0.156", () => 0.08m * CacheMultiplier.ComputeForFanOut(8, 1.25m, 0.1m)),
        Case("N12", "GPT-5.6 implicit, changing tail", "115000", () => Units(reads: 0, writes: 92_000)),
        Case("N13", "one explicit breakpoint", "21850", () => Units(reads: 81_000, writes: 11_000)),
        Case("N14", "explicit mode only", "21350", () => Units(reads: 81_000, writes: 9_000) + 2_000),
        Case("N15", "Claude Code, 5 minutes", "0.1967", () => CacheMultiplier.ComputeForHitRate(0.9159m, 1.25m, 0.1m)),
        Case("N15", "1 hour", "0.1768", () => CacheMultiplier.ComputeForHitRate(0.9596m, 2, 0.1m)), // published of unrounded rates: 0.17671
        Case("N16", "Gemini 3.1 Pro, 100K for 2 hours, 12 calls", "1.34", () => BreakEven.FindCacheStorageCalls(2, 0.20m, 4.50m, 2).Second.At(12) / 10),
        Case("N16", "calls that pay", "6.11", () => BreakEven.FindCacheStorageCalls(2, 0.20m, 4.50m, 2).Units),
        Case("N17", "reads an hour, 2.5 Pro", "4.000", () => BreakEven.FindCacheStorageCallsPerHour(1.25m, 0.125m, 4.50m).Units),
        Case("N17", "3.8 Flash", "0.7407", () => BreakEven.FindCacheStorageCallsPerHour(0.75m, 0.075m, 0.50m).Units),
        Case("N18", "agent loop, prompt tokens", "1770000", () => new AgentLoop { PrefixTokens = 15_000, GrowthTokens = 1_500, Turns = 40 }.PromptTokens),
        Case("N18", "agent loop, written", "73500", () => new AgentLoop { PrefixTokens = 15_000, GrowthTokens = 1_500, Turns = 40 }.WrittenTokens),
        Case("N19", "a month of a PTU, gpt-4.1", "262.80", () => 730 * BreakEven.FindProvisionedLoad(0, 3_000, 2).First.PerUnit),
        Case("N19", "gpt-5", "260.06", () => 730 * BreakEven.FindProvisionedLoad(0, 4_750, 1.25m).First.PerUnit),
        Case("N19", "gpt-5.2", "260.61", () => 730 * BreakEven.FindProvisionedLoad(0, 3_400, 1.75m).First.PerUnit),
        Case("N19", "o4-mini", "260.17", () => 730 * BreakEven.FindProvisionedLoad(0, 5_400, 1.10m).First.PerUnit),
        Case("N20", "PTUs of 60 requests a minute", "80.8", () => ProvisionedPresets.Find("azure gpt-4.1")!.ComputeLoad(108_000, 0.2m, 39_000)),
        Case("N20", "PTUs, sold in fives", "85", () => ProvisionedPresets.Find("azure gpt-4.1")!.ComputeNeeded(108_000, 0.2m, 39_000)),
        Case("N21", "prefill nodes of the day", "95.482", () => Node.ComputeNodes(608_000_000_000m, 0, Day)),
        Case("N21", "decode nodes", "131.381", () => Node.ComputeNodes(0, 168_000_000_000m, Day)),
        Case("N21", "all nodes; they ran 226.75", "226.864", () => Node.ComputeNodes(in DeepSeekDay, Day)),
        Case("N22", "a node's input per million", "0.0603045", () => Node.InputPerMillion),
        Case("N22", "a node's output per million", "0.3003003", () => Node.OutputPerMillion),
        Case("N23", "busy to pay, by the nodes they ran", "0.15492", () => BreakEven.FindSelfHostingLoad(16, 103.276m).Units),
        Case("N24", "2.50 an hour against 0.004", "625", () => BreakEven.FindSelfHostingRequests(2.50m, 0.004m).Units),
        Case("N25", "operations of V3, x 10^24", "3.2856", () => TrainingCompute.ComputeOperations(37e9m, 14.8e12m) / 1e24m),
        Case("N25", "share of the BF16 peak", "0.34640", () => Reached("H800", 37e9m, 14.8e12m, 2_664_000)),
        Case("N26", "V3, all stages", "5576000", () => new TrainingRun { GpuHours = 2_788_000, HourlyRate = 2 }.Amount),
        Case("N27", "R1 on top of it", "294672", () => new TrainingRun { GpuHours = 147_336, HourlyRate = 2 }.Amount),
        Case("N28", "Llama 3 405B, million hours at 40%", "26.618", () => Run("H800", 405e9m, 15.6e12m, 0.4m).GpuHours / 1_000_000),
        Case("N28", "share reached in 30.84M hours", "0.34524", () => Reached("H800", 405e9m, 15.6e12m, 30_840_000)),
        Case("N29", "operations of GPT-3, x 10^23", "3.15", () => TrainingCompute.ComputeOperations(175e9m, 300e9m) / 1e23m),
        Case("N30", "deviation of 100,000 requests", "12.649", () => (decimal)TrafficTotal.ComputeDeviation(100_000, 0.02, 2, poisson: false)),
        Case("N30", "at random", "14.142", () => (decimal)TrafficTotal.ComputeDeviation(100_000, 0.02, 2, poisson: true)),
        Case("N31", "p95 over p50 of 0.20 and 0.30 together", "1.80952", () => (decimal)(Doubt(0.20) * Doubt(0.30)).GetQuantile(0.95)),
        Case("N32", "p95 of mean 1,000, cv 1", "2781.13", () => (decimal)LogNormal.FromMean(1_000, 1).GetQuantile(0.95)),
        Case("N33", "capped at 2,000", "873.123", () => (decimal)LogNormal.FromMean(1_000, 1).GetCappedMean(2_000)),
        Case("N34", "sigma where p95 is twice the median", "0.4214036", () => (decimal)LogNormal.FromMedian(1, 2).Sigma),
        Case("N35", "growth of 5%, 12 months from 2,000", "31834.25", () => TrafficTotal.ComputeGrowing(2_000, 0.05m, 12)),
        Case("N36", "R1, a solved question", "0.037543", () => Solved(0.02628m, 0.70m).AmountPerSolved),
        Case("N36", "R1-0528, a further solved question", "0.137657", () => Solved(0.02628m, 0.70m).GetAmountPerExtraSolved(Solved(0.05037m, 0.875m))),
        Case("N37", "measured cascade", "0.75269", () => Solved(0.70m, 0.93m).AmountPerSolved),
        Case("N38", "batch against caching", "0.652174", () => BreakEven.FindCacheHitRate(1.25m, 0.1m, 0.5m).Units),
        Case("N39", "pings, 5 minutes", "11.5", () => BreakEven.FindKeepAlivePings(1.25m, 0.1m).Units),
        Case("N39", "chance for a ping, 1 hour", "0.0526316", () => BreakEven.FindKeepAliveProbability(2, 0.1m).Units),
        Case("N40", "naive over true price at a quarter", "0.25", () => Node.OutputPerMillion / (Node with { Utilization = 0.25m }).OutputPerMillion),
    ];

    public static TheoryData<PublishedCase> Cases { get; } = [.. All];

    [Theory]
    [MemberData(nameof(Cases), DisableDiscoveryEnumeration = true)]
    public void Number_OfEachCheck_IsTheExpectedOne(PublishedCase check) => Assert.True(check.Holds, check.Text);

    [Fact]
    public void Checks_AreAllForty() => Assert.Equal(
        Enumerable.Range(1, 40),
        All.Select(row => int.Parse(row.Id.AsSpan(1), CultureInfo.InvariantCulture)).Distinct());

    /// <summary>The fixtures F1 to F12 are prompts, not numbers: each has a test of its own.</summary>
    [Fact]
    public void Fixtures_F1ToF12_HaveATestEach() => Assert.All(Enumerable.Range(1, 12), number => Assert.Contains(
        typeof(CacheFixtureTests).GetMethods().Select(method => new string([.. method.Name.SkipWhile(letter => letter != '_').Skip(1)])),
        name => name.StartsWith(FormattableString.Invariant($"F{number}"), StringComparison.Ordinal)
            && !char.IsDigit(name.ElementAtOrDefault(number < 10 ? 2 : 3))));

    private static PublishedCase Case(string id, string source, string expected, Func<decimal?> compute) => new(id, source, expected, compute);

    private static decimal Price(string model, TokenUsage usage) => Prices.Estimator.Estimate(model, usage).GetRequiredTotal().Amount;

    private static decimal Ratio(TokenUsage usage) => Price("o1", usage) / Price("deepseek-reasoner", usage);

    private static decimal HitRate(int minutes) => (decimal)PoissonTraffic.ComputeHitRate(12, TimeSpan.FromMinutes(minutes));

    private static LogNormal Doubt(double sigma) => LogNormal.FromMedian(1, Math.Exp(1.6448536269514722 * sigma));

    private static decimal Units(long reads, long writes) =>
        1_000_000 * Price("units", new() { CacheRead = reads, CacheWrite30m = writes });

    private static TrainingRun Run(string accelerator, decimal parameters, decimal tokens, decimal share) =>
        TrainingCompute.EstimateRun(parameters, tokens, Accelerators.Find(accelerator)!.PeakBf16, share, hourlyRate: 2);

    private static decimal Reached(string accelerator, decimal parameters, decimal tokens, decimal hours) =>
        TrainingCompute.ComputeUtilization(
            TrainingCompute.ComputeOperations(parameters, tokens), Accelerators.Find(accelerator)!.PeakBf16, hours);

    private static TaskAttempt Solved(decimal amount, decimal rate) => new() { Amount = amount, SolveRate = rate };
}
