namespace LlmCostModel;

/// <summary>A price version with its rules prepared: which of them apply to a call, and what every price is when they do.</summary>
internal sealed class CompiledVersion
{
    private readonly PriceRows _rows;
    private readonly bool _dependsOnTokens;

    internal CompiledVersion(PriceVersion version, CompiledPricing pricing, CompiledRule[] rules)
    {
        Version = version;
        Pricing = pricing;
        Rules = rules;
        _rows = new PriceRows(rules);
        foreach (CompiledRule rule in rules)
        {
            _dependsOnTokens |= rule.Condition.DependsOnTokens;
            DependsOnTime |= rule.Condition.DependsOnTime;
            OverlayRules = rule.IsOverlay ? OverlayRules.With(rule.Index) : OverlayRules;
            MarginalInputRules = rule.IsMarginalInput ? MarginalInputRules.With(rule.Index) : MarginalInputRules;
            MarginalOutputRules = rule.IsMarginalOutput ? MarginalOutputRules.With(rule.Index) : MarginalOutputRules;
        }

        HasRequestPrice = version.PerMeter.ContainsKey(MeterNames.Request) || rules.Any(rule => rule.Rule.PerMeter.ContainsKey(MeterNames.Request));
        bool hasFees = rules.Any(rule => rule.Rule.PercentFee is not null || rule.Rule.FixedFee is not null);
        bool tokensOnly = !HasRequestPrice && version.MinimumCharge == 0 && !hasFees;
        IsTokensOnly = tokensOnly && MarginalRules.IsEmpty;
        IsMarginalTokensOnly = tokensOnly && !MarginalRules.IsEmpty;
    }

    internal PriceVersion Version { get; }

    internal CompiledPricing Pricing { get; }

    /// <summary>The rules in order of application; each stands at its <see cref="CompiledRule.Index"/>.</summary>
    internal CompiledRule[] Rules { get; }

    internal bool DependsOnTime { get; }

    internal RuleSet OverlayRules { get; }

    internal RuleSet MarginalInputRules { get; }

    internal RuleSet MarginalOutputRules { get; }

    internal RuleSet MarginalRules => MarginalInputRules | MarginalOutputRules;

    internal bool HasRequestPrice { get; }

    /// <summary>Whether a call without meters costs its tokens and nothing else, all priced by one row: the hot path.</summary>
    internal bool IsTokensOnly { get; }

    /// <summary>Whether a call without meters costs its tokens and nothing else, priced by several rows.</summary>
    internal bool IsMarginalTokensOnly { get; }

    /// <summary>Asks every rule.</summary>
    internal RuleCombination Combine(in TokenUsage usage, in CallContext context, DateTimeOffset instant)
    {
        ContextSize size = _dependsOnTokens ? new ContextSize(in usage) : default;
        RuleSet matched = default;
        RuleSet unknown = default;
        foreach (CompiledRule rule in Rules)
        {
            if (rule.Rule.Status == PriceStatus.Announced && !context.IncludeAnnounced)
            {
                continue;
            }

            switch (rule.Condition.Ask(in size, in context, instant))
            {
                case ConditionResult.Holds:
                    matched = matched.With(rule.Index);
                    break;
                case ConditionResult.Unknown:
                    unknown = unknown.With(rule.Index);
                    break;
                default:
                    break;
            }
        }

        return new RuleCombination(matched, unknown);
    }

    /// <summary>The token prices under a combination of rules.</summary>
    internal PriceRow RowFor(RuleCombination combination) => _rows.Get(combination, this);

    /// <summary>The rules of a set, in order of application.</summary>
    internal IEnumerable<CompiledRule> RulesIn(RuleSet rules) => Rules.Where(rule => rules.Contains(rule.Index));

    /// <summary>Whether every tier that the call names has its own price.</summary>
    internal bool PricesTiers(in CallContext context, RuleCombination combination) =>
        (ServiceTiers.IsStandard(context.Tier) || PricesTier(context.Tier!, combination))
        && (!context.IsBatch || PricesTier(ServiceTiers.Batch, combination));

    /// <summary>The price of a bucket: what it is set to, or that of the bucket it is billed as, and what the rules do to it.</summary>
    internal ResolvedRate Resolve(TokenBucket bucket, RuleCombination combination)
    {
        RuleEffects effects = Apply(combination, new PricedItem(bucket));
        decimal? perMillion = (effects.SetBy?.Rule.PerMillionTokens ?? Version.PerMillionTokens)[bucket];
        return perMillion is null && effects.BlockedBy is null && Version.BilledAs.TryGetValue(bucket, out TokenBucket other)
            ? Resolve(other, combination)
            : new ResolvedRate(perMillion, bucket, effects);
    }

    /// <summary>The price of a meter, in the same way.</summary>
    internal ResolvedMeterPrice Resolve(string meter, RuleCombination combination)
    {
        RuleEffects effects = Apply(combination, new PricedItem(meter));
        return new ResolvedMeterPrice((effects.SetBy?.Rule.PerMeter ?? Version.PerMeter).GetValueOrDefault(meter), effects);
    }

    /// <summary>Applies a combination of rules to one price, in listed order: of those that set it or make it unknown the last one
    /// wins.</summary>
    private RuleEffects Apply(RuleCombination combination, PricedItem item)
    {
        CompiledRule? setBy = null;
        CompiledRule? unpricedBy = null;
        RuleSet multipliers = default;
        RuleSet adds = default;
        foreach (int index in combination.Matched)
        {
            CompiledRule rule = Rules[index];
            if (item.IsSetBy(rule))
            {
                setBy = rule;
                unpricedBy = null;
            }
            else if (item.IsUnpricedBy(rule))
            {
                unpricedBy = rule;
            }

            multipliers = item.IsMultipliedBy(rule) ? multipliers.With(index) : multipliers;
            adds = item.IsRaisedBy(rule) ? adds.With(index) : adds;
        }

        CompiledRule? undecidedBy = null;
        foreach (int index in combination.Unknown)
        {
            undecidedBy = item.IsAffectedBy(Rules[index]) ? Rules[index] : undecidedBy;
        }

        return new RuleEffects { SetBy = setBy, Multipliers = multipliers, Adds = adds, BlockedBy = undecidedBy ?? unpricedBy };
    }

    private bool PricesTier(string tier, RuleCombination combination)
    {
        foreach (int index in combination.Matched)
        {
            if (Rules[index].PricesTier(tier))
            {
                return true;
            }
        }

        return false;
    }
}
