namespace LlmCostModel.Budgets.Runs;

/// <summary>What a ledger allows its runs.</summary>
/// <param name="MaxAmount">The largest amount that its store counts.</param>
/// <param name="LocalShare">The part of a limit that a process admits by itself while the store is away.</param>
internal sealed record RunRules(long MaxAmount, decimal LocalShare);
