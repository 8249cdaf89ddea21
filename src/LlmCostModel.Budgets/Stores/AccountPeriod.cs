namespace LlmCostModel.Budgets.Stores;

/// <summary>When an account begins anew, as instants of the store's clock in milliseconds of Unix time.</summary>
/// <remarks>
/// The caller knows calendars and zones, the store knows the time: the caller names the window that it believes to be running and the one
/// after it, and the store takes the one that its clock is in. When neither fits, it answers <see cref="ReserveOutcome.StaleWindow"/> with
/// its time. A window that ends leaves its counts where they are; nothing is ever reset.
/// </remarks>
public readonly record struct AccountPeriod
{
    private AccountPeriod(long previous, long start, long end, long nextEnd, int buckets) =>
        (PreviousStart, Start, End, NextEnd, Buckets) = (previous, start, end, nextEnd, buckets);

    /// <summary>Gets the window that never ends.</summary>
    public static AccountPeriod Always { get; } = new(long.MinValue, long.MinValue, long.MaxValue, long.MaxValue, 0);

    /// <summary>Gets when the window before began; the same as <see cref="Start"/> when there is none.</summary>
    public long PreviousStart { get; }

    /// <summary>Gets when the window begins, inclusive.</summary>
    public long Start { get; }

    /// <summary>Gets when the window ends, exclusive, and the next one begins.</summary>
    public long End { get; }

    /// <summary>Gets when the next window ends, exclusive; the same as <see cref="End"/> where only this window is meant.</summary>
    public long NextEnd { get; }

    /// <summary>Gets how many buckets a rolling window has, each as long as from <see cref="Start"/> to <see cref="End"/>; 0 for a window
    /// that is fixed.</summary>
    public int Buckets { get; }

    /// <summary>Gets whether the window was chosen by the caller, whatever the store's clock says: for a call of another time.</summary>
    public bool IsChosen { get; private init; }

    /// <summary>Makes a fixed window and the one after it.</summary>
    /// <param name="previousStart">When the window before began, at most <paramref name="start"/>.</param>
    /// <param name="start">When the window begins.</param>
    /// <param name="end">When it ends, after <paramref name="start"/>.</param>
    /// <param name="nextEnd">When the next one ends, after <paramref name="end"/>.</param>
    /// <returns>The period.</returns>
    /// <exception cref="ArgumentException">The instants are not in this order.</exception>
    public static AccountPeriod Fixed(long previousStart, long start, long end, long nextEnd) =>
        previousStart <= start && start < end && end < nextEnd
            ? new(previousStart, start, end, nextEnd, 0)
            : throw new ArgumentException($"The instants {previousStart}, {start}, {end} and {nextEnd} are not in order.");

    /// <summary>Makes a window that moves with time, in buckets: what was spent in a bucket counts until all of the bucket is older than
    /// the window.</summary>
    /// <param name="bucket">The length of a bucket in milliseconds, 1 or more.</param>
    /// <param name="buckets">How many of them the window has, 1 or more.</param>
    /// <param name="at">Any instant, from which the store finds the bucket of its own time.</param>
    /// <returns>The period.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is less than 1.</exception>
    public static AccountPeriod Rolling(long bucket, int buckets, long at)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bucket, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(buckets, 1);
        long start = BucketStart(at, bucket);
        return new(start, start, start + bucket, start + bucket, buckets);
    }

    /// <summary>Takes this window, whatever the store's clock says.</summary>
    /// <returns>The period of <see cref="Start"/> to <see cref="End"/> alone.</returns>
    public AccountPeriod Chosen() => new(PreviousStart, Start, End, End, Buckets) { IsChosen = true };

    /// <summary>Finds the window of an instant.</summary>
    /// <param name="now">The store's time.</param>
    /// <param name="window">The window, alone.</param>
    /// <returns><see langword="false"/> when the instant is in neither window.</returns>
    public bool TryFind(long now, out AccountPeriod window)
    {
        if (IsChosen || (Buckets == 0 && now >= Start && now < End))
        {
            window = this;
            return true;
        }

        if (Buckets > 0)
        {
            window = Rolling(End - Start, Buckets, now);
            return true;
        }

        window = new(Start, End, NextEnd, NextEnd, 0);
        return now >= End && now < NextEnd;
    }

    private static long BucketStart(long at, long bucket) => at - (((at % bucket) + bucket) % bucket);
}
