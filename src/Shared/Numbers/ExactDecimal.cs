using System.Globalization;
using System.Numerics;

namespace LlmCostModel;

/// <summary>Reads a decimal from text without ever rounding it.</summary>
internal static class ExactDecimal
{
    /// <summary>Nothing is priced or counted in longer numbers than this, also where all further digits are zeros.</summary>
    private const int MostCharacters = 4_000;

    /// <summary>Reads digits with a point and an exponent, in the invariant culture.</summary>
    /// <param name="text">The text.</param>
    /// <param name="value">The value; rounded when <paramref name="tooPrecise"/>.</param>
    /// <param name="tooPrecise">Whether a decimal cannot hold every digit.</param>
    /// <returns>Whether the text is a number in the range of a decimal.</returns>
    internal static bool TryParse(ReadOnlySpan<char> text, out decimal value, out bool tooPrecise)
    {
        text = text.Trim();
        tooPrecise = false;
        if (!decimal.TryParse(
                text,
                NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
                CultureInfo.InvariantCulture,
                out value))
        {
            return false;
        }

        // Short texts without an exponent always fit. Endless ones are not worth the time that it takes to compare their digits.
        tooPrecise = text.Length > MostCharacters
            || ((text.Length > DecimalParts.MaxScale - 1 || text.ContainsAny('e', 'E')) && !IsExact(text, value));
        return true;
    }

    /// <summary>Compares the digits of the text with those of the value, as a fraction.</summary>
    private static bool IsExact(ReadOnlySpan<char> text, decimal value)
    {
        int exponentAt = text.IndexOfAny('e', 'E');
        int exponent = 0;
        if (exponentAt >= 0
            && !int.TryParse(text[(exponentAt + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent))
        {
            return false;
        }

        ReadOnlySpan<char> digits = exponentAt < 0 ? text : text[..exponentAt];
        int point = digits.IndexOf('.');
        int decimals = point < 0 ? 0 : digits.Length - point - 1;
        BigInteger mantissa = BigInteger.Parse(
            digits.ToString().Replace(".", "", StringComparison.Ordinal),
            NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture);
        int scale = decimals - exponent;
        if (mantissa.IsZero)
        {
            return true;
        }

        if (scale > 1000)
        {
            return false; // and below -28 there is no decimal
        }

        Rational exact = scale >= 0 ? new(mantissa, BigInteger.Pow(10, scale)) : new(mantissa * BigInteger.Pow(10, -scale), 1);
        Rational read = Rational.From(value);
        return exact.Numerator == read.Numerator && exact.Denominator == read.Denominator;
    }
}
