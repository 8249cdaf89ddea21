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
    /// Three products of 63 and 64 bits have a sum of more than 128: 3 x 9 x 10^18 tokens at 18446744073709.551 a million are
    /// 27 x 18446744073709551 x 10^9. The price of cache reads, of which there are none, makes all of them whole numbers of 10^-12.
    /// </summary>
    [Fact]
    public void Estimate_SumBeyond128Bits_IsExact()
    {
        const decimal Price = 18446744073709.551m;
        CostEstimator estimator = Make(new TokenRates { Input = Price, Output = Price, Reasoning = Price, CacheRead = 0.000001m });
        const long Count = 9_000_000_000_000_000_000;

        Assert.Equal(498_062_089_990_157_877_000_000_000m, estimator.Estimate("m", new TokenUsage { Input = Count, Output = Count, Reasoning = Count }).Total?.Amount);
    }

    /// <summary>A price finer than any decimal per token: nothing of it is 0, and a decimal that is one.</summary>
    [Fact]
    public void Estimate_NothingAtAPriceWithTooManyDecimals_IsAValidZero()
    {
        CostEstimator estimator = Make(new TokenRates { Input = 0.0000000000000000000000000001m });

        Assert.True(estimator.TryGetTotal("m", default, default, out decimal total));
        Assert.Equal(0m, new decimal(decimal.GetBits(total))); // refuses bits that are no decimal
    }

    /// <summary>A rule by size needs the sum of the counts: the greatest count is above any size, and two of them have no sum.</summary>
    [Theory]
    [InlineData(TokenBasis.TotalInput)]
    [InlineData(TokenBasis.FreshInput)]
    [InlineData(TokenBasis.Output)]
    public void Estimate_SizeOfTheGreatestCounts_IsSummedOrOverflows(TokenBasis basis)
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
                Assert.Throws<OverflowException>(() => estimator.Estimate("m", in both));
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
