namespace LlmCostModel.Budgets.Outages;

/// <summary>What to do while a store does not answer.</summary>
/// <param name="Policy">Which calls are admitted.</param>
/// <param name="MaxOpenTime">For how long calls are admitted, where it is open.</param>
/// <param name="ReplayHorizon">For how long what was acknowledged is kept, to tell it again to a store that lost it.</param>
/// <param name="MaxPending">How many settlements wait at most.</param>
/// <param name="FlushTime">How long the end of the ledger waits for those that wait.</param>
internal sealed record OutageRules(
    StoreOutage Policy, TimeSpan MaxOpenTime, TimeSpan ReplayHorizon, int MaxPending, TimeSpan FlushTime);
