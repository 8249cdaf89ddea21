namespace LlmCostModel;

/// <summary>What one unit of a currency is in another one, on a day, by a source.</summary>
/// <remarks>The library never converts on its own and has no built-in rates. The type is immutable.</remarks>
public sealed record ExchangeRate
{
    /// <summary>Gets the ISO 4217 code to convert from.</summary>
    public required string From { get; init; }

    /// <summary>Gets the ISO 4217 code to convert to.</summary>
    public required string To { get; init; }

    /// <summary>Gets how many units of <see cref="To"/> one unit of <see cref="From"/> is; greater than 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not greater than 0.</exception>
    public required decimal Rate
    {
        get;
        init => field = value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(Rate), value, "An exchange rate must be greater than 0.");
    }

    /// <summary>Gets the day of the rate.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>Gets where the rate was read.</summary>
    public required string Source { get; init; }
}
