using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LlmCostModel;

/// <summary>
/// The token prices of one version under one combination of rules, as whole numbers of 10^-scale of the currency per token.
/// The scale is the smallest that holds every price exactly.
/// </summary>
internal sealed class PriceRow
{
    private const ulong MoreThan32Bits = ulong.MaxValue << 32;

    private readonly PriceVector _prices;
    private readonly PriceVector _slowBits; // bits of a count that make the call leave the hot path
    private readonly ulong _largeBits; // bits of a count that make 64 bits too few
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

            fits &= PerTokenPrice.TryScale(version, in rate, out mantissas[i], out scales[i]);
            _scale = Math.Max(_scale, scales[i]);
        }

        UInt128 sum = 0;
        ulong largestPrice = 0;
        for (int i = 0; i < TokenBuckets.Count && fits; i++)
        {
            UInt128 mantissa = mantissas[i];
            for (int scale = scales[i]; scale < _scale && mantissa <= ulong.MaxValue; scale++)
            {
                mantissa *= 10;
            }

            fits = mantissa <= ulong.MaxValue && _scale <= DecimalParts.MaxScale;
            _prices[i] = unchecked((ulong)mantissa);
            largestPrice = Math.Max(largestPrice, _prices[i]);
            sum += mantissa;
        }

        _exactPrices = fits ? null : PerTokenPrice.FindExact(version, combination);
        _scale = fits ? _scale : 0;

        // Counts below this power of two make neither the products nor their sum exceed 64 bits. Prices that do not fit leave no such count
        // but 0.
        UInt128 largest = sum == 0 ? long.MaxValue : UInt128.Min(long.MaxValue, ulong.MaxValue / sum);
        _largeBits = fits ? ulong.MaxValue << BitOperations.Log2((ulong)largest + 1) : ulong.MaxValue;
        ulong slowBits = largestPrice <= uint.MaxValue ? _largeBits | MoreThan32Bits : ulong.MaxValue;
        for (int i = 0; i < TokenBuckets.Count; i++)
        {
            _slowBits[i] = (_unknown & (1u << i)) != 0 ? ulong.MaxValue : slowBits;
        }
    }

    internal CompiledVersion Version { get; }

    internal RuleCombination Combination { get; }

    /// <summary>The digits after the point of the unit of the prices; <see langword="null"/> when no unit holds them all.</summary>
    internal int? Scale => _exactPrices is null ? _scale : null;

    /// <summary>The price of one token as a whole number of 10^-scale of the currency; 0 where it is not known.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="scale">At least <see cref="Scale"/>.</param>
    internal UInt128 PriceOf(TokenBucket bucket, int scale)
    {
        UInt128 price = _prices[(int)bucket];
        for (int i = _scale; i < scale; i++)
        {
            price *= 10;
        }

        return price;
    }

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

    /// <summary>Whether a bucket that the call used has a known price.</summary>
    internal bool UsesKnown(in TokenUsage usage)
    {
        for (int i = 0; i < TokenBuckets.Count; i++)
        {
            if (usage[(TokenBucket)i] != 0 && !IsUnknown((TokenBucket)i))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Takes what the reasons of unknown prices need of a call besides its usage: its region, its attributes or nothing.</summary>
    /// <returns>Whether that is one thing; of both, the reasons are better written at once.</returns>
    internal bool TryKeepFacts(in CallContext context, out object? facts)
    {
        string? region = Version.HasUnpricedRegions ? context.Region : null;
        CallAttributes? attributes = Combination.Unknown.IsEmpty ? null : context.Attributes;
        facts = region ?? (object?)attributes;
        return region is null || attributes is null;
    }

    /// <summary>Whether one bucket has no known price.</summary>
    internal bool IsUnknown(TokenBucket bucket) => (_unknown & (1u << (int)bucket)) != 0;

    /// <summary>The hot path of an estimate: copies the usage and multiplies it.</summary>
    /// <param name="usage">What the call consumed.</param>
    /// <param name="copy">Receives the usage, when the result is <see langword="true"/>.</param>
    /// <param name="total">The exact cost, when the result is <see langword="true"/>.</param>
    /// <returns>Whether the path could be taken.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool TryMultiply(in TokenUsage usage, out TokenUsage copy, out decimal total)
    {
        Unsafe.SkipInit(out copy);
        return TryMultiply(in usage, copies: true, ref copy, out total);
    }

    /// <summary>The hot path of the total alone.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool TryMultiply(in TokenUsage usage, out decimal total) =>
        TryMultiply(in usage, copies: false, ref Unsafe.NullRef<TokenUsage>(), out total);

    /// <summary>Multiplies four buckets at a time.</summary>
    /// <remarks>
    /// One test finds every reason to leave the path: a bucket without a price that was used, or a number so large that 64 bits might not
    /// hold the sum, or 32 bits a
    /// factor: two factors of 32 bits are one instruction where two of 64 are a dozen. No loop: the compiler does not unroll it.
    /// CostEstimatorBenchmarks shows what it brings over one bucket after the other.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryMultiply(in TokenUsage usage, bool copies, ref TokenUsage copy, out decimal total)
    {
        ref ulong counts = ref Unsafe.As<TokenUsage, ulong>(ref Unsafe.AsRef(in usage));
        ref ulong prices = ref Unsafe.As<PriceVector, ulong>(ref Unsafe.AsRef(in _prices));
        ref ulong slow = ref Unsafe.As<PriceVector, ulong>(ref Unsafe.AsRef(in _slowBits));
        Vector256<ulong> first = Vector256.LoadUnsafe(ref counts);
        Vector256<ulong> second = Vector256.LoadUnsafe(ref counts, 4);
        Vector256<ulong> third = Vector256.LoadUnsafe(ref counts, 8);
        Vector256<ulong> fourth = Vector256.LoadUnsafe(ref counts, 12);
        Vector128<ulong> last = Vector128.LoadUnsafe(ref counts, 16);
        Vector256<ulong> reasons = (first & Vector256.LoadUnsafe(ref slow))
            | (second & Vector256.LoadUnsafe(ref slow, 4))
            | (third & Vector256.LoadUnsafe(ref slow, 8))
            | (fourth & Vector256.LoadUnsafe(ref slow, 12));
        if ((reasons.GetLower() | reasons.GetUpper() | (last & Vector128.LoadUnsafe(ref slow, 16))) != Vector128<ulong>.Zero)
        {
            total = 0;
            return false;
        }

        if (copies)
        {
            ref ulong target = ref Unsafe.As<TokenUsage, ulong>(ref copy);
            first.StoreUnsafe(ref target);
            second.StoreUnsafe(ref target, 4);
            third.StoreUnsafe(ref target, 8);
            fourth.StoreUnsafe(ref target, 12);
            last.StoreUnsafe(ref target, 16);
        }

        Vector256<ulong> sums = MultiplyHalves(first, Vector256.LoadUnsafe(ref prices))
            + MultiplyHalves(second, Vector256.LoadUnsafe(ref prices, 4))
            + (MultiplyHalves(third, Vector256.LoadUnsafe(ref prices, 8))
            + MultiplyHalves(fourth, Vector256.LoadUnsafe(ref prices, 12)));
        Vector128<ulong> lastSums = MultiplyHalves(last, Vector128.LoadUnsafe(ref prices, 16));
        DecimalParts.WriteScaled(Vector128.Sum(sums.GetLower() + sums.GetUpper() + lastSums), _scale, out total);
        return true;
    }

    /// <summary>The products of the lower 32 bits of each number; the upper ones are 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> MultiplyHalves(Vector256<ulong> left, Vector256<ulong> right) =>
        Avx2.IsSupported ? Avx2.Multiply(left.AsUInt32(), right.AsUInt32()) : left * right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> MultiplyHalves(Vector128<ulong> left, Vector128<ulong> right) =>
        Sse2.IsSupported ? Sse2.Multiply(left.AsUInt32(), right.AsUInt32()) : left * right;

    /// <summary>The exact cost of the tokens. Buckets without a price count as nothing: ask <see cref="UsesUnknown"/>.</summary>
    /// <exception cref="OverflowException">No decimal holds the amount exactly.</exception>
    internal decimal Multiply(in TokenUsage usage) =>
        TryMultiply(in usage, out decimal total) || TryMultiplyLarge(in usage, out total)
            ? total
            : MultiplyToFraction(in usage).ToExactDecimal();

    /// <summary>The cost of one bucket: exact, or rounded where the amount has more digits than a decimal.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="count">Its tokens.</param>
    /// <param name="lost">What rounding took away, less than 0 for what it added; 0 when the amount is exact.</param>
    /// <exception cref="OverflowException">The amount is beyond the range of <see cref="decimal"/>.</exception>
    internal decimal Multiply(TokenBucket bucket, long count, out Rational lost)
    {
        TokenCounts counts = default;
        counts[(int)bucket] = count;
        TokenUsage usage = TokenUsage.FromCounts(in counts);
        lost = Rational.Zero;
        if (TryMultiply(in usage, out decimal amount) || TryMultiplyLarge(in usage, out amount))
        {
            return amount;
        }

        Rational exact = MultiplyToFraction(in usage);
        amount = exact.ToDecimal(out bool isExact);
        lost = isExact ? Rational.Zero : exact - Rational.From(amount);
        return amount;
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

    /// <summary>64 bits one bucket after the other, then 128 for large counts; beyond that are fractions, which alone allocate.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryMultiplyLarge(in TokenUsage usage, out decimal amount)
    {
        amount = 0;
        if (_exactPrices is null)
        {
            ulong any = 0;
            ulong sum = 0;
            for (int i = 0; i < TokenBuckets.Count; i++)
            {
                ulong count = (ulong)usage[(TokenBucket)i];
                any |= count;
                sum = unchecked(sum + (count * _prices[i]));
            }

            if ((any & _largeBits) == 0)
            {
                DecimalParts.WriteScaled(sum, _scale, out amount);
                return true;
            }

            UInt128 total = 0;
            bool fits = true;
            for (int i = 0; i < TokenBuckets.Count; i++)
            {
                ulong high = Math.BigMul((ulong)usage[(TokenBucket)i], _prices[i], out ulong low);
                UInt128 next = unchecked(total + new UInt128(high, low));
                fits &= next >= total;
                total = next;
            }

            return fits && DecimalParts.TryToDecimal(total, _scale, out amount);
        }

        return false;
    }
}
