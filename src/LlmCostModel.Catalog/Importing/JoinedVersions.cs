using System.Collections.Immutable;

namespace LlmCostModel.Catalog;

/// <summary>The prices of a model through time, with what a table states of one day. What was before stays, and what the table does not
/// say of tiers, regions and hours.</summary>
internal static class JoinedVersions
{
    /// <summary>Joins what a table states with the versions of a catalog.</summary>
    /// <param name="known">The catalog's model.</param>
    /// <param name="stated">What the table states.</param>
    /// <param name="day">The day of the table.</param>
    internal static ImmutableArray<PriceVersion> Of(ModelPricing known, PriceVersion stated, DateTimeOffset day)
    {
        if (known.GetVersion(day) is not { } inForce)
        {
            // The catalog has no price of that day: the table's is one, until the catalog's next.
            return [.. known.Versions.Where(version => version.From != day).Append(stated with { From = day, Until = null })
                .OrderBy(version => version.From ?? DateTimeOffset.MinValue)];
        }

        int place = known.Versions.IndexOf(inForce);
        if (Agree(inForce, stated))
        {
            return known.Versions.SetItem(place, WithMore(inForce, stated));
        }

        DateTimeOffset from = stated.From > (inForce.From ?? DateTimeOffset.MinValue) ? stated.From.Value : day;
        PriceVersion changed = Changed(inForce, stated) with
        {
            From = from,
            Beginning = inForce.From == from ? inForce.Beginning : PriceBeginning.Stated,
        };
        return inForce.From == from
            ? known.Versions.SetItem(place, changed)
            : known.Versions.SetItem(place, inForce.Until is null ? inForce : inForce with { Until = from })
                .Insert(place + 1, changed);
    }

    /// <summary>Whether both state the same prices, as far as both state them.</summary>
    private static bool Agree(PriceVersion known, PriceVersion stated) =>
        Enum.GetValues<TokenBucket>().All(bucket =>
            known.PerMillionTokens[bucket] is not { } one || stated.PerMillionTokens[bucket] is not { } other || one == other)
        && stated.PerMeter.All(meter => !known.PerMeter.TryGetValue(meter.Key, out MeterPrice? price)
            || price.Price / price.Per == meter.Value.Price / meter.Value.Per);

    /// <summary>The catalog's version, with the prices that only the table has.</summary>
    private static PriceVersion WithMore(PriceVersion known, PriceVersion stated) => known with
    {
        PerMillionTokens = Over(stated.PerMillionTokens, known.PerMillionTokens, bucket => known.BilledAs.ContainsKey(bucket)),
        PerMeter = stated.PerMeter.SetItems(known.PerMeter),
        Rules = [.. known.Rules, .. stated.Rules.Where(rule => rule.When.Tokens.IsEmpty && !rule.When.Tiers.IsEmpty
            && !rule.When.Tiers.Any(tier => Knows(known, tier)))],
    };

    /// <summary>A new version with the table's prices, and the catalog's where the table has none.</summary>
    private static PriceVersion Changed(PriceVersion known, PriceVersion stated)
    {
        TokenRates rates = Over(known.PerMillionTokens, stated.PerMillionTokens, bucket => false);
        stated = stated with { Rules = [.. stated.Rules.Where(rule => !IsSaidBy(known, rule, stated))] };
        PriceRule? step = StepOf(known);
        if (step is not null && StepOf(stated) is { } other)
        {
            // The provider's own threshold, with the table's prices of the long prompt.
            stated = stated with { Rules = stated.Rules.Replace(other, WithRatesOf(other, step)) };
        }

        ImmutableArray<PriceRule> kept = [.. known.Rules.Select(rule => Without(rule, stated)).OfType<PriceRule>()];
        HashSet<string> names = [.. known.Rules.Select(rule => rule.Name).Except(kept.Select(rule => rule.Name))];
        return known with
        {
            GuaranteedUntil = null,
            Source = stated.Source,
            AsOf = stated.AsOf,
            Basis = PriceBasis.Tables,
            Note = "Prices of the table; what it does not state is the catalog's",
            PerMillionTokens = rates,
            PerMeter = known.PerMeter.SetItems(stated.PerMeter),
            BilledAs = stated.BilledAs.SetItems(known.BilledAs).RemoveRange(
                Enum.GetValues<TokenBucket>().Where(bucket => rates[bucket] is not null)),
            Rules = [.. kept, .. stated.Rules],
            Never = [.. known.Never.Where(combination => !combination.Any(names.Contains))],
        };
    }

    /// <summary>A rule of the catalog without the tiers that the table prices itself; <see langword="null"/> when nothing is
    /// left.</summary>
    private static PriceRule? Without(PriceRule rule, PriceVersion stated)
    {
        if (stated.Rules.Any(other => other.Name == rule.Name)
            || (!rule.When.Tokens.IsEmpty && rule.When.Tiers.IsEmpty && stated.Rules.Any(other => !other.When.Tokens.IsEmpty)))
        {
            return null;
        }

        ImmutableArray<string> tiers = [.. rule.When.Tiers.Where(tier => !Knows(stated, tier))];
        return rule.When.Tiers.IsEmpty || tiers.Length == rule.When.Tiers.Length ? rule
            : tiers.IsEmpty ? null
            : rule with { When = rule.When with { Tiers = tiers } };
    }

    /// <summary>Whether a factor of the catalog for a tier makes the very prices that the table states of it: the factor holds for all that
    /// the table does not state, too, such as long prompts.</summary>
    private static bool IsSaidBy(PriceVersion known, PriceRule stated, PriceVersion table) =>
        stated is { PerMillionTokens: { } prices, When.Tiers: [var tier] }
        && stated.When.Tokens.IsEmpty
        && stated.PerMeter.Count == 0
        && known.Rules.Any(rule => rule is { Multiply: { } factor, PerMillionTokens: null }
            && rule.When.Tiers.Contains(tier)
            && rule.When.Tokens.IsEmpty
            && Enum.GetValues<TokenBucket>().All(bucket =>
                prices[bucket] is not { } price || table.PerMillionTokens[bucket] * factor == price));

    /// <summary>The one rule of long prompts, whatever the tier; <see langword="null"/> when there is none, or there are several.</summary>
    private static PriceRule? StepOf(PriceVersion version) =>
        version.Rules.Where(rule => !rule.When.Tokens.IsEmpty && rule.When.Tiers.IsEmpty && rule.PerMillionTokens is not null).ToArray()
            is [var only] ? only : null;

    /// <summary>A rule of the table where the catalog's begins, with the catalog's prices of what the table does not state.</summary>
    private static PriceRule WithRatesOf(PriceRule stated, PriceRule known) => stated with
    {
        Name = known.Name,
        When = known.When,
        PerMillionTokens = Over(known.PerMillionTokens!, stated.PerMillionTokens!, bucket => false),
    };

    private static bool Knows(PriceVersion version, string tier) => version.Rules.Any(rule => rule.When.Tiers.Contains(tier));

    private static TokenRates Over(TokenRates below, TokenRates above, Predicate<TokenBucket> leaves)
    {
        TokenRates rates = above;
        foreach (TokenBucket bucket in Enum.GetValues<TokenBucket>())
        {
            rates = rates.With(bucket, above[bucket] ?? (leaves(bucket) ? null : below[bucket]));
        }

        return rates;
    }
}
