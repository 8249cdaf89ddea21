namespace LlmCostModel;

/// <summary>The price of one bucket under one combination of rules, and where it comes from.</summary>
/// <param name="PerMillion">The price before factors, per 1,000,000 tokens; <see langword="null"/> when it is not known.</param>
/// <param name="PricedAs">The bucket whose price it is: another one when the pricing says "billed as".</param>
/// <param name="Effects">What the rules do to it.</param>
internal readonly record struct ResolvedRate(decimal? PerMillion, TokenBucket PricedAs, RuleEffects Effects)
{
    internal bool IsKnown => PerMillion is not null && Effects.BlockedBy is null;

    /// <summary>The final price per 1,000,000 tokens: times all factors, plus all additions.</summary>
    /// <param name="rules">All rules of the version.</param>
    internal Rational ComputeNet(CompiledRule[] rules)
    {
        Rational net = Effects.Multiply(PerMillion.GetValueOrDefault(), rules);
        foreach (int index in Effects.Adds)
        {
            net += Rational.From(rules[index].Rule.AddPerMillionTokens![PricedAs]!.Value);
        }

        return net;
    }
}
