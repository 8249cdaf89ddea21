namespace LlmCostModel;

/// <summary>A <see cref="PriceRule"/> of one version with its condition and targets prepared.</summary>
internal sealed class CompiledRule
{
    internal CompiledRule(PriceRule rule, int index, bool isOverlay, string origin, string? cardProvider, CallAttributes defaults)
    {
        Rule = rule;
        Index = index;
        IsOverlay = isOverlay;
        Origin = origin;
        Condition = new CompiledCondition(rule.When, cardProvider, defaults);
        Targets = new RuleTargets(rule.On);
        if (rule.Mode == RuleMode.Marginal)
        {
            Marginal = rule.When.Tokens.First(threshold => threshold.IsLower);
        }
    }

    internal PriceRule Rule { get; }

    /// <summary>The place of the rule in its version, overlays included: its member of a <see cref="RuleSet"/>.</summary>
    internal int Index { get; }

    /// <summary>Whether the rule is the user's own rather than the card's.</summary>
    internal bool IsOverlay { get; }

    /// <summary>The name of the card or overlay that states the rule.</summary>
    internal string Origin { get; }

    internal CompiledCondition Condition { get; }

    internal RuleTargets Targets { get; }

    /// <summary>The threshold beyond which a marginal rule prices; <see langword="null"/> for rules that price the whole request.</summary>
    internal TokenThreshold? Marginal { get; }

    internal bool IsMarginalInput => Marginal is { Basis: not TokenBasis.Output };

    internal bool IsMarginalOutput => Marginal is { Basis: TokenBasis.Output };

    /// <summary>Whether the rule states what the tier costs; a discount of the user's own on a tier that has no price does not.</summary>
    internal bool PricesTier(string tier) =>
        Condition.NamesTier(tier) && (!IsOverlay || Rule.PerMillionTokens is not null || Rule.PerMeter.Count > 0);
}
