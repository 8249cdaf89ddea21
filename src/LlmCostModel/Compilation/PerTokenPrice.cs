using System.Numerics;

namespace LlmCostModel;

/// <summary>Turns the prices per million tokens that cards state, and what rules make of them, into prices of one token.</summary>
internal static class PerTokenPrice
{
    /// <summary>The price as the smallest whole number of 10^-scale of the currency.</summary>
    /// <returns>Whether 64 bits hold it; where they do not, <see cref="FindExact"/> has the prices.</returns>
    internal static bool TryScale(CompiledVersion version, in ResolvedRate rate, out UInt128 mantissa, out int scale)
    {
        if (rate.Effects.IsPlain)
        {
            // The common case without fractions, which makes compiling thousands of models cheap.
            (Int128 value, int decimals) = DecimalParts.Of(rate.PerMillion!.Value);
            mantissa = (UInt128)value;
            scale = decimals + 6;
            while (scale > 0 && mantissa % 10 == 0)
            {
                mantissa /= 10;
                scale--;
            }

            return mantissa <= ulong.MaxValue;
        }

        (rate.ComputeNet(version) / Rational.From(1_000_000)).TryGetScaled(out BigInteger exact, out scale);
        bool fits = exact <= ulong.MaxValue;
        mantissa = fits ? (UInt128)exact : 0;
        return fits;
    }

    /// <summary>The prices of all buckets as fractions, 0 for those that are not known.</summary>
    internal static Rational[] FindExact(CompiledVersion version, RuleCombination combination)
    {
        Rational[] perToken = new Rational[TokenBuckets.Count];
        for (int i = 0; i < perToken.Length; i++)
        {
            ResolvedRate rate = version.Resolve((TokenBucket)i, combination);
            perToken[i] = rate.IsKnown ? rate.ComputeNet(version) / Rational.From(1_000_000) : Rational.Zero;
        }

        return perToken;
    }
}
