namespace LlmCostModel;

/// <summary>A price version with its rules prepared: which of them apply to a call, and what every price is when they do.</summary>
internal sealed class CompiledVersion
{
    private const int MaxTiers = 32;

    private readonly PriceRows _rows;
    private readonly RuleConditions _conditions;
    private readonly ForbiddenCombination[] _forbidden;
    private BoundedCache<CostIssue>? _unpricedTiers;
    private BoundedCache<CostIssue>? _unpricedBatches;

    internal CompiledVersion(PriceVersion version, CompiledPricing pricing, CompiledRule[] rules)
    {
        Version = version;
        Pricing = pricing;
        Rules = rules;
        _rows = new PriceRows(rules);
        _conditions = new RuleConditions(rules);
        _forbidden = [.. version.Never.Select(names => new ForbiddenCombination(this, names))];
        foreach (CompiledRule rule in rules)
        {
            OverlayRules = rule.IsOverlay ? OverlayRules.With(rule.Index) : OverlayRules;
            MarginalInputRules = rule.IsMarginalInput ? MarginalInputRules.With(rule.Index) : MarginalInputRules;
            MarginalOutputRules = rule.IsMarginalOutput ? MarginalOutputRules.With(rule.Index) : MarginalOutputRules;
        }

        HasRequestPrice =
            version.PerMeter.ContainsKey(MeterNames.Request) || rules.Any(rule => rule.Rule.PerMeter.ContainsKey(MeterNames.Request));
        bool hasFees = rules.Any(rule => rule.Rule.PercentFee is not null || rule.Rule.FixedFee is not null);
        bool tokensOnly = !HasRequestPrice && version.MinimumCharge == 0 && !hasFees;
        HasUnpricedRegions = rules.Any(rule => rule.Rule.Unpriced && !rule.Rule.When.Regions.IsEmpty);
        IsTokensOnly = tokensOnly && MarginalRules.IsEmpty;
        IsMarginalTokensOnly = tokensOnly && !MarginalRules.IsEmpty;
    }

    internal PriceVersion Version { get; }

    internal CompiledPricing Pricing { get; }

    /// <summary>What one credit was taken as, where the card's prices are in credits.</summary>
    internal CreditWorth? Worth { get; init; }

    /// <summary>The rules in order of application; each stands at its <see cref="CompiledRule.Index"/>.</summary>
    internal CompiledRule[] Rules { get; }

    internal bool DependsOnTime => _conditions.DependOnTime;

    internal RuleSet OverlayRules { get; }

    internal RuleSet MarginalInputRules { get; }

    internal RuleSet MarginalOutputRules { get; }

    internal RuleSet MarginalRules => MarginalInputRules | MarginalOutputRules;

    internal bool HasRequestPrice { get; }

    /// <summary>Whether the reason of an unknown price may name the region of the call.</summary>
    internal bool HasUnpricedRegions { get; }

    /// <summary>Whether a call without meters costs its tokens and nothing else, all priced by one row: the hot path.</summary>
    internal bool IsTokensOnly { get; }

    /// <summary>Whether a call without meters costs its tokens and nothing else, priced by several rows.</summary>
    internal bool IsMarginalTokensOnly { get; }

    /// <inheritdoc cref="RuleConditions.Combine"/>
    internal RuleCombination Combine(in TokenUsage usage, in CallContext context, long utcTicks, out bool areTiersPriced) =>
        _conditions.Combine(in usage, in context, utcTicks, out areTiersPriced);

    /// <summary>The reason when a tier that the call names, or the batch that it is part of, has no price. There are few tiers, so it is
    /// remembered.</summary>
    internal CostIssue TierWithoutPrice(in CallContext context)
    {
        if (_conditions.FindUnasked(in context) is { } attribute)
        {
            return PricingIssues.UnknownAttribute(this, attribute, context.Attributes![attribute]!);
        }

        BoundedCache<CostIssue> known = context.IsBatch ? _unpricedBatches ??= new(MaxTiers) : _unpricedTiers ??= new(MaxTiers);
        string tier = context.Tier ?? "";
        return known.Find(tier) ?? known.Add(tier, PricingIssues.UnknownTier(this, in context));
    }

    /// <summary>The reason when the call has a combination that the provider does not sell; otherwise <see langword="null"/>.</summary>
    internal CostIssue? FindForbidden(RuleSet matched, in TokenUsage usage, in CallContext context, MeteredQuantities? meters)
    {
        foreach (ForbiddenCombination combination in _forbidden)
        {
            if (combination.Occurs(matched, in usage, in context, meters))
            {
                return combination.Issue;
            }
        }

        return null;
    }

    /// <summary>The row that alone prices the tokens of a call; <see langword="null"/> where there is more to it: charges, marginal rules,
    /// a tier without a
    /// price, a combination that is not sold.</summary>
    internal PriceRow? FindRow(in TokenUsage usage, in CallContext context, long utcTicks)
    {
        if (!IsTokensOnly)
        {
            return null;
        }

        RuleCombination combination = Combine(in usage, in context, utcTicks, out bool areTiersPriced);
        return areTiersPriced && (_forbidden.Length == 0 || FindForbidden(combination.Matched, in usage, in context, meters: null) is null)
            ? RowFor(combination)
            : null;
    }

    /// <summary>The token prices under a combination of rules.</summary>
    internal PriceRow RowFor(RuleCombination combination) => _rows.Get(combination, this);

    /// <summary>The rules of a set, in order of application.</summary>
    internal IEnumerable<CompiledRule> RulesIn(RuleSet rules) => Rules.Where(rule => rules.Contains(rule.Index));

    /// <summary>The price of a bucket: what it is set to, or that of the bucket it is billed as, and what the rules do to either.</summary>
    internal ResolvedRate Resolve(TokenBucket bucket, RuleCombination combination)
    {
        RuleEffects effects = Apply(combination, new PricedItem(bucket));
        decimal? perMillion = (effects.SetBy?.Rule.PerMillionTokens ?? Version.PerMillionTokens)[bucket];
        return perMillion is null && effects.BlockedBy is null && Version.BilledAs.TryGetValue(bucket, out TokenBucket other)
            ? Resolve(other, combination).BilledFor(bucket, effects)
            : new ResolvedRate(perMillion, bucket, bucket, effects);
    }

    /// <summary>The price of a meter, in the same way.</summary>
    internal ResolvedMeterPrice Resolve(string meter, RuleCombination combination)
    {
        RuleEffects effects = Apply(combination, new PricedItem(meter));
        return new ResolvedMeterPrice((effects.SetBy?.Rule.PerMeter ?? Version.PerMeter).GetValueOrDefault(meter), effects);
    }

    /// <summary>Applies a combination of rules to one price, in listed order: of those that set it or make it unknown the last one
    /// wins, and what a rule before it would have set does not matter.</summary>
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

        int settled = Math.Max(setBy?.Index ?? -1, unpricedBy?.Index ?? -1);
        CompiledRule? undecidedBy = null;
        foreach (int index in combination.Unknown)
        {
            bool matters = index > settled ? item.IsAffectedBy(Rules[index]) : item.IsModifiedBy(Rules[index]);
            undecidedBy = matters ? Rules[index] : undecidedBy;
        }

        return new RuleEffects { SetBy = setBy, Multipliers = multipliers, Adds = adds, BlockedBy = undecidedBy ?? unpricedBy };
    }
}
