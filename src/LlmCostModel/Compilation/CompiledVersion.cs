using System.Collections.Concurrent;

namespace LlmCostModel;

/// <summary>A price version with its rules prepared. A call's rules make a combination; each combination's prices are computed once, when it first occurs.</summary>
internal sealed class CompiledVersion
{
    private const int MaxRulesInArray = 6;

    private readonly PriceRow?[] _rows;
    private readonly ConcurrentDictionary<RuleCombination, PriceRow>? _rareRows;
    private readonly bool _dependsOnTokens;

    internal CompiledVersion(PriceVersion version, CompiledPricing pricing, CompiledRule[] rules)
    {
        Version = version;
        Pricing = pricing;
        Rules = rules;
        _rows = new PriceRow?[1 << Math.Min(rules.Length, MaxRulesInArray)];
        _rareRows = rules.Length > MaxRulesInArray || rules.Any(rule => rule.Rule.When.Attributes.Count > 0) ? new() : null;
        for (int i = 0; i < rules.Length; i++)
        {
            CompiledRule rule = rules[i];
            _dependsOnTokens |= rule.Condition.DependsOnTokens;
            DependsOnTime |= rule.Condition.DependsOnTime;
            OverlayRules |= rule.IsOverlay ? 1ul << i : 0;
            MarginalInputRules |= rule.IsMarginalInput ? 1ul << i : 0;
            MarginalOutputRules |= rule.IsMarginalOutput ? 1ul << i : 0;
        }

        HasRequestPrice = version.PerUnit.ContainsKey(Meters.Request) || rules.Any(rule => rule.Rule.PerUnit.ContainsKey(Meters.Request));
        bool tokensOnly = !HasRequestPrice && version.MinimumCharge == 0 && rules.All(rule => rule.Rule.FeePercent is null && rule.Rule.FeeFixed is null);
        bool marginal = (MarginalInputRules | MarginalOutputRules) != 0;
        IsTokensOnly = tokensOnly && !marginal;
        IsMarginalTokensOnly = tokensOnly && marginal;
    }

    internal PriceVersion Version { get; }

    internal CompiledPricing Pricing { get; }

    internal CompiledRule[] Rules { get; }

    internal bool DependsOnTime { get; }

    internal ulong OverlayRules { get; }

    internal ulong MarginalInputRules { get; }

    internal ulong MarginalOutputRules { get; }

    internal bool HasRequestPrice { get; }

    /// <summary>Whether a call without meters costs its tokens and nothing else, all priced by one row: the hot path.</summary>
    internal bool IsTokensOnly { get; }

    /// <summary>Whether a call without meters costs its tokens and nothing else, priced by several rows.</summary>
    internal bool IsMarginalTokensOnly { get; }

    /// <summary>Asks every rule.</summary>
    internal RuleCombination Combine(in TokenUsage usage, in CallContext context, DateTimeOffset instant)
    {
        ContextSize size = _dependsOnTokens ? new ContextSize(in usage) : default;
        ulong matched = 0;
        ulong unknown = 0;
        CompiledRule[] rules = Rules;
        for (int i = 0; i < rules.Length; i++)
        {
            CompiledRule rule = rules[i];
            if (rule.Rule.Status == PriceStatus.Announced && !context.IncludeAnnounced)
            {
                continue;
            }

            switch (rule.Condition.Ask(in size, in context, instant))
            {
                case Answer.Yes:
                    matched |= 1ul << i;
                    break;
                case Answer.Unknown:
                    unknown |= 1ul << i;
                    break;
                default:
                    break;
            }
        }

        return new RuleCombination(matched, unknown);
    }

    internal PriceRow RowFor(RuleCombination combination)
    {
        if (combination.Unknown == 0 && combination.Matched < (ulong)_rows.Length)
        {
            ref PriceRow? row = ref _rows[(int)combination.Matched];
            return Volatile.Read(ref row) ?? Interlocked.CompareExchange(ref row, new PriceRow(this, combination), null) ?? row;
        }

        return _rareRows!.TryGetValue(combination, out PriceRow? rare) ? rare : _rareRows.GetOrAdd(combination, new PriceRow(this, combination));
    }

    /// <summary>Whether every tier that the call names has a price of its own.</summary>
    internal bool PricesTiers(in CallContext context, RuleCombination combination) =>
        (ServiceTier.IsStandard(context.Tier) || PricesTier(context.Tier!, combination)) && (!context.IsBatch || PricesTier(ServiceTier.Batch, combination));

    /// <summary>The price of a bucket: the base, then every matching set in order, then "billed as", with the factors and additions that apply to it.</summary>
    internal ResolvedRate Resolve(TokenBucket bucket, RuleCombination combination)
    {
        decimal? perMillion = Version.PerMillionTokens[bucket];
        int setBy = -1;
        int blockedBy = -1;
        int unpricedBy = -1;
        ulong multipliers = 0;
        ulong adds = 0;
        for (int i = 0; i < Rules.Length; i++)
        {
            CompiledRule rule = Rules[i];
            if ((combination.Unknown & (1ul << i)) != 0 && rule.Touches(bucket))
            {
                blockedBy = i;
            }

            if ((combination.Matched & (1ul << i)) == 0)
            {
                continue;
            }

            if (rule.Rule.Unpriced && rule.Targets.Includes(bucket))
            {
                unpricedBy = i;
            }

            if (rule.Rule.PerMillionTokens?[bucket] is { } rate)
            {
                perMillion = rate;
                setBy = i;
                unpricedBy = -1;
            }

            multipliers |= rule.Rule.Multiply is not null && rule.Targets.Includes(bucket) ? 1ul << i : 0;
            adds |= rule.Rule.AddPerMillionTokens?[bucket] is not null ? 1ul << i : 0;
        }

        blockedBy = blockedBy < 0 ? unpricedBy : blockedBy;
        return perMillion is null && blockedBy < 0 && Version.BilledAs.TryGetValue(bucket, out TokenBucket other)
            ? Resolve(other, combination)
            : new ResolvedRate { PerMillion = perMillion, SetBy = setBy, Multipliers = multipliers, Adds = adds, PricedAs = bucket, BlockedBy = blockedBy };
    }

    /// <summary>The price of a meter, in the same way.</summary>
    internal ResolvedUnitPrice Resolve(string meter, RuleCombination combination)
    {
        Version.PerUnit.TryGetValue(meter, out UnitPrice? price);
        int setBy = -1;
        int blockedBy = -1;
        int unpricedBy = -1;
        ulong multipliers = 0;
        for (int i = 0; i < Rules.Length; i++)
        {
            CompiledRule rule = Rules[i];
            blockedBy = (combination.Unknown & (1ul << i)) != 0 && rule.Touches(meter) ? i : blockedBy;
            if ((combination.Matched & (1ul << i)) == 0)
            {
                continue;
            }

            if (rule.Rule.Unpriced && rule.Targets.Includes(meter))
            {
                unpricedBy = i;
            }

            if (rule.Rule.PerUnit.TryGetValue(meter, out UnitPrice? set))
            {
                price = set;
                setBy = i;
                unpricedBy = -1;
            }

            multipliers |= rule.Rule.Multiply is not null && rule.Targets.Includes(meter) ? 1ul << i : 0;
        }

        return new ResolvedUnitPrice(price, setBy, multipliers, blockedBy < 0 ? unpricedBy : blockedBy);
    }

    private bool PricesTier(string tier, RuleCombination combination)
    {
        for (int i = 0; i < Rules.Length; i++)
        {
            if ((combination.Matched & (1ul << i)) != 0 && Rules[i].PricesTier(tier))
            {
                return true;
            }
        }

        return false;
    }
}
