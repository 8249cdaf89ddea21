using System.Globalization;

namespace LlmCostModel.Logs;

/// <summary>An exact sum of some ten thousand amounts, faster than one of decimals: most are whole numbers of a unit.</summary>
internal struct AmountTally
{
    /// <summary>The digits of the unit: prices of a token mostly have up to 15, and columns up to 18.</summary>
    private const int Scale = 18;

    private static readonly long[] Powers =
    [
        .. Enumerable.Range(0, Scale + 1).Select(digits => long.Parse("1" + new string('0', digits), CultureInfo.InvariantCulture)),
    ];

    private Int128 _units;
    private ExactSum _others;

    public void Add(decimal amount)
    {
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(amount, parts);
        int scale = (parts[3] >> 16) & 0xFF;
        if (scale <= Scale && parts[2] == 0 && parts[1] is >= 0 and < 1 << 20)
        {
            // At most 2^52 * 10^18: a chunk of a log has fewer calls than would be too many.
            long mantissa = ((long)parts[1] << 32) | unchecked((uint)parts[0]);
            ulong high = Math.BigMul((ulong)mantissa, (ulong)Powers[Scale - scale], out ulong low);
            Int128 units = new(high, low);
            _units += parts[3] < 0 ? -units : units;
        }
        else
        {
            _others.Add(amount);
        }
    }

    /// <summary>Adds an amount in units of a scale.</summary>
    public void Add(long amount, int scale)
    {
        ulong high = Math.BigMul((ulong)Math.Abs(amount), (ulong)Powers[Scale - scale], out ulong low);
        Int128 units = new(high, low);
        _units += amount < 0 ? -units : units;
    }

    /// <summary>Adds a sum in units of a scale, which 128 bits hold in the unit.</summary>
    public void Add(Int128 amount, int scale) => _units += amount * Powers[Scale - scale];

    public readonly ExactSum ToSum()
    {
        ExactSum sum = _others;
        (Int128 whole, Int128 rest) = Int128.DivRem(_units, Powers[Scale]);
        sum.Add((decimal)whole);
        sum.Add((decimal)(long)rest / Powers[Scale]);
        return sum;
    }
}
