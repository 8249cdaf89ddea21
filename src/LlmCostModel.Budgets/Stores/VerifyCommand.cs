namespace LlmCostModel.Budgets.Stores;

/// <summary>Asks a store whether what it counts of an account is what its holds and calls say.</summary>
public readonly record struct VerifyCommand
{
    /// <summary>Gets the name of the account.</summary>
    public required string Account { get; init; }

    /// <summary>Gets its window.</summary>
    public required AccountPeriod Period { get; init; }

    /// <summary>Gets whether what is held is corrected where it is wrong: by the difference, as one change of the store. What was spent is
    /// never changed by this.</summary>
    public bool RepairsHeld { get; init; }
}

/// <summary>What a store counts of an account in the window that is running, and what it counts anew from the single holds and
/// calls.</summary>
public readonly record struct VerifyReply
{
    private VerifyReply(bool isStale, StoreStamp stamp) => (IsStale, Stamp) = (isStale, stamp);

    /// <summary>Gets whether the store's time is in neither window; then nothing was counted.</summary>
    public bool IsStale { get; }

    /// <summary>Gets which store answered, and when.</summary>
    public StoreStamp Stamp { get; }

    /// <summary>Gets what the store says was spent.</summary>
    public long Settled { get; private init; }

    /// <summary>Gets what the calls of the window add up to; <see langword="null"/> where the store does not know all of them any
    /// more.</summary>
    public long? SettledByCalls { get; private init; }

    /// <summary>Gets what the store says is held, before it was repaired. A hold past its deadline is held until it is given
    /// back.</summary>
    public long Held { get; private init; }

    /// <summary>Gets what the holds add up to, which is the truth.</summary>
    public long HeldByHolds { get; private init; }

    /// <summary>Gets how many windows hold something else than their holds: 0 or 1; of a rolling window so many of its buckets, which can
    /// make up for one another in the sum.</summary>
    public int WrongWindows { get; private init; }

    /// <summary>Gets whether what is held was wrong and is now what the holds say.</summary>
    public bool IsRepaired { get; private init; }

    /// <summary>Gets whether all that can be known was counted right, before it was repaired.</summary>
    public bool IsRight => WrongWindows == 0 && Held == HeldByHolds && (SettledByCalls ?? Settled) == Settled;

    /// <summary>Makes the answer that the windows are over, for stores.</summary>
    /// <param name="stamp">Which store answered.</param>
    /// <returns>The answer.</returns>
    public static VerifyReply Stale(StoreStamp stamp) => new(true, stamp);

    /// <summary>Makes an answer, for stores.</summary>
    /// <param name="stamp">Which store answered.</param>
    /// <param name="settled">What it says was spent.</param>
    /// <param name="settledByCalls">What the calls say; <see langword="null"/> when not all are known.</param>
    /// <param name="held">What it says is held.</param>
    /// <param name="heldByHolds">What the holds say.</param>
    /// <param name="wrongWindows">How many windows hold something else than their holds.</param>
    /// <param name="isRepaired">Whether that was mended.</param>
    /// <returns>The answer.</returns>
    public static VerifyReply Create(
        StoreStamp stamp, long settled, long? settledByCalls, long held, long heldByHolds, int wrongWindows, bool isRepaired) =>
        new(false, stamp)
        {
            Settled = settled,
            SettledByCalls = settledByCalls,
            Held = held,
            HeldByHolds = heldByHolds,
            WrongWindows = wrongWindows,
            IsRepaired = isRepaired,
        };
}
