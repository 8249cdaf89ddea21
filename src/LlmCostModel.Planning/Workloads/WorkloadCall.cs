namespace LlmCostModel.Planning;

/// <summary>A call that occurs a number of times, each time with the same usage.</summary>
public sealed record WorkloadCall
{
    /// <summary>Gets what each call consumes. Prices that depend on the length of a call see this length.</summary>
    public required TokenUsage Usage { get; init; }

    /// <summary>Gets how often it occurs, at least once.</summary>
    /// <value>Default 1.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public long Count
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Count), value, "A call occurs at least once. Leave out what does not occur.");
    } = 1;
}
