using System.Collections.Immutable;

namespace LlmCostModel;

/// <summary>A combination that the provider does not sell, prepared for asking: every name with all that it may stand for.</summary>
internal sealed class ForbiddenCombination
{
    private readonly Part[] _parts;

    internal ForbiddenCombination(CompiledVersion version, ImmutableArray<string> names)
    {
        _parts = [.. names.Select(name => new Part(name, version.Rules))];
        Issue = PricingIssues.Forbidden(version, names);
    }

    /// <summary>The reason why a call with the combination has no price.</summary>
    internal CostIssue Issue { get; }

    /// <summary>Whether a call has everything that the names stand for.</summary>
    internal bool Occurs(RuleSet matched, in TokenUsage usage, in CallContext context, MeteredQuantities? meters)
    {
        foreach (Part part in _parts)
        {
            if (!part.Occurs(matched, in usage, in context, meters))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A name: rules of the card that may apply, the tier, a bucket or a meter that may be used. An overlay's rule of the same
    /// name is the user's own, of which the provider knows nothing.</summary>
    private sealed class Part
    {
        private readonly string _name;
        private readonly RuleSet _rules;
        private readonly bool _isStandard;
        private readonly bool _isBatch;
        private readonly TokenBucket? _bucket;

        internal Part(string name, CompiledRule[] rules)
        {
            _name = name;
            _isStandard = name.Equals(ServiceTiers.Standard, StringComparison.OrdinalIgnoreCase);
            _isBatch = name.Equals(ServiceTiers.Batch, StringComparison.OrdinalIgnoreCase);
            _bucket = TokenBuckets.TryParse(name, out TokenBucket bucket) ? bucket : null;
            foreach (CompiledRule rule in rules)
            {
                bool isNamed = !rule.IsOverlay && rule.Rule.Name.Equals(name, StringComparison.OrdinalIgnoreCase);
                _rules = isNamed ? _rules.With(rule.Index) : _rules;
            }
        }

        internal bool Occurs(RuleSet matched, in TokenUsage usage, in CallContext context, MeteredQuantities? meters) =>
            !(matched & _rules).IsEmpty
            || (ServiceTiers.IsStandard(context.Tier)
                ? _isStandard && !context.IsBatch
                : context.Tier!.Equals(_name, StringComparison.OrdinalIgnoreCase))
            || (_isBatch && context.IsBatch)
            || (_bucket is { } bucket && usage[bucket] != 0)
            || meters?[_name] > 0;
    }
}
