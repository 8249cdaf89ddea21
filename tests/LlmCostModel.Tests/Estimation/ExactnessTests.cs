using CsCheck;
using LlmCostModel.TestData;
using LlmCostModel.Tests.Support;

namespace LlmCostModel.Tests.Estimation;

/// <summary>Random pricings, rules, usages and instants against an independent reference in big fractions.</summary>
public class ExactnessTests
{
    private static readonly string[] Tiers = ["batch", "flex", "priority"];

    private static readonly TimeZoneInfo[] Zones =
        [TimeZoneInfo.Utc, TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"), TimeZoneInfo.FindSystemTimeZoneById("America/New_York"), TimeZoneInfo.FindSystemTimeZoneById("Australia/Lord_Howe")];

    /// <summary>Up to nine decimals per million, that is fifteen per token.</summary>
    private static readonly Gen<decimal> Price = Gen.Select(Gen.Int[0, 999_999_999], Gen.Int[6, 9], (mantissa, scale) => new decimal(mantissa, 0, 0, false, (byte)scale));

    private static readonly Gen<decimal> Factor = Gen.OneOf(0m, 0.5m, 1.1m, 1.25m, 2m, 0.1m, 6m, 0.333m);

    private static readonly Gen<TokenRates> Rates = Gen.Nullable(Price, 0.2).Array[TokenBuckets.Count].Select(prices =>
    {
        TokenRates rates = new();
        for (int i = 0; i < prices.Length; i++)
        {
            rates = rates.With((TokenBucket)i, prices[i]);
        }

        return rates;
    });

    private static readonly Gen<long> Count = Gen.Frequency((3, Gen.Const(0L)), (6, Gen.Long[0, 400_000]), (2, Gen.Long[0, 400_000_000_000]));

    private static readonly Gen<TokenUsage> Usage = Count.Array[TokenBuckets.Count].Select(FromCounts);

    private static readonly Gen<DateTimeOffset> Instant = Gen.Long[0, 3L * 365 * 24 * 60].Select(minutes => new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(minutes));

    private static readonly Gen<WeeklySchedule> Schedule = Gen.Select(
        Gen.Enum<DayOfWeek>().HashSet[0, 4],
        Gen.Int[0, 1439],
        Gen.Int[1, 1439],
        Gen.OneOf(Zones),
        (days, start, length, zone) => new WeeklySchedule
        {
            Days = [.. days],
            Daily = [new DailyWindow(TimeOnly.FromTimeSpan(TimeSpan.FromMinutes(start)), TimeOnly.FromTimeSpan(TimeSpan.FromMinutes((start + length) % 1440)))],
            TimeZone = zone,
        });

    private static readonly Gen<PriceRule> WholeRule = Gen.Select(
        Gen.Null(Rates, 0.4),
        Gen.Nullable(Factor, 0.4),
        Gen.OneOf<string[]>([], ["Tokens"], ["Input", "Output"], ["OutputTokens"], ["InputTokens"]),
        Gen.Select(Gen.Enum<TokenBasis>(), Gen.Enum<ThresholdComparison>(), Gen.Long[1, 300_000], (basis, comparison, tokens) => new TokenThreshold(basis, comparison, tokens)).Array[0, 1],
        Gen.OneOf(Tiers).Array[0, 1],
        Gen.Null(Schedule, 0.6),
        Gen.Null(Rates, 0.8),
        (set, multiply, on, tokens, tiers, schedule, add) => new PriceRule
        {
            Name = "r",
            PerMillionTokens = set,
            Multiply = multiply,
            On = multiply is null ? [] : [.. on],
            AddPerMillionTokens = add,
            When = new PriceCondition { Tokens = [.. tokens], Tiers = [.. tiers], Schedule = schedule },
        });

    private static readonly Gen<PriceRule> MarginalRule = Gen.Select(Rates, Gen.Bool, Gen.Long[1, 300_000], Gen.OneOf(ThresholdComparison.Above, ThresholdComparison.From), (rates, input, tokens, comparison) =>
    {
        TokenRates side = new();
        foreach (TokenBucket bucket in Enum.GetValues<TokenBucket>().Where(bucket => bucket < TokenBucket.Output == input))
        {
            side = side.With(bucket, rates[bucket] ?? 1);
        }

        return new PriceRule
        {
            Name = "m",
            Mode = RuleMode.Marginal,
            PerMillionTokens = side,
            When = new PriceCondition { Tokens = [new TokenThreshold(input ? TokenBasis.TotalInput : TokenBasis.Output, comparison, tokens)] },
        };
    });

    private static readonly Gen<PriceVersion> Version = Gen.Select(Rates, WholeRule.Array[0, 4], MarginalRule.Array[0, 3], (rates, whole, marginal) => new PriceVersion
    {
        PerMillionTokens = rates,
        Rules = [.. whole.Concat(marginal).Where(rule => rule is not { PerMillionTokens: null, Multiply: null, AddPerMillionTokens: null }).Select((rule, i) => rule with { Name = $"r{i}" })],
    });

    [Fact]
    public void Estimate_AnyPricing_EqualsTheReferenceToTheLastDigit() =>
        Gen.Select(Version, Usage, Instant, Gen.Null(Gen.OneOf(Tiers), 0.5)).Sample(
            (version, usage, instant, tier) =>
            {
                if (Make(version) is not { } estimator)
                {
                    return;
                }

                CallContext context = new() { At = instant, Tier = tier };
                if (Estimate(estimator, version, usage, context) is not { } estimate)
                {
                    return;
                }

                Assert.Equal(estimate.Status == CostStatus.Priced, estimator.TryGetTotal("m", usage, context, out decimal total));
                Assert.Equal(estimate.Status == CostStatus.Priced ? estimate.Total?.Amount : 0, total);

                bool pricesTier = tier is null || version.Rules.Any(rule => rule.When.Tiers.Contains(tier) && Reference.Matches(rule, usage, instant, tier));
                if (!pricesTier)
                {
                    Assert.Equal(CostIssueKind.UnknownTier, Assert.Single(estimate.Issues).Kind);
                    return;
                }

                Fraction? expected = Reference.Cost(version, usage, instant, tier);
                Assert.Equal(expected is null, estimate.Status != CostStatus.Priced);
                if (expected is { } cost)
                {
                    Assert.True(cost.IsExactly(estimate.Total!.Value.Amount), $"{estimate} is not {cost}");
                    AssertPartsSumToTotal(estimator, estimate, context);
                    Assert.Equal(estimate, estimator.GetModel("m").Estimate(usage, context));
                    Assert.Equal(estimate, estimator.Estimate("m".AsSpan(), usage, context));
                }
            },
            iter: SampleSize.Of(20_000));

    [Fact]
    public void Estimate_WithoutSizeRules_SplittingChangesNothing() =>
        Gen.Select(Version, Usage, Usage, Instant).Sample(
            (version, left, right, instant) =>
            {
                version = version with { Rules = [.. version.Rules.Where(rule => rule.When.Tokens.IsEmpty)] };
                if (Make(version) is not { } estimator)
                {
                    return;
                }

                CallContext context = new() { At = instant };
                if (Estimate(estimator, version, left + right, context) is { Status: CostStatus.Priced } whole
                    && Estimate(estimator, version, left, context) is { } first
                    && Estimate(estimator, version, right, context) is { } second)
                {
                    Assert.Equal(whole.Total?.Amount, first.Total?.Amount + second.Total?.Amount);
                }
            },
            iter: SampleSize.Of(5_000));

    [Fact]
    public void Estimate_MoreTokensOfOneBucket_NeverCostLess() =>
        Gen.Select(Version, Usage, Instant, Gen.Enum<TokenBucket>(), Gen.Long[1, 100_000]).Sample(
            (version, usage, instant, bucket, more) =>
            {
                // Within one rule: prices that do not change with the size of the call.
                version = version with { Rules = [.. version.Rules.Where(rule => rule.When.Tokens.IsEmpty)] };
                if (Make(version) is not { } estimator)
                {
                    return;
                }

                CallContext context = new() { At = instant };
                CostEstimate? before = Estimate(estimator, version, usage, context);
                CostEstimate? after = Estimate(estimator, version, usage.With(bucket, usage[bucket] + more), context);
                if (before is { Status: CostStatus.Priced } && after is { Status: CostStatus.Priced })
                {
                    Assert.True(after.Value.Total?.Amount >= before.Value.Total?.Amount);
                }
            },
            iter: SampleSize.Of(5_000));

    [Fact]
    public void Estimate_HugeCounts_AreExactOrThrow() =>
        Gen.Select(Rates, Gen.Long[0, long.MaxValue / TokenBuckets.Count].Array[TokenBuckets.Count]).Sample(
            (rates, counts) =>
            {
                PriceVersion version = new() { PerMillionTokens = rates };
                TokenUsage usage = FromCounts(counts);
                Fraction? expected = Reference.Cost(version, usage, default, null);
                if (Make(version) is not { } estimator)
                {
                    return;
                }

                if (expected is null)
                {
                    return;
                }

                if (Estimate(estimator, version, usage, default) is { } estimate)
                {
                    Assert.True(expected.Value.IsExactly(estimate.Total!.Value.Amount));
                }
            },
            iter: SampleSize.Of(5_000));

    [Fact]
    public void Estimate_LongMaxValue_IsExact()
    {
        // 9223372036854775807 x 0.000000000000001 (fifteen decimals per token, 0.000000001 per million)
        CostEstimator estimator = Cards.Model("\"PerMillionTokens\": { \"Input\": 0.000000001 }");
        Assert.Equal(9223.372036854775807m, estimator.Estimate("m", new TokenUsage { Input = long.MaxValue }).Total?.Amount);

        // 9223372036854775807 x 0.00006 = 553402322211286.54842
        Assert.Equal(553402322211286.54842m, Cards.Model("\"PerMillionTokens\": { \"Output\": 60 }").Estimate("m", new TokenUsage { Output = long.MaxValue }).Total?.Amount);
    }

    [Fact]
    public void Estimate_BeyondDecimal_Throws()
    {
        // 9223372036854775807 x 0.000123456789013 needs 31 digits.
        OverflowException exception = Assert.Throws<OverflowException>(
            () => Cards.Model("\"PerMillionTokens\": { \"Input\": 123.456789013 }").Estimate("m", new TokenUsage { Input = long.MaxValue }));
        Assert.Equal("The exact amount has more digits than a decimal can hold (28). Nothing is rounded silently: price the usage in smaller parts.", exception.Message);
    }

    [Theory]
    [InlineData("8.333333333333334e-2")] // 1/12 USD per million as LiteLLM writes it, 16 digits
    [InlineData("0.0000000000000000000001")] // 22 decimals, 28 per token
    [InlineData("600")]
    public void Estimate_FinePrices_KeepEveryDigit(string price)
    {
        decimal perMillion = decimal.Parse(price, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture);
        CostEstimate estimate = Cards.Model($"\"PerMillionTokens\": {{ \"Input\": {price}, \"Output\": 60 }}").Estimate("m", new TokenUsage { Input = 3 });
        Assert.True((Fraction.From(perMillion) * new Fraction(3, 1_000_000)).IsExactly(estimate.Total!.Value.Amount));
    }

    /// <summary>10^18 tokens at 900.000000001 per million are 900,000,000,001,000; all but one of them are an amount of 30 digits, which no decimal holds.</summary>
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

    /// <summary>A part of an amount that a decimal holds may have more digits than the whole; that needs counts in the billions, and then it throws.</summary>
    private static void AssertPartsSumToTotal(CostEstimator estimator, CostEstimate estimate, CallContext context)
    {
        try
        {
            CostReceipt receipt = estimator.Explain("m", estimate.Usage, context);
            Assert.Equal(estimate.Total?.Amount, receipt.Total?.Amount);
            Assert.Equal(estimate.Total?.Amount, receipt.Lines.Sum(line => line.Amount));
            Assert.Equal(estimate.Total?.Amount, Enum.GetValues<TokenBucket>().Sum(bucket => estimate.GetAmount(bucket)));
        }
        catch (OverflowException)
        {
            Assert.Contains(Enum.GetValues<TokenBucket>(), bucket => estimate.Usage[bucket] > 1_000_000_000);
        }
    }

    /// <summary>The estimate, or null when no decimal holds the exact amount: then, and only then, it must throw.</summary>
    private static CostEstimate? Estimate(CostEstimator estimator, PriceVersion version, TokenUsage usage, CallContext context)
    {
        try
        {
            return estimator.Estimate("m", usage, context);
        }
        catch (OverflowException)
        {
            Fraction? cost = Reference.Cost(version, usage, context.At ?? default, context.Tier);
            Assert.False(cost is { } exact && FitsDecimal(exact), "a decimal holds the amount, so it must not overflow");
            return null;
        }
    }

    /// <summary>Random tiers may come in an order that validation refuses, and a version may have no price at all: then there is nothing to test.</summary>
    private static CostEstimator? Make(PriceVersion version)
    {
        try
        {
            return new CostEstimator(new RateCard { Name = "c", Currency = "USD", Models = [new ModelPricing { Id = "m", Versions = [version] }] });
        }
        catch (RateCardException exception)
        {
            Assert.All(exception.Faults, fault => Assert.True(fault.Path.Contains(":Rules", StringComparison.Ordinal) || fault.Problem == "has no prices.", fault.ToString()));
            return null;
        }
    }

    private static TokenUsage FromCounts(long[] counts)
    {
        TokenCounts values = default;
        for (int i = 0; i < counts.Length; i++)
        {
            values[i] = counts[i];
        }

        return TokenUsage.FromCounts(in values);
    }

    private static bool FitsDecimal(Fraction value)
    {
        System.Numerics.BigInteger divisor = System.Numerics.BigInteger.GreatestCommonDivisor(value.Numerator, value.Denominator);
        System.Numerics.BigInteger denominator = value.Denominator / divisor;
        System.Numerics.BigInteger numerator = value.Numerator / divisor;
        for (int scale = 0; scale <= 28; scale++)
        {
            System.Numerics.BigInteger power = System.Numerics.BigInteger.Pow(10, scale);
            if ((power % denominator).IsZero)
            {
                return numerator * (power / denominator) < System.Numerics.BigInteger.One << 96;
            }
        }

        return false;
    }
}
