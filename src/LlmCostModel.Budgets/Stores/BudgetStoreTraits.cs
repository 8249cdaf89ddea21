namespace LlmCostModel.Budgets.Stores;

/// <summary>What a store promises, so that nobody has to guess.</summary>
public readonly record struct BudgetStoreTraits
{
    /// <summary>Gets whether what was acknowledged is still there after the process ended.</summary>
    public required bool IsDurable { get; init; }

    /// <summary>Gets whether several processes share one state.</summary>
    public required bool IsShared { get; init; }

    /// <summary>Gets whether what was acknowledged can be lost while this process lives: a server elsewhere that restarts without its data,
    /// or whose replica takes over. Then what was acknowledged of late is kept, and said again.</summary>
    public bool CanRollBack { get; init; }

    /// <summary>Gets whether the entries of settled calls are kept, see <see cref="SettleCommand.Entry"/>.</summary>
    public required bool KeepsEntries { get; init; }

    /// <summary>Gets whether <see cref="BudgetStore.FindTopAsync"/> finds the accounts that spent most.</summary>
    public bool ListsAccounts { get; init; }

    /// <summary>Gets how long an id is known at least after its call ended, so that a repetition is recognized.</summary>
    public required TimeSpan Retention { get; init; }

    /// <summary>Gets the largest amount and limit that the store counts exactly, in units of the account.</summary>
    public required long MaxAmount { get; init; }
}
