using System.Globalization;
using System.Numerics;
using CsCheck;
using LlmCostModel.TestData;
using LlmCostModel.Tests.Support;

namespace LlmCostModel.Tests.Numbers;

public sealed class DecimalPartsTests
{
    // Each has a 32-bit part above 2^31, which is a negative int in decimal.GetBits.
    [Theory]
    [InlineData("2147483648", "2147483648", 0)]
    [InlineData("-3000000000", "-3000000000", 0)]
    [InlineData("30.000000005", "30000000005", 9)]
    [InlineData("9223372036854775808", "9223372036854775808", 0)]
    [InlineData("79228162514264337593543950335", "79228162514264337593543950335", 0)]
    public void Of_PartsAbove31Bits_KeepsEveryDigit(string value, string mantissa, int scale)
    {
        (Int128 actual, int actualScale) = DecimalParts.Of(decimal.Parse(value, CultureInfo.InvariantCulture));

        Assert.Equal((BigInteger.Parse(mantissa, CultureInfo.InvariantCulture), scale), ((BigInteger)actual, actualScale));
    }

    /// <summary>A decimal has 96 bits: 2^96 - 1 is the greatest mantissa.</summary>
    [Fact]
    public void Fits_AtTheEdgeOf96Bits_IsTheGreatestDecimal()
    {
        BigInteger greatest = new(decimal.MaxValue);

        Assert.True(DecimalParts.Fits(greatest));
        Assert.True(DecimalParts.Fits(-greatest));
        Assert.False(DecimalParts.Fits(greatest + 1));
        Assert.False(DecimalParts.Fits(-greatest - 1));
    }

    // Each has other bits in the lower, the middle and the upper 32.
    [Theory]
    [InlineData("0", 0, "0")]
    [InlineData("5", 28, "0.0000000000000000000000000005")]
    [InlineData("-12345678901", 2, "-123456789.01")]
    [InlineData("18446744073709551617", 1, "1844674407370955161.7")]
    [InlineData("79228162514264337593543950335", 0, "79228162514264337593543950335")]
    public void ToDecimal_MantissaAndScale_IsTheirQuotient(string mantissa, int scale, string expected)
    {
        BigInteger whole = BigInteger.Parse(mantissa, CultureInfo.InvariantCulture);
        decimal value = decimal.Parse(expected, CultureInfo.InvariantCulture);

        Assert.Equal(value, DecimalParts.ToDecimal(whole, scale));
        if (whole.Sign >= 0)
        {
            Assert.True(DecimalParts.TryToDecimal((UInt128)whole, scale, out decimal tried));
            Assert.Equal(value, tried);
        }

        if (whole.Sign >= 0 && whole <= ulong.MaxValue)
        {
            DecimalParts.WriteScaled((ulong)whole, scale, out decimal written);
            Assert.Equal(value, written);
        }
    }

    // 2^96 - 1 times 10 or 100 loses one or two zeros; 2^96 ends in 6, and 10 x (2^96 - 1) has no decimal to give up at scale 0.
    [Theory]
    [InlineData("792281625142643375935439503350", 1, "79228162514264337593543950335")]
    [InlineData("7922816251426433759354395033500", 28, "792.28162514264337593543950335")]
    [InlineData("79228162514264337593543950336", 28, null)]
    [InlineData("792281625142643375935439503350", 0, null)]
    [InlineData("79228162514264337593543950340", 1, "7922816251426433759354395034")]
    public void TryToDecimal_Above96Bits_GivesUpOnlyZeros(string mantissa, int scale, string? expected)
    {
        Assert.Equal(expected is not null, DecimalParts.TryToDecimal(UInt128.Parse(mantissa, CultureInfo.InvariantCulture), scale, out decimal value));
        Assert.Equal(expected is null ? 0 : decimal.Parse(expected, CultureInfo.InvariantCulture), value);
    }

    // 10^28 + 0.5 needs thirty digits; 7 x 10^28 + 10^-28 is beyond both ends.
    [Theory]
    [InlineData("0.1", "0.2", "0.3")]
    [InlineData("-0.1", "0.1", "0")]
    [InlineData("7000000000000000000000000000", "0.5", "7000000000000000000000000000.5")]
    [InlineData("10000000000000000000000000000", "0.5", null)]
    [InlineData("0.5", "10000000000000000000000000000", null)]
    [InlineData("10000000000000000000000000000", "1.00", "10000000000000000000000000001")]
    [InlineData("70000000000000000000000000000", "0.0000000000000000000000000001", null)]
    [InlineData("79228162514264337593543950335", "1", null)]
    public void AddExactly_TwoDecimals_GivesEveryDigitOrThrows(string left, string right, string? expected)
    {
        (decimal first, decimal second) = (decimal.Parse(left, CultureInfo.InvariantCulture), decimal.Parse(right, CultureInfo.InvariantCulture));
        if (expected is null)
        {
            Assert.Throws<OverflowException>(() => DecimalParts.AddExactly(first, second));
            return;
        }

        Assert.Equal(decimal.Parse(expected, CultureInfo.InvariantCulture), DecimalParts.AddExactly(first, second));
    }

    /// <summary>Decimals of every length and scale: the sum is exact, or no decimal is.</summary>
    [Fact]
    public void AddExactly_AnyDecimals_IsTheSumOfTheFractions()
    {
        Gen<decimal> any = Gen.Select(Gen.Int, Gen.Int, Gen.Int, Gen.Bool, Gen.Int[0, 28], Gen.Int[0, 2], (low, middle, high, negative, scale, parts) =>
            new decimal(low, parts > 0 ? middle : 0, parts > 1 ? high : 0, negative, (byte)scale));
        Gen.Select(any, any).Sample(
            (left, right) =>
            {
                Fraction sum = Fraction.From(left) + Fraction.From(right);
                BigInteger mantissa = sum.Numerator;
                int scale = sum.Denominator.ToString(CultureInfo.InvariantCulture).Length - 1;
                while (scale > 0 && mantissa % 10 == 0)
                {
                    mantissa /= 10;
                    scale--;
                }

                if (scale <= 28 && BigInteger.Abs(mantissa) <= new BigInteger(decimal.MaxValue))
                {
                    Assert.True(sum.IsExactly(DecimalParts.AddExactly(left, right)));
                }
                else
                {
                    Assert.Throws<OverflowException>(() => DecimalParts.AddExactly(left, right));
                }
            },
            iter: SampleSize.Of(20_000));
    }

    [Fact]
    public void ToDecimal_Zero_HasNoSign() => Assert.False(decimal.IsNegative(DecimalParts.ToDecimal(BigInteger.Zero, 3)));
}
