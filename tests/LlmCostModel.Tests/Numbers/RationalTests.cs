using System.Globalization;
using System.Numerics;

namespace LlmCostModel.Tests.Numbers;

public sealed class RationalTests
{
    /// <summary>1/2 and -3/4: the sum is -1/4, the difference 5/4, the product -3/8, the quotient -2/3.</summary>
    [Fact]
    public void Arithmetic_OfTwoFractions_IsReduced()
    {
        (Rational half, Rational negative) = (new Rational(2, 4), new Rational(-6, 8));

        AssertIs(1, 2, half);
        AssertIs(-3, 4, negative);
        AssertIs(-1, 4, half + negative);
        AssertIs(5, 4, half - negative);
        AssertIs(-3, 8, half * negative);
        AssertIs(-2, 3, half / negative);
        AssertIs(2, 3, half / new Rational(3, 4));
        AssertIs(-3, 2, negative / half);
        AssertIs(0, 1, half - half);
        AssertIs(0, 1, Rational.Zero);
        AssertIs(1, 2, Rational.Zero + half);
    }

    [Theory]
    [InlineData("0.250", 1, 4)]
    [InlineData("-12.5", -25, 2)]
    [InlineData("0.00", 0, 1)]
    public void From_Decimal_IsTheSameNumber(string value, int numerator, int denominator) => AssertIs(numerator, denominator, Rational.From(Parse(value)));

    /// <summary>A fraction ends when its denominator has no factor but 2 and 5; the higher power of the two is its number of decimals.</summary>
    [Theory]
    [InlineData(0, 1, "0", 0)]
    [InlineData(7, 1, "7", 0)]
    [InlineData(1, 2, "5", 1)]
    [InlineData(1, 8, "125", 3)]
    [InlineData(-3, 40, "-75", 3)]
    [InlineData(1, 5, "2", 1)]
    [InlineData(1, 20, "5", 2)]
    [InlineData(1, 50, "2", 2)]
    [InlineData(1, 125, "8", 3)]
    [InlineData(10, 3, null, 0)]
    [InlineData(1, 7, null, 0)]
    [InlineData(1, 30, null, 0)]
    [InlineData(1, 175, null, 0)]
    public void TryGetScaled_AnyFraction_IsAWholeNumberOfItsLastDecimal(int numerator, int denominator, string? expected, int expectedScale)
    {
        Assert.Equal(expected is not null, new Rational(numerator, denominator).TryGetScaled(out BigInteger mantissa, out int scale));
        if (expected is not null)
        {
            Assert.Equal((BigInteger.Parse(expected, CultureInfo.InvariantCulture), expectedScale), (mantissa, scale));
        }
    }

    /// <summary>Numerators and denominators as text, because several are beyond 64 bits.</summary>
    [Theory]
    [InlineData("3", "8", "0.375", true)]
    [InlineData("-3", "8", "-0.375", true)]
    [InlineData("1", "10000000000000000000000000000", "0.0000000000000000000000000001", true)]
    [InlineData("79228162514264337593543950335", "1", "79228162514264337593543950335", true)]
    [InlineData("-79228162514264337593543950335", "10", "-7922816251426433759354395033.5", true)]
    // Rounded at the 28th decimal: up and down, and half to even. 5, 15 and 25 units of the 29th are 0, 2 and 2 of the 28th.
    [InlineData("1", "3", "0.3333333333333333333333333333", false)]
    [InlineData("2", "3", "0.6666666666666666666666666667", false)]
    [InlineData("-1", "3", "-0.3333333333333333333333333333", false)]
    [InlineData("-2", "3", "-0.6666666666666666666666666667", false)]
    [InlineData("5", "100000000000000000000000000000", "0", false)]
    [InlineData("15", "100000000000000000000000000000", "0.0000000000000000000000000002", false)]
    [InlineData("25", "100000000000000000000000000000", "0.0000000000000000000000000002", false)]
    [InlineData("-15", "100000000000000000000000000000", "-0.0000000000000000000000000002", false)]
    [InlineData("-25", "100000000000000000000000000000", "-0.0000000000000000000000000002", false)]
    // 10^27 + 2/3 has room for one decimal, 10^28 + 1/3 for none.
    [InlineData("3000000000000000000000000002", "3", "1000000000000000000000000000.7", false)]
    [InlineData("30000000000000000000000000001", "3", "10000000000000000000000000000", false)]
    // The greatest decimal and four tenths is rounded down to it.
    [InlineData("792281625142643375935439503354", "10", "79228162514264337593543950335", false)]
    public void ToDecimal_AnyFraction_IsTheNearestDecimal(string numerator, string denominator, string expected, bool isExact)
    {
        Rational value = new(BigInteger.Parse(numerator, CultureInfo.InvariantCulture), BigInteger.Parse(denominator, CultureInfo.InvariantCulture));

        Assert.Equal(Parse(expected), value.ToDecimal(out bool exact));
        Assert.Equal(isExact, exact);
        if (isExact)
        {
            Assert.Equal(Parse(expected), value.ToExactDecimal());
            return;
        }

        Assert.Equal(
            "The exact amount has more digits than a decimal can hold (28). Nothing is rounded silently: price the usage in smaller parts.",
            Assert.Throws<OverflowException>(() => value.ToExactDecimal()).Message);
    }

    /// <summary>One more than the greatest decimal, and half more, which half to even would make one more.</summary>
    [Theory]
    [InlineData("79228162514264337593543950336", 1)]
    [InlineData("792281625142643375935439503355", 10)]
    [InlineData("-792281625142643375935439503355", 10)]
    public void ToDecimal_BeyondTheRange_Throws(string numerator, int denominator) => Assert.Equal(
        "The amount is greater than a decimal can hold (about 7.9e28). Price the usage in smaller parts.",
        Assert.Throws<OverflowException>(() => new Rational(BigInteger.Parse(numerator, CultureInfo.InvariantCulture), denominator).ToDecimal(out _)).Message);

    private static void AssertIs(BigInteger numerator, BigInteger denominator, Rational actual) =>
        Assert.Equal((numerator, denominator), (actual.Numerator, actual.Denominator));

    private static decimal Parse(string value) => decimal.Parse(value, CultureInfo.InvariantCulture);
}
