using System.Globalization;

namespace LlmCostModel.Tests.Numbers;

public sealed class ExactDecimalTests
{
    [Theory]
    [InlineData("0.55", "0.55")]
    [InlineData(" 12 ", "12")]
    [InlineData("-1.50", "-1.5")]
    [InlineData("+7", "7")]
    [InlineData("1e-28", "0.0000000000000000000000000001")]
    [InlineData("1.25E+3", "1250")]
    [InlineData("-2.5e-3", "-0.0025")]
    [InlineData("1e28", "10000000000000000000000000000")]
    [InlineData(".5e-3", "0.0005")]
    [InlineData(".1234567890123456789012345678", "0.1234567890123456789012345678")]
    [InlineData("0e-900", "0")]
    [InlineData("0e5000", "0")]
    [InlineData("0.1234567890123456789012345678", "0.1234567890123456789012345678")]
    [InlineData("79228162514264337593543950335", "79228162514264337593543950335")]
    // More digits than a decimal has, all zeros.
    [InlineData("0.250000000000000000000000000000000", "0.25")]
    [InlineData("0000000000000000000000000000000001.5", "1.5")]
    public void TryParse_WhatADecimalHolds_IsExact(string text, string expected)
    {
        Assert.True(ExactDecimal.TryParse(text, out decimal value, out bool tooPrecise));
        Assert.Equal(decimal.Parse(expected, CultureInfo.InvariantCulture), value);
        Assert.False(tooPrecise);
    }

    [Theory]
    [InlineData("0.12345678901234567890123456781", "0.1234567890123456789012345678")]
    [InlineData("79228162514264337593543950334.5", "79228162514264337593543950334")]
    [InlineData("-0.00000000000000000000000000001", "0")]
    [InlineData("1e-29", "0")]
    [InlineData("1.5E-28", "0.0000000000000000000000000002")]
    [InlineData("8e-29", "0.0000000000000000000000000001")] // 1/(1.25 x 10^28) and 1/10^28
    [InlineData("1e-1002", "0")]
    [InlineData("1e-99999999999", "0")]
    public void TryParse_MoreDigitsThanADecimalHas_IsRoundedAndSaysSo(string text, string rounded)
    {
        Assert.True(ExactDecimal.TryParse(text, out decimal value, out bool tooPrecise));
        Assert.Equal(decimal.Parse(rounded, CultureInfo.InvariantCulture), value);
        Assert.True(tooPrecise);
    }

    /// <summary>A thousand zeros that the exponent takes back; of more, nobody says what they are.</summary>
    [Theory]
    [InlineData(999, false)]
    [InlineData(1000, false)]
#if NET10_0_OR_GREATER // .NET 8 reads an exponent beyond 1000 as 9999: too precise as well, but another value.
    [InlineData(1001, true)]
#endif
    public void TryParse_ZerosThatTheExponentTakesBack_AreExact(int zeros, bool isTooPrecise)
    {
        Assert.True(ExactDecimal.TryParse(FormattableString.Invariant($"25{new string('0', zeros)}e-{zeros}"), out decimal value, out bool tooPrecise));
        Assert.Equal((25m, isTooPrecise), (value, tooPrecise));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1,5")]
    [InlineData("1_000")]
    [InlineData("(1)")]
    [InlineData("0x10")]
    [InlineData("NaN")]
    [InlineData("1e")]
    [InlineData("e5")]
    [InlineData("79228162514264337593543950336")]
    [InlineData("1e29")]
    public void TryParse_WhatIsNoDecimal_IsRefused(string text)
    {
        Assert.False(ExactDecimal.TryParse(text, out _, out bool tooPrecise));
        Assert.False(tooPrecise);
    }

    /// <summary>A number of millions of digits is refused without comparing them, also where they are zeros.</summary>
    [Theory]
    [InlineData(1000, false)]
    [InlineData(1001, true)]
    [InlineData(5_000_000, true)]
    public void TryParse_EndlessNumber_IsTooPrecise(int zeros, bool isTooPrecise)
    {
        Assert.True(ExactDecimal.TryParse("1." + new string('0', zeros), out decimal value, out bool found));
        Assert.Equal((1, isTooPrecise), (value, found));
    }
}
