namespace LlmCostModel.Budgets.Stores;

/// <summary>Asks a store to hold amounts in several accounts, all or none.</summary>
public readonly record struct ReserveCommand
{
    /// <summary>Gets the id of the reservation, the caller's own: 1 to 128 characters.</summary>
    public required string Id { get; init; }

    /// <summary>Gets what is taken from which account; an account is named once.</summary>
    public required ReadOnlyMemory<AccountCharge> Charges { get; init; }

    /// <summary>Gets how long the hold lives without a further word, in milliseconds, 1 or more.</summary>
    public required long TimeToLive { get; init; }

    /// <summary>Gets where the states of the accounts go, in the order of <see cref="Charges"/>; empty when nobody asks.</summary>
    public Memory<AccountState> States { get; init; }
}
