using System.Collections.Immutable;

namespace LlmCostModel;

/// <summary>Checks context-size tiers: rules that differ only in the number of tokens for which they hold.</summary>
internal sealed class TierValidator(FaultList faults)
{
    internal void Validate(string path, ImmutableArray<PriceRule> rules, PriceVersion? version)
    {
        List<(PriceRule Rule, int Index)> tiers = [.. rules.Select((rule, index) => (rule, index)).Where(pair => IsTier(pair.rule))];
        for (int i = 0; i < tiers.Count; i++)
        {
            (PriceRule rule, int index) = tiers[i];
            string rulePath = $"{path}:Rules:{index}";
            List<(PriceRule Rule, int Index)> before = [.. tiers.Take(i).Where(pair => SameButForSize(pair.Rule, rule))];
            if (before.Count > 0)
            {
                ValidatePair(rulePath, before[^1].Rule, rule);
            }

            if (version is not null)
            {
                WarnOfMissingSiblings(rulePath, rule, version);
            }
        }
    }

    private void ValidatePair(string path, PriceRule before, PriceRule rule)
    {
        TokenInterval lower = TokenInterval.Of(before.When.Tokens);
        TokenInterval higher = TokenInterval.Of(rule.When.Tokens);
        string thresholds = string.Join(", ", rule.When.Tokens);
        if (higher.Lowest == lower.Lowest)
        {
            faults.Add(
                $"{path}:When",
                thresholds,
                $"begins at the same number of tokens as '{before.Name}'.",
                "Give every tier a threshold of its own.");
        }
        else if (higher.Lowest < lower.Lowest)
        {
            faults.Add(
                $"{path}:When",
                thresholds,
                $"is listed after '{before.Name}', whose threshold is higher, and would override it.",
                "List tiers by ascending threshold.");
        }
        else if (lower.Highest != long.MaxValue && higher.Lowest <= lower.Highest)
        {
            faults.Add(
                $"{path}:When",
                thresholds,
                $"overlaps '{before.Name}', which ends at {lower.Highest} tokens.",
                "Let one tier end where the next begins, or give no upper bound.");
        }
        else if (lower.Highest != long.MaxValue && higher.Lowest > lower.Highest + 1)
        {
            faults.Add(
                $"{path}:When",
                thresholds,
                $"leaves a gap of {higher.Lowest - lower.Highest - 1} tokens after '{before.Name}', which ends at {lower.Highest} tokens.",
                "Let one tier end where the next begins, or give no upper bound.");
        }
    }

    private void WarnOfMissingSiblings(string path, PriceRule rule, PriceVersion version)
    {
        string[] missing =
        [
            .. TokenBuckets
                .InOrder.Where(bucket =>
                    version.PerMillionTokens[bucket] > 0
                    && rule.PerMillionTokens![bucket] is null
                    && SameSide(rule.PerMillionTokens, bucket))
                .Select(TokenBuckets.NameOf),
        ];
        if (missing.Length > 0)
        {
            faults.Warn(
                path,
                rule.Name,
                $"sets some prices of a context-size tier but not {string.Join(", ", missing)}, which then stay as before.",
                "Add them if the provider raises them too.");
        }
    }

    /// <summary>Whether the tier sets a price on the same side (input or output) as the bucket.</summary>
    private static bool SameSide(TokenRates rates, TokenBucket bucket)
    {
        TokenSide side = TokenBuckets.Get(bucket).Side;
        foreach (TokenBucketInfo other in TokenBuckets.All)
        {
            if (rates[other.Bucket] is not null && other.Side == side)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsTier(PriceRule rule) => rule.PerMillionTokens is not null && rule.When.Tokens.Any(threshold => threshold.IsLower);

    private static bool SameButForSize(PriceRule left, PriceRule right)
    {
        PriceCondition a = left.When;
        PriceCondition b = right.When;
        return left.Mode == right.Mode
            && Same(a.Tiers, b.Tiers)
            && Same(a.Regions, b.Regions)
            && Same(a.Providers, b.Providers)
            && Same(a.Deployments, b.Deployments)
            && Same(a.Accounts, b.Accounts)
            && a.From == b.From
            && a.Until == b.Until
            && a.Schedule is null
            && b.Schedule is null
            && a.Attributes.Count == b.Attributes.Count
            && a.Attributes.All(pair => b.Attributes.TryGetValue(pair.Key, out ImmutableArray<string> other) && Same(pair.Value, other))
            && a.Tokens.Select(threshold => threshold.Basis)
                .Distinct()
                .SequenceEqual(b.Tokens.Select(threshold => threshold.Basis).Distinct());
    }

    private static bool Same(ImmutableArray<string> left, ImmutableArray<string> right) =>
        left.SequenceEqual(right, StringComparer.OrdinalIgnoreCase);
}
