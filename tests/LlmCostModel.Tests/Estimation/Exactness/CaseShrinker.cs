using System.Collections.Immutable;

namespace LlmCostModel.Tests.Estimation.Exactness;

/// <summary>Makes a failing case small: drops and halves what it can as long as the case fails.</summary>
internal static class CaseShrinker
{
    /// <param name="failing">A case that fails.</param>
    /// <param name="fails">Whether a case fails; one that is not valid does not.</param>
    internal static PricedCase Shrink(PricedCase failing, Func<PricedCase, bool> fails)
    {
        while (Smaller(failing).FirstOrDefault(fails) is { } smaller)
        {
            failing = smaller;
        }

        return failing;
    }

    /// <summary>All cases that are one step smaller, the largest steps first.</summary>
    private static IEnumerable<PricedCase> Smaller(PricedCase one) =>
    [
        .. Without(one.Overlays).Select(overlays => one with { Overlays = overlays }),
        .. Without(one.Versions).Where(versions => !versions.IsEmpty).Select(versions => one.With(versions)),
        .. one.Versions.SelectMany(version => Smaller(version).Select(smaller => one.With(one.Versions.Replace(version, smaller)))),
        .. one.Overlays.SelectMany(overlay => Smaller(overlay.Rules)
            .Where(rules => !rules.IsEmpty)
            .Select(rules => one with { Overlays = one.Overlays.Replace(overlay, overlay with { Rules = rules }) })),
        .. one.Meters.Select(meter => one with { Meters = one.Meters.With(meter.Key, 0) }),
        .. one.Meters.Where(meter => meter.Value != 1).Select(meter => one with { Meters = one.Meters.With(meter.Key, 1) }),
        .. Smaller(one.Context).Select(context => one with { Context = context }),
        .. Enum.GetValues<TokenBucket>()
            .SelectMany(bucket => Smaller(one.Usage[bucket]).Select(count => one with { Usage = one.Usage.With(bucket, count) })),
    ];

    /// <summary>None, then less by powers of two: that finds the smallest count in few steps.</summary>
    private static IEnumerable<long> Smaller(long count) =>
        count == 0 ? [] : [0, .. Enumerable.Range(0, 63).Reverse().Select(power => count - (1L << power)).Where(smaller => smaller > 0)];

    private static IEnumerable<PriceVersion> Smaller(PriceVersion version) =>
    [
        .. Smaller(version.Rules).Select(rules => version with { Rules = rules }),
        .. Without(version.Never).Select(never => version with { Never = never }),
        .. version.PerMeter.Keys.Select(meter => version with { PerMeter = version.PerMeter.Remove(meter) }),
        .. version.BilledAs.Keys.Select(bucket => version with { BilledAs = version.BilledAs.Remove(bucket) }),
        .. Smaller(version.PerMillionTokens).Select(rates => version with { PerMillionTokens = rates }),
        .. Changed(
            version,
            version with { MinimumCharge = 0 },
            version with { Defaults = [] },
            version with { From = null },
            version with { Until = null },
            version with { Status = PriceStatus.Confirmed }),
    ];

    private static IEnumerable<ImmutableArray<PriceRule>> Smaller(ImmutableArray<PriceRule> rules) =>
        Without(rules).Concat(rules.SelectMany(rule => Smaller(rule).Select(smaller => rules.Replace(rule, smaller))));

    private static IEnumerable<PriceRule> Smaller(PriceRule rule) =>
    [
        .. rule.PerMillionTokens is { } set ? Smaller(set).Select(rates => rule with { PerMillionTokens = rates }) : [],
        .. rule.AddPerMillionTokens is { } add ? Smaller(add).Select(rates => rule with { AddPerMillionTokens = rates }) : [],
        .. rule.PerMeter.Keys.Select(meter => rule with { PerMeter = rule.PerMeter.Remove(meter) }),
        .. rule.When.Attributes.Keys.Select(name => rule with { When = rule.When with { Attributes = rule.When.Attributes.Remove(name) } }),
        .. Changed(
            rule,
            rule with { PerMillionTokens = null },
            rule with { AddPerMillionTokens = null },
            rule with { Multiply = null, On = [] },
            rule with { PercentFee = null },
            rule with { FixedFee = null },
            rule with { On = [] },
            rule with { Status = PriceStatus.Confirmed },
            rule with { When = rule.When with { Tokens = [] } },
            rule with { When = rule.When with { Tiers = [] } },
            rule with { When = rule.When with { Regions = [] } },
            rule with { When = rule.When with { Providers = [] } },
            rule with { When = rule.When with { Deployments = [] } },
            rule with { When = rule.When with { Accounts = [] } },
            rule with { When = rule.When with { From = null, Until = null } },
            rule with { When = rule.When with { Schedule = null } }),
    ];

    /// <summary>Without one of the prices, and with 1 in its place.</summary>
    private static IEnumerable<TokenRates> Smaller(TokenRates rates) =>
        Enum.GetValues<TokenBucket>().Where(bucket => rates[bucket] is not null)
            .SelectMany(bucket => Changed(rates, rates.With(bucket, null), rates.With(bucket, 1)));

    private static IEnumerable<CallContext> Smaller(CallContext context) => Changed(
        context,
        context with { Provider = null },
        context with { Region = null },
        context with { Tier = null },
        context with { Batch = null },
        context with { Attributes = null },
        context with { Deployment = null },
        context with { Account = null },
        context with { ConsumedBefore = null },
        context with { IncludeAnnounced = false });

    private static IEnumerable<T> Changed<T>(T value, params IEnumerable<T> candidates) =>
        candidates.Where(candidate => !EqualityComparer<T>.Default.Equals(candidate, value));

    private static IEnumerable<ImmutableArray<T>> Without<T>(ImmutableArray<T> items) => items.Select((_, i) => items.RemoveAt(i));
}
