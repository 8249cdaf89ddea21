using System.Globalization;
using System.Numerics;

namespace LlmCostModel.Tests.Support;

/// <summary>A fraction of big integers, made from the text of decimals so that it shares nothing with the library's arithmetic.</summary>
internal readonly record struct Fraction(BigInteger Numerator, BigInteger Denominator)
{
    public static Fraction From(decimal value)
    {
        string text = value.ToString(CultureInfo.InvariantCulture);
        int point = text.IndexOf('.', StringComparison.Ordinal);
        int decimals = point < 0 ? 0 : text.Length - point - 1;
        return new(BigInteger.Parse(text.Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture), BigInteger.Pow(10, decimals));
    }

    public static Fraction Inverse(decimal value) => new(From(value).Denominator, From(value).Numerator);

    public static Fraction operator +(Fraction left, Fraction right)
    {
        BigInteger common = BigInteger.GreatestCommonDivisor(left.Denominator, right.Denominator);
        return new(
            (left.Numerator * (right.Denominator / common)) + (right.Numerator * (left.Denominator / common)),
            left.Denominator / common * right.Denominator);
    }

    public static Fraction operator *(Fraction left, Fraction right) => new(left.Numerator * right.Numerator, left.Denominator * right.Denominator);

    /// <summary>Equal to the last digit.</summary>
    public bool IsExactly(decimal value)
    {
        Fraction other = From(value);
        return Numerator * other.Denominator == other.Numerator * Denominator;
    }

    /// <summary>Equal but for what a decimal has no place for: behind the 28th digit, and behind the 28th decimal.</summary>
    public bool IsTo28Digits(decimal value)
    {
        Fraction other = From(value);
        Fraction difference = this + new Fraction(-other.Numerator, other.Denominator);
        BigInteger size = BigInteger.Abs(difference.Numerator) * BigInteger.Pow(10, 28);
        return size <= difference.Denominator || size * Denominator <= BigInteger.Abs(Numerator) * difference.Denominator;
    }

    public int CompareTo(Fraction other) => (Numerator * other.Denominator).CompareTo(other.Numerator * Denominator);

    /// <summary>Whether a decimal holds the value with all its digits.</summary>
    public bool FitsDecimal()
    {
        BigInteger divisor = BigInteger.GreatestCommonDivisor(Numerator, Denominator);
        BigInteger denominator = Denominator / divisor;
        BigInteger numerator = Numerator / divisor;
        for (int scale = 0; scale <= 28; scale++)
        {
            BigInteger power = BigInteger.Pow(10, scale);
            if ((power % denominator).IsZero)
            {
                return numerator * (power / denominator) < BigInteger.One << 96;
            }
        }

        return false;
    }

    public override string ToString() => $"{(double)Numerator / (double)Denominator:R} ({Numerator}/{Denominator})";
}
