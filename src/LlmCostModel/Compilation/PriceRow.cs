using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LlmCostModel;

/// <summary>
/// The token prices of one version under one combination of rules, as whole numbers of 10^-scale of the currency per token.
/// The scale is the smallest that holds every price exactly.
/// </summary>
internal sealed class PriceRow
{
    private readonly PriceVector _prices;
    private readonly PriceVector _slowBits;
    private readonly uint _unknown;
    private readonly int _scale;
    private readonly Rational[]? _exactPrices; // only when some price has too many digits for a whole number of 64 bits

    internal PriceRow(CompiledVersion version, RuleCombination combination)
    {
        Version = version;
        Combination = combination;
        Span<UInt128> mantissas = stackalloc UInt128[TokenBuckets.Lanes];
        Span<int> scales = stackalloc int[TokenBuckets.Lanes];
        bool fits = true;
        for (int i = 0; i < TokenBuckets.Count; i++)
        {
            ResolvedRate rate = version.Resolve((TokenBucket)i, combination);
            if (!rate.IsKnown)
            {
                _unknown |= 1u << i;
                continue;
            }

            fits &= TryScale(version, in rate, out mantissas[i], out scales[i]);
            _scale = Math.Max(_scale, scales[i]);
        }

        UInt128 sum = 0;
        for (int i = 0; i < TokenBuckets.Count && fits; i++)
        {
            UInt128 mantissa = mantissas[i];
            for (int scale = scales[i]; scale < _scale && mantissa <= ulong.MaxValue; scale++)
            {
                mantissa *= 10;
            }

            fits = mantissa <= ulong.MaxValue && _scale <= DecimalParts.MaxScale;
            _prices[i] = unchecked((ulong)mantissa);
            sum += mantissa;
        }

        _exactPrices = fits ? null : ExactPrices(version, combination);

        // Counts below this power of two make neither the products nor their sum exceed 64 bits. Prices that do not fit leave no such count but 0.
        UInt128 largest = sum == 0 ? long.MaxValue : UInt128.Min(long.MaxValue, ulong.MaxValue / sum);
        ulong slowBits = fits ? ulong.MaxValue << BitOperations.Log2((ulong)largest + 1) : ulong.MaxValue;
        for (int i = 0; i < TokenBuckets.Count; i++)
        {
            _slowBits[i] = (_unknown & (1u << i)) != 0 ? ulong.MaxValue : slowBits;
        }
    }

    internal CompiledVersion Version { get; }

    internal RuleCombination Combination { get; }

    /// <summary>Whether a bucket that the call used has no known price.</summary>
    internal bool UsesUnknown(in TokenUsage usage)
    {
        for (uint unknown = _unknown; unknown != 0; unknown &= unknown - 1)
        {
            if (usage[(TokenBucket)BitOperations.TrailingZeroCount(unknown)] != 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether one bucket has no known price.</summary>
    internal bool IsUnknown(TokenBucket bucket) => (_unknown & (1u << (int)bucket)) != 0;

    /// <summary>The hot path: copies the usage and multiplies it, four buckets at a time.</summary>
    /// <remarks>
    /// One test finds every reason to leave the path: a bucket without a price that was used, or a count so large that 64 bits might not hold the sum.
    /// CostEstimatorBenchmarks shows what it brings over one bucket after the other.
    /// </remarks>
    /// <param name="usage">What the call consumed.</param>
    /// <param name="copy">Receives the usage.</param>
    /// <param name="total">The exact cost, when the result is <see langword="true"/>.</param>
    /// <returns>Whether the path could be taken.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool TryMultiply(in TokenUsage usage, out TokenUsage copy, out decimal total)
    {
        Unsafe.SkipInit(out copy);
        ref ulong counts = ref Unsafe.As<TokenUsage, ulong>(ref Unsafe.AsRef(in usage));
        ref ulong target = ref Unsafe.As<TokenUsage, ulong>(ref copy);
        ref ulong prices = ref Unsafe.As<PriceVector, ulong>(ref Unsafe.AsRef(in _prices));
        ref ulong slow = ref Unsafe.As<PriceVector, ulong>(ref Unsafe.AsRef(in _slowBits));
        Vector256<ulong> reasons = Vector256<ulong>.Zero;
        Vector256<ulong> sums = Vector256<ulong>.Zero;
        nuint i = 0;
        for (; i < TokenBuckets.Lanes - (TokenBuckets.Lanes % 4); i += 4)
        {
            Vector256<ulong> four = Vector256.LoadUnsafe(ref counts, i);
            four.StoreUnsafe(ref target, i);
            reasons |= four & Vector256.LoadUnsafe(ref slow, i);
            sums += four * Vector256.LoadUnsafe(ref prices, i);
        }

        ulong lastReasons = 0;
        ulong lastSum = 0;
        for (; i < TokenBuckets.Lanes; i++)
        {
            ulong one = Unsafe.Add(ref counts, i);
            Unsafe.Add(ref target, i) = one;
            lastReasons |= one & Unsafe.Add(ref slow, i);
            lastSum = unchecked(lastSum + (one * Unsafe.Add(ref prices, i)));
        }

        if (reasons != Vector256<ulong>.Zero || lastReasons != 0)
        {
            total = 0;
            return false;
        }

        DecimalParts.WriteScaled(unchecked(Vector256.Sum(sums) + lastSum), _scale, out total);
        return true;
    }

    /// <summary>The exact cost of the tokens. Buckets without a price count as nothing: ask <see cref="UsesUnknown"/>.</summary>
    /// <exception cref="OverflowException">No decimal holds the amount exactly.</exception>
    internal decimal Multiply(in TokenUsage usage) => TryMultiply(in usage, out _, out decimal total) ? total : MultiplyExactly(in usage);

    /// <summary>The exact cost of one bucket.</summary>
    internal decimal Multiply(TokenBucket bucket, long count)
    {
        TokenCounts counts = default;
        counts[(int)bucket] = count;
        return Multiply(TokenUsage.FromCounts(in counts));
    }

    /// <summary>The exact cost as a fraction, for sums whose terms have different scales.</summary>
    internal Rational MultiplyToFraction(in TokenUsage usage)
    {
        Rational total = Rational.Zero;
        for (int i = 0; i < TokenBuckets.Count; i++)
        {
            long count = usage[(TokenBucket)i];
            if (count != 0 && !IsUnknown((TokenBucket)i))
            {
                Rational price = _exactPrices is null ? new Rational(_prices[i], BigInteger.Pow(10, _scale)) : _exactPrices[i];
                total += new Rational(count, 1) * price;
            }
        }

        return total;
    }

    /// <summary>128 bits for large counts without allocation; beyond that fractions.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private decimal MultiplyExactly(in TokenUsage usage)
    {
        if (_exactPrices is null)
        {
            UInt128 total = 0;
            bool fits = true;
            for (int i = 0; i < TokenBuckets.Count; i++)
            {
                ulong high = Math.BigMul((ulong)usage[(TokenBucket)i], _prices[i], out ulong low);
                UInt128 next = unchecked(total + new UInt128(high, low));
                fits &= next >= total;
                total = next;
            }

            if (fits && DecimalParts.TryToDecimal(total, _scale, out decimal amount))
            {
                return amount;
            }
        }

        return MultiplyToFraction(in usage).ToExactDecimal();
    }

    private static bool TryScale(CompiledVersion version, in ResolvedRate rate, out UInt128 mantissa, out int scale)
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

        (rate.ComputeNet(version.Rules) / Rational.From(1_000_000)).TryGetScaled(out BigInteger exact, out scale);
        bool fits = exact <= ulong.MaxValue;
        mantissa = fits ? (UInt128)exact : 0;
        return fits;
    }

    private static Rational[] ExactPrices(CompiledVersion version, RuleCombination combination)
    {
        Rational[] perToken = new Rational[TokenBuckets.Count];
        for (int i = 0; i < perToken.Length; i++)
        {
            ResolvedRate rate = version.Resolve((TokenBucket)i, combination);
            perToken[i] = rate.IsKnown ? rate.ComputeNet(version.Rules) / Rational.From(1_000_000) : Rational.Zero;
        }

        return perToken;
    }
}
