using CsCheck;
using LlmCostModel.TestData;
using LlmCostModel.Tests.Estimation.Exactness;
using LlmCostModel.Tests.Support;
using Xunit.Abstractions;

namespace LlmCostModel.Tests.Estimation;

/// <summary>Random calls against an independent reference in big fractions. A failing one is made small, and its text reproduces
/// it.</summary>
public class ExactnessTests(ITestOutputHelper output)
{
    [Fact]
    public void Estimate_AnyCall_EqualsTheReferenceToTheLastDigit()
    {
        SampleCounts counts = new();

        Check(CaseGen.Usual, counts, SampleSize.OrGiven(20_000));

        output.WriteLine($"{counts}\nunexplained differences: 0"); // One that is not explained has failed by now.
        counts.AssertReached(
            ("overlay marginal", 2), ("marginal over two bases", 8), ("attributes given", 50), ("attributes not given", 15),
            ("multiplied as itself", 0), ("added to as itself", 2), ("undecided fee", 0), ("undecided meter", 0),
            ("set again after an open rule", 0));
        counts.AssertReached(
            ("compared", 80), ("priced", 55), ("valid", 99), ("several versions", 45), ("announced", 7), ("never", 0),
            ("rules", 60), ("overlay", 13), ("tier", 20), ("batch", 10), ("region", 15), ("provider", 10), ("deployment", 10),
                ("account", 10),
            ("period", 13), ("schedule", 6), ("attribute", 11), ("size", 45), ("size at its edge", 6),
            ("set by a rule", 17), ("multiplied", 40), ("added", 12), ("unpriced by a rule", 0), ("undecided", 0), ("billed as", 25),
            ("marginal TotalInput", 10), ("marginal FreshInput", 6), ("marginal Output", 15), ("several marginal", 17),
            ("minimum charge", 3), ("percent fee", 3), ("fixed fee", 3), ("request", 20),
            ("meter", 35), ("meter set by a rule", 3), ("meter multiplied", 20), ("meter minimum", 7), ("meter increment", 13),
                ("free quantity", 8), ("volume step", 2));
    }

    [Fact]
    public void Estimate_CountsUpToLong_EqualTheReferenceToTheLastDigit()
    {
        SampleCounts counts = new();

        Check(CaseGen.Huge, counts, SampleSize.Of(5_000));

        counts.AssertReached(
            ("compared", 80), ("priced", 55), ("more than 2^60 tokens", 55), ("rules", 55), ("multiplied", 35), ("several marginal", 10),
            ("percent fee", 2));
    }

    /// <summary>A card means the same after it was written and read.</summary>
    [Fact]
    public void Estimate_CardThatWasWrittenAndRead_IsTheSame()
    {
        SampleCounts counts = new();
        CaseGen.Usual.Sample(
            one =>
            {
                if (CaseCheck.Estimate(one, one.CreateEstimator()) is { } estimate)
                {
                    CostEstimate? written = CaseCheck.Estimate(one, one.CreateEstimatorOfJson());
                    Assert.Equal((estimate.Status, estimate.Total), (written?.Status, written?.Total));
                    Assert.Equal(estimate.Issues, written?.Issues);
                    counts.Add(("compared", true));
                }
            },
            iter: SampleSize.Of(2_000));

        counts.AssertReached(("compared", 99));
    }

    /// <summary>The prices of a call without size rules, fixed charges and meters are linear.</summary>
    [Fact]
    public void Estimate_WithoutSizeRules_SplittingChangesNothing()
    {
        SampleCounts counts = new();
        Gen.Select(CaseGen.Usual, CaseGen.Usual).Sample(
            (one, other) =>
            {
                one = CaseCheck.Keep(one, rule => rule.When.Tokens.IsEmpty) with { Meters = [] };
                one = CaseCheck.Keep(one, IsLinear);
                one = one.With(one.Versions.Select(version => version with { MinimumCharge = 0, PerMeter = version.PerMeter.Remove("Request") }));
                CostEstimator estimator = CaseCheck.CreateOfRest(ref one);
                CostEstimate? whole = CaseCheck.Estimate(one with { Usage = one.Usage + other.Usage }, estimator);
                CostEstimate? first = CaseCheck.Estimate(one, estimator);
                CostEstimate? second = CaseCheck.Estimate(one with { Usage = other.Usage }, estimator);
                bool isPriced = whole?.Status == CostStatus.Priced && first is not null && second is not null;
                counts.Add(("compared", isPriced), ("split", isPriced && one.Usage != default && other.Usage != default));
                if (isPriced)
                {
                    Assert.Equal(whole?.Total?.Amount, first?.Total?.Amount + second?.Total?.Amount);
                }
            },
            iter: SampleSize.Of(5_000));

        counts.AssertReached(("compared", 65), ("split", 65));
    }

    /// <summary>Within one rule: prices that do not change with the size of the call.</summary>
    [Fact]
    public void Estimate_MoreTokensOfOneBucket_NeverCostLess()
    {
        SampleCounts counts = new();
        Gen.Select(CaseGen.Usual, Gen.Enum<TokenBucket>(), Gen.Long[1, 100_000]).Sample(
            (one, bucket, more) =>
            {
                one = CaseCheck.Keep(one, rule => rule.When.Tokens.IsEmpty);
                CostEstimator estimator = CaseCheck.CreateOfRest(ref one);
                CostEstimate? before = CaseCheck.Estimate(one, estimator);
                CostEstimate? after = CaseCheck.Estimate(one with { Usage = one.Usage.With(bucket, one.Usage[bucket] + more) }, estimator);
                bool isPriced = before?.Status == CostStatus.Priced && after?.Status == CostStatus.Priced;
                counts.Add(("compared", isPriced), ("costs more", isPriced && after?.Total?.Amount > before?.Total?.Amount));
                Assert.True(!isPriced || after?.Total?.Amount >= before?.Total?.Amount);
            },
            iter: SampleSize.Of(5_000));

        counts.AssertReached(("compared", 60), ("costs more", 50));
    }

    /// <summary>What is asked of a failure that is reported: nothing in it that it does not need.</summary>
    [Fact]
    public void Shrink_AnyFailure_LeavesWhatItNeeds()
    {
        static bool Fails(PricedCase one) => one.Usage.Output >= 1_234
            && one.Versions.Any(version => version.Rules.Any(rule => rule.PercentFee > 0)) && CaseCheck.TryCreate(one) is not null;
        PricedCase failing = CaseGen.Usual.Where(one => Fails(one with { Usage = one.Usage with { Output = 5_000 } })).Single();

        PricedCase small = CaseShrinker.Shrink(failing with { Usage = failing.Usage with { Output = 5_000 } }, Fails);

        PriceVersion version = Assert.Single(small.Versions);
        Assert.Equal(new TokenUsage { Output = 1_234 }, small.Usage);
        Assert.Equal(PriceCondition.Always, Assert.Single(version.Rules).When);
        Assert.Equal((0, 0, 0), (version.PerMeter.Count, version.BilledAs.Count, small.Overlays.Length));
        Assert.StartsWith("card:     {\n  \"Provider\": \"h\"", small.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Estimate_LongMaxValue_IsExact()
    {
        // 9223372036854775807 x 0.000000000000001 (fifteen decimals per token, 0.000000001 per million)
        CostEstimator estimator = Cards.Model("\"PerMillionTokens\": { \"Input\": 0.000000001 }");
        Assert.Equal(9223.372036854775807m, estimator.Estimate("m", new TokenUsage { Input = long.MaxValue }).Total?.Amount);

        // 9223372036854775807 x 0.00006 = 553402322211286.54842
        Assert.Equal(553402322211286.54842m,
            Cards.Model("\"PerMillionTokens\": { \"Output\": 60 }").Estimate("m", new TokenUsage { Output = long.MaxValue }).Total?.Amount);
    }

    [Fact]
    public void Estimate_BeyondDecimal_Throws()
    {
        // 9223372036854775807 x 0.000123456789013 needs 31 digits.
        OverflowException exception = Assert.Throws<OverflowException>(
            () => Cards.Model("\"PerMillionTokens\": { \"Input\": 123.456789013 }").Estimate(
                "m", new TokenUsage { Input = long.MaxValue }));
        Assert.Equal("The exact amount has more digits than a decimal can hold (28). Nothing is rounded silently: price the usage in smaller parts.", exception.Message);
    }

    /// <summary>8 x 2^62 tokens at 2^63 x 10^-12 are 2^128 x 10^-12: one more than 128 bits hold, of 39 digits.</summary>
    [Fact]
    public void Estimate_Beyond128Bits_Throws()
    {
        TokenBucket[] buckets = [.. Enum.GetValues<TokenBucket>().Take(8)];
        string prices = string.Join(", ", buckets.Select(bucket => $"\"{bucket}\": 9223372036854.775808"));
        TokenUsage usage = buckets.Aggregate(default(TokenUsage), (counts, bucket) => counts.With(bucket, 1L << 62));

        Assert.Throws<OverflowException>(() => Cards.Model($"\"PerMillionTokens\": {{ {prices} }}").Estimate("m", usage));
    }

    [Theory]
    [InlineData("8.333333333333334e-2")] // 1/12 USD per million as LiteLLM writes it, 16 digits
    [InlineData("0.0000000000000000000001")] // 22 decimals, 28 per token
    [InlineData("600")]
    public void Estimate_FinePrices_KeepEveryDigit(string price)
    {
        decimal perMillion = decimal.Parse(
            price, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture);
        CostEstimate estimate = Cards.Model($"\"PerMillionTokens\": {{ \"Input\": {price}, \"Output\": 60 }}").Estimate(
            "m", new TokenUsage { Input = 3 });
        Assert.True((Fraction.From(perMillion) * new Fraction(3, 1_000_000)).IsExactly(estimate.Total!.Value.Amount));
    }

    /// <summary>10^18 tokens at 900.000000001 per million are 900,000,000,001,000; all but one of them are an amount of 30 digits, which no
    /// decimal holds.</summary>
    [Fact]
    public void Estimate_PartWithMoreDigitsThanTheWhole_IsExact()
    {
        CostEstimator estimator = Cards.Model("""
            "PerMillionTokens": { "Input": 900.000000001 }, "Rules": [ { "Name": "m", "Mode": "Marginal", "When": { "TotalInputAbove": 999999999999999999 }, "PerMillionTokens": { "Input": 900.000000001 } } ]
            """);

        CostEstimate estimate = estimator.Estimate("m", new TokenUsage { Input = 1_000_000_000_000_000_000 });

        Assert.Equal(900_000_000_001_000m, estimate.Total?.Amount);
        Assert.Equal(900_000_000_001_000m, estimate.GetAmount(TokenBucket.Input));
    }

    private static bool IsLinear(PriceRule rule) => rule is { FixedFee: null, PerMeter.Count: 0 };

    private static void Check(Gen<PricedCase> cases, SampleCounts counts, int iterations) => cases.Sample(
        one =>
        {
            if (CaseCheck.FindFault(one, counts) is not null)
            {
                PricedCase small = CaseShrinker.Shrink(one, smaller => CaseCheck.FindFault(smaller) is not null);
                Assert.Fail($"{CaseCheck.FindFault(small)}\n{small}");
            }
        },
        iter: iterations);
}
