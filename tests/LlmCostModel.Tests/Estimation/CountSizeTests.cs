using LlmCostModel.Tests.Support;

namespace LlmCostModel.Tests.Estimation;

/// <summary>Counts and prices on both sides of 32, 64 and 128 bits, where the way of multiplying changes: the amount never does.</summary>
public sealed class CountSizeTests
{
    private static readonly long[] Counts =
    [
        0, 1, 3, 1L << 20, (1L << 31) - 1, 1L << 31, (1L << 32) - 1, 1L << 32, (1L << 32) + 1, (1L << 40) + 7, 1L << 58, 1L << 59, 1L << 62, long.MaxValue,
    ];

    /// <summary>From nothing to more than 64 bits, with few decimals and with many.</summary>
    private static readonly decimal[] Prices =
    [
        0m, 1m, 0.14m, 2.19m, 4294.967295m, 4294.967296m, 0.000000000000001m, 18446744073709.551615m, 18446744073709.551616m,
        0.0000000000000000000001m, 1234567.8901234567890123m, 79228162514264337593543950335m,
    ];

    public static TheoryData<TokenBucket> Buckets => [.. Enum.GetValues<TokenBucket>()];

    /// <summary>One bucket with every count at every price: count x price / 1,000,000 as a fraction, or an overflow where no decimal is that.</summary>
    [Theory]
    [MemberData(nameof(Buckets))]
    public void Estimate_OneBucket_IsCountTimesPrice(TokenBucket bucket)
    {
        foreach (decimal price in Prices)
        {
            CostEstimator estimator = Make(new TokenRates().With(bucket, price));
            foreach (long count in Counts)
            {
                AssertCosts(estimator, new TokenUsage { [bucket] = count }, Fraction.From(price) * new Fraction(count, 1_000_000));
            }
        }
    }

    /// <summary>Two buckets of different scales and sizes together: the sum of both products.</summary>
    [Fact]
    public void Estimate_TwoBuckets_IsTheSumOfBoth()
    {
        foreach (decimal input in Prices)
        {
            foreach (decimal output in Prices)
            {
                CostEstimator estimator = Make(new TokenRates { Input = input, Output = output });
                foreach (long count in Counts)
                {
                    foreach (long other in (long[])[1, 1L << 33, 1L << 61])
                    {
                        AssertCosts(
                            estimator,
                            new TokenUsage { Input = count, Output = other },
                            (Fraction.From(input) * new Fraction(count, 1_000_000)) + (Fraction.From(output) * new Fraction(other, 1_000_000)));
                    }
                }
            }
        }
    }

    /// <summary>
    /// Products of 63 and 64 bits have a sum of more than 128, once or twice: each is 9 x 10^18 tokens at 18446744073709.551 a million,
    /// 18446744073709551 x 9 x 10^9. The price of cache reads, of which there are none, makes all of them whole numbers of 10^-12.
    /// </summary>
    [Theory]
    [InlineData(2, "332041393326771918000000000")]
    [InlineData(3, "498062089990157877000000000")]
    [InlineData(4, "664082786653543836000000000")]
    [InlineData(5, "830103483316929795000000000")]
    [InlineData(6, "996124179980315754000000000")]
    public void Estimate_SumBeyond128Bits_IsExact(int buckets, string total)
    {
        TokenBucket[] used =
        [
            TokenBucket.Input, TokenBucket.Output, TokenBucket.Reasoning, TokenBucket.AudioInput, TokenBucket.ImageInput, TokenBucket.AudioOutput,
        ];
        CostEstimator estimator = Make(used.Aggregate(new TokenRates { CacheRead = 0.000001m }, (rates, one) => rates.With(one, 18446744073709.551m)));
        TokenUsage usage = used.Take(buckets).Aggregate(default(TokenUsage), (sum, one) => sum.With(one, 9_000_000_000_000_000_000));

        Assert.Equal(decimal.Parse(total, System.Globalization.CultureInfo.InvariantCulture), estimator.Estimate("m", usage).Total?.Amount);
    }

    /// <summary>A factor makes prices of more than 64 and 128 bits, and finer ones than any decimal: price x factor x count / 1,000,000, or an
    /// overflow; beside tokens without a price it is the same.</summary>
    [Theory]
    [InlineData("1234567.8901234567890123", "1.0000001")]
    [InlineData("79228162514264337593543950335", "0.5")]
    [InlineData("79228162514264337593543950335", "1.2345678901234567890123456789")]
    [InlineData("0.0000000000000000000000000001", "0.5")]
    [InlineData("2.5", "0.1")]
    public void Estimate_PriceThatAFactorChanges_IsExact(string price, string factor)
    {
        (decimal input, decimal times) = (Parse(price), Parse(factor));
        PriceVersion version = new() { PerMillionTokens = new TokenRates { Input = input }, Rules = [new PriceRule { Name = "f", Multiply = times }] };
        CostEstimator estimator = new(new RateCard
        {
            Name = "card",
            Currency = "USD",
            Models = [new ModelPricing { Id = "m", Versions = [version] }],
        });
        foreach (long count in Counts)
        {
            Fraction expected = Fraction.From(input) * Fraction.From(times) * new Fraction(count, 1_000_000);
            AssertCosts(estimator, new TokenUsage { Input = count }, expected);
            if (HasDecimal(expected) && count > 0)
            {
                CostEstimate partly = estimator.Estimate("m", new TokenUsage { Input = count, Output = 1 });
                Assert.Equal(CostStatus.Partial, partly.Status);
                Assert.True(expected.IsExactly(partly.Total!.Value.Amount), $"{count} cost {partly}, not {expected}");
            }
        }

        static decimal Parse(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>A price finer than any decimal per token: nothing of it is 0, and a decimal that is one.</summary>
    [Fact]
    public void Estimate_NothingAtAPriceWithTooManyDecimals_IsAValidZero()
    {
        CostEstimator estimator = Make(new TokenRates { Input = 0.0000000000000000000000000001m });

        Assert.True(estimator.TryGetTotal("m", default, default, out decimal total));
        Assert.Equal(0m, new decimal(decimal.GetBits(total))); // refuses bits that are no decimal
    }

    /// <summary>A rule by size needs the sum of the counts: that of the greatest counts is above any size, though no number holds it.</summary>
    [Theory]
    [InlineData(TokenBasis.TotalInput)]
    [InlineData(TokenBasis.FreshInput)]
    [InlineData(TokenBasis.Output)]
    public void Estimate_SizeOfTheGreatestCounts_IsAboveAnySize(TokenBasis basis)
    {
        TokenBucket[] buckets =
        [
            .. TokenBuckets.All
                .Where(row => (row.Side == TokenSide.Output) == (basis == TokenBasis.Output) && (basis != TokenBasis.FreshInput || row.CacheRole == CacheRole.None))
                .Select(row => row.Bucket),
        ];
        TokenRates rates = buckets.Aggregate(new TokenRates(), (all, bucket) => all.With(bucket, 1));
        PriceRule twice = new() { Name = "large", Multiply = 2, When = new() { Tokens = [new(basis, ThresholdComparison.From, long.MaxValue)] } };
        CostEstimator estimator = new(new RateCard
        {
            Name = "card",
            Currency = "USD",
            Models = [new ModelPricing { Id = "m", Versions = [new PriceVersion { PerMillionTokens = rates, Rules = [twice] }] }],
        });
        foreach (TokenBucket bucket in buckets)
        {
            AssertCosts(estimator, new TokenUsage { [bucket] = long.MaxValue }, new Fraction(long.MaxValue, 1_000_000) * new Fraction(2, 1));
            foreach (TokenBucket other in buckets.Where(other => other != bucket))
            {
                TokenUsage both = new() { [bucket] = long.MaxValue, [other] = long.MaxValue };
                AssertCosts(estimator, both, new Fraction(long.MaxValue, 1_000_000) * new Fraction(4, 1));
            }
        }
    }

    private static void AssertCosts(CostEstimator estimator, TokenUsage usage, Fraction expected)
    {
        try
        {
            CostEstimate estimate = estimator.Estimate("m", in usage);
            Assert.True(expected.IsExactly(estimate.Total!.Value.Amount), $"{usage} costs {estimate}, not {expected}");
            Assert.True(estimator.TryGetTotal("m", in usage, default, out decimal total));
            Assert.Equal(estimate.Total.Value.Amount, total);
        }
        catch (OverflowException)
        {
            Assert.False(HasDecimal(expected), $"{usage} overflows, but {expected} is a decimal");
        }
    }

    /// <summary>Whether a decimal is the fraction, whose denominator is a power of ten: at most 28 decimals, and 96 bits.</summary>
    private static bool HasDecimal(Fraction value)
    {
        System.Numerics.BigInteger mantissa = value.Numerator;
        System.Numerics.BigInteger denominator = value.Denominator;
        while (!denominator.IsOne && mantissa % 10 == 0)
        {
            mantissa /= 10;
            denominator /= 10;
        }

        return denominator <= System.Numerics.BigInteger.Pow(10, 28) && mantissa < System.Numerics.BigInteger.One << 96;
    }

    private static CostEstimator Make(TokenRates rates) => new(new RateCard
    {
        Name = "card",
        Currency = "USD",
        Models = [new ModelPricing { Id = "m", Versions = [new PriceVersion { PerMillionTokens = rates }] }],
    });
}
