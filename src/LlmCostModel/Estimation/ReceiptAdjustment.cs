namespace LlmCostModel;

/// <summary>What one of the user's own overlay rules changed.</summary>
/// <param name="Overlay">The name of the overlay.</param>
/// <param name="Rule">The name of the rule.</param>
/// <param name="Amount">The change of the total in the receipt's currency; negative for a discount.</param>
public sealed record ReceiptAdjustment(string Overlay, string Rule, decimal Amount);
