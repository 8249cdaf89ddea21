namespace LlmCostModel.Budgets.Stores;

/// <summary>Asks a store to give a hold back.</summary>
public readonly record struct ReleaseCommand
{
    /// <summary>Gets the id of the reservation.</summary>
    public required string Id { get; init; }

    /// <summary>Gets whether the floors count as spent: the call was sent, and nobody knows what it cost. A store that does not know the id
    /// cannot do so, answers <see cref="HoldState.Unknown"/> as often as it is asked, and changes nothing.</summary>
    public bool ChargesFloor { get; init; }
}
