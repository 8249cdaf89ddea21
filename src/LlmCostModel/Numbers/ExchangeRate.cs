using System.Text.Json.Serialization;

namespace LlmCostModel;

/// <summary>What one unit of a currency is in another one, on a day, by a source.</summary>
/// <remarks>The library never converts on its own and has no built-in rates. The type is immutable.</remarks>
[JsonConverter(typeof(JsonValueConverter<ExchangeRate>))]
public sealed record ExchangeRate : IJsonValue<ExchangeRate>
{
    /// <summary>Gets the ISO 4217 code to convert from, in upper case.</summary>
    public required string From { get; init => field = value?.ToUpperInvariant()!; }

    /// <summary>Gets the ISO 4217 code to convert to, in upper case.</summary>
    public required string To { get; init => field = value?.ToUpperInvariant()!; }

    /// <summary>Gets how many units of <see cref="To"/> one unit of <see cref="From"/> is; greater than 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not greater than 0.</exception>
    public required decimal Rate
    {
        get;
        init =>
            field =
                value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(Rate), value, "An exchange rate must be greater than 0.");
    }

    /// <summary>Gets the day of the rate.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>Gets where the rate was read.</summary>
    public required string Source { get; init; }

    /// <summary>Shows the rate in the invariant culture.</summary>
    /// <returns>Such as <c>1 USD is 0.86 EUR on 2026-11-20 (ECB)</c>.</returns>
    public override string ToString() => $"1 {From} is {AmountFormat.ToText(Rate)} {To} on {AmountFormat.ToText(Date)} ({Source})";

    private static readonly JsonObject<ExchangeRate> Shape = new JsonObject<ExchangeRate>(
        () => new() { From = "", To = "", Rate = 1, Date = default, Source = "" })
        .Required("from", JsonOf.Text, value => value.From, (owner, value) => owner with { From = value })
        .Required("to", JsonOf.Text, value => value.To, (owner, value) => owner with { To = value })
        .Required("rate", JsonOf.Decimal, value => value.Rate, (owner, value) => owner with { Rate = value })
        .Required("date", JsonOf.Date, value => value.Date, (owner, value) => owner with { Date = value })
        .Required("source", JsonOf.Text, value => value.Source, (owner, value) => owner with { Source = value });

    static JsonConverter<ExchangeRate> IJsonValue<ExchangeRate>.Json => Shape;
}
