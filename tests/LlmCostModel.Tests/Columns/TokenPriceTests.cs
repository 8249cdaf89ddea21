using CsCheck;
using LlmCostModel.TestData;
using LlmCostModel.Tests.Support;

namespace LlmCostModel.Tests.Columns;

/// <summary>Where calls have one price of a token, each of them costs its tokens times that.</summary>
public class TokenPriceTests
{
    private static readonly DateTimeOffset From = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero), Until = new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Change = new(2025, 7, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly CostEstimator Single = Cards.Estimator("""
        { "Currency": "USD", "Models": {
          "long": { "PerMillionTokens": { "Input": 3, "CacheRead": 0.3, "Output": 15 }, "Rules": [
            { "Name": "long", "When": { "TotalInputAbove": 200000 }, "PerMillionTokens": { "Input": 6, "CacheRead": 0.6, "Output": 22.5 } } ] },
          "dated": { "Versions": [
            { "Until": "2025-07-01", "PerMillionTokens": { "Input": 2, "CacheRead": 0.2 } },
            { "From": "2025-07-01", "PerMillionTokens": { "Input": 1, "CacheRead": 0.2 } } ] },
          "hours": { "PerMillionTokens": { "Input": 3, "CacheRead": 1 }, "Rules": [
            { "Name": "peak", "Multiply": 2, "When": { "Daily": [ "01:00-04:00" ], "TimeZone": "America/New_York" } } ] },
          "fine": { "PerMillionTokens": { "Input": 1 }, "Rules": [ { "Name": "odd", "Multiply": 0.0000000000000000001 } ] } } }
        """);

    private static readonly string[] Kinds = ["long", "dated", "hours", "fine", "nobody"];

    private static readonly ColumnEstimator Estimator = ColumnEstimator.Create(Single, [.. Kinds.Select(kind => new CallKind(kind))], From, Until);

    /// <summary>3, 0.30 and 15 USD a million tokens.</summary>
    [Fact]
    public void TryGetPrices_UpToASize_AreThoseOfTheRegion()
    {
        Assert.Equal([0.000003m, 0.0000003m, 0m], Prices(0, Usage(150_000, 50_000, 0), From, Until.AddTicks(-1))!);
        Assert.Equal([0.000003m, 0.0000003m, 0.000015m], Prices(0, Usage(150_000, 50_000, 1), From, From)!);
        Assert.Null(Prices(0, Usage(150_001, 50_000, 1), From, From)); // some are below the threshold, some above
    }

    [Fact]
    public void TryGetPrices_BetweenInstants_AreThoseOfThePeriod()
    {
        Assert.Equal([0.000002m, 0m, 0m], Prices(1, Usage(9, 0, 0), From, Change.AddTicks(-1))!);
        Assert.Equal([0.000001m, 0m, 0m], Prices(1, Usage(9, 0, 0), Change, Until.AddTicks(-1))!);
        Assert.Null(Prices(1, Usage(9, 0, 0), Change.AddTicks(-1), Change));
        Assert.Null(Prices(1, Usage(9, 0, 0), Change, Until)); // beyond what was prepared
        Assert.Null(Prices(1, Usage(9, 0, 1), From, From)); // output has no price
    }

    [Theory]
    [InlineData(3)] // of more digits than the unit
    [InlineData(4)] // no price
    public void TryGetPrices_OfMoreThanMultiplying_AreNone(int kind) => Assert.Null(Prices(kind, Usage(1, 0, 0), From, From));

    /// <summary>One call of 2^62 tokens would cost more than 63 bits of the unit.</summary>
    [Fact]
    public void TryGetPrices_OfACallBeyondTheUnit_AreNone() => Assert.Null(Prices(1, Usage(1L << 62, 0, 0), Change, Change));

    [Fact]
    public void TryGetPrices_WrongArguments_AreNamed()
    {
        long[] few = new long[TokenBuckets.All.Length - 1];

        Assert.Throws<ArgumentOutOfRangeException>(() => Estimator.TryGetPrices(-1, 0, 0, default, new long[TokenBuckets.All.Length]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Estimator.TryGetPrices(5, 0, 0, default, new long[TokenBuckets.All.Length]));
        ArgumentException exception = Assert.Throws<ArgumentException>(() => Estimator.TryGetPrices(0, 0, 0, default, few));
        Assert.StartsWith("There is room for 17 prices, where there are 18 buckets.", exception.Message, StringComparison.Ordinal);
    }

    /// <summary>Any calls of a kind: where they have one price of a token, each of them costs its tokens times that.</summary>
    [Fact]
    public void TryGetPrices_OfAnyCalls_AreWhatEachCosts()
    {
        SampleCounts reached = new();
        Gen.Select(Gen.Int[0, Kinds.Length - 1], Gen.Int[0, int.MaxValue]).Sample(
            (kind, seed) =>
            {
                Random random = new(seed);
                (int mostInput, double mostDays) = (random.Next(2) == 0 ? 1_000 : 210_000, Math.Pow(1_000, random.NextDouble()));
                DateTimeOffset first = From.AddDays(random.Next(1_000));
                (TokenUsage Usage, DateTimeOffset At)[] calls =
                [
                    .. Enumerable.Range(0, random.Next(1, 6)).Select(_ => (
                        Usage(random.Next(mostInput), random.Next(3) == 0 ? 0 : random.Next(1_000), kind == 0 ? random.Next(900) : 0),
                        first.AddDays(random.NextDouble() * mostDays))),
                ];
                TokenUsage largest = Usage(
                    calls.Max(call => call.Usage.Input), calls.Max(call => call.Usage.CacheRead), calls.Max(call => call.Usage.Output));
                long[] prices = new long[TokenBuckets.All.Length];

                bool isOne = Estimator.TryGetPrices(
                    kind, calls.Min(call => call.At).UtcTicks, calls.Max(call => call.At).UtcTicks, in largest, prices);

                reached.Add(isOne ? "one price" : "several, or none");
                foreach ((TokenUsage usage, DateTimeOffset at) in isOne ? calls : [])
                {
                    CostEstimate estimate = Single.Estimate(Kinds[kind], in usage, new CallContext { At = at });
                    long amount = TokenBuckets.All.Sum(info => usage[info.Bucket] * prices[(int)info.Bucket]);
                    Assert.Equal((CostStatus.Priced, Scaled(amount, Estimator.Scale)), (estimate.Status, estimate.Total!.Value.Amount));
                }
            },
            iter: SampleSize.OrGiven(3_000));

        reached.AssertReached(("one price", 20), ("several, or none", 20));
    }

    private static decimal[]? Prices(int kind, TokenUsage largest, DateTimeOffset first, DateTimeOffset last)
    {
        long[] prices = new long[TokenBuckets.All.Length];
        return !Estimator.TryGetPrices(kind, first.UtcTicks, last.UtcTicks, in largest, prices) ? null
            : [.. ((TokenBucket[])[TokenBucket.Input, TokenBucket.CacheRead, TokenBucket.Output])
                .Select(bucket => Scaled(prices[(int)bucket], Estimator.Scale))];
    }

    private static decimal Scaled(long amount, int scale) =>
        new(unchecked((int)amount), unchecked((int)(amount >> 32)), 0, isNegative: false, (byte)scale);

    private static TokenUsage Usage(long input, long cacheRead, long output) => new() { Input = input, CacheRead = cacheRead, Output = output };
}
