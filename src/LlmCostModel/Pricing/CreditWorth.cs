namespace LlmCostModel;

/// <summary>What one credit of a provider is in money during a period.</summary>
/// <remarks>The type is immutable.</remarks>
public sealed partial record CreditWorth
{
    /// <summary>Gets the first instant of the period; <see langword="null"/> when there is no known beginning.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Gets the first instant after the period; <see langword="null"/> means until the next one begins.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Gets what one credit is in the card's currency; greater than 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not greater than 0.</exception>
    public required decimal Amount
    {
        get;
        init => field = value > 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Amount), value, "A credit is worth more than 0. Leave out what is not known.");
    }

    /// <summary>Gets the page that states it; <see langword="null"/> means that of the card.</summary>
    public string? Source { get; init; }

    /// <summary>Gets the day on which it was read; <see langword="null"/> means that of the card.</summary>
    public DateOnly? AsOf { get; init; }

    /// <summary>Gets what the reading rests on.</summary>
    public PriceBasis Basis { get; init; }

    /// <summary>Gets a remark for readers of the card; <see langword="null"/> means none.</summary>
    public string? Note { get; init; }
}
