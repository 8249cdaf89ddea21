namespace LlmCostModel;

/// <summary>What a call costs at the prices of the card alone, and in its credits.</summary>
/// <param name="Total">The total without overlays; <see langword="null"/> when nothing is priced, or no decimal holds it.</param>
/// <param name="Credits">The same in credits; <see langword="null"/> where the card's prices are in money.</param>
internal sealed record ListPrice(Money? Total, CreditAmount? Credits)
{
    /// <summary>Works it out where it is not the cost itself in money; <see langword="null"/> where it is.</summary>
    internal static ListPrice? Of(in CostEstimate estimate, MeteredQuantities? meters, in CallContext context)
    {
        if (estimate.Row is not { } row || estimate.Total is not { } total)
        {
            return null;
        }

        CompiledVersion version = row.Version;
        RuleSet overlays = row.Combination.Matched & version.OverlayRules;
        if (overlays.IsEmpty && version.Worth is null)
        {
            return null;
        }

        Money? list = overlays.IsEmpty ? total : WithoutOverlays(version, row.Combination, estimate.Usage, meters, in context);
        return new(list, CreditsOf(version, list));
    }

    /// <summary>What an amount at list prices is in credits: exact, or rounded half to even at the last digit that fits.</summary>
    internal static CreditAmount? CreditsOf(CompiledVersion version, Money? list) => version is { Worth: { } worth } && list is { } amount
        ? new CreditAmount
        {
            Amount = (Rational.From(amount.Amount) / Rational.From(worth.Amount)).ToDecimal(out _),
            Unit = version.Pricing.Card.Credit!.Name,
        }
        : null;

    private static Money? WithoutOverlays(
        CompiledVersion version, RuleCombination combination, TokenUsage usage, MeteredQuantities? meters, in CallContext context)
    {
        try
        {
            RuleSet matched = combination.Matched.Without(version.OverlayRules);
            CallCalculation list = new(version, combination with { Matched = matched }, in usage, meters, in context);
            return list.Status == CostStatus.Unpriced ? null : new Money(list.Total, version.Pricing.Card.Currency);
        }
        catch (OverflowException)
        {
            return null;
        }
    }
}
