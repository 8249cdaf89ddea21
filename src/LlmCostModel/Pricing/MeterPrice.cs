using System.Collections.Immutable;

namespace LlmCostModel;

/// <summary>The price of a meter: so much for so many units, with what providers put around it.</summary>
/// <remarks>
/// In order: the quantity is raised to <see cref="Minimum"/>, rounded up to a multiple of <see cref="Increment"/>, then what the caller
/// consumed before in the
/// period (<see cref="CallContext.ConsumedBefore"/>) decides how much of it is free and which step prices the rest. The type is immutable.
/// </remarks>
public sealed partial record MeterPrice
{
    private readonly EquatableArray<VolumeStep> _steps;

    /// <summary>The prices of no meters.</summary>
    internal static readonly ImmutableSortedDictionary<string, MeterPrice> None = ImmutableSortedDictionary.Create<string, MeterPrice>(
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Gets the price of <see cref="Per"/> units in the card's currency, not negative.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public required decimal Price { get; init => field = RateGuard.NotNegative(value, nameof(Price)); }

    /// <summary>Gets for how many units <see cref="Price"/> is; 1 by default, greater than 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not greater than 0.</exception>
    public decimal Per { get; init => field = Positive(value, nameof(Per)); } = 1;

    /// <summary>Gets the quantity that is billed at least, in units; 0 means none. A call that did not use the meter is not billed for
    /// it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public decimal Minimum { get; init => field = RateGuard.NotNegative(value, nameof(Minimum)); }

    /// <summary>Gets the step to which the quantity is rounded up, in units; <see langword="null"/> means it is billed as it is.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not greater than 0.</exception>
    public decimal? Increment { get; init => field = value is null ? null : Positive(value.Value, nameof(Increment)); }

    /// <summary>Gets the quantity that is free in every period, in units; 0 means none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public decimal Free { get; init => field = RateGuard.NotNegative(value, nameof(Free)); }

    /// <summary>Gets the prices of higher volumes in the period, by ascending threshold; each prices only what lies beyond it.</summary>
    public ImmutableArray<VolumeStep> Steps { get => _steps; init => _steps = value; }

    /// <summary>Gets whether the price depends on what was consumed before in the period.</summary>
    public bool NeedsConsumedBefore => Free > 0 || Steps.Length > 0;

    private static decimal Positive(decimal value, string name) =>
        value > 0
            ? value
            : throw new ArgumentOutOfRangeException(
                name,
                value,
                "The number of units must be greater than 0. Leave it out for the default.");
}
