namespace LlmCostModel.Logs;

/// <summary>Converts amounts to one currency by the rates of their days.</summary>
/// <remarks>An amount takes the rate of its day in UTC, or the last one before. Where only one rate of its currency is given, that counts
/// for all days. Rates may be given from the other side, or both from a third currency; what does not divide evenly is rounded at the last
/// digit of a decimal. Not thread-safe.</remarks>
public sealed class CurrencyConverter
{
    private readonly Dictionary<string, ExchangeRate[]> _rates = new(StringComparer.Ordinal);
    private readonly HashSet<ExchangeRate> _used = [];
    private readonly IReadOnlyList<ExchangeRate> _given;

    /// <summary>Makes a converter.</summary>
    /// <param name="currency">The ISO 4217 code to convert to, in any case.</param>
    /// <param name="rates">The rates, in any order.</param>
    public CurrencyConverter(string currency, IEnumerable<ExchangeRate> rates)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(currency);
        ArgumentNullException.ThrowIfNull(rates);
        (Currency, _given) = (currency.ToUpperInvariant(), [.. rates]);
    }

    /// <summary>Gets the currency that amounts are converted to.</summary>
    public string Currency { get; }

    /// <summary>Gets the rates that amounts were converted by, by currency and day.</summary>
    public IReadOnlyList<ExchangeRate> Used => [.. _used.OrderBy(rate => rate.From, StringComparer.Ordinal).ThenBy(rate => rate.Date)];

    /// <summary>Gets how many amounts were not converted, because there is no rate for them.</summary>
    public long Unconverted { get; private set; }

    /// <summary>Converts an amount.</summary>
    /// <param name="amount">The amount.</param>
    /// <param name="at">When it was spent.</param>
    /// <returns>The amount in <see cref="Currency"/>; as it is where there is no rate for it.</returns>
    public Money Convert(Money amount, DateTimeOffset at)
    {
        if (TryConvert(amount, at) is { } converted)
        {
            return converted;
        }

        Unconverted++;
        return amount;
    }

    /// <summary>Converts an amount; <see langword="null"/> where there is no rate for it.</summary>
    internal Money? TryConvert(Money amount, DateTimeOffset at)
    {
        if (amount.Currency == Currency)
        {
            return amount;
        }

        if (!_rates.TryGetValue(amount.Currency, out ExchangeRate[]? rates))
        {
            _rates[amount.Currency] = rates = [.. Find(amount.Currency).OrderBy(rate => rate.Date)];
        }

        DateOnly day = DateOnly.FromDateTime(at.UtcDateTime);
        ExchangeRate? rate = rates.Length == 1 ? rates[0] : Array.FindLast(rates, one => one.Date <= day);
        if (rate is null)
        {
            return null;
        }

        _used.Add(rate);
        return amount.Convert(rate);
    }

    /// <summary>The rates from a currency: as given, from the other side, or by what both are in a third.</summary>
    private IEnumerable<ExchangeRate> Find(string currency)
    {
        ExchangeRate[] given = [.. _given.Where(rate => rate.From == currency && rate.To == Currency)];
        if (given.Length > 0)
        {
            return given;
        }

        given = [.. _given.Where(rate => rate.From == Currency && rate.To == currency)];
        return given.Length > 0
            ? given.Select(rate => rate with { From = currency, To = Currency, Rate = 1 / rate.Rate })
            : _given.Where(rate => rate.To == currency).Join(
                _given.Where(rate => rate.To == Currency),
                rate => (rate.From, rate.Date),
                rate => (rate.From, rate.Date),
                (into, outOf) => outOf with { From = currency, Rate = outOf.Rate / into.Rate });
    }
}
