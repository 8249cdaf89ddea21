namespace LlmCostModel;

/// <summary>The price of one bucket under one combination of rules, and where it comes from.</summary>
/// <param name="PerMillion">The price before factors, per 1,000,000 tokens; <see langword="null"/> when it is not known.</param>
/// <param name="Bucket">The bucket.</param>
/// <param name="PricedAs">The bucket whose price it is: another one when the pricing says "billed as".</param>
/// <param name="Effects">What the rules do to it, those that name the bucket itself as well as those that name the one it is billed
/// as.</param>
internal readonly record struct ResolvedRate(decimal? PerMillion, TokenBucket Bucket, TokenBucket PricedAs, RuleEffects Effects)
{
    internal bool IsKnown => PerMillion is not null && Effects.BlockedBy is null;

    /// <summary>The final price per 1,000,000 tokens: times all factors, plus all additions.</summary>
    /// <param name="version">The version that the price is of.</param>
    internal Rational ComputeNet(CompiledVersion version)
    {
        Rational net = Effects.Multiply(PerMillion.GetValueOrDefault(), version.Rules);
        foreach (int index in Effects.Adds)
        {
            net += Rational.From(Addition(version.Rules[index].Rule.AddPerMillionTokens!, version.Version));
        }

        return net;
    }

    /// <summary>The price for a bucket that is billed as this one: a rule that names either of them changes it, once.</summary>
    internal ResolvedRate BilledFor(TokenBucket bucket, RuleEffects own) => this with
    {
        Bucket = bucket,
        Effects = Effects with { Multipliers = Effects.Multipliers | own.Multipliers, Adds = Effects.Adds | own.Adds },
    };

    /// <summary>What a rule adds: once, and what it says of the bucket itself before what it says of those it is billed as.</summary>
    private decimal Addition(TokenRates added, PriceVersion version)
    {
        TokenBucket bucket = Bucket;
        while (added[bucket] is null)
        {
            bucket = version.BilledAs[bucket];
        }

        return added[bucket]!.Value;
    }
}
