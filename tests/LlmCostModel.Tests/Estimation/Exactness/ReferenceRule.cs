namespace LlmCostModel.Tests.Estimation.Exactness;

/// <summary>A rule of a card or an overlay, and whether it applies to a call.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="IsOverlay">Whether an overlay states it.</param>
/// <param name="Applies">Null when an attribute decides that the call does not give.</param>
internal sealed record ReferenceRule(PriceRule Rule, bool IsOverlay, bool? Applies);
