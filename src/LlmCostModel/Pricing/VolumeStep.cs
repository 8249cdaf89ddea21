namespace LlmCostModel;

/// <summary>The price of what a period's volume has beyond a threshold.</summary>
/// <remarks><see langword="default"/> makes everything free; it has no use of its own.</remarks>
public readonly record struct VolumeStep
{
    /// <summary>Gets the volume, in units, beyond which the price holds; not negative.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public decimal Above { get; init => field = RateGuard.NotNegative(value, nameof(Above)); }

    /// <summary>Gets the price of <see cref="MeterPrice.Per"/> units, not negative.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public decimal Price { get; init => field = RateGuard.NotNegative(value, nameof(Price)); }
}
