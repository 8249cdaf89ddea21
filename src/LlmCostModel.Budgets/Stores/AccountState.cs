namespace LlmCostModel.Budgets.Stores;

/// <summary>What one account has in its window, in its own unit.</summary>
public readonly record struct AccountState
{
    internal AccountState(long settled, long held, long? limit, long end) => (Settled, Held, Limit, End) = (settled, held, limit, end);

    /// <summary>Gets what was spent.</summary>
    public long Settled { get; }

    /// <summary>Gets what is held for calls that have not ended.</summary>
    public long Held { get; }

    /// <summary>Gets the limit with what was left over from the window before; <see langword="null"/> for none.</summary>
    public long? Limit { get; }

    /// <summary>Gets when the window ends, in milliseconds of Unix time; <see cref="long.MaxValue"/> when it does not, and for a rolling
    /// window when its oldest bucket does.</summary>
    public long End { get; }

    /// <summary>Gets what is left, less than 0 when more was spent than the limit allows; <see langword="null"/> without a
    /// limit.</summary>
    public long? Remaining => Limit is { } limit ? limit - Settled - Held : null;

    /// <summary>Makes the state of an account, for stores.</summary>
    /// <param name="settled">What was spent.</param>
    /// <param name="held">What is held.</param>
    /// <param name="limit">The limit, if any.</param>
    /// <param name="end">When the window ends.</param>
    /// <returns>The state.</returns>
    public static AccountState Create(long settled, long held, long? limit, long end) => new(settled, held, limit, end);
}
