using System.Collections.Immutable;

namespace LlmCostModel.Budgets.Stores;

/// <summary>Asks a store which accounts spent most in the window that is running.</summary>
public readonly record struct TopCommand
{
    /// <summary>The most accounts that can be asked for.</summary>
    public const int MaxCount = 10_000;

    /// <summary>Gets how the names of the accounts begin; at least one character.</summary>
    public required string Prefix { get; init; }

    /// <summary>Gets their windows.</summary>
    public required AccountPeriod Period { get; init; }

    /// <summary>Gets how many to find at most, 1 to <see cref="MaxCount"/>.</summary>
    public required int Count { get; init; }
}

/// <summary>What a store answers to the question which accounts spent most.</summary>
public readonly record struct TopReply
{
    private readonly EquatableArray<string> _accounts;

    private TopReply(bool isStale, StoreStamp stamp, ImmutableArray<string> accounts) =>
        (IsStale, Stamp, _accounts) = (isStale, stamp, accounts);

    /// <summary>Gets whether the store's time is in neither window; then nothing was looked for.</summary>
    public bool IsStale { get; }

    /// <summary>Gets which store answered, and when.</summary>
    public StoreStamp Stamp { get; }

    /// <summary>Gets the names of the accounts that spent something, the one that spent most first. What holds past their deadline will
    /// charge is not in it: read an account to know what it has.</summary>
    public ImmutableArray<string> Accounts => _accounts;

    /// <summary>Makes an answer, for stores.</summary>
    /// <param name="isStale">Whether nothing was looked for.</param>
    /// <param name="stamp">Which store answered.</param>
    /// <param name="accounts">The accounts.</param>
    /// <returns>The answer.</returns>
    public static TopReply Create(bool isStale, StoreStamp stamp, ImmutableArray<string> accounts) => new(isStale, stamp, accounts);
}
