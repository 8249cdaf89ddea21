using System.Globalization;
using System.Text.Json.Serialization;

namespace LlmCostModel;

/// <summary>An exact amount in a currency. Amounts of two currencies do not add up and have no order: convert first, with a rate that says
/// where it comes from.</summary>
/// <remarks><see langword="default"/> has neither amount nor currency and cannot be added to any other. The type is immutable.</remarks>
[JsonConverter(typeof(JsonValueConverter<Money>))]
public readonly record struct Money : IJsonValue<Money>, IComparable<Money>, IFormattable
{
    private readonly string? _currency;

    /// <summary>Makes an amount.</summary>
    /// <param name="amount">The amount; negative for what is saved or given back.</param>
    /// <param name="currency">The ISO 4217 code, in any case.</param>
    /// <exception cref="ArgumentException"><paramref name="currency"/> is empty.</exception>
    public Money(decimal amount, string currency)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(currency);
        Amount = amount;
        _currency = currency.ToUpperInvariant();
    }

    /// <summary>Gets the amount.</summary>
    public decimal Amount { get; init; }

    /// <summary>Gets the ISO 4217 code, in upper case; empty for <see langword="default"/>.</summary>
    /// <exception cref="ArgumentException">The value is empty.</exception>
    public string Currency
    {
        get => _currency ?? "";
        init => _currency = string.IsNullOrWhiteSpace(value)
            ? throw new ArgumentException("An amount has a currency. Write an ISO 4217 code such as USD.", nameof(Currency))
            : value.ToUpperInvariant();
    }

    /// <summary>Makes nothing, in a currency.</summary>
    /// <param name="currency">The ISO 4217 code, in any case.</param>
    /// <returns>The amount 0.</returns>
    /// <exception cref="ArgumentException"><paramref name="currency"/> is empty.</exception>
    public static Money Zero(string currency) => new(0, currency);

    /// <summary>Adds two amounts of one currency.</summary>
    /// <param name="left">The first amount.</param>
    /// <param name="right">The second amount.</param>
    /// <returns>The exact sum, or, where a decimal cannot hold it, that rounded half to even at the last digit that fits: the 28th or
    /// 29th.</returns>
    /// <exception cref="InvalidOperationException">The currencies differ.</exception>
    /// <exception cref="OverflowException">The sum is beyond the range of <see cref="decimal"/>.</exception>
    public static Money operator +(Money left, Money right) => left.HasCurrencyOf(right)
        ? left with { Amount = ExactSum.Of(left.Amount, right.Amount) }
        : throw Differ($"Cannot add {right} to {left}");

    /// <summary>Subtracts an amount from another one of the same currency.</summary>
    /// <param name="left">The amount to subtract from.</param>
    /// <param name="right">The amount to subtract.</param>
    /// <returns>The exact difference, or, where a decimal cannot hold it, that rounded half to even at the last digit that
    /// fits.</returns>
    /// <exception cref="InvalidOperationException">The currencies differ.</exception>
    /// <exception cref="OverflowException">The difference is beyond the range of <see cref="decimal"/>.</exception>
    public static Money operator -(Money left, Money right) => left.HasCurrencyOf(right)
        ? left with { Amount = ExactSum.Of(left.Amount, -right.Amount) }
        : throw Differ($"Cannot subtract {right} from {left}");

    /// <summary>Negates an amount.</summary>
    /// <param name="money">The amount.</param>
    /// <returns>The amount with the other sign.</returns>
    public static Money operator -(Money money) => money with { Amount = -money.Amount };

    /// <summary>Multiplies an amount.</summary>
    /// <param name="money">The amount.</param>
    /// <param name="factor">The factor.</param>
    /// <returns>The exact product, or, where a decimal cannot hold it, that rounded half to even at the last digit that fits.</returns>
    /// <exception cref="OverflowException">The product is beyond the range of <see cref="decimal"/>.</exception>
    public static Money operator *(Money money, decimal factor) =>
        money with { Amount = (Rational.From(money.Amount) * Rational.From(factor)).ToDecimal(out _) };

    /// <inheritdoc cref="op_Multiply(Money, decimal)"/>
    public static Money operator *(decimal factor, Money money) => money * factor;

    /// <inheritdoc cref="op_Addition(Money, Money)"/>
    public static Money Add(Money left, Money right) => left + right;

    /// <inheritdoc cref="op_Subtraction(Money, Money)"/>
    public static Money Subtract(Money left, Money right) => left - right;

    /// <inheritdoc cref="op_UnaryNegation(Money)"/>
    public static Money Negate(Money money) => -money;

    /// <inheritdoc cref="op_Multiply(Money, decimal)"/>
    public static Money Multiply(Money money, decimal factor) => money * factor;

    /// <summary>Determines whether an amount is less than another one.</summary>
    /// <param name="left">The first amount.</param>
    /// <param name="right">The second amount.</param>
    /// <returns><see langword="true"/> if it is.</returns>
    /// <exception cref="InvalidOperationException">The currencies differ.</exception>
    public static bool operator <(Money left, Money right) => left.CompareTo(right) < 0;

    /// <summary>Determines whether an amount is more than another one.</summary>
    /// <inheritdoc cref="op_LessThan(Money, Money)"/>
    public static bool operator >(Money left, Money right) => left.CompareTo(right) > 0;

    /// <summary>Determines whether an amount is at most another one.</summary>
    /// <inheritdoc cref="op_LessThan(Money, Money)"/>
    public static bool operator <=(Money left, Money right) => left.CompareTo(right) <= 0;

    /// <summary>Determines whether an amount is at least another one.</summary>
    /// <inheritdoc cref="op_LessThan(Money, Money)"/>
    public static bool operator >=(Money left, Money right) => left.CompareTo(right) >= 0;

    /// <summary>Orders amounts of one currency.</summary>
    /// <param name="other">The amount to compare with.</param>
    /// <returns>Less than 0, 0 or more than 0 as this amount is less, equal or more.</returns>
    /// <exception cref="InvalidOperationException">The currencies differ.</exception>
    public int CompareTo(Money other) =>
        HasCurrencyOf(other) ? Amount.CompareTo(other.Amount) : throw Differ($"Cannot compare {this} with {other}");

    /// <summary>Rounds for display or a bill.</summary>
    /// <param name="decimals">How many decimals to keep, 0 to 28.</param>
    /// <param name="mode">How to round half-way values.</param>
    /// <returns>The rounded amount.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="decimals"/> is out of its range.</exception>
    public Money Round(int decimals, MidpointRounding mode) => this with { Amount = decimal.Round(Amount, decimals, mode) };

    /// <summary>Converts to another currency.</summary>
    /// <param name="rate">The rate; its <see cref="ExchangeRate.From"/> must be this currency.</param>
    /// <returns>The amount in <see cref="ExchangeRate.To"/>: the exact product, or, where a decimal cannot hold it, that rounded half to
    /// even at the last digit that fits.</returns>
    /// <exception cref="InvalidOperationException">The rate is for another currency.</exception>
    public Money Convert(ExchangeRate rate)
    {
        ArgumentNullException.ThrowIfNull(rate);
        return rate.From == Currency
            ? new((Rational.From(Amount) * Rational.From(rate.Rate)).ToDecimal(out _), rate.To)
            : throw new InvalidOperationException(
                $"Cannot convert {this} with a rate from {rate.From} to {rate.To}. Use a rate from {Currency}.");
    }

    /// <summary>Shows amount and currency in the invariant culture, with all digits.</summary>
    /// <returns>Such as <c>562100 USD</c>; <c>0</c> for <see langword="default"/>.</returns>
    public override string ToString() => ToString(null, null);

    /// <summary>Shows amount and currency.</summary>
    /// <param name="format">The format of the amount, such as <c>N2</c>; <see langword="null"/> shows all digits and no zeros behind
    /// them.</param>
    /// <param name="formatProvider">The culture of the amount; <see langword="null"/> is the invariant one, never that of the
    /// thread.</param>
    /// <returns>Such as <c>562,100.00 USD</c>.</returns>
    public string ToString(string? format, IFormatProvider? formatProvider)
    {
        string amount = Amount.ToString(
            string.IsNullOrEmpty(format) ? AmountFormat.AllDigits : format, formatProvider ?? CultureInfo.InvariantCulture);
        return _currency is null ? amount : $"{amount} {_currency}";
    }

    private bool HasCurrencyOf(Money other) => _currency == other._currency;

    private static InvalidOperationException Differ(string what) =>
        new($"{what}: the currencies differ. Convert one of them with an ExchangeRate first.");

    private static readonly JsonObject<Money> Shape = new JsonObject<Money>(() => default)
        .Required("amount", JsonOf.Decimal, value => value.Amount, (owner, value) => owner with { Amount = value })
        .Optional("currency", JsonOf.Text, value => value.Currency, (owner, value) => owner with { Currency = value })
        .Finish(money => money._currency is not null || money.Amount == 0
            ? money
            : throw new FormatException("an amount has a currency."));

    static JsonConverter<Money> IJsonValue<Money>.Json => Shape;
}
