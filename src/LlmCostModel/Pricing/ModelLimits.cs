namespace LlmCostModel;

/// <summary>How much text one call of a model may hold, as its provider states it. Prices are not changed by it.</summary>
/// <remarks>The type is immutable. What is <see langword="null"/> is not known.</remarks>
public sealed partial record ModelLimits
{
    /// <summary>Gets the most tokens of input and output together, 1 or more.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public long? ContextWindow { get; init => field = RateGuard.AtLeastOne(value, nameof(ContextWindow)); }

    /// <summary>Gets the most tokens of input, caches included, where it is stated apart from the context window; 1 or more.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public long? MaxInputTokens { get; init => field = RateGuard.AtLeastOne(value, nameof(MaxInputTokens)); }

    /// <summary>Gets the most tokens of output, 1 or more; <see cref="ReasoningInOutput"/> says what counts.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public long? MaxOutputTokens { get; init => field = RateGuard.AtLeastOne(value, nameof(MaxOutputTokens)); }

    /// <summary>Gets whether reasoning counts into <see cref="MaxOutputTokens"/>.</summary>
    public bool? ReasoningInOutput { get; init; }

    /// <summary>Gets the page that states the limits; <see langword="null"/> means that of the card.</summary>
    public string? Source { get; init; }

    /// <summary>Gets the day on which they were read; <see langword="null"/> means that of the card.</summary>
    public DateOnly? AsOf { get; init; }

    /// <summary>Gets what the reading rests on.</summary>
    public PriceBasis Basis { get; init; }

    /// <summary>Gets the most tokens of input: the smaller of <see cref="MaxInputTokens"/> and <see cref="ContextWindow"/>; <see
    /// langword="null"/> when neither is known.</summary>
    public long? LongestInput =>
        MaxInputTokens is { } input && ContextWindow is { } window ? Math.Min(input, window) : MaxInputTokens ?? ContextWindow;

    /// <summary>Finds the most tokens that a call can produce, reasoning included.</summary>
    /// <param name="inputTokens">The tokens of its input, caches included.</param>
    /// <returns>The smaller of <see cref="MaxOutputTokens"/>, where reasoning is known to count into it, and of what the input leaves of
    /// <see cref="ContextWindow"/>, 0 or more; <see langword="null"/> when neither is known.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="inputTokens"/> is negative.</exception>
    public long? GetLongestOutput(long inputTokens)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(inputTokens);
        long? most = ReasoningInOutput == true ? MaxOutputTokens : null;
        long? left = ContextWindow is { } window ? Math.Max(0, window - inputTokens) : null;
        return most is { } one && left is { } other ? Math.Min(one, other) : most ?? left;
    }
}
