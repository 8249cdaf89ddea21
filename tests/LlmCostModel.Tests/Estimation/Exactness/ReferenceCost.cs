using System.Numerics;
using LlmCostModel.Tests.Support;

namespace LlmCostModel.Tests.Estimation.Exactness;

/// <summary>
/// A second, independent implementation of the price model in fractions of big integers: no tables, no scales, no shortcuts. It shares
/// the public types with the library and nothing of its calculation.
/// </summary>
internal sealed class ReferenceCost
{
    private readonly PriceVersion _version;
    private readonly TokenUsage _usage;
    private readonly CallContext _call;
    private readonly (PriceRule Rule, bool IsOverlay)[] _matched;
    private readonly ReferenceRule[] _concerned;
    private readonly bool _requestHasPrice;

    private ReferenceCost(PricedCase one, PriceVersion version)
    {
        _version = version;
        _usage = one.Usage;
        _call = one.Context;
        (PriceRule Rule, bool IsOverlay)[] all =
        [
            .. version.Rules.Select(rule => (rule, false)),
            .. one.Overlays.Where(overlay => Concerns(overlay, one.Card)).SelectMany(overlay => overlay.Rules.Select(rule => (rule, true))),
        ];
        ReferenceRule[] asked =
        [
            .. all.Select(rule => new ReferenceRule(
                rule.Rule, rule.IsOverlay, ReferenceRules.Applies(rule.Rule, _usage, _call, one.Card.Provider, version.Defaults))),
        ];
        _requestHasPrice = version.PerMeter.ContainsKey("Request") || all.Any(rule => rule.Rule.PerMeter.ContainsKey("Request"));
        _matched = [.. asked.Where(rule => rule.Applies == true).Select(rule => (rule.Rule, rule.IsOverlay))];
        _concerned = [.. asked.Where(rule => rule.Applies != false)];
    }

    internal CostStatus Status { get; private set; }

    /// <summary>Why nothing has a price.</summary>
    internal CostIssueKind? Refusal { get; private init; }

    internal Fraction Total { get; private set; } = new(0, 1);

    /// <summary>Whether a meter, a fee or a minimum charge is in the total: then what no decimal holds is rounded at its last digit, where
    /// tokens alone overflow.</summary>
    internal bool IsMoreThanTokens { get; private set; }

    /// <summary>What every used bucket costs; null where it is not known.</summary>
    internal Dictionary<TokenBucket, Fraction?> Amounts { get; } = [];

    /// <summary>The names of the rules that apply, in order.</summary>
    internal IEnumerable<string> Rules => _matched.Select(rule => rule.Rule.Name);

    /// <summary>What decided the price.</summary>
    internal HashSet<string> Reached { get; } = new(StringComparer.Ordinal);

    internal static ReferenceCost Of(PricedCase one)
    {
        DateTimeOffset at = one.Context.At!.Value;
        if (ReferenceRules.VersionAt(one.Versions, at, one.Context.IncludeAnnounced) is not { } version)
        {
            bool isAnnounced = ReferenceRules.VersionAt(one.Versions, at, includeAnnounced: true) is not null;
            return Refused(isAnnounced ? CostIssueKind.OnlyAnnounced : CostIssueKind.NoPriceAtInstant);
        }

        ReferenceCost cost = new(one, version);
        if (!ReferenceRules.TiersOf(one.Context).All(cost.IsPriced))
        {
            return Refused(CostIssueKind.UnknownTier);
        }

        if (version.Never.Any(names => names.All(name => cost.Occurs(name, one.Meters))))
        {
            return Refused(CostIssueKind.ImpossibleCombination);
        }

        cost.Add(one.Meters);
        return cost;

        ReferenceCost Refused(CostIssueKind why) => new(one, new()) { Status = CostStatus.Unpriced, Refusal = why };
    }

    /// <summary>Whether that is the total: to the last digit, but for one that no decimal holds.</summary>
    internal bool Is(decimal total) => Total.IsExactly(total) || (IsMoreThanTokens && !Total.FitsDecimal() && Total.IsTo28Digits(total));

    private static bool Concerns(PriceOverlay overlay, RateCard card) =>
        (overlay.Providers.IsEmpty || overlay.Providers.Contains(card.Provider!))
        && (overlay.Models.IsEmpty || overlay.Models.Contains(card.Models[0].Id))
        && (overlay.Currency is null || overlay.Currency == card.Currency);

    /// <summary>Whether a rule that applies says what the tier costs; a discount of an overlay does not.</summary>
    private bool IsPriced(string tier) => _matched.Any(rule => rule.Rule.When.Tiers.Contains(tier, StringComparer.OrdinalIgnoreCase)
        && (!rule.IsOverlay || rule.Rule.PerMillionTokens is not null || rule.Rule.PerMeter.Count > 0));

    private bool Occurs(string name, MeteredQuantities meters) =>
        _matched.Any(rule => !rule.IsOverlay && rule.Rule.Name == name)
        || ReferenceRules.TiersOf(_call).Contains(name, StringComparer.OrdinalIgnoreCase)
        || (name == "standard" && (_call.Tier is null or "standard") && _call.Batch != true)
        || (Enum.TryParse(name, out TokenBucket bucket) && _usage[bucket] > 0)
        || meters[name] > 0;

    private void Add(MeteredQuantities meters)
    {
        bool isAllKnown = true;
        bool isAnyKnown = false;
        foreach (TokenBucket bucket in Enum.GetValues<TokenBucket>().Where(bucket => _usage[bucket] > 0))
        {
            Amounts[bucket] = new(0, 1);
        }

        foreach ((TokenBucket bucket, BigInteger count, Fraction? price) in Stretches())
        {
            isAllKnown &= price is not null;
            isAnyKnown |= price is not null;
            Amounts[bucket] = price is { } known && Amounts[bucket] is { } before ? before + (known * new Fraction(count, 1)) : null;
            Total += (price ?? new(0, 1)) * new Fraction(count, 1);
        }

        ReferenceMeters priced = new(_version, _concerned, _call, Reached);
        foreach ((string meter, decimal quantity) in _requestHasPrice && meters["Request"] == 0 ? meters.With("Request", 1) : meters)
        {
            Fraction? amount = priced.Price(meter, quantity);
            isAllKnown &= amount is not null;
            isAnyKnown |= amount is not null;
            IsMoreThanTokens |= amount is not null;
            Total += amount ?? new(0, 1);
        }

        if (isAnyKnown)
        {
            AddCharges();
            bool isFeeOpen = _concerned.Any(rule => rule.Applies is null && (rule.Rule.PercentFee > 0 || rule.Rule.FixedFee > 0));
            Note("undecided fee", isFeeOpen);
            isAllKnown &= !isFeeOpen;
        }

        Status = isAllKnown ? CostStatus.Priced : isAnyKnown ? CostStatus.Partial : CostStatus.Unpriced;
    }

    /// <summary>The minimum charge, then percentages of what the call costs by then, then fixed fees.</summary>
    private void AddCharges()
    {
        Fraction least = Fraction.From(_version.MinimumCharge);
        Note("minimum charge", least.CompareTo(Total) > 0);
        IsMoreThanTokens |= least.CompareTo(Total) > 0 || _matched.Any(rule => rule.Rule is { PercentFee: not null } or { FixedFee: not null });
        Total = least.CompareTo(Total) > 0 ? least : Total;
        Fraction beforeFees = Total;
        foreach ((PriceRule rule, _) in _matched)
        {
            Note("percent fee", rule.PercentFee > 0);
            Note("fixed fee", rule.FixedFee > 0);
            Total += beforeFees * Fraction.From(rule.PercentFee ?? 0) * new Fraction(1, 100);
            Total += Fraction.From(rule.FixedFee ?? 0);
        }
    }

    /// <summary>The tokens as they follow one another, cut where a marginal rule begins.</summary>
    private IEnumerable<(TokenBucket Bucket, BigInteger Count, Fraction? Price)> Stretches()
    {
        foreach (bool input in new[] { true, false })
        {
            BigInteger cached = 0;
            BigInteger position = 0;
            foreach (TokenBucket bucket in ReferenceBuckets.Order.Where(bucket => ReferenceBuckets.IsInput(bucket) == input))
            {
                BigInteger end = position + _usage[bucket];
                while (position < end)
                {
                    BigInteger next = end;
                    foreach ((PriceRule rule, _, _) in _concerned.Where(rule => rule.Rule.Mode == RuleMode.Marginal))
                    {
                        TokenThreshold threshold = rule.When.Tokens[0];
                        BigInteger begins = threshold.Tokens + (threshold.Basis == TokenBasis.FreshInput ? cached : 0);
                        next = threshold.Basis == TokenBasis.Output != input && begins > position && begins < next ? begins : next;
                    }

                    yield return (bucket, next - position,
                        Price(bucket, position, ReferenceBuckets.IsFresh(bucket) ? position - cached : -1));
                    position = next;
                }

                cached = input && !ReferenceBuckets.IsFresh(bucket) ? position : cached;
            }
        }
    }

    /// <summary>The price of one token that has so many of its side, and so many fresh ones, before it; -1 for one that is not
    /// fresh.</summary>
    private Fraction? Price(TokenBucket bucket, BigInteger before, BigInteger freshBefore)
    {
        ReferenceRule[] active =
        [
            .. _concerned.Where(rule => rule.Rule.Mode == RuleMode.WholeRequest
                || (rule.Rule.When.Tokens[0].Basis == TokenBasis.FreshInput ? freshBefore : before) >= rule.Rule.When.Tokens[0].Tokens),
        ];
        List<TokenBucket> names = [bucket];
        while (true)
        {
            if (Settle(active, names[^1], out decimal? set))
            {
                return null;
            }

            if (set is { } found)
            {
                return Modify(active, names, Fraction.From(found)) * new Fraction(1, 1_000_000);
            }

            if (!_version.BilledAs.TryGetValue(names[^1], out TokenBucket other))
            {
                return null;
            }

            Note("billed as", true);
            names.Add(other);
        }
    }

    /// <summary>What a bucket is set to, one rule after the other; whether that cannot be said.</summary>
    private bool Settle(ReferenceRule[] active, TokenBucket bucket, out decimal? set)
    {
        set = _version.PerMillionTokens[bucket];
        bool isUnpriced = false;
        bool isOpen = false;
        bool isModifierOpen = false;
        foreach ((PriceRule rule, _, bool? applies) in active)
        {
            bool sets = rule.PerMillionTokens?[bucket] is not null;
            bool unprices = !sets && rule.Unpriced && Touches(rule, bucket);
            if (applies is null)
            {
                isOpen |= sets || unprices;
                isModifierOpen |= (rule.Multiply is not null && Touches(rule, bucket)) || rule.AddPerMillionTokens?[bucket] is not null;
            }
            else
            {
                Note("set by a rule", sets);
                Note(rule.Mode == RuleMode.Marginal ? $"marginal {rule.When.Tokens[0].Basis}" : "whole request", true);
                Note("set again after an open rule", isOpen && sets);
                set = sets ? rule.PerMillionTokens![bucket] : set;
                isUnpriced = (isUnpriced && !sets) || unprices;
                isOpen = isOpen && !sets && !unprices;
            }
        }

        Note("undecided", isOpen || isModifierOpen);
        Note("unpriced by a rule", isUnpriced);
        return isUnpriced || isOpen || isModifierOpen;
    }

    /// <summary>Every factor, then every addition, each rule once: by the bucket itself, or by the nearest that it is billed as.</summary>
    private Fraction Modify(ReferenceRule[] active, List<TokenBucket> names, Fraction price)
    {
        PriceRule[] applied = [.. active.Where(rule => rule.Applies == true).Select(rule => rule.Rule)];
        foreach (PriceRule rule in applied.Where(rule => rule.Multiply is not null && names.Exists(name => Touches(rule, name))))
        {
            Note("multiplied", true);
            Note("multiplied as itself", !Touches(rule, names[^1]));
            price *= Fraction.From(rule.Multiply!.Value);
        }

        foreach (PriceRule rule in applied.Where(rule => rule.AddPerMillionTokens is not null))
        {
            decimal? added = names.Select(name => rule.AddPerMillionTokens![name]).FirstOrDefault(amount => amount is not null);
            Note("added", added is not null);
            Note("added to as itself", added is not null && rule.AddPerMillionTokens![names[^1]] != added);
            price += Fraction.From(added ?? 0);
        }

        return price;
    }

    private static bool Touches(PriceRule rule, TokenBucket bucket) => (rule.Multiply is not null || rule.Unpriced)
        && (rule.On.IsEmpty || rule.On.Any(name =>
            name == "Tokens" || name == bucket.ToString() || name == (ReferenceBuckets.IsInput(bucket) ? "InputTokens" : "OutputTokens")));

    private void Note(string what, bool holds)
    {
        if (holds)
        {
            Reached.Add(what);
        }
    }
}
