namespace LlmCostModel;

public partial struct CostEstimate
{
    /// <summary>Gets the terms of the cost, as a receipt lists them: what is charged, how much of it and at which price.</summary>
    /// <returns>The terms, whose amounts sum up to <see cref="Total"/>; empty when nothing is priced, or the estimate was read from JSON,
    /// which keeps amounts and not prices.</returns>
    public readonly IReadOnlyList<ReceiptLine> GetLines() => FindCalculation() is { } calculation ? [.. calculation.Lines] : [];

    /// <summary>Gets the terms of the cost at list prices, without your overlays; those of <see cref="GetLines"/> when none
    /// applied.</summary>
    /// <returns>The terms; empty when nothing is priced, or the estimate was read from JSON.</returns>
    /// <exception cref="OverflowException">A decimal cannot hold an amount at list prices.</exception>
    public readonly IReadOnlyList<ReceiptLine> GetListLines() =>
        FindCalculation() is { } calculation ? [.. calculation.AtListPrices().Lines] : [];

    private readonly CallCalculation? FindCalculation() =>
        _details as CallCalculation ?? (_row is null || _details is CostIssue ? null : CalculateAgain(_row));
}
