namespace LlmCostModel;

/// <summary>The price of one meter under one combination of rules, and where it comes from.</summary>
/// <param name="Price">The price before factors; <see langword="null"/> when it is not known.</param>
/// <param name="Effects">What the rules do to it.</param>
internal readonly record struct ResolvedMeterPrice(MeterPrice? Price, RuleEffects Effects)
{
    internal bool IsKnown => Price is not null && Effects.BlockedBy is null;
}
