namespace LlmCostModel.Budgets.InMemory;

/// <summary>What a reservation holds in one account, and afterwards what it spent there: a link in the account's chain of live holds, which
/// is in the order of the deadlines.</summary>
internal abstract class Hold
{
    /// <summary>The window that it was admitted in; there is one as soon as the hold is in use.</summary>
    internal WindowCounter Window = null!;

    internal long Amount;

    /// <summary>What counts as spent in the window as soon as the hold is over: its floor, until somebody says what it was.</summary>
    internal long Spent;

    /// <summary>When it is given back; 0 as soon as it was.</summary>
    internal long Deadline;

    internal Hold? Earlier;
    internal Hold? Later;

    internal bool IsLive => Deadline != 0;

    internal abstract Reservation Owner { get; }

    internal Account Account => Window.Account;
}
