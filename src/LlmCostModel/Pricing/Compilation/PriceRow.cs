using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LlmCostModel;

/// <summary>
/// The token prices of one version under one combination of rules, as whole numbers of 10^-scale of the currency per token.
/// The scale is the smallest that holds every price exactly.
/// </summary>
internal sealed class PriceRow
{
    private readonly PriceVector _prices;
    private readonly TokenCounts _unknownMasks;
    private readonly ulong _largestCount;
    private readonly int _scale;
    private readonly Rational[]? _wide;

    internal PriceRow(CompiledVersion version, RuleCombination combination)
    {
        Version = version;
        Combination = combination;
        Rational[] perToken = new Rational[TokenBuckets.Count];
        Span<UInt128> mantissas = stackalloc UInt128[TokenBuckets.Count];
        Span<int> scales = stackalloc int[TokenBuckets.Count];
        bool fits = true;
        for (int i = 0; i < TokenBuckets.Count; i++)
        {
            ResolvedRate rate = version.Resolve((TokenBucket)i, combination);
            if (!rate.IsKnown)
            {
                _unknownMasks[i] = -1;
                continue;
            }

            fits &= TryScale(version, in rate, out mantissas[i], out scales[i]);
        }

        foreach (int scale in scales)
        {
            _scale = Math.Max(_scale, scale);
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

        if (!fits)
        {
            _largestCount = 0; // Every estimate that is not zero takes the exact path.
            _wide = Wide(version, combination);
            return;
        }

        // A count of at most this makes neither the products nor their sum, nor the sum of the counts, exceed 64 bits.
        _largestCount = (ulong)UInt128.Min(long.MaxValue / TokenBuckets.Count, sum == 0 ? ulong.MaxValue : ulong.MaxValue / sum);
    }

    internal CompiledVersion Version { get; }

    internal RuleCombination Combination { get; }

    /// <summary>Whether a bucket that the call used has no known price.</summary>
    internal bool UsesUnknown(in TokenUsage usage)
    {
        ReadOnlySpan<long> counts = TokenUsage.CountsOf(in usage);
        long used = 0;
        for (int i = 0; i < TokenBuckets.Count; i++)
        {
            used |= counts[i] & _unknownMasks[i];
        }

        return used != 0;
    }

    /// <summary>Whether one bucket has no known price.</summary>
    internal bool IsUnknown(TokenBucket bucket) => _unknownMasks[(int)bucket] != 0;

    /// <summary>The exact cost of the tokens. Buckets without a price count as nothing: ask <see cref="UsesUnknown"/>.</summary>
    /// <exception cref="OverflowException">No decimal holds the amount exactly.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal decimal Multiply(in TokenUsage usage)
    {
        ReadOnlySpan<long> counts = TokenUsage.CountsOf(in usage);
        ref long count = ref MemoryMarshal.GetReference(counts);
        ref ulong price = ref Unsafe.As<PriceVector, ulong>(ref Unsafe.AsRef(in _prices));
        ulong largest = 0;
        ulong total = 0;
        unchecked
        {
            for (int i = 0; i < TokenBuckets.Count; i++)
            {
                ulong n = (ulong)Unsafe.Add(ref count, i);
                largest |= n;
                total += n * Unsafe.Add(ref price, i);
            }

            // The OR is at least the largest count, so one comparison rules out overflow of every product and of the sum.
            return largest <= _largestCount
                ? new decimal((int)(uint)total, (int)(uint)(total >> 32), 0, false, (byte)_scale)
                : MultiplyWide(in usage);
        }
    }

    /// <summary>The exact cost of one bucket.</summary>
    internal decimal Multiply(TokenBucket bucket, long count)
    {
        TokenCounts counts = default;
        counts[(int)bucket] = count;
        return Multiply(TokenUsage.FromCounts(in counts));
    }

    /// <summary>The exact cost as a fraction, for sums whose terms have different scales.</summary>
    internal Rational MultiplyExact(in TokenUsage usage)
    {
        Rational total = Rational.Zero;
        for (int i = 0; i < TokenBuckets.Count; i++)
        {
            long count = usage[(TokenBucket)i];
            if (count != 0 && _unknownMasks[i] == 0)
            {
                Rational price = _wide is null ? new Rational(_prices[i], BigInteger.Pow(10, _scale)) : _wide[i];
                total += new Rational(count, 1) * price;
            }
        }

        return total;
    }

    /// <summary>128 bits for large counts without allocation; beyond that fractions.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private decimal MultiplyWide(in TokenUsage usage)
    {
        if (_wide is null)
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

        return MultiplyExact(in usage).ToExactDecimal();
    }

    private static bool TryScale(CompiledVersion version, in ResolvedRate rate, out UInt128 mantissa, out int scale)
    {
        if (rate.IsPlain)
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

        (rate.Net(version.Rules) / Rational.From(1_000_000)).TryGetScaled(out BigInteger exact, out scale);
        bool fits = exact <= ulong.MaxValue;
        mantissa = fits ? (UInt128)exact : 0;
        return fits;
    }

    private static Rational[] Wide(CompiledVersion version, RuleCombination combination)
    {
        Rational[] perToken = new Rational[TokenBuckets.Count];
        for (int i = 0; i < perToken.Length; i++)
        {
            ResolvedRate rate = version.Resolve((TokenBucket)i, combination);
            perToken[i] = rate.IsKnown ? rate.Net(version.Rules) / Rational.From(1_000_000) : Rational.Zero;
        }

        return perToken;
    }
}
