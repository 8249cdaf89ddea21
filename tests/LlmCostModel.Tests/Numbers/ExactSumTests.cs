using System.Numerics;
using CsCheck;
using LlmCostModel.TestData;

namespace LlmCostModel.Tests.Numbers;

public class ExactSumTests
{
    private static readonly Gen<decimal> Any =
        Gen.Select(Gen.Int, Gen.Int, Gen.Int, Gen.Bool, Gen.Int[0, 28], Gen.Int[0, 2], (low, middle, high, negative, scale, parts) =>
            new decimal(low, parts > 0 ? middle : 0, parts > 1 ? high >>> 8 : 0, negative, (byte)scale));

    /// <summary>Decimals of every length and scale, up to 50 of them: as whole numbers of 10^-28 their sum is known.</summary>
    [Fact]
    public void ToDecimal_AnyDecimalsInAnyOrder_IsTheirSumToTheLastDigitThatFits()
    {
        int rounded = 0;
        Any.Array[1, 50].Sample(
            terms =>
            {
                BigInteger exact = BigInteger.Zero;
                ExactSum sum = default, backwards = default;
                for (int i = 0; i < terms.Length; i++)
                {
                    exact += InUnits(terms[i]);
                    sum.Add(terms[i]);
                    backwards.Add(terms[^(i + 1)]);
                }

                decimal found = sum.ToDecimal(out bool isExact);
                Assert.Equal(found, backwards.ToDecimal(out _));
                Assert.Equal(Round(exact), found);
                Assert.Equal(exact == InUnits(found), isExact);
                rounded += isExact ? 0 : 1;
            },
            iter: SampleSize.Of(20_000),
            threads: 1);
        Assert.True(rounded > 100, $"Only {rounded} sums did not fit.");
    }

    /// <summary>A third, rounded at the 28th decimal, 300,000 times: 99,999.99999999999999999999999 and not one digit else.</summary>
    [Fact]
    public void ToDecimal_ManyEndlessAmounts_HasTheSumOfAllTheirDigits()
    {
        ExactSum sum = default;
        for (int i = 0; i < 300_000; i++)
        {
            sum.Add(0.3333333333333333333333333333m);
        }

        // 300,000 x 0.3333333333333333333333333333 = 100,000 - 300,000 x 0.0000000000000000000000000000333... = 100,000 - 10^-23
        Assert.Equal(99_999.99999999999999999999999m, sum.ToDecimal(out bool exact));
        Assert.True(exact);
    }

    [Fact]
    public void Add_BeyondDecimal_SaysSo()
    {
        ExactSum sum = default;
        sum.Add(decimal.MaxValue);
        sum.Add(0.4m);
        Assert.Equal(decimal.MaxValue, sum.ToDecimal(out bool exact));
        Assert.False(exact);

        sum.Add(0.1m);
        Assert.Contains("7.9e28", Assert.Throws<OverflowException>(() => sum.ToDecimal(out _)).Message, StringComparison.Ordinal);
        Assert.Contains("7.9e28", Assert.Throws<OverflowException>(() => ExactSum.Of(decimal.MaxValue, 1)).Message, StringComparison.Ordinal);
    }

    private static BigInteger InUnits(decimal value)
    {
        int[] bits = decimal.GetBits(value);
        BigInteger mantissa = unchecked(((BigInteger)(uint)bits[2] << 64) + ((BigInteger)(uint)bits[1] << 32) + (uint)bits[0]);
        return mantissa * BigInteger.Pow(10, 28 - ((bits[3] >> 16) & 0xFF)) * (bits[3] < 0 ? -1 : 1);
    }

    /// <summary>A whole number of 10^-28, half to even at the most decimals with which it has 96 bits.</summary>
    private static decimal Round(BigInteger units)
    {
        for (int scale = 28; ; scale--)
        {
            BigInteger unit = BigInteger.Pow(10, 28 - scale);
            BigInteger twice = BigInteger.Abs(units) * 2 / unit; // the last bit says whether a half is reached
            BigInteger whole = twice / 2;
            bool isHalf = BigInteger.Abs(units) * 2 == unit * (twice | 1) && !twice.IsEven;
            whole += !twice.IsEven && (!isHalf || !whole.IsEven) ? 1 : 0;
            if (whole < BigInteger.One << 96)
            {
                decimal magnitude = (decimal)whole;
                int[] bits = decimal.GetBits(units.Sign < 0 ? -magnitude : magnitude);
                return new decimal(bits[0], bits[1], bits[2], units.Sign < 0, (byte)scale);
            }
        }
    }
}
