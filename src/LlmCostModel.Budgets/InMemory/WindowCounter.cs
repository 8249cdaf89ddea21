using LlmCostModel.Budgets.Stores;

namespace LlmCostModel.Budgets.InMemory;

/// <summary>What one window of an account has; of a rolling window one bucket.</summary>
internal sealed class WindowCounter(Account account, in AccountPeriod window)
{
    internal readonly Account Account = account;
    internal long Settled;
    internal long Held;

    internal AccountPeriod Period { get; } = window;

    internal long Start => Period.Start;

    internal long End => Period.End;
}
