namespace LlmCostModel;

/// <summary>A sum of any number of decimals that is rounded only when it is read: the order of its terms does not matter.</summary>
/// <remarks>A decimal has 28 digits or 29, wherever its point is: an amount with 28 decimals and one of 10 have no sum there. Whole numbers
/// and what is behind the point, kept apart, have one. Allocates nothing.</remarks>
internal struct ExactSum
{
    private decimal _whole;
    private decimal _fraction; // less than 1, of either sign

    /// <exception cref="OverflowException">The sum is beyond the range of <see cref="decimal"/>.</exception>
    internal void Add(decimal value)
    {
        decimal whole = decimal.Truncate(value);
        decimal fraction = _fraction + (value - whole);
        decimal carry = decimal.Truncate(fraction);
        try
        {
            _whole += whole + carry;
        }
        catch (OverflowException)
        {
            throw Rational.OutOfRange();
        }

        _fraction = fraction - carry;
    }

    /// <exception cref="OverflowException">The sum is beyond the range of <see cref="decimal"/>.</exception>
    internal void Add(in ExactSum other)
    {
        Add(other._whole);
        Add(other._fraction);
    }

    /// <summary>Whether it is so large that <see cref="ToDecimal"/> may be beyond the range of <see cref="decimal"/>.</summary>
    internal readonly bool IsAtLimit => _whole == decimal.MaxValue || _whole == decimal.MinValue;

    /// <summary>The sum: exact where a decimal can hold it, otherwise rounded half to even at the last digit that fits.</summary>
    /// <param name="exact">Whether nothing was rounded.</param>
    /// <exception cref="OverflowException">The sum is beyond the range of <see cref="decimal"/>.</exception>
    internal readonly decimal ToDecimal(out bool exact)
    {
        // Undoing an addition that rounded does not give back both of its terms.
        decimal sum = IsAtLimit ? _whole : _whole + _fraction;
        exact = sum - _whole == _fraction && sum - _fraction == _whole;
        return exact ? sum : ToRational().ToDecimal(out exact);
    }

    internal readonly Rational ToRational() => Rational.From(_whole) + Rational.From(_fraction);

    /// <summary>The sum of two amounts: exact where a decimal can hold it, otherwise rounded half to even at the last digit that
    /// fits.</summary>
    /// <exception cref="OverflowException">The sum is beyond the range of <see cref="decimal"/>.</exception>
    internal static decimal Of(decimal left, decimal right)
    {
        ExactSum sum = default;
        sum.Add(left);
        sum.Add(right);
        return sum.ToDecimal(out _);
    }
}
