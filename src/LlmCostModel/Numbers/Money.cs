namespace LlmCostModel;

/// <summary>An exact amount in a currency. Amounts of two currencies do not add up: convert first, with a rate that says where it comes from.</summary>
/// <remarks><see langword="default"/> is no amount in no currency and cannot be added to anything.</remarks>
/// <param name="Amount">The amount.</param>
/// <param name="Currency">The ISO 4217 code.</param>
public readonly record struct Money(decimal Amount, string Currency)
{
    /// <summary>Adds two amounts of one currency, exactly.</summary>
    /// <param name="left">The first amount.</param>
    /// <param name="right">The second amount.</param>
    /// <returns>The sum.</returns>
    /// <exception cref="InvalidOperationException">The currencies differ.</exception>
    /// <exception cref="OverflowException">No decimal holds the sum exactly.</exception>
    public static Money operator +(Money left, Money right) => string.Equals(left.Currency, right.Currency, StringComparison.OrdinalIgnoreCase)
        ? new(DecimalParts.AddExactly(left.Amount, right.Amount), left.Currency)
        : throw new InvalidOperationException($"Cannot add {right} to {left}: the currencies differ. Convert one of them with an ExchangeRate first.");

    /// <inheritdoc cref="op_Addition(Money, Money)"/>
    public static Money Add(Money left, Money right) => left + right;

    /// <summary>Converts to another currency.</summary>
    /// <param name="rate">The rate; its <see cref="ExchangeRate.From"/> must be this currency.</param>
    /// <returns>The amount in <see cref="ExchangeRate.To"/>: the exact product, or, where a decimal cannot hold it, that rounded half to even at the last digit that fits.</returns>
    /// <exception cref="InvalidOperationException">The rate is for another currency.</exception>
    public Money Convert(ExchangeRate rate)
    {
        ArgumentNullException.ThrowIfNull(rate);
        return string.Equals(rate.From, Currency, StringComparison.OrdinalIgnoreCase)
            ? new((Rational.From(Amount) * Rational.From(rate.Rate)).ToDecimal(out _), rate.To)
            : throw new InvalidOperationException($"Cannot convert {this} with a rate from {rate.From} to {rate.To}. Use a rate from {Currency}.");
    }

    /// <summary>Shows amount and currency in the invariant culture.</summary>
    /// <returns>Such as <c>562100 USD</c>.</returns>
    public override string ToString() => $"{AmountFormat.ToText(Amount)} {Currency}";
}
