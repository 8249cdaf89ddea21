namespace LlmCostModel;

/// <summary>What a price is for, a token bucket or a meter, and what a rule does to that price.</summary>
internal readonly struct PricedItem
{
    private readonly TokenBucket _bucket;
    private readonly string? _meter;

    internal PricedItem(TokenBucket bucket) => _bucket = bucket;

    internal PricedItem(string meter) => _meter = meter;

    internal bool IsSetBy(CompiledRule rule) =>
        _meter is null ? rule.Rule.PerMillionTokens?[_bucket] is not null : rule.Rule.PerMeter.ContainsKey(_meter);

    internal bool IsMultipliedBy(CompiledRule rule) => rule.Rule.Multiply is not null && IsTargetOf(rule);

    internal bool IsUnpricedBy(CompiledRule rule) => rule.Rule.Unpriced && IsTargetOf(rule);

    internal bool IsRaisedBy(CompiledRule rule) => _meter is null && rule.Rule.AddPerMillionTokens?[_bucket] is not null;

    /// <summary>Whether the rule would change the price in any way.</summary>
    internal bool IsAffectedBy(CompiledRule rule) => IsSetBy(rule) || IsUnpricedBy(rule) || IsModifiedBy(rule);

    /// <summary>Whether the rule would change the price, whatever it is set to.</summary>
    internal bool IsModifiedBy(CompiledRule rule) => IsMultipliedBy(rule) || IsRaisedBy(rule);

    private bool IsTargetOf(CompiledRule rule) => _meter is null ? rule.Targets.Includes(_bucket) : rule.Targets.Includes(_meter);
}
