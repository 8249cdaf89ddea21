namespace LlmCostModel.Logs;

/// <summary>An exact sum of some ten thousand amounts, faster than one of decimals: most are whole numbers of a unit.</summary>
internal struct AmountTally
{
    /// <summary>The digits of the unit: those of most prices of a token.</summary>
    private const int Scale = 15;

    private static readonly long[] Powers = [.. Enumerable.Range(0, Scale + 1).Select(digits => (long)Math.Pow(10, digits))];

    private Int128 _units;
    private ExactSum _others;

    public void Add(decimal amount)
    {
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(amount, parts);
        int scale = (parts[3] >> 16) & 0xFF;
        if (scale <= Scale && parts[2] == 0 && parts[1] is >= 0 and < 1 << 28)
        {
            // At most 2^60 * 10^15: a chunk of a log has fewer calls than would be too many.
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

    public readonly ExactSum ToSum()
    {
        ExactSum sum = _others;
        (Int128 whole, Int128 rest) = Int128.DivRem(_units, Powers[Scale]);
        sum.Add((decimal)whole);
        sum.Add((decimal)(long)rest / Powers[Scale]);
        return sum;
    }
}
