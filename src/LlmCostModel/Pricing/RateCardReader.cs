using System.Collections.Immutable;

namespace LlmCostModel;

/// <summary>Reads rate cards from nodes. Everything that is not as documented becomes a fault with its path; the rest is read all the
/// same.</summary>
internal sealed class RateCardReader
{
    private static readonly string[] CardNames =
    [
        "Name", "Provider", "FirstParty", "ProviderRequired", "Currency", "Credit", "AsOf", "Source", "PricesLastDays", "BilledAs", "Rules",
        "Models", "Lifecycle", "$schema",
    ];

    private static readonly string[] VersionNames =
    [
        "From",
        "Beginning",
        "Until",
        "Status",
        "Source",
        "AsOf",
        "Basis",
        "GuaranteedUntil",
        "Note",
        "PerMillionTokens",
        "PerMeter",
        "BilledAs",
        "Defaults",
        "MinimumCharge",
        "Rules",
        "Never",
    ];

    private static readonly string[] ModelNames = ["Id", "Aliases", "Limits", "Versions", .. VersionNames];

    private readonly ValueReader _values;
    private readonly RuleReader _rules;
    private readonly LifecycleReader _lives;
    private readonly LimitsReader _limits;
    private readonly CreditReader _credits;

    internal RateCardReader(FaultList faults)
    {
        _values = new ValueReader(faults);
        _rules = new RuleReader(_values);
        _lives = new LifecycleReader(_values);
        _limits = new LimitsReader(_values);
        _credits = new CreditReader(_values);
    }

    internal RateCard ReadCard(ConfigNode node, string name)
    {
        if (node["Models"] is not { IsEmpty: false })
        {
            _values.Faults.Add(node.Path, null, "has no Models.", "Add at least one model with its prices.");
        }

        return ReadCard(
            node,
            name,
            card => [.. _values.ReadParts(node["Models"], "a set of models by id").Select(model => ReadModel(model, card))]);
    }

    /// <summary>Reads a card whose models are read in another way.</summary>
    internal RateCard ReadCard(ConfigNode node, string name, Func<CardDefaults, ImmutableArray<ModelPricing>> readModels)
    {
        _values.ReportUnknownKeys(node, CardNames);
        if (node["Currency"] is not { IsEmpty: false })
        {
            _values.Faults.Add(
                node.Path,
                null,
                "has no Currency.",
                "Add the ISO 4217 code of all its amounts, such as \"Currency\": \"USD\".");
        }

        CardDefaults card = new(ReadBilledAs(node["BilledAs"]), _rules.ReadSharedRules(node["Rules"]));
        return new RateCard
        {
            Name = _values.ReadText(node["Name"]) ?? name,
            Path = node.Path,
            Provider = _values.ReadText(node["Provider"]),
            FirstParty = _values.ReadFlag(node["FirstParty"]) ?? false,
            ProviderRequired = _values.ReadFlag(node["ProviderRequired"]) ?? false,
            Currency = _values.ReadText(node["Currency"])?.ToUpperInvariant() ?? "",
            Credit = _credits.Read(node["Credit"]),
            AsOf = _values.ReadDate(node["AsOf"]),
            Source = _values.ReadText(node["Source"]),
            PricesLastDays = _values.ReadDays(node["PricesLastDays"]),
            Models = readModels(card),
            Lifecycle = _lives.Read(node["Lifecycle"]),
        };
    }

    /// <summary>Reads a card that stands by itself, so that only it can say its name.</summary>
    internal RateCard ReadNamedCard(ConfigNode node)
    {
        _values.Require(node, "Name", "Add the name that receipts show.");
        return ReadCard(node, "");
    }

    /// <summary>Reads a model that stands by itself.</summary>
    internal ModelPricing ReadModel(ConfigNode node)
    {
        _values.Require(node, "Id", "Add the id of the model.");
        return ReadModel(node, CardDefaults.None);
    }

    /// <summary>Reads a version that stands by itself.</summary>
    internal PriceVersion ReadVersion(ConfigNode node) => ReadOnlyVersion(node, CardDefaults.None);

    internal ModelPricing ReadModel(ConfigNode node, CardDefaults card)
    {
        if (!ReportSplitKey(node))
        {
            _values.ReportUnknownKeys(node, ModelNames);
        }

        ConfigNode? versions = node["Versions"];
        if (versions is { IsEmpty: false })
        {
            foreach (ConfigNode misplaced in node.Children.Where(
                child => VersionNames.Contains(child.Key, StringComparer.OrdinalIgnoreCase)))
            {
                _values.Faults.Add(misplaced.Path, null, "stands beside Versions.", "Move it into the versions that it is meant for.");
            }
        }

        return new ModelPricing
        {
            Id = _values.ReadText(node["Id"]) ?? node.Key,
            Path = node.Path,
            Aliases = _values.ReadTexts(node["Aliases"]),
            Limits = _limits.Read(node["Limits"]),
            Versions = versions is { IsEmpty: false }
                ? [.. _values.ReadParts(versions, "a list of versions").Select(version => ReadOnlyVersion(version, card))]
                : [ReadVersion(node, card)],
        };
    }

    private PriceVersion ReadOnlyVersion(ConfigNode node, CardDefaults card)
    {
        _values.ReportUnknownKeys(node, VersionNames);
        return ReadVersion(node, card);
    }

    private PriceVersion ReadVersion(ConfigNode node, CardDefaults card)
    {
        PriceVersion version = new()
        {
            Path = node.Path,
            From = _values.ReadInstant(node["From"]),
            Beginning = _values.ReadOneOf<PriceBeginning>(node["Beginning"]) ?? PriceBeginning.Stated,
            Until = _values.ReadInstant(node["Until"]),
            Status = _values.ReadOneOf<PriceStatus>(node["Status"]) ?? PriceStatus.Confirmed,
            Source = _values.ReadText(node["Source"]),
            AsOf = _values.ReadDate(node["AsOf"]),
            Basis = _values.ReadOneOf<PriceBasis>(node["Basis"]) ?? PriceBasis.Unstated,
            GuaranteedUntil = _values.ReadInstant(node["GuaranteedUntil"]),
            Note = _values.ReadText(node["Note"]),
            PerMillionTokens = _rules.ReadRates(node["PerMillionTokens"]) ?? TokenRates.None,
            PerMeter = _rules.ReadMeters(node["PerMeter"]),
            BilledAs = ReadBilledAs(node["BilledAs"]),
            Defaults = ReadDefaults(node["Defaults"]),
            MinimumCharge = _values.ReadPrice(node["MinimumCharge"]) ?? 0,
            Rules = _rules.ReadRules(node["Rules"], card.Rules),
            Never = [.. _values.ReadParts(node["Never"], "a list of combinations").Select(child => _values.ReadTexts(child))],
        };
        return node["BilledAs"] is null && card.BilledAs.Count > 0
            ? version with
            {
                BilledAs = Inherited(card.BilledAs, version),
            }
            : version;
    }

    /// <summary>What the card says of all its models fills gaps: buckets without a price in this version, billed as one that has a
    /// price.</summary>
    private static ImmutableSortedDictionary<TokenBucket, TokenBucket> Inherited(
        ImmutableSortedDictionary<TokenBucket, TokenBucket> billedAs,
        PriceVersion version)
    {
        List<TokenBucket> unfit =
        [
            .. billedAs.Where(pair => version.PerMillionTokens[pair.Key] is not null || !IsPriced(pair.Value)).Select(pair => pair.Key),
        ];
        return unfit.Count == 0 ? billedAs : billedAs.RemoveRange(unfit);

        bool IsPriced(TokenBucket bucket)
        {
            for (int links = 0; links < billedAs.Count && !HasPrice(bucket) && billedAs.TryGetValue(bucket, out TokenBucket next); links++)
            {
                bucket = next;
            }

            return HasPrice(bucket);
        }

        bool HasPrice(TokenBucket bucket) =>
            version.PerMillionTokens[bucket] is not null || version.Rules.Any(rule => rule.PerMillionTokens?[bucket] is not null);
    }

    private ImmutableSortedDictionary<TokenBucket, TokenBucket> ReadBilledAs(ConfigNode? node)
    {
        if (node is null || node.IsEmpty)
        {
            return ImmutableSortedDictionary<TokenBucket, TokenBucket>.Empty;
        }

        _values.ReportUnknownKeys(node, TokenBuckets.AllNames.AsSpan());
        ImmutableSortedDictionary<TokenBucket, TokenBucket>.Builder map = ImmutableSortedDictionary.CreateBuilder<
            TokenBucket,
            TokenBucket
        >();
        foreach (ConfigNode child in node.Children)
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

    private CallAttributes ReadDefaults(ConfigNode? node)
    {
        CallAttributes defaults = CallAttributes.Empty;
        foreach (ConfigNode child in _values.ReadParts(node, "a set of attributes"))
        {
            if (_values.ReadText(child) is { } value)
            {
                defaults = defaults.With(child.Key, value);
            }
        }

        return defaults;
    }

    /// <summary>In the application's configuration a key with a colon becomes two levels, and its prices would be lost without a
    /// word.</summary>
    private bool ReportSplitKey(ConfigNode node)
    {
        ConfigNode? inner = node.Children.FirstOrDefault(child =>
            child["PerMillionTokens"] is not null && !ModelNames.Contains(child.Key, StringComparer.OrdinalIgnoreCase));
        if (inner is not null)
        {
            _values.Faults.Add(
                node.Path,
                null,
                $"looks like the model id '{node.Key}:{inner.Key}': configuration keys cannot hold a colon.",
                $"Choose a key without one and write \"Id\": \"{node.Key}:{inner.Key}\" inside.");
        }

        return inner is not null;
    }
}
