namespace LlmCostModel.Budgets.Stores;

/// <summary>Asks a store what accounts have.</summary>
public readonly record struct ReadCommand
{
    /// <summary>Gets the accounts, with their windows and limits; the amounts do not count.</summary>
    public required ReadOnlyMemory<AccountCharge> Accounts { get; init; }

    /// <summary>Gets where their states go, in the same order; at least as long.</summary>
    public required Memory<AccountState> States { get; init; }
}

/// <summary>What a store answers to a reading.</summary>
public readonly record struct ReadReply
{
    private ReadReply(bool isStale, StoreStamp stamp) => (IsStale, Stamp) = (isStale, stamp);

    /// <summary>Gets whether the store's time is in neither window of an account; then nothing was read.</summary>
    public bool IsStale { get; }

    /// <summary>Gets which store answered, and when.</summary>
    public StoreStamp Stamp { get; }

    /// <summary>Makes an answer, for stores.</summary>
    /// <param name="isStale">Whether nothing was read.</param>
    /// <param name="stamp">Which store answered.</param>
    /// <returns>The answer.</returns>
    public static ReadReply Create(bool isStale, StoreStamp stamp) => new(isStale, stamp);
}
