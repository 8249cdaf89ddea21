using System.Runtime.CompilerServices;

namespace LlmCostModel;

/// <summary>Prices one call of one model: version by instant, rules by context, row by rules, amount by usage.</summary>
internal static class CallPricer
{
    /// <summary>Prices a call in the place of the result.</summary>
    internal static void Price(CompiledPricing pricing, in TokenUsage usage, in CallContext context, MeteredQuantities? meters, TimeProvider clock, ref CostEstimate result)
    {
        DateTimeOffset instant = pricing.DependsOnTime ? context.At ?? clock.GetUtcNow() : default;
        CompiledVersion? version = pricing.At(instant, context.IncludeAnnounced);
        if (version is null)
        {
            Fail(in usage, IssueText.NoVersion(pricing, instant), ref result);
            return;
        }

        RuleCombination combination = version.Rules.Length == 0 ? default : version.Combine(in usage, in context, instant);
        if ((context.Tier is not null || context.IsBatch) && !version.PricesTiers(in context, combination))
        {
            Fail(in usage, IssueText.UnknownTier(version, in context), ref result);
            return;
        }

        if (!version.Version.Never.IsEmpty && Impossible(version, combination, in usage, in context, meters) is { } impossible)
        {
            Fail(in usage, impossible, ref result);
            return;
        }

        if (version.IsTokensOnly && (meters is null || meters.Count == 0) && CostEstimate.TryPrice(version.RowFor(combination), in usage, ref result))
        {
            return;
        }

        PriceInFull(version, combination, in usage, in context, meters, ref result);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Fail(in TokenUsage usage, CostIssue issue, ref CostEstimate result) => result = new CostEstimate(in usage, issue);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void PriceInFull(CompiledVersion version, RuleCombination combination, in TokenUsage usage, in CallContext context, MeteredQuantities? meters, ref CostEstimate result)
    {
        PriceRow row = version.RowFor(combination);
        if (meters is null || meters.Count == 0)
        {
            if (version.IsTokensOnly && !row.UsesUnknown(in usage))
            {
                result = new CostEstimate(in usage, row, row.Multiply(in usage));
                return;
            }

            MarginalSplit split = new(version, combination, in usage);
            if (version.IsMarginalTokensOnly && !split.UsesUnknown())
            {
                result = new CostEstimate(in usage, row, split.Total());
                return;
            }
        }

        result = new CostEstimate(in usage, row, new CallCalculation(version, combination, in usage, meters, in context));
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
            || (context.IsBatch && name.Equals(ServiceTier.Batch, StringComparison.OrdinalIgnoreCase))
            || (TokenBuckets.TryParse(name, out TokenBucket bucket) && usage[bucket] != 0)
            || meters?[name] > 0;
    }
}
