using System.Diagnostics;
using System.Numerics;

namespace LlmCostModel;

/// <summary>An exact fraction. Prices, their factors and amounts outside the hot path are computed with it, so that no step can
/// round.</summary>
internal readonly struct Rational
{
    private readonly BigInteger _denominatorMinusOne;

    internal Rational(BigInteger numerator, BigInteger denominator)
    {
        Debug.Assert(denominator.Sign > 0, "Denominators are positive.");
        BigInteger divisor = BigInteger.GreatestCommonDivisor(numerator, denominator);
        Numerator = numerator / divisor;
        _denominatorMinusOne = (denominator / divisor) - 1;
    }

    internal BigInteger Numerator { get; }

    internal BigInteger Denominator => _denominatorMinusOne + 1;

    internal static Rational Zero => default;

    internal static Rational From(decimal value)
    {
        (Int128 mantissa, int scale) = DecimalParts.Of(value);
        return new((BigInteger)mantissa, BigInteger.Pow(10, scale));
    }

    public static Rational operator +(Rational left, Rational right) =>
        new((left.Numerator * right.Denominator) + (right.Numerator * left.Denominator), left.Denominator * right.Denominator);

    public static Rational operator -(Rational left, Rational right) =>
        new((left.Numerator * right.Denominator) - (right.Numerator * left.Denominator), left.Denominator * right.Denominator);

    public static Rational operator *(Rational left, Rational right) =>
        new(left.Numerator * right.Numerator, left.Denominator * right.Denominator);

    public static Rational operator /(Rational left, Rational right) => right.Numerator.Sign < 0
        ? new(-left.Numerator * right.Denominator, left.Denominator * -right.Numerator)
        : new(left.Numerator * right.Denominator, left.Denominator * right.Numerator);

    /// <summary>The value as a whole number of units of 10^-scale, when its decimal expansion ends.</summary>
    internal bool TryGetScaled(out BigInteger mantissa, out int scale)
    {
        BigInteger rest = Denominator;
        int twos = 0, fives = 0;
        for (; rest.IsEven; rest >>= 1)
        {
            twos++;
        }

        for (
            BigInteger quotient = BigInteger.DivRem(rest, 5, out BigInteger remainder);
            remainder.IsZero && !rest.IsOne;
            quotient = BigInteger.DivRem(rest, 5, out remainder))
        {
            rest = quotient;
            fives++;
        }

        scale = Math.Max(twos, fives);
        mantissa = rest.IsOne ? Numerator * BigInteger.Pow(10, scale) / Denominator : default;
        return rest.IsOne;
    }

    /// <summary>The value as a decimal: exact where a decimal can hold it, otherwise rounded half to even at the 28th decimal or the last
    /// digit that fits.</summary>
    /// <param name="exact">Whether nothing was rounded.</param>
    /// <exception cref="OverflowException">The value is beyond the range of <see cref="decimal"/>.</exception>
    internal decimal ToDecimal(out bool exact)
    {
        if (TryGetScaled(out BigInteger mantissa, out int scale) && scale <= DecimalParts.MaxScale && DecimalParts.Fits(mantissa))
        {
            exact = true;
            return DecimalParts.ToDecimal(mantissa, scale);
        }

        exact = false;
        for (scale = DecimalParts.MaxScale; scale >= 0; scale--)
        {
            BigInteger scaled = Numerator * BigInteger.Pow(10, scale);
            BigInteger quotient = BigInteger.DivRem(scaled, Denominator, out BigInteger remainder);
            int half = (BigInteger.Abs(remainder) * 2).CompareTo(Denominator);
            if (half > 0 || (half == 0 && !quotient.IsEven))
            {
                quotient += Numerator.Sign;
            }

            if (DecimalParts.Fits(quotient))
            {
                return DecimalParts.ToDecimal(quotient, scale);
            }
        }

        throw OutOfRange();
    }

    /// <summary>The value as a decimal that holds it exactly.</summary>
    /// <exception cref="OverflowException">No decimal holds it.</exception>
    internal decimal ToExactDecimal()
    {
        decimal value = ToDecimal(out bool exact);
        return exact ? value : throw AmountOverflow();
    }

    internal static OverflowException OutOfRange() =>
        new("The amount is greater than a decimal can hold (about 7.9e28). Price the usage in smaller parts.");

    internal static OverflowException AmountOverflow() =>
        new(
            "The exact amount has more digits than a decimal can hold (28). Nothing is rounded silently: price the usage in smaller parts."
        );
}
