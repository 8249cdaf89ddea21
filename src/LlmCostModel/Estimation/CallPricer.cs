using System.Runtime.CompilerServices;

namespace LlmCostModel;

/// <summary>Prices one call of one model: version by instant, rules by context, row by rules, amount by usage.</summary>
internal static class CallPricer
{
    internal static CostEstimate Price(CompiledPricing pricing, in TokenUsage usage, in CallContext context, MeteredQuantities? meters, TimeProvider clock)
    {
        DateTimeOffset instant = pricing.DependsOnTime ? context.At ?? clock.GetUtcNow() : default;
        CompiledVersion? version = pricing.At(instant, context.IncludeAnnounced);
        if (version is null)
        {
            return new CostEstimate(in usage, IssueText.NoVersion(pricing, instant));
        }

        RuleCombination combination = version.Rules.Length == 0 ? default : version.Combine(in usage, in context, instant);
        if ((context.Tier is not null || context.Batch) && !version.PricesTiers(in context, combination))
        {
            return new CostEstimate(in usage, IssueText.UnknownTier(version, in context));
        }

        if (!version.Version.Never.IsEmpty && Impossible(version, combination, in usage, in context, meters) is { } impossible)
        {
            return new CostEstimate(in usage, impossible);
        }

        if (version.IsTokensOnly && (meters is null || meters.Count == 0))
        {
            PriceRow row = version.RowFor(combination);
            if (!row.UsesUnknown(in usage))
            {
                return new CostEstimate(in usage, row, row.Multiply(in usage));
            }
        }

        return PriceInFull(version, combination, in usage, in context, meters);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static CostEstimate PriceInFull(CompiledVersion version, RuleCombination combination, in TokenUsage usage, in CallContext context, MeteredQuantities? meters)
    {
        PriceRow row = version.RowFor(combination);
        if (version.IsMarginalTokensOnly && (meters is null || meters.Count == 0))
        {
            MarginalSplit split = new(version, combination, in usage);
            if (!split.UsesUnknown())
            {
                return new CostEstimate(in usage, row, split.Total());
            }
        }

        return new CostEstimate(in usage, row, new CallCalculation(version, combination, in usage, meters, in context));
    }

    /// <summary>The first combination that the provider does not sell and that the call has.</summary>
    private static CostIssue? Impossible(CompiledVersion version, RuleCombination combination, in TokenUsage usage, in CallContext context, MeteredQuantities? meters)
    {
        foreach (System.Collections.Immutable.ImmutableArray<string> names in version.Version.Never)
        {
            bool all = true;
            foreach (string name in names)
            {
                all &= Has(name, version, combination, in usage, in context, meters);
            }

            if (all)
            {
                return IssueText.Impossible(version, names);
            }
        }

        return null;
    }

    private static bool Has(string name, CompiledVersion version, RuleCombination combination, in TokenUsage usage, in CallContext context, MeteredQuantities? meters)
    {
        for (int i = 0; i < version.Rules.Length; i++)
        {
            if ((combination.Matched & (1ul << i)) != 0 && version.Rules[i].Rule.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return ServiceTier.Normalise(context.Tier).Equals(name, StringComparison.OrdinalIgnoreCase)
            || (context.Batch && name.Equals(ServiceTier.Batch, StringComparison.OrdinalIgnoreCase))
            || (TokenBuckets.TryParse(name, out TokenBucket bucket) && usage[bucket] != 0)
            || meters?[name] > 0;
    }
}
