using System.Globalization;
using System.Numerics;

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
}
