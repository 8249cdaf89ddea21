using System.Globalization;

namespace LlmCostModel;

/// <summary>What columns of calls cost together, exactly, by kind or by group.</summary>
/// <remarks>Whatever the order and however many threads, the sums are the same.</remarks>
public sealed class ColumnTotals
{
    private readonly string?[] _currencies;
    private readonly int _scale;
    private readonly ulong[] _low;
    private readonly ulong[] _high;
    private readonly ExactSum[] _others; // amounts that are not whole numbers of the unit, or too large
    private readonly long[] _unpriced;

    internal ColumnTotals(string?[] currencies, int scale)
    {
        (_currencies, _scale) = (currencies, scale);
        _low = new ulong[currencies.Length];
        _high = new ulong[currencies.Length];
        _others = new ExactSum[currencies.Length];
        _unpriced = new long[currencies.Length];
    }

    /// <summary>Gets how many kinds or groups there are.</summary>
    public int Count => _currencies.Length;

    /// <summary>Gets how many rows are not wholly priced: the amounts leave them out.</summary>
    public long Unpriced => _unpriced.Sum();

    /// <summary>Gets how many rows of one kind or group are not wholly priced.</summary>
    /// <param name="index">The kind or the group.</param>
    /// <returns>The number of rows that the amount leaves out.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is none of that number.</exception>
    public long GetUnpriced(int index) => _unpriced[Known(index)];

    /// <summary>Gets what the rows of one kind or group cost that are wholly priced.</summary>
    /// <param name="index">The kind or the group.</param>
    /// <returns>The exact amount, or, where a decimal cannot hold it, rounded half to even at the last digit that fits; <see
    /// langword="null"/> for a kind whose model has no price.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is none of that number.</exception>
    /// <exception cref="OverflowException">The amount is beyond the range of <see cref="decimal"/>.</exception>
    public Money? GetAmount(int index)
    {
        if (_currencies[Known(index)] is not { } currency)
        {
            return null;
        }

        UInt128 sum = new(_high[index], _low[index]);
        ExactSum total = _others[index];
        UInt128 unit = 1;
        for (int i = 0; i < _scale; i++)
        {
            unit *= 10;
        }

        (UInt128 whole, UInt128 rest) = UInt128.DivRem(sum, unit);
        if (!DecimalParts.TryToDecimal(whole, 0, out decimal wholes) || !DecimalParts.TryToDecimal(rest, _scale, out decimal fraction))
        {
            throw Rational.OutOfRange();
        }

        total.Add(wholes);
        total.Add(fraction);
        return new Money(total.ToDecimal(out _), currency);
    }

    /// <summary>Adds the totals of other columns of the same estimator.</summary>
    /// <param name="other">The other totals.</param>
    /// <exception cref="ArgumentException">The others are of other kinds, or of other groups.</exception>
    public void Add(ColumnTotals other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (_scale != other._scale || !_currencies.AsSpan().SequenceEqual(other._currencies))
        {
            const string Others = "Totals of other kinds or groups cannot be added: make both with the same estimator.";
            throw new ArgumentException(Others, nameof(other));
        }

        for (int i = 0; i < Count; i++)
        {
            Add(i, new UInt128(other._high[i], other._low[i]));
            _others[i].Add(in other._others[i]);
            _unpriced[i] += other._unpriced[i];
        }
    }

    internal void Add(int index, UInt128 amount)
    {
        UInt128 sum = new UInt128(_high[index], _low[index]) + amount;
        _low[index] = unchecked((ulong)sum);
        _high[index] = (ulong)(sum >> 64);
    }

    /// <summary>As the other, for the amount of a row.</summary>
    internal void AddSmall(int index, ulong amount)
    {
        ref ulong low = ref _low[index];
        low = unchecked(low + amount);
        _high[index] += low < amount ? 1ul : 0;
    }

    internal void AddOne(int index, decimal amount) => _others[index].Add(amount);

    internal void AddUnpriced(int index) => _unpriced[index]++;

    /// <summary>Shows how many kinds or groups there are.</summary>
    /// <returns>Such as <c>64 totals, 3 rows unpriced</c>.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Count} totals, {Unpriced} rows unpriced");

    private int Known(int index) => index >= 0 && index < Count ? index : throw new ArgumentOutOfRangeException(
        nameof(index), index, string.Create(CultureInfo.InvariantCulture, $"There are {Count} totals, numbered from 0."));
}
