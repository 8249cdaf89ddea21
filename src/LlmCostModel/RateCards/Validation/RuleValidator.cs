using System.Collections.Immutable;

namespace LlmCostModel;

/// <summary>Checks rules, each by itself and those of a version together.</summary>
internal sealed class RuleValidator(FaultList faults)
{
    private static readonly string[] Groups = ["Tokens", "InputTokens", "OutputTokens", "Units"];

    private readonly MarginalValidator _marginal = new(faults);
    private readonly TierValidator _tiers = new(faults);

    /// <param name="path">Where the version or overlay stands.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="version">The version they belong to; <see langword="null"/> for an overlay, which meets many versions.</param>
    internal void Validate(string path, ImmutableArray<PriceRule> rules, PriceVersion? version)
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
        }

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

            ValidateEffect(rulePath, rule, version);
            ValidateCondition($"{rulePath}:When", rule.When);
            MeterPriceValidator.Validate(faults, rulePath, rule.PerMeter);
            _marginal.Validate(rulePath, rule);
        }

        _marginal.ValidateTogether(path, rules);
        _tiers.Validate(path, rules, version);
        ValidateNever(path, rules, version);
    }

    private void ValidateEffect(string path, PriceRule rule, PriceVersion? version)
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
            bool isMeter =
                version is null || version.PerMeter.ContainsKey(name) || version.Rules.Any(other => other.PerMeter.ContainsKey(name));
            if (!Groups.Contains(name, StringComparer.OrdinalIgnoreCase) && !TokenBuckets.TryParse(name, out _) && !isMeter)
            {
                faults.Add(
                    $"{path}:On",
                    name,
                    "is neither a token bucket, a group nor a meter of this version.",
                    $"Write {string.Join(", ", Groups)}, a bucket such as Output, or a name from PerMeter.");
            }
        }

        if (version is not null && !rule.On.IsEmpty)
        {
            foreach ((TokenBucket bucket, TokenBucket target) in version.BilledAs)
            {
                if (rule.On.Contains(bucket.ToString(), StringComparer.OrdinalIgnoreCase) && !new RuleTargets(rule.On).Includes(target))
                {
                    faults.Add(
                        $"{path}:On",
                        bucket.ToString(),
                        $"has no price of its own, it is billed as {target}.",
                        $"Name {target}, or give {bucket} a price.");
                }
            }
        }
    }

    private void ValidateCondition(string path, PriceCondition condition)
    {
        if (condition.From >= condition.Until)
        {
            faults.Add(
                $"{path}:Until",
                AmountFormat.ToText(condition.Until.Value),
                "is not after From.",
                "Until is the first instant at which the rule no longer applies.");
        }

        foreach (TokenThreshold lower in condition.Tokens.Where(threshold => threshold.IsLower))
        {
            foreach (TokenThreshold upper in condition.Tokens.Where(threshold => !threshold.IsLower && threshold.Basis == lower.Basis))
            {
                if (TokenInterval.First(lower) > TokenInterval.Last(upper))
                {
                    faults.Add(
                        path,
                        $"{lower}, {upper}",
                        "holds for no number of tokens.",
                        "The upper bound must be beyond the lower one.");
                }
            }
        }

        foreach (string region in condition.Regions.Where(region => !RegionPatterns.IsValid(region)))
        {
            faults.Add(
                $"{path}:Region",
                region,
                "is not a region.",
                "Write a name, a beginning such as eu-*, or * for any region; ! in front leaves out.");
        }

        if (!condition.Regions.IsEmpty && condition.Regions.All(RegionPatterns.IsLeftOut))
        {
            faults.Add(
                $"{path}:Region",
                string.Join(", ", condition.Regions),
                "only leaves regions out.",
                "Add the regions that they are left out of, such as *.");
        }

        if (condition.Schedule is { } schedule)
        {
            ValidateWindows($"{path}:Daily", schedule.Daily);
        }
    }

    private void ValidateWindows(string path, ImmutableArray<DailyWindow> windows)
    {
        for (int i = 0; i < windows.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                if (Overlap(windows[i], windows[j]))
                {
                    faults.Add(
                        $"{path}:{i}",
                        windows[i].ToString(),
                        $"overlaps {windows[j]}.",
                        "Windows of one rule must not overlap; merge them.");
                }
            }
        }
    }

    /// <summary>Compares two windows on a clock that wraps at midnight.</summary>
    private static bool Overlap(DailyWindow left, DailyWindow right)
    {
        long[] shifts = [-TimeSpan.TicksPerDay, 0, TimeSpan.TicksPerDay];
        return shifts.Any(shift => left.StartTicks < right.EndTicks + shift && right.StartTicks + shift < left.EndTicks);
    }

    private void ValidateNever(string path, ImmutableArray<PriceRule> rules, PriceVersion? version)
    {
        for (int i = 0; version is not null && i < version.Never.Length; i++)
        {
            string neverPath = $"{path}:Never:{i}";
            ImmutableArray<string> names = version.Never[i];
            if (names.Length < 2)
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
}
