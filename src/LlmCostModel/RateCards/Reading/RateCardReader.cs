using System.Collections.Immutable;

namespace LlmCostModel;

/// <summary>Reads rate cards from nodes. Everything that is not as documented becomes a fault with its path; the rest is read all the same.</summary>
internal sealed class RateCardReader
{
    private static readonly string[] CardNames = ["Provider", "FirstParty", "ProviderRequired", "Currency", "AsOf", "Source", "BilledAs", "Rules", "Models", "$schema"];

    private static readonly string[] VersionNames =
    [
        "From", "Until", "Status", "Source", "AsOf", "Note", "PerMillionTokens", "PerMeter", "BilledAs", "Defaults", "MinimumCharge", "Rules", "Never",
    ];

    private static readonly string[] ModelNames = ["Id", "Aliases", "Versions", .. VersionNames];

    private readonly ValueReader _values;
    private readonly RuleReader _rules;

    internal RateCardReader(FaultList faults)
    {
        _values = new ValueReader(faults);
        _rules = new RuleReader(_values);
    }

    internal RateCard Card(RateNode node, string name)
    {
        _values.OnlyKnown(node, CardNames);
        if (node["Currency"] is not { IsEmpty: false })
        {
            _values.Faults.Add(node.Path, null, "has no Currency.", "Add the ISO 4217 code of all its amounts, such as \"Currency\": \"USD\".");
        }

        if (node["Models"] is not { IsEmpty: false })
        {
            _values.Faults.Add(node.Path, null, "has no Models.", "Add at least one model with its prices.");
        }

        CardDefaults card = new(BilledAs(node["BilledAs"]), _rules.SharedRules(node["Rules"]));
        return new RateCard
        {
            Name = name,
            Path = node.Path,
            Provider = _values.Text(node["Provider"]),
            FirstParty = _values.Flag(node["FirstParty"]) ?? false,
            ProviderRequired = _values.Flag(node["ProviderRequired"]) ?? false,
            Currency = _values.Text(node["Currency"])?.ToUpperInvariant() ?? "",
            AsOf = _values.Date(node["AsOf"]),
            Source = _values.Text(node["Source"]),
            Models = [.. (node["Models"]?.Children ?? []).Select(model => Model(model, card))],
        };
    }

    private ModelPricing Model(RateNode node, CardDefaults card)
    {
        ReportSplitKey(node);
        _values.OnlyKnown(node, ModelNames);
        RateNode? versions = node["Versions"];
        if (versions is { IsEmpty: false })
        {
            foreach (RateNode misplaced in node.Children.Where(child => VersionNames.Contains(child.Key, StringComparer.OrdinalIgnoreCase)))
            {
                _values.Faults.Add(misplaced.Path, null, "stands beside Versions.", "Move it into the versions that it is meant for.");
            }
        }

        return new ModelPricing
        {
            Id = _values.Text(node["Id"]) ?? node.Key,
            Path = node.Path,
            Aliases = _values.Texts(node["Aliases"]),
            Versions = versions is { IsEmpty: false } ? [.. versions.Children.Select(version => VersionOnly(version, card))] : [Version(node, card)],
        };
    }

    private PriceVersion VersionOnly(RateNode node, CardDefaults card)
    {
        _values.OnlyKnown(node, VersionNames);
        return Version(node, card);
    }

    private PriceVersion Version(RateNode node, CardDefaults card)
    {
        PriceVersion version = new()
        {
            Path = node.Path,
            From = _values.Instant(node["From"]),
            Until = _values.Instant(node["Until"]),
            Status = _values.OneOf<PriceStatus>(node["Status"]) ?? PriceStatus.Confirmed,
            Source = _values.Text(node["Source"]),
            AsOf = _values.Date(node["AsOf"]),
            Note = _values.Text(node["Note"]),
            PerMillionTokens = _rules.Rates(node["PerMillionTokens"]) ?? TokenRates.None,
            PerMeter = _rules.Units(node["PerMeter"]),
            BilledAs = BilledAs(node["BilledAs"]),
            Defaults = Defaults(node["Defaults"]),
            MinimumCharge = _values.Price(node["MinimumCharge"]) ?? 0,
            Rules = _rules.Rules(node["Rules"], card.Rules),
            Never = [.. (node["Never"]?.Children ?? []).Select(child => _values.Texts(child))],
        };
        return node["BilledAs"] is null && card.BilledAs.Count > 0 ? version with { BilledAs = Inherited(card.BilledAs, version) } : version;
    }

    /// <summary>What the card says of all its models fills gaps: buckets without a price in this version, billed as one that has a price.</summary>
    private static ImmutableSortedDictionary<TokenBucket, TokenBucket> Inherited(ImmutableSortedDictionary<TokenBucket, TokenBucket> billedAs, PriceVersion version)
    {
        List<TokenBucket> unfit = [.. billedAs.Where(pair => version.PerMillionTokens[pair.Key] is not null || !IsPriced(pair.Value)).Select(pair => pair.Key)];
        return unfit.Count == 0 ? billedAs : billedAs.RemoveRange(unfit);

        bool IsPriced(TokenBucket bucket)
        {
            for (int links = 0; links < billedAs.Count && !HasPrice(bucket) && billedAs.TryGetValue(bucket, out TokenBucket next); links++)
            {
                bucket = next;
            }

            return HasPrice(bucket);
        }

        bool HasPrice(TokenBucket bucket) => version.PerMillionTokens[bucket] is not null || version.Rules.Any(rule => rule.PerMillionTokens?[bucket] is not null);
    }

    private ImmutableSortedDictionary<TokenBucket, TokenBucket> BilledAs(RateNode? node)
    {
        if (node is null || node.IsEmpty)
        {
            return ImmutableSortedDictionary<TokenBucket, TokenBucket>.Empty;
        }

        _values.OnlyKnown(node, TokenBuckets.AllNames.AsSpan());
        ImmutableSortedDictionary<TokenBucket, TokenBucket>.Builder map = ImmutableSortedDictionary.CreateBuilder<TokenBucket, TokenBucket>();
        foreach (RateNode child in node.Children)
        {
            if (!TokenBuckets.TryParse(child.Value, out TokenBucket other))
            {
                _values.Faults.Add(child, "is not a token bucket.", $"Write one of: {string.Join(", ", TokenBuckets.AllNames)}.");
            }
            else if (TokenBuckets.TryParse(child.Key, out TokenBucket bucket))
            {
                map[bucket] = other;
            }
        }

        return map.ToImmutable();
    }

    private CallAttributes Defaults(RateNode? node)
    {
        CallAttributes defaults = CallAttributes.Empty;
        foreach (RateNode child in node?.Children ?? [])
        {
            if (_values.Text(child) is { } value)
            {
                defaults = defaults.With(child.Key, value);
            }
        }

        return defaults;
    }

    /// <summary>In the application's configuration a key with a colon becomes two levels, and its prices would be lost without a word.</summary>
    private void ReportSplitKey(RateNode node)
    {
        RateNode? inner = node.Children.FirstOrDefault(child => child["PerMillionTokens"] is not null && !ModelNames.Contains(child.Key, StringComparer.OrdinalIgnoreCase));
        if (inner is not null)
        {
            _values.Faults.Add(
                node.Path,
                null,
                $"looks like the model id '{node.Key}:{inner.Key}': configuration keys cannot hold a colon.",
                $"Choose a key without one and write \"Id\": \"{node.Key}:{inner.Key}\" inside.");
        }
    }

    /// <summary>What a card says once for its models.</summary>
    private sealed record CardDefaults(ImmutableSortedDictionary<TokenBucket, TokenBucket> BilledAs, IReadOnlyDictionary<string, PriceRule> Rules);
}
