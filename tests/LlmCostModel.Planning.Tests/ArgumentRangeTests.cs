namespace LlmCostModel.Planning.Tests;

/// <summary>Every argument with a range: what lies just outside is refused by name, what lies on its edge is not.</summary>
public sealed class ArgumentRangeTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    private static readonly ProvisionedUnits Units = new() { TokensPerMinute = 1, OutputWeight = 1, CachedWeight = 0 };

    private static readonly ServingNode Node = new() { HourlyCost = 1, InputTokensPerSecond = 1, OutputTokensPerSecond = 1, Utilization = 1 };

    private static readonly TrainingRun Training = new() { GpuHours = 1, HourlyRate = 1 };

    private static readonly ForecastPlan Plan = Plans.Of(default, new() { Model = "m", Requests = 1, PromptTokens = 1 });

    public static TheoryData<string, Func<object>> Outside { get; } = new()
    {
        { "write", () => BreakEven.FindCacheRequests(-0.1m, 0) },
        { "read", () => BreakEven.FindCacheRequests(0, -0.1m) },
        { "write", () => BreakEven.FindCacheReadsPerWrite(-0.1m, 0) },
        { "read", () => BreakEven.FindCacheReadsPerWrite(0, -0.1m) },
        { "write", () => BreakEven.FindCacheHitRate(-0.1m, 0) },
        { "read", () => BreakEven.FindCacheHitRate(0, -0.1m) },
        { "instead", () => BreakEven.FindCacheHitRate(1, 0, -0.1m) },
        { "write", () => BreakEven.FindKeepAlivePings(-0.1m, 0) },
        { "read", () => BreakEven.FindKeepAlivePings(0, -0.1m) },
        { "write", () => BreakEven.FindKeepAliveProbability(-0.1m, 0) },
        { "read", () => BreakEven.FindKeepAliveProbability(0, -0.1m) },
        { "input", () => BreakEven.FindCacheStorageCalls(-1, 0, 0, 0) },
        { "read", () => BreakEven.FindCacheStorageCalls(0, -1, 0, 0) },
        { "storage", () => BreakEven.FindCacheStorageCalls(0, 0, -1, 0) },
        { "hours", () => BreakEven.FindCacheStorageCalls(0, 0, 0, -1) },
        { "input", () => BreakEven.FindCacheStorageCallsPerHour(-1, 0, 0) },
        { "read", () => BreakEven.FindCacheStorageCallsPerHour(0, -1, 0) },
        { "storage", () => BreakEven.FindCacheStorageCallsPerHour(0, 0, -1) },
        { "hourly", () => BreakEven.FindProvisionedLoad(-1, 1, 0) },
        { "tokensPerMinute", () => BreakEven.FindProvisionedLoad(0, 0, 0) },
        { "inputPerMillion", () => BreakEven.FindProvisionedLoad(0, 1, -1) },
        { "hourly", () => BreakEven.FindSelfHostingLoad(-1, 0) },
        { "fullyBusyHourly", () => BreakEven.FindSelfHostingLoad(0, -1) },
        { "hourly", () => BreakEven.FindSelfHostingRequests(-1, 0) },
        { "perRequest", () => BreakEven.FindSelfHostingRequests(0, -1) },
        { "paidOnce", () => BreakEven.FindPayback(-1, 0, 0) },
        { "perRequestBefore", () => BreakEven.FindPayback(0, -1, 0) },
        { "perRequestAfter", () => BreakEven.FindPayback(0, 0, -1) },
        { "batchMultiplier", () => BreakEven.FindBatchRequests(0, 1, -1) },
        { "hitRate", () => CacheMultiplier.ComputeForHitRate(-0.1m, 0, 0) },
        { "hitRate", () => CacheMultiplier.ComputeForHitRate(1.1m, 0, 0) },
        { "write", () => CacheMultiplier.ComputeForHitRate(0, -0.1m, 0) },
        { "read", () => CacheMultiplier.ComputeForHitRate(0, 0, -0.1m) },
        { "calls", () => CacheMultiplier.ComputeForFanOut(0, 0, 0) },
        { "write", () => CacheMultiplier.ComputeForFanOut(1, -0.1m, 0) },
        { "read", () => CacheMultiplier.ComputeForFanOut(1, 0, -0.1m) },
        { "minimumTokens", () => CacheMultiplier.FindPaddingLength(-1, 1, 0, 0) },
        { "calls", () => CacheMultiplier.FindPaddingLength(0, 0, 0, 0) },
        { "requestsPerHour", () => PoissonTraffic.ComputeHitRate(-1, Minute) },
        { "timeToLive", () => PoissonTraffic.ComputeHitRate(0, -Tick) },
        { "hitRate", () => PoissonTraffic.ComputeRequestsPerHour(-0.1, Minute) },
        { "hitRate", () => PoissonTraffic.ComputeRequestsPerHour(1, Minute) },
        { "timeToLive", () => PoissonTraffic.ComputeRequestsPerHour(0, TimeSpan.Zero) },
        { "shorter", () => PoissonTraffic.FindRateForLonger(TimeSpan.Zero, 1, Minute, 1, 0) },
        { "longer", () => PoissonTraffic.FindRateForLonger(Minute, 1, Minute, 1, 0) },
        { "read", () => PoissonTraffic.FindRateForLonger(Tick, 1, Minute, 1, -0.1) },
        { "shorterWrite", () => PoissonTraffic.FindRateForLonger(Tick, 0.1, Minute, 1, 0.1) },
        { "longerWrite", () => PoissonTraffic.FindRateForLonger(Tick, 1, Minute, 0.1, 0.1) },
        { "inputPerMinute", () => Units.ComputeLoad(-1, 0, 0) },
        { "cachedShare", () => Units.ComputeLoad(0, -0.1m, 0) },
        { "cachedShare", () => Units.ComputeLoad(0, 1.1m, 0) },
        { "outputPerMinute", () => Units.ComputeLoad(0, 0, -1) },
        { "TokensPerMinute", () => Units with { TokensPerMinute = 0 } },
        { "OutputWeight", () => Units with { OutputWeight = 0 } },
        { "Minimum", () => Units with { Minimum = 0 } },
        { "Increment", () => Units with { Increment = 0 } },
        { "HourlyCost", () => Node with { HourlyCost = -0.1m } },
        { "InputTokensPerSecond", () => Node with { InputTokensPerSecond = 0 } },
        { "OutputTokensPerSecond", () => Node with { OutputTokensPerSecond = 0 } },
        { "Utilization", () => Node with { Utilization = 0 } },
        { "inputTokens", () => Node.ComputeNodes(-1, 0, Minute) },
        { "outputTokens", () => Node.ComputeNodes(0, -1, Minute) },
        { "period", () => Node.ComputeNodes(0, 0, TimeSpan.Zero) },
        { "CacheRead", () => SelfHostedRateCard.Create(Node, "m", cacheReadPerMillion: -1) },
        { "GpuHours", () => Training with { GpuHours = -0.1m } },
        { "HourlyRate", () => Training with { HourlyRate = -0.1m } },
        { "tokensServed", () => Training.GetAmountPerMillion(0) },
        { "activeParameters", () => TrainingCompute.ComputeOperations(-1, 0) },
        { "tokens", () => TrainingCompute.ComputeOperations(0, -1) },
        { "operations", () => TrainingCompute.ComputeGpuHours(-1, 1, 1) },
        { "peakPerSecond", () => TrainingCompute.ComputeGpuHours(0, 0, 1) },
        { "utilization", () => TrainingCompute.ComputeGpuHours(0, 1, 0) },
        { "utilization", () => TrainingCompute.ComputeGpuHours(0, 1, 1.1m) },
        { "operations", () => TrainingCompute.ComputeUtilization(-1, 1, 1) },
        { "peakPerSecond", () => TrainingCompute.ComputeUtilization(0, 0, 1) },
        { "gpuHours", () => TrainingCompute.ComputeUtilization(0, 1, 0) },
        { "requests", () => TrafficTotal.ComputeDeviation(-1, 0, 0, poisson: false) },
        { "mean", () => TrafficTotal.ComputeDeviation(0, -1, 0, poisson: false) },
        { "variation", () => TrafficTotal.ComputeDeviation(0, 0, -1, poisson: false) },
        { "growth", () => TrafficTotal.ComputeGrowing(1, -1, 0) },
        { "periods", () => TrafficTotal.ComputeGrowing(1, 0, -1) },
        { "periods", () => TrafficTotal.ComputeGrowing(1, 0, 1_201) },
        { "value", () => LogNormal.FromMean(0, 0) },
        { "variation", () => LogNormal.FromMean(1, -0.1) },
        { "value", () => LogNormal.FromMean(1, double.PositiveInfinity) },
        { "value", () => LogNormal.FromMean(double.PositiveInfinity, 0) },
        { "value", () => LogNormal.FromMedian(0, 1) },
        { "p95", () => LogNormal.FromMedian(1, 0.9) },
        { "value", () => LogNormal.FromMedian(1, double.PositiveInfinity) },
        { "value", () => LogNormal.Between(0, 1) },
        { "p95", () => LogNormal.Between(1, 0.9) },
        { "value", () => LogNormal.Between(1, double.PositiveInfinity) },
        { "share", () => default(LogNormal).GetQuantile(0) },
        { "share", () => default(LogNormal).GetQuantile(1) },
        { "value", () => default(LogNormal).GetCappedMean(0) },
        { "value", () => default(LogNormal).GetShareAbove(0) },
        { "value", () => Uncertain.Exactly(double.NaN) },
        { "low", () => Uncertain.Uniform(2, 1.9) },
        { "high", () => Uncertain.Uniform(-double.MaxValue, double.MaxValue) },
        { "share", () => Uncertain.Uniform(1, 2).GetQuantile(0) },
        { "share", () => Uncertain.Uniform(1, 2).GetQuantile(1) },
        { "Months", () => Plan with { Months = 0 } },
        { "Months", () => Plan with { Months = 121 } },
        { "Budget", () => Plan with { Budget = -0.1m } },
        { "Samples", () => Plan with { Samples = 99 } },
        { "Samples", () => Plan with { Samples = 1_000_001 } },
        { "WriteBucket", () => Plan.Lines[0] with { WriteBucket = TokenBucket.Output } },
        { "blockTokens", () => MooncakeTrace.Read([], 0) },
        { "OutputTokens", () => Prompts.At(0) with { OutputTokens = -1 } },
        { "ReasoningTokens", () => Prompts.At(0) with { ReasoningTokens = -1 } },
        { "Tokens", () => new PromptSegment { Tokens = -1 } },
        { "MinimumTokens", () => new PrefixCachePolicy { MinimumTokens = -1 } },
        { "Granularity", () => new PrefixCachePolicy { Granularity = 0 } },
        { "CapacityBlocks", () => new PrefixCachePolicy { CapacityBlocks = 0 } },
        { "MaximumBreakpoints", () => new EntryCachePolicy { MaximumBreakpoints = 0 } },
        { "Lookback", () => new EntryCachePolicy { Lookback = 0 } },
    };

    /// <summary>On the edge of its range everything has a value.</summary>
    public static TheoryData<Func<object>> Edges { get; } =
    [
        () => BreakEven.FindCacheRequests(0, 0),
        () => BreakEven.FindCacheHitRate(0, 0, 0),
        () => BreakEven.FindCacheStorageCalls(0, 0, 0, 0),
        () => BreakEven.FindProvisionedLoad(0, 0.1m, 0),
        () => BreakEven.FindSelfHostingLoad(0, 0),
        () => BreakEven.FindSelfHostingRequests(0, 0),
        () => BreakEven.FindBatchRequests(0, 0, 0),
        () => CacheMultiplier.ComputeForHitRate(1, 0, 0),
        () => CacheMultiplier.FindPaddingLength(0, 1, 0, 0),
        () => PoissonTraffic.ComputeHitRate(0, TimeSpan.Zero),
        () => PoissonTraffic.ComputeRequestsPerHour(0, Tick),
        () => PoissonTraffic.FindRateForLonger(Tick, 0.1, Tick * 2, 0.1, 0),
        () => Units.ComputeLoad(0, 1, 0),
        () => Units with { Minimum = 1, Increment = 1 },
        () => Node with { HourlyCost = 0, Utilization = 1 },
        () => Node.ComputeNodes(0, 0, Tick),
        () => SelfHostedRateCard.Create(Node, "m", cacheReadPerMillion: 0),
        () => Training with { GpuHours = 0, HourlyRate = 0 },
        () => TrainingCompute.ComputeOperations(0, 0),
        () => TrainingCompute.ComputeGpuHours(0, 1, 1),
        () => TrainingCompute.ComputeUtilization(0, 1, 1),
        () => TrafficTotal.ComputeDeviation(0, 0, 0, poisson: true),
        () => TrafficTotal.ComputeGrowing(1, -0.99m, 0),
        () => TrafficTotal.ComputeGrowing(0, 0, 1_200),
        () => LogNormal.FromMean(1, 0),
        () => LogNormal.FromMedian(1, 1),
        () => LogNormal.Between(1, 1),
        () => Uncertain.Uniform(2, 2),
        () => Plan with { Months = 1, Samples = 100, Budget = 0 },
        () => Plan with { Months = 120, Samples = 1_000_000 },
        () => MooncakeTrace.Read([], 1),
        () => Prompts.At(0) with { OutputTokens = 0, ReasoningTokens = 0 },
        () => new PrefixCachePolicy { MinimumTokens = 0, Granularity = 1, CapacityBlocks = 1, TimeToLive = Tick, ReadableAfter = Tick },
        () => new EntryCachePolicy { MaximumBreakpoints = 1, Lookback = 1 },
    ];

    [Theory]
    [MemberData(nameof(Outside), DisableDiscoveryEnumeration = true)]
    public void Argument_JustOutsideItsRange_IsRefusedByName(string name, Func<object> call) =>
        Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(call).ParamName);

    [Theory]
    [MemberData(nameof(Edges), DisableDiscoveryEnumeration = true)]
    public void Argument_OnTheEdgeOfItsRange_IsTaken(Func<object> call) => Assert.NotNull(call());

    /// <summary>A message says the rule, and what to do where that is not plain.</summary>
    public static TheoryData<string, Func<object>> Messages { get; } = new()
    {
        { "Provisioned throughput is counted in positive numbers.", () => Units with { Increment = 0 } },
        { "A machine cannot cost less than 0 an hour.", () => Node with { HourlyCost = -1 } },
        { "A throughput must be above 0 tokens a second.", () => Node with { InputTokensPerSecond = 0 } },
        { "Hours and rates of training cannot be negative.", () => Training with { GpuHours = -1 } },
        { "A distribution is made of finite numbers.", () => LogNormal.FromMean(double.PositiveInfinity, 0) },
        { "An exact number must be finite.", () => Uncertain.Exactly(double.NaN) },
        { "A range must be finite.", () => Uncertain.Uniform(-double.MaxValue, double.MaxValue) },
        { "A forecast is for 1 to 120 months.", () => Plan with { Months = 0 } },
        { "A budget is 0 or more. Use null for none.", () => Plan with { Budget = -1 } },
        { "A forecast draws 100 to 1,000,000 scenarios.", () => Plan with { Samples = 1 } },
        { "An answer cannot have fewer than 0 tokens.", () => Prompts.At(0) with { OutputTokens = -1 } },
        { "An answer cannot have fewer than 0 reasoning tokens.", () => Prompts.At(0) with { ReasoningTokens = -1 } },
        { "A segment cannot have fewer than 0 tokens.", () => new PromptSegment { Tokens = -1 } },
        { "A minimum cannot be negative. Use 0 where any length is cached.", () => new PrefixCachePolicy { MinimumTokens = -1 } },
        { "A time to live must be longer than zero. Use null where entries never expire.", () => new PrefixCachePolicy { TimeToLive = TimeSpan.Zero } },
        { "An entry cannot be readable before it is written. Use a time of zero or longer.", () => new PrefixCachePolicy { ReadableAfter = -Tick } },
        { "A step must have at least 1 token. Use 1 where hits are not rounded.", () => new PrefixCachePolicy { Granularity = 0 } },
        { "A cache must hold at least 1 block. Use null for a cache without limit.", () => new PrefixCachePolicy { CapacityBlocks = 0 } },
        { "At least 1. Leave it out where there is no limit.", () => new EntryCachePolicy { Lookback = 0 } },
    };

    [Theory]
    [MemberData(nameof(Messages), DisableDiscoveryEnumeration = true)]
    public void Argument_OutsideItsRange_SaysTheRule(string rule, Func<object> call) =>
        Assert.StartsWith(rule + " (Parameter", Assert.Throws<ArgumentOutOfRangeException>(call).Message, StringComparison.Ordinal);
}
