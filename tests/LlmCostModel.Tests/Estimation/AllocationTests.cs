using LlmCostModel.Tests.Support;

namespace LlmCostModel.Tests.Estimation;

/// <summary>The promise of the hot path: no allocation, in Debug as in Release.</summary>
public class AllocationTests
{
    private static readonly CostEstimator Estimator = Cards.Estimator("""
        { "Currency": "USD", "Models": {
          "plain": { "PerMillionTokens": { "Input": 1, "CacheRead": 0.1, "CacheWrite5m": 1.25, "CacheWrite1h": 2, "Output": 5, "Reasoning": 5 } },
          "dated": { "Versions": [ { "Until": "2025-06-10", "PerMillionTokens": { "Input": 10, "Output": 40 } }, { "From": "2025-06-10", "PerMillionTokens": { "Input": 2, "Output": 8 } } ] },
          "tiered": { "PerMillionTokens": { "Input": 3, "Output": 15 }, "Rules": [
            { "Name": "long", "When": { "TotalInputAbove": 200000 }, "PerMillionTokens": { "Input": 6, "Output": 22.5 } },
            { "Name": "batch", "When": { "Tier": "batch" }, "Multiply": 0.5 } ] },
          "marginal": { "PerMillionTokens": { "Input": 3, "Output": 15 }, "Rules": [ { "Name": "long", "Mode": "Marginal", "When": { "TotalInputAbove": 200000 }, "PerMillionTokens": { "Input": 6 } } ] },
          "windowed": { "PerMillionTokens": { "Input": 3, "Output": 15 }, "Rules": [
            { "Name": "peak", "Multiply": 2, "When": { "Days": "Mon-Fri", "Daily": [ "01:00-04:00", "06:00-10:00" ], "TimeZone": "America/New_York" } } ] },
          "sized": { "PerMillionTokens": { "Input": 3, "Output": 15 }, "Rules": [ { "Name": "high", "When": { "Attributes": { "quality": "high" } }, "PerMillionTokens": { "Output": 30 } } ] } } }
        """);

    private static readonly TokenUsage Small = new() { Input = 400, Output = 500 };

    private static readonly TokenUsage Large = new() { Input = 400_000, Output = 500 };

    private static readonly TokenUsage Huge = new() { Input = long.MaxValue / 4, Output = long.MaxValue / 4 };

    public static TheoryData<string> Models => ["plain", "dated", "tiered", "marginal", "windowed", "sized"];

    [Theory]
    [MemberData(nameof(Models))]
    public void Estimate_WarmedUp_AllocatesNothing(string id)
    {
        PricedModel model = Estimator.GetModel(id);
        CallContext[] contexts =
        [
            default,
            new CallContext { At = new DateTimeOffset(2026, 9, 1, 6, 30, 0, TimeSpan.Zero), Region = "eu", Attributes = [new("quality", "high")] },
            new CallContext { At = new DateTimeOffset(2025, 1, 4, 12, 0, 0, TimeSpan.Zero), Tier = id == "tiered" ? "batch" : "standard", Attributes = [new("quality", "low")] },
        ];
        foreach (CallContext context in id == "sized" ? contexts[1..] : contexts)
        {
            foreach (TokenUsage usage in new[] { Small, Large, Huge })
            {
                AssertNothing(() => model.Estimate(in usage, in context).Status);
                AssertNothing(() => Estimator.Estimate(id, in usage, in context).Status);
                AssertNothing(() => Estimator.Estimate(id.AsSpan(), in usage, in context).Status);
                AssertNothing(() => model.Estimate(in usage, in context).GetAmount(TokenBucket.Output) is null ? CostStatus.Unpriced : CostStatus.Priced);
            }
        }
    }

    [Fact]
    public void Estimate_AtAProvider_AllocatesNothing()
    {
        CostEstimator estimator = new(
        [
            .. Cards.Parse("""{ "a": { "Provider": "a", "Currency": "USD", "Models": { "m": { "PerMillionTokens": { "Input": 1 } } } } }"""),
            .. Cards.Parse("""{ "b": { "Provider": "b", "Currency": "USD", "Models": { "n": { "Aliases": [ "m" ], "PerMillionTokens": { "Input": 2 } } } } }"""),
        ]);
        TokenUsage usage = new() { Input = 1_000_000 };
        CallContext context = new() { Provider = "B" };

        Assert.Equal(2, estimator.Estimate("m", in usage, in context).Total?.Amount);
        AssertNothing(() => estimator.Estimate("m", in usage, in context).Status);
        AssertNothing(() => estimator.Estimate("m".AsSpan(), in usage, in context).Status);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void TryGetTotal_WarmedUp_AllocatesNothing(string id)
    {
        PricedModel model = Estimator.GetModel(id);
        CallContext context = new() { At = new DateTimeOffset(2026, 9, 1, 6, 30, 0, TimeSpan.Zero), Attributes = [new("quality", "high")] };
        foreach (TokenUsage usage in new[] { Small, Large, Huge })
        {
            AssertNothing(() => model.TryGetTotal(in usage, in context, out _) ? CostStatus.Priced : CostStatus.Unpriced);
            AssertNothing(() => Estimator.TryGetTotal(id, in usage, in context, out _) ? CostStatus.Priced : CostStatus.Unpriced);
        }
    }

    /// <summary>What has no price allocates when its issues are read, not before.</summary>
    [Fact]
    public void Estimate_WithoutAPrice_AllocatesNothing()
    {
        TokenUsage some = new() { Input = 400, AudioOutput = 7 };
        TokenUsage none = new() { AudioOutput = 7 };
        CallContext flex = new() { Tier = "flex" };
        CallContext batch = new() { Batch = true };
        CallContext other = new() { Provider = "elsewhere" };
        CallContext early = new() { At = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero) };
        CallContext small = new() { Attributes = [new("size", "small")] };
        CallContext abroad = new() { Region = "mars" };
        CostEstimator estimator = Cards.Estimator("""
            { "Provider": "h", "Currency": "USD", "Models": {
              "m": { "PerMillionTokens": { "Input": 1, "Output": 5 } },
              "dated": { "From": "2025-06-10", "PerMillionTokens": { "Input": 2, "Output": 8 } },
              "local": { "PerMillionTokens": { "Input": 2, "Output": 8 }, "Rules": [ { "Name": "abroad", "When": { "Region": "mars" }, "Unpriced": true, "On": [ "Output" ] } ] },
              "sized": { "PerMillionTokens": { "Input": 3, "Output": 15 }, "Rules": [ { "Name": "high", "When": { "Attributes": { "quality": "high" } }, "PerMillionTokens": { "Output": 30 } } ] } } }
            """);

        AssertNothing(() => estimator.Estimate("m", in some).Status, CostStatus.Partial);
        AssertNothing(() => estimator.Estimate("m", in none).Status, CostStatus.Unpriced);
        AssertNothing(() => estimator.Estimate("m", in some, in flex).Status, CostStatus.Unpriced);
        AssertNothing(() => estimator.Estimate("m", in some, in batch).Status, CostStatus.Unpriced);
        AssertNothing(() => estimator.Estimate("m", in some, in other).Status, CostStatus.Unpriced);
        AssertNothing(() => estimator.Estimate("dated", in some, in early).Status, CostStatus.Unpriced);
        AssertNothing(() => estimator.Estimate("sized", in Small).Status, CostStatus.Partial);
        AssertNothing(() => estimator.Estimate("sized", in Small, in small).Status, CostStatus.Partial);
        AssertNothing(() => estimator.Estimate("local", in Small, in abroad).Status, CostStatus.Partial);
        AssertNothing(() => estimator.Estimate("unknown", in some).Status, CostStatus.Unpriced);
        AssertNothing(() => estimator.Estimate("unknown".AsSpan(), in some, in other).Status, CostStatus.Unpriced);
        AssertNothing(() => estimator.Estimate("M", in Small).Status); // found in another letter case
        AssertNothing(() => estimator.Estimate("M".AsSpan(), in Small).Status);
    }

    private static void AssertNothing(Func<CostStatus> estimate, CostStatus expected = CostStatus.Priced)
    {
        Assert.Equal(expected, estimate()); // the first call makes the row
        estimate(); // The runtime allocates for itself, once, when optimized code runs for the second time with tiered compilation.
        long before = GC.GetAllocatedBytesForCurrentThread();
        estimate();
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(0, allocated);
    }
}
