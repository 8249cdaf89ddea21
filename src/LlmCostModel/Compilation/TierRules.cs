using System.Runtime.CompilerServices;

namespace LlmCostModel;

/// <summary>What the rules of a version say of service tiers, worked out once for every tier that they name.</summary>
internal sealed class TierRules
{
    private const int Slots = 32;

    private readonly Tier _standard;
    private readonly Tier _batch;
    private readonly Tier _unnamed;
    private readonly Tier[] _tiers;
    private readonly Tier[] _bySlot = new Tier[Slots];

    internal TierRules(CompiledRule[] rules)
    {
        string[] named =
        [
            .. rules
                .SelectMany(rule => rule.Rule.When.Tiers)
                .Distinct(StringComparer.OrdinalIgnoreCase)
                .Where(name => !ServiceTiers.IsStandard(name)),
        ];
        _standard = new Tier(ServiceTiers.Standard, rules);
        _unnamed = new Tier("", rules);
        _tiers = [_standard, .. named.Select(name => new Tier(name, rules))];
        Array.Fill(_bySlot, _unnamed);
        _batch = Find(ServiceTiers.Batch);
    }

    /// <summary>The rules whose condition on the tier holds for a call.</summary>
    /// <param name="context">The call.</param>
    /// <param name="tier">The tier that the call names.</param>
    internal RuleSet Accepting(in CallContext context, out Tier tier)
    {
        tier = Find(context.Tier);
        return !context.IsBatch ? tier.AcceptedBy : tier == _standard ? _batch.AcceptedBy : _batch.AcceptedBy | tier.AcceptedBy;
    }

    /// <summary>Whether one of the rules that apply states what the tier costs, and one what a batch does, where the call is one.</summary>
    internal bool ArePriced(Tier tier, in CallContext context, RuleSet matched) =>
        (tier == _standard || !(matched & tier.PricedBy).IsEmpty) && (!context.IsBatch || !(matched & _batch.PricedBy).IsEmpty);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Tier Find(string? name)
    {
        if (name is null)
        {
            return _standard;
        }

        // A program has each name in one place, mostly: the same object as in the call before is the same name.
        Tier likely = _bySlot[SlotOf(name)];
        return ReferenceEquals(name, likely.LastAsked) ? likely : FindByText(name);
    }

    /// <summary>A place for a name by its length and its last character, which tell the tiers apart that providers sell.</summary>
    private static int SlotOf(string name) => (name.Length + (name.Length == 0 ? 0 : name[^1])) & (Slots - 1);

    private Tier FindByText(string name)
    {
        foreach (Tier tier in _tiers)
        {
            if (name.Equals(tier.Name, StringComparison.OrdinalIgnoreCase))
            {
                tier.LastAsked = name;
                _bySlot[SlotOf(name)] = tier;
                return tier;
            }
        }

        return ServiceTiers.IsStandard(name) ? _standard : _unnamed;
    }

    /// <summary>One tier: the rules that hold for it, whether they name it or no tier at all, and those that state its price.</summary>
    internal sealed class Tier
    {
        internal Tier(string name, CompiledRule[] rules)
        {
            Name = name;
            foreach (CompiledRule rule in rules)
            {
                AcceptedBy = rule.Rule.When.Tiers.IsEmpty || rule.Condition.NamesTier(name) ? AcceptedBy.With(rule.Index) : AcceptedBy;
                PricedBy = rule.PricesTier(name) ? PricedBy.With(rule.Index) : PricedBy;
            }
        }

        internal string Name { get; }

        /// <summary>The text by which a call named it last.</summary>
        internal string? LastAsked { get; set; }

        internal RuleSet AcceptedBy { get; }

        internal RuleSet PricedBy { get; }
    }
}
