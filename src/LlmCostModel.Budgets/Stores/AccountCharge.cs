namespace LlmCostModel.Budgets.Stores;

/// <summary>What a call takes from one account: a budget of one user, say, in its own unit.</summary>
public readonly record struct AccountCharge
{
    /// <summary>Gets the name of the account, which a store takes as it is: any text but the empty one.</summary>
    public required string Account { get; init; }

    /// <summary>Gets the window that is charged.</summary>
    public required AccountPeriod Period { get; init; }

    /// <summary>Gets the amount in whole units of the account (a billionth of the currency, a token, a call, a millisecond): what is held,
    /// or what was spent. 0 or more; less than 0 only to correct.</summary>
    public required long Amount { get; init; }

    /// <summary>Gets what is charged when nobody says in time what was spent; 0 to <see cref="Amount"/>.</summary>
    public long Floor { get; init; }

    /// <summary>Gets the most that the window may have spent and held together; <see langword="null"/> for an account that only
    /// counts.</summary>
    public long? Limit { get; init; }

    /// <summary>Gets how much of what the window before left of <see cref="Limit"/> is added to it, at most; 0 for nothing.</summary>
    public long MaxRollover { get; init; }

    /// <summary>Gets whether the limit is only observed: an account that would refuse does not.</summary>
    public bool IsObserved { get; init; }
}
