using System.Numerics;

namespace LlmCostModel.Planning;

/// <summary>An exact fraction, so that a quotient of amounts can be compared and rounded up without an error of its own.</summary>
internal readonly record struct Rational
{
    private static readonly BigInteger LargestDecimal = new(decimal.MaxValue);

    private Rational(BigInteger numerator, BigInteger denominator)
    {
        BigInteger divisor = BigInteger.GreatestCommonDivisor(numerator, denominator) * (denominator.Sign < 0 ? -1 : 1);
        Numerator = numerator / divisor;
        Denominator = denominator / divisor;
    }

    internal BigInteger Numerator { get; }

    internal BigInteger Denominator { get; }

    internal int Sign => Numerator.Sign;

    public static implicit operator Rational(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        BigInteger digits = ((BigInteger)(uint)bits[2] << 64) + ((BigInteger)(uint)bits[1] << 32) + (uint)bits[0];
        return new(value < 0 ? -digits : digits, BigInteger.Pow(10, (bits[3] >> 16) & 0xFF));
    }

    public static Rational operator +(Rational left, Rational right) =>
        new((left.Numerator * right.Denominator) + (right.Numerator * left.Denominator), left.Denominator * right.Denominator);

    public static Rational operator -(Rational left, Rational right) =>
        new((left.Numerator * right.Denominator) - (right.Numerator * left.Denominator), left.Denominator * right.Denominator);

    public static Rational operator *(Rational left, Rational right) => new(left.Numerator * right.Numerator, left.Denominator * right.Denominator);

    public static Rational operator /(Rational left, Rational right) => right.Sign == 0
        ? throw new DivideByZeroException()
        : new(left.Numerator * right.Denominator, left.Denominator * right.Numerator);

    /// <summary>The smallest whole number that is not less.</summary>
    internal decimal Ceiling()
    {
        BigInteger quotient = BigInteger.DivRem(Numerator, Denominator, out BigInteger rest);
        return (decimal)(rest.Sign > 0 ? quotient + 1 : quotient);
    }

    /// <summary>The nearest decimal of as many digits as fit, ties to even.</summary>
    /// <exception cref="OverflowException">The value is beyond the range of <see cref="decimal"/>.</exception>
    internal decimal ToDecimal()
    {
        for (int scale = 28; scale > 0; scale--)
        {
            BigInteger digits = Round(Numerator * BigInteger.Pow(10, scale), Denominator);
            if (BigInteger.Abs(digits) <= LargestDecimal)
            {
                BigInteger magnitude = BigInteger.Abs(digits);
                decimal whole = (decimal)magnitude;
                int[] parts = decimal.GetBits(whole);
                return Normalise(new decimal(parts[0], parts[1], parts[2], digits.Sign < 0, (byte)scale));
            }
        }

        return (decimal)Round(Numerator, Denominator);
    }

    private static BigInteger Round(BigInteger numerator, BigInteger denominator)
    {
        BigInteger quotient = BigInteger.DivRem(BigInteger.Abs(numerator), denominator, out BigInteger rest);
        int half = (rest * 2).CompareTo(denominator);
        if (half > 0 || (half == 0 && !quotient.IsEven))
        {
            quotient++;
        }

        return numerator.Sign < 0 ? -quotient : quotient;
    }

    /// <summary>Drops trailing zeros: 2.50 becomes 2.5.</summary>
    private static decimal Normalise(decimal value) => value / 1.0000000000000000000000000000m;
}
