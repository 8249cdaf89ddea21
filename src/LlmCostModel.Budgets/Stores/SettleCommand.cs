namespace LlmCostModel.Budgets.Stores;

/// <summary>Tells a store what a call spent.</summary>
public readonly record struct SettleCommand
{
    /// <summary>Gets the id of the reservation, or of a call that was not reserved.</summary>
    public required string Id { get; init; }

    /// <summary>Gets what was spent in which account. An account that was reserved and is not here spent nothing; one that is here and was
    /// not reserved is charged in the window that is running.</summary>
    public required ReadOnlyMemory<AccountCharge> Charges { get; init; }

    /// <summary>Gets whether amounts below 0 are meant: a correction, which is a call of its own with an id of its own.</summary>
    public bool IsCorrection { get; init; }

    /// <summary>Gets the call as one line of JSON, which stores that keep entries keep with the first settlement of the id; empty for
    /// none.</summary>
    public ReadOnlyMemory<byte> Entry { get; init; }

    /// <summary>Gets where the states of the accounts go, in the order of <see cref="Charges"/>; empty when nobody asks.</summary>
    public Memory<AccountState> States { get; init; }
}
