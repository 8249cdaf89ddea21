namespace LlmCostModel.Logs;

/// <summary>How a log and a bill are compared.</summary>
public sealed class ReconciliationOptions
{
    /// <summary>Gets or sets the zone of days.</summary>
    /// <value><see langword="null"/> by default: the days are those of each bill, in UTC where it does not say. Lines that state no more
    /// than a day stay on it in any zone.</value>
    public TimeZoneInfo? TimeZone { get; set; }

    /// <summary>Gets or sets the first day that is compared.</summary>
    /// <value><see langword="null"/> by default: the first there is.</value>
    public DateOnly? From { get; set; }

    /// <summary>Gets or sets the first day that is no longer compared.</summary>
    /// <value><see langword="null"/> by default: none.</value>
    public DateOnly? To { get; set; }

    /// <summary>Gets or sets how much difference of a day and model counts as none, in the currency of the amounts.</summary>
    /// <value><see langword="null"/> by default: what the bill may have rounded, half a unit of its last digit for each of its
    /// lines.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public decimal? Tolerance
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value ?? 0, nameof(Tolerance));
            field = value;
        }
    }

    /// <summary>Gets or sets how much difference of a day and model counts as none, as a share of what the bill charges: 0.01 is one
    /// percent.</summary>
    /// <value><see langword="null"/> by default: none besides <see cref="Tolerance"/>.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, or 1 or more.</exception>
    public decimal? RelativeTolerance
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value ?? 0, nameof(RelativeTolerance));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(value ?? 0, 1, nameof(RelativeTolerance));
            field = value;
        }
    }

    /// <summary>Gets which model a name of the bill stands for: by the name, whole, as the bill writes it, such as
    /// <c>ft-gpt-4o-2024-08-06</c> to <c>gpt-4o-2024-08-06</c>.</summary>
    public IDictionary<string, string> Names { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
}
