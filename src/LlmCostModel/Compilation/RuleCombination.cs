namespace LlmCostModel;

/// <summary>Which rules of a version apply to a call.</summary>
/// <param name="Matched">The rules whose condition holds.</param>
/// <param name="Unknown">The rules whose condition depends on an attribute that the call does not give.</param>
internal readonly record struct RuleCombination(RuleSet Matched, RuleSet Unknown);
