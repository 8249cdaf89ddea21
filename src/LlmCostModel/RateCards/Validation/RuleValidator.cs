using System.Collections.Immutable;

namespace LlmCostModel;

/// <summary>Checks rules, each by itself and those of a version together.</summary>
internal sealed class RuleValidator(FaultList faults)
{
    private readonly ConditionValidator _conditions = new(faults);
    private readonly MarginalValidator _marginal = new(faults);
    private readonly TierValidator _tiers = new(faults);

    /// <param name="path">Where the version or overlay stands.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="version">The version they belong to; <see langword="null"/> for an overlay, which meets many versions.</param>
    /// <param name="provider">The provider of the card; <see langword="null"/> when it names none.</param>
    internal void Validate(string path, ImmutableArray<PriceRule> rules, PriceVersion? version, string? provider)
    {
        if (rules.IsEmpty && (version is null || version.Never.IsEmpty))
        {
            return;
        }

        if (rules.Length > PriceVersion.MaxRules)
        {
            faults.Add(
                $"{path}:Rules",
                null,
                $"has {rules.Length} rules; at most {PriceVersion.MaxRules} are possible.",
                "Split the model, or use values of attributes that have a price of their own.");
            return; // What rules are together is compared rule by rule.
        }

        PricedItems? priced = version is null ? null : new(version, rules);
        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        for (int i = 0; i < rules.Length; i++)
        {
            PriceRule rule = rules[i];
            string rulePath = $"{path}:Rules:{i}";
            if (string.IsNullOrWhiteSpace(rule.Name))
            {
                faults.Add($"{rulePath}:Name", null, "is missing.", "Name the rule; receipts show it.");
            }
            else if (!names.Add(rule.Name))
            {
                faults.Add(
                    $"{rulePath}:Name",
                    rule.Name,
                    "is the name of another rule of this list.",
                    "Give every rule a name of its own.");
            }

            ValidateEffect(rulePath, rule, priced);
            ValidateReach(rulePath, rule, version, priced, provider);
            _conditions.Validate($"{rulePath}:When", rule.When);
            MeterPriceValidator.Validate(faults, rulePath, rule.PerMeter);
            _marginal.Validate(rulePath, rule);
        }

        _marginal.ValidateTogether(path, rules);
        _tiers.Validate(path, rules, version);
        ValidateNever(path, rules, version);
    }

    private void ValidateEffect(string path, PriceRule rule, PricedItems? priced)
    {
        if (rule is
            {
                PerMillionTokens: null,
                PerMeter.Count: 0,
                Multiply: null,
                AddPerMillionTokens: null,
                PercentFee: null,
                FixedFee: null,
                Unpriced: false
            }
        )
        {
            faults.AddUnlessInside(
                path,
                rule.Name,
                "changes nothing.",
                "Add PerMillionTokens, PerMeter, Multiply, Unpriced, AddPerMillionTokens, PercentFee or FixedFee.");
        }

        if (rule.Unpriced
            && rule
                is not
                {
                    PerMillionTokens: null,
                    PerMeter.Count: 0,
                    Multiply: null,
                    AddPerMillionTokens: null,
                    PercentFee: null,
                    FixedFee: null
                }
        )
        {
            faults.Add($"{path}:Unpriced", "true", "stands beside other effects.", "Say what is not known in a rule of its own.");
        }

        if (!rule.On.IsEmpty && rule.Multiply is null && !rule.Unpriced)
        {
            faults.Add(
                $"{path}:On",
                string.Join(", ", rule.On),
                "has no effect without Multiply or Unpriced.",
                "Add one of them, or remove On.");
        }

        foreach (string name in rule.On)
        {
            if (priced is not null && !RuleTargets.IsGroup(name) && !TokenBuckets.TryParse(name, out _) && !priced.HasMeter(name))
            {
                faults.Add(
                    $"{path}:On",
                    name,
                    "is neither a token bucket, a group nor a meter of this version.",
                    $"Write {string.Join(", ", RuleTargets.Groups)}, a bucket such as Output, or a name from PerMeter.");
            }
        }
    }

    /// <summary>A rule that can touch nothing was meant to touch something.</summary>
    private void ValidateReach(string path, PriceRule rule, PriceVersion? version, PricedItems? priced, string? provider)
    {
        if (version is null)
        {
            return; // OverlayValidator asks the versions that the overlay meets.
        }

        if (!PricedItems.MayHoldAt(provider, rule))
        {
            faults.Add(
                $"{path}:When:Provider",
                string.Join(", ", rule.When.Providers),
                $"is not the provider of the card ('{provider}'), whose calls alone have these prices.",
                "Leave it out, or write the rule in the card of that provider.");
        }

        if (rule.When.From >= version.Until || rule.When.Until <= version.From)
        {
            // Only a warning: a rule that a card states once is used by versions before its time.
            faults.Warn($"{path}:When", rule.Name, "holds at no instant of its version.", "Move the rule to the version of that time.");
        }

        if (!priced!.AreTouchedBy(rule))
        {
            faults.AddUnlessInside(
                path,
                rule.Name,
                "touches no price of this version.",
                "Name what has a price in On or AddPerMillionTokens, or give it one.");
        }
    }

    private void ValidateNever(string path, ImmutableArray<PriceRule> rules, PriceVersion? version)
    {
        HashSet<string> listed = new(StringComparer.OrdinalIgnoreCase);
        for (int i = 0; version is not null && i < version.Never.Length; i++)
        {
            string neverPath = $"{path}:Never:{i}";
            ImmutableArray<string> names = version.Never[i];
            string[] different = [.. names.Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase)];
            if (different.Length > 1 && !listed.Add(string.Join('\n', different)))
            {
                faults.Add(neverPath, string.Join(", ", names), "is listed before.", "List a combination once.");
            }

            else if (different.Length > 1 && version.Never.Where((other, at) => at != i && IsPartOf(other, different)).Any())
            {
                faults.Add(
                    neverPath,
                    string.Join(", ", names),
                    "holds another combination of the list, which already rules it out.",
                    "Leave out the longer one.");
            }

            if (different.Length < 2)
            {
                faults.Add(
                    neverPath,
                    string.Join(", ", names),
                    "is not a combination.",
                    "List at least two names that cannot occur together.");
            }

            foreach (string name in names)
            {
                bool isKnown =
                    rules.Any(rule =>
                        rule.Name.Equals(name, StringComparison.OrdinalIgnoreCase)
                        || rule.When.Tiers.Contains(name, StringComparer.OrdinalIgnoreCase)
                        || rule.PerMeter.ContainsKey(name))
                    || version.PerMeter.ContainsKey(name)
                    || TokenBuckets.TryParse(name, out _);
                if (!isKnown)
                {
                    faults.Warn(
                        neverPath,
                        name,
                        "is not the name of a rule, tier, bucket or meter of this version.",
                        "Correct the name, or leave the combination out.");
                }
            }
        }
    }

    /// <summary>Whether a combination is a smaller one, all of whose names are among others.</summary>
    private static bool IsPartOf(ImmutableArray<string> combination, string[] names)
    {
        string[] different = [.. combination.Distinct(StringComparer.OrdinalIgnoreCase)];
        return different.Length > 1
            && different.Length < names.Length
            && different.All(name => names.Contains(name, StringComparer.OrdinalIgnoreCase));
    }
}
