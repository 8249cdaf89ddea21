namespace LlmCostModel;

/// <summary>Which prices a version has under one or another combination of its rules, to find rules that touch none of them.</summary>
internal sealed class PricedItems
{
    private readonly PriceVersion _version;
    private readonly IReadOnlyCollection<PriceRule> _rules;
    private readonly uint _buckets;

    /// <param name="version">The version.</param>
    /// <param name="rules">Its rules, with those of overlays where they are asked about.</param>
    internal PricedItems(PriceVersion version, IReadOnlyCollection<PriceRule> rules)
    {
        _version = version;
        _rules = rules;
        foreach (TokenBucket bucket in TokenBuckets.InOrder)
        {
            bool isPriced = version.PerMillionTokens[bucket] is not null
                || version.BilledAs.ContainsKey(bucket)
                || rules.Any(rule => rule.PerMillionTokens?[bucket] is not null);
            _buckets |= isPriced ? 1u << (int)bucket : 0;
        }
    }

    internal bool HasMeter(string name) => _version.PerMeter.ContainsKey(name) || _rules.Any(rule => rule.PerMeter.ContainsKey(name));

    /// <summary>Whether a rule has an effect that needs no price to be there, or one on a price that is.</summary>
    internal bool AreTouchedBy(PriceRule rule) => Sets(rule) || AreTargetsOf(rule) || AreRaisedBy(rule);

    /// <summary>Whether the providers of a rule leave it a call: one that names another provider does not get the prices of the
    /// card.</summary>
    internal static bool MayHoldAt(string? provider, PriceRule rule) =>
        provider is null || rule.When.Providers.IsEmpty || rule.When.Providers.Contains(provider, StringComparer.OrdinalIgnoreCase);

    private static bool Sets(PriceRule rule) =>
        rule.PerMillionTokens is not null || rule.PerMeter.Count > 0 || rule.PercentFee is not null || rule.FixedFee is not null;

    private bool AreTargetsOf(PriceRule rule)
    {
        if (rule.Multiply is null && !rule.Unpriced)
        {
            return false;
        }

        RuleTargets targets = new(rule.On);
        bool hasMeters = _version.PerMeter.Count > 0 || _rules.Any(other => other.PerMeter.Count > 0);
        return (targets.Buckets & _buckets) != 0 || (targets.HasAllUnits && hasMeters) || targets.Meters.Any(HasMeter);
    }

    private bool AreRaisedBy(PriceRule rule)
    {
        foreach (TokenBucket bucket in TokenBuckets.InOrder)
        {
            if (rule.AddPerMillionTokens?[bucket] is not null && (_buckets & (1u << (int)bucket)) != 0)
            {
                return true;
            }
        }

        return false;
    }
}
