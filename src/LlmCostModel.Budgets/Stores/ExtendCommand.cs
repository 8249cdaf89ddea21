namespace LlmCostModel.Budgets.Stores;

/// <summary>Asks a store to let a hold live longer.</summary>
public readonly record struct ExtendCommand
{
    /// <summary>Gets the id of the reservation.</summary>
    public required string Id { get; init; }

    /// <summary>Gets how long the hold lives from now at least, in milliseconds, 1 or more. A deadline is never moved to the
    /// front.</summary>
    public required long TimeToLive { get; init; }
}

/// <summary>What a store answers to an extension.</summary>
public readonly record struct ExtendReply
{
    private ExtendReply(HoldState state, StoreStamp stamp) => (State, Stamp) = (state, stamp);

    /// <summary>Gets what the reservation is; only one that is <see cref="HoldState.Held"/> was extended.</summary>
    public HoldState State { get; }

    /// <summary>Gets which store answered, and when.</summary>
    public StoreStamp Stamp { get; }

    /// <summary>Makes an answer, for stores.</summary>
    /// <param name="state">What the reservation is.</param>
    /// <param name="stamp">Which store answered.</param>
    /// <returns>The answer.</returns>
    public static ExtendReply Create(HoldState state, StoreStamp stamp) => new(state, stamp);
}
