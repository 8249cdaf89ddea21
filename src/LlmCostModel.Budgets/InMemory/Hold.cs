namespace LlmCostModel.Budgets.InMemory;

/// <summary>What a reservation holds in one account, and afterwards what it spent there: a link in the account's chain of live holds, which
/// is in the order of the deadlines.</summary>
internal sealed class Hold(Account account, WindowCounter window, long amount, long floor)
{
    internal readonly Account Account = account;
    internal readonly WindowCounter Window = window;
    internal readonly long Amount = amount;
    internal readonly long Floor = floor;

    /// <summary>What counts as spent in the window: the floor of a hold that was given back, or the actual amount.</summary>
    internal long Spent;

    internal long Deadline;
    internal bool IsLive;
    internal Reservation? Owner;
    internal Hold? Earlier;
    internal Hold? Later;
}
