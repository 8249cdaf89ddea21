using CsCheck;

namespace LlmCostModel.Tests.Estimation.Exactness;

/// <summary>How large the numbers of random calls are: what a decimal holds limits counts and prices together.</summary>
/// <param name="Price">A price per million tokens.</param>
/// <param name="Factor">What prices are multiplied with.</param>
/// <param name="Counts">The tokens of up to six buckets.</param>
/// <param name="Threshold">The sizes at which rules begin.</param>
internal sealed record Magnitudes(Gen<decimal> Price, Gen<decimal> Factor, Gen<long[]> Counts, Gen<long> Threshold)
{
    /// <summary>Prices of all buckets, of which a share is not known.</summary>
    internal Gen<TokenRates> Rates(double unknown) => Gen.Nullable(Price, unknown).Array[TokenBuckets.Count].Select(prices =>
    {
        TokenRates rates = new();
        for (int i = 0; i < prices.Length; i++)
        {
            rates = rates.With((TokenBucket)i, prices[i]);
        }

        return rates;
    });

    /// <summary>The price of a meter with what providers put around it.</summary>
    internal static readonly Gen<MeterPrice> Meter =
        from price in Gen.Int[0, 5_000]
        from per in Gen.OneOf(1m, 1m, 10m, 1_000m)
        from least in Gen.OneOf(0m, 0m, 3m)
        from increment in Gen.OneOf<decimal?>(null, null, 0.5m, 15m)
        from free in Gen.OneOf(0m, 0m, 0m, 10m)
        from steps in Gen.Int[1, 500].HashSet[0, 2]
        from hasSteps in Gen.OneOf(false, false, true)
        select new MeterPrice
        {
            Price = price / 1_000m,
            Per = per,
            Minimum = least,
            Increment = increment,
            Free = free,
            Steps = [.. steps.Order().Take(hasSteps ? 2 : 0)
                .Select((above, i) => new VolumeStep { Above = 10 + above, Price = price / 2_000m / (i + 1) })],
        };
}
