using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LlmCostModel;

/// <summary>Takes decimals apart and puts them together: a whole number of 96 bits and a power of ten.</summary>
internal static class DecimalParts
{
    /// <summary>The most digits after the point that a decimal can have.</summary>
    internal const int MaxScale = 28;

    private static readonly BigInteger MaxMantissa = (BigInteger.One << 96) - 1;

    internal static bool Fits(BigInteger mantissa) => BigInteger.Abs(mantissa) <= MaxMantissa;

    internal static (Int128 Mantissa, int Scale) Of(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        // The parts are bit patterns, often negative.
        UInt128 mantissa = unchecked(new UInt128((uint)bits[2], ((ulong)(uint)bits[1] << 32) | (uint)bits[0]));
        return (bits[3] < 0 ? -(Int128)mantissa : (Int128)mantissa, (bits[3] >> 16) & 0x7F);
    }

    internal static decimal ToDecimal(BigInteger mantissa, int scale)
    {
        UInt128 magnitude = (UInt128)BigInteger.Abs(mantissa);
        return unchecked(
            new decimal((int)(uint)magnitude, (int)(uint)(magnitude >> 32), (int)(uint)(magnitude >> 64), mantissa.Sign < 0, (byte)scale));
    }

    /// <summary>Writes a whole number of 10^-scale as a decimal.</summary>
    /// <remarks>
    /// Written at once, in the layout that decimals share with OLE Automation (scale in bits 16 to 23, then the upper 32 and the lower 64
    /// bits): the constructor writes
    /// parts, and whoever then reads sixteen bytes waits for them. The row that returns only the total in CostEstimatorBenchmarks shows it.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void WriteScaled(ulong mantissa, int scale, out decimal value)
    {
        if (BitConverter.IsLittleEndian)
        {
            Unsafe.SkipInit(out value);
            Unsafe.As<decimal, Vector128<ulong>>(ref value) = Vector128.Create(unchecked((ulong)(uint)scale << 16), mantissa);
        }
        else
        {
            value = unchecked(new decimal((int)(uint)mantissa, (int)(uint)(mantissa >> 32), 0, false, (byte)scale));
        }
    }

    /// <summary>A whole number of 10^-scale as a decimal, with trailing zeros taken off until it fits.</summary>
    internal static bool TryToDecimal(UInt128 mantissa, int scale, out decimal value)
    {
        while (mantissa >> 96 != 0)
        {
            (UInt128 quotient, UInt128 remainder) = UInt128.DivRem(mantissa, 10);
            if (remainder != 0 || scale == 0)
            {
                value = 0;
                return false;
            }

            mantissa = quotient;
            scale--;
        }

        value = unchecked(new decimal((int)(uint)mantissa, (int)(uint)(mantissa >> 32), (int)(uint)(mantissa >> 64), false, (byte)scale));
        return true;
    }

    /// <summary>A decimal that is not negative, as a whole number of 10^-scale, if 63 bits hold it.</summary>
    internal static bool TryToScaled(decimal value, int scale, out long mantissa)
    {
        (Int128 exact, int decimals) = Of(value);
        for (; decimals < scale && exact <= long.MaxValue; decimals++)
        {
            exact *= 10;
        }

        for (; decimals > scale && exact % 10 == 0; decimals--)
        {
            exact /= 10;
        }

        bool fits = decimals == scale && exact <= long.MaxValue;
        mantissa = fits ? (long)exact : 0;
        return fits;
    }

    /// <summary>The exact sum. The operator of <see cref="decimal"/> rounds when the digits do not fit; this does not.</summary>
    /// <exception cref="OverflowException">No decimal holds the sum exactly.</exception>
    internal static decimal AddExactly(decimal left, decimal right)
    {
        decimal sum = left + right;

        // Undoing an addition that rounded does not give back both operands; and it rounds only what does not fit.
        return sum - right == left && sum - left == right ? sum : throw Rational.AmountOverflow();
    }
}
