using LlmCostModel.Budgets.Stores;

namespace LlmCostModel.Budgets.InMemory;

/// <summary>What one window of an account has; of a rolling window one bucket.</summary>
internal sealed class WindowCounter(Account account, in AccountPeriod window)
{
    internal readonly Account Account = account;
    internal long Settled;
    internal long Held;

    /// <summary>Whether a call that spent something in it was forgotten, so that nobody can count it anew.</summary>
    internal bool HasForgotten;

    internal AccountPeriod Period { get; } = window;

    internal long Start => Period.Start;

    internal long End => Period.End;
}
