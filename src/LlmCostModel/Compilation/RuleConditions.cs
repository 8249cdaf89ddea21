namespace LlmCostModel;

/// <summary>The conditions of a version's rules, sorted by what they ask of a call.</summary>
/// <remarks>
/// What a call leaves open (region, provider, deployment, account, attributes) is answered once, here; what it states is asked of the rules
/// that ask for it, and
/// only of those that nothing else has ruled out. CatalogCallBenchmarks shows what it brings over asking every rule everything.
/// </remarks>
internal sealed class RuleConditions
{
    private readonly CompiledRule[] _rules;
    private readonly TierRules _tiers;
    private readonly DateRules _dates;
    private readonly SizeRules _sizes;
    private readonly DecisiveAttributes _decisive;
    private readonly RuleSet _all;
    private readonly RuleSet _confirmed;
    private readonly RuleSet _placed;
    private readonly RuleSet _anywhere;
    private readonly RuleSet _timed;
    private readonly RuleSet _sized;
    private readonly RuleSet _attributed;
    private readonly RuleSet _withoutAttributes;
    private readonly RuleSet _unknownWithoutAttributes;

    internal RuleConditions(CompiledRule[] rules)
    {
        _rules = rules;
        _tiers = new TierRules(rules);
        _dates = new DateRules(rules);
        _sizes = new SizeRules(rules);
        _decisive = new DecisiveAttributes(rules);
        CallContext open = default;
        _all = Where(_ => true);
        _confirmed = Where(rule => rule.Rule.Status != PriceStatus.Announced);
        _placed = Where(rule => rule.Condition.DependsOnPlace);
        _anywhere = Where(rule => rule.Condition.AcceptsPlace(in open));
        _timed = Where(rule => rule.Condition.DependsOnTime);
        _sized = Where(rule => !rule.Rule.When.Tokens.IsEmpty);
        _attributed = Where(rule => rule.Condition.DependsOnAttributes);
        _withoutAttributes = Where(rule => rule.Condition.AskAttributes(in open) == ConditionResult.Holds);
        _unknownWithoutAttributes = Where(rule => rule.Condition.AskAttributes(in open) == ConditionResult.Unknown);
    }

    internal bool DependOnTime => !_timed.IsEmpty;

    /// <summary>Finds the rules that apply to a call.</summary>
    /// <param name="usage">What the call consumed.</param>
    /// <param name="context">What else is known of it.</param>
    /// <param name="utcTicks">Its instant; read only when a rule depends on time.</param>
    /// <param name="areTiersPriced">Whether the tier that the call names, the batch that it is part of, and whatever else is sold apart,
    /// have a price.</param>
    internal RuleCombination Combine(in TokenUsage usage, in CallContext context, long utcTicks, out bool areTiersPriced)
    {
        RuleSet left = _tiers.Accepting(in context, out TierRules.Tier tier) & (context.IncludeAnnounced ? _all : _confirmed);
        if (!(left & _placed).IsEmpty)
        {
            left = NamesPlace(in context) ? AskPlace(left, in context) : left & _anywhere;
        }

        if (!(left & _timed).IsEmpty)
        {
            left = _dates.Ask(left, utcTicks);
        }

        if (!(left & _sized).IsEmpty)
        {
            left = _sizes.Ask(left, in usage);
        }

        RuleSet unknown = default;
        if (!(left & _attributed).IsEmpty)
        {
            unknown = left & _unknownWithoutAttributes;
            left = context.Attributes is null ? left & _withoutAttributes : AskAttributes(left, in context, out unknown);
        }

        areTiersPriced = _tiers.ArePriced(tier, in context, left) && FindUnasked(in context) is null;
        return new RuleCombination(left, unknown);
    }

    /// <summary>An attribute that makes the call another product, and that no rule asks for.</summary>
    internal string? FindUnasked(in CallContext context) =>
        context.Attributes is { } attributes ? _decisive.FindUnasked(attributes) : null;

    private static bool NamesPlace(in CallContext context) =>
        context.Region is not null || context.Provider is not null || context.Deployment is not null || context.Account is not null;

    private RuleSet AskPlace(RuleSet rules, in CallContext context)
    {
        foreach (int index in rules & _placed)
        {
            rules = _rules[index].Condition.AcceptsPlace(in context) ? rules : rules.Without(index);
        }

        return rules;
    }

    private RuleSet AskAttributes(RuleSet rules, in CallContext context, out RuleSet unknown)
    {
        unknown = default;
        foreach (int index in rules & _attributed)
        {
            ConditionResult result = _rules[index].Condition.AskAttributes(in context);
            rules = result == ConditionResult.Holds ? rules : rules.Without(index);
            unknown = result == ConditionResult.Unknown ? unknown.With(index) : unknown;
        }

        return rules;
    }

    private RuleSet Where(Func<CompiledRule, bool> condition)
    {
        RuleSet set = default;
        foreach (CompiledRule rule in _rules)
        {
            set = condition(rule) ? set.With(rule.Index) : set;
        }

        return set;
    }
}
