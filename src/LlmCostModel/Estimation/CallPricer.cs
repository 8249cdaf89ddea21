using System.Collections.Immutable;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace LlmCostModel;

/// <summary>Prices one call. The steps stand here in the order in which they are taken; each one answers, or hands the call on to the
/// next.</summary>
/// <remarks>A result is written in the place where the caller wants it: it is too large to be copied from method to method.</remarks>
internal static class CallPricer
{
    /// <summary>Prices a call of an id that was looked up: most calls end at the first step.</summary>
    /// <remarks>Small enough to be inlined in the caller, and apart from the other steps, which would make it save registers that it does
    /// not use (5% of a call by handle).</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Price(
        RateStore store,
        ResolvedModel model,
        in TokenUsage usage,
        in CallContext context,
        MeteredQuantities? meters,
        ref CostEstimate result)
    {
        // A plain model in a plain call: there is one row, whatever the instant and the size of the call.
        if (meters is null && model.PlainRow is { } plain && IsPlain(in context) && CostEstimate.TryMultiply(plain, in usage, ref result))
        {
            return;
        }

        PriceStepByStep(store, model, in usage, in context, meters, ref result);
    }

    /// <summary>The other steps. In strict mode, what is then not wholly priced throws.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void PriceStepByStep(
        RateStore store,
        ResolvedModel model,
        in TokenUsage usage,
        in CallContext context,
        MeteredQuantities? meters,
        ref CostEstimate result)
    {
        PriceLeniently(store.Clock, model, in usage, in context, meters, ref result);
        if (result.Status != CostStatus.Priced && store.Strict)
        {
            ThrowUnpriced(in result);
        }
    }

    /// <summary>The same steps, whether strictness is asked for or not.</summary>
    internal static void PriceLeniently(
        TimeProvider clock,
        ResolvedModel model,
        in TokenUsage usage,
        in CallContext context,
        MeteredQuantities? meters,
        ref CostEstimate result)
    {
        if (model.Pricing is not { } pricing)
        {
            Fail(in usage, model.Issue!, ref result);
        }
        else if (context.Provider is not null && !IsSoldAt(context.Provider, pricing))
        {
            FailAtProvider(in usage, pricing, context.Provider, ref result);
        }
        else if (model.IsPlainId)
        {
            Price(pricing, in usage, in context, meters, clock, ref result);
        }
        else
        {
            PriceWithFactsOfId(model, in usage, in context, meters, clock, ref result);
        }
    }

    /// <summary>Prices a call of a model at a provider that sells it.</summary>
    internal static void Price(
        CompiledPricing pricing,
        in TokenUsage usage,
        in CallContext context,
        MeteredQuantities? meters,
        TimeProvider clock,
        ref CostEstimate result)
    {
        Debug.Assert(context.Provider is null || IsSoldAt(context.Provider, pricing), "Another provider has other prices: the step before has asked.");
        DateTimeOffset instant = pricing.DependsOnTime ? context.At ?? clock.GetUtcNow() : default;
        if (pricing.At(instant, context.IncludeAnnounced) is not { } version)
        {
            Fail(in usage, PricingIssues.NoVersion(pricing, instant), ref result);
            return;
        }

        RuleCombination combination = version.Rules.Length == 0 ? default : version.Combine(in usage, in context, instant);
        if ((context.Tier is not null || context.IsBatch) && !version.PricesTiers(in context, combination))
        {
            Fail(in usage, PricingIssues.UnknownTier(version, in context), ref result);
            return;
        }

        if (!version.Version.Never.IsEmpty && FindForbidden(version, combination, in usage, in context, meters) is { } forbidden)
        {
            Fail(in usage, forbidden, ref result);
            return;
        }

        PriceRow row = version.RowFor(combination);
        bool hasMeters = meters is { Count: > 0 };
        if (version.IsTokensOnly && !hasMeters && CostEstimate.TryMultiply(row, in usage, ref result))
        {
            return;
        }

        if (hasMeters || !TryPriceTokens(row, in usage, ref result))
        {
            PriceInFull(row, in usage, in context, meters, ref result);
        }
    }

    private static bool IsPlain(in CallContext context) => context.Tier is null && !context.IsBatch && context.Provider is null;

    private static bool IsSoldAt(string provider, CompiledPricing pricing) =>
        pricing.Card.Provider is not { } own || own.Equals(provider, StringComparison.OrdinalIgnoreCase);

    /// <summary>Apart, because the changed context would take room and time on the stack of every call.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void PriceWithFactsOfId(
        ResolvedModel model,
        in TokenUsage usage,
        in CallContext context,
        MeteredQuantities? meters,
        TimeProvider clock,
        ref CostEstimate result)
    {
        CallContext served = model.WithFactsOfId(in context);
        Price(model.Pricing!, in usage, in served, meters, clock, ref result);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Fail(in TokenUsage usage, CostIssue issue, ref CostEstimate result) => result = new CostEstimate(in usage, issue);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void FailAtProvider(in TokenUsage usage, CompiledPricing pricing, string provider, ref CostEstimate result) =>
        result = new CostEstimate(in usage, LookupIssues.UnknownProvider(pricing.Model.Id, provider, [pricing.Card.Provider!]));

    [DoesNotReturn]
    private static void ThrowUnpriced(in CostEstimate result) => throw new UnpricedException(result.Issues);

    /// <summary>Prices tokens for which one product of 64 bits is not enough: very many of them, or some beyond a marginal
    /// threshold.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryPriceTokens(PriceRow row, in TokenUsage usage, ref CostEstimate result)
    {
        CompiledVersion version = row.Version;
        if (version.IsTokensOnly && !row.UsesUnknown(in usage))
        {
            result = new CostEstimate(in usage, row, row.Multiply(in usage));
            return true;
        }

        MarginalSplit split = new(version, row.Combination, in usage);
        if (version.IsMarginalTokensOnly && !split.UsesUnknown())
        {
            result = new CostEstimate(in usage, row, split.ComputeTotal());
            return true;
        }

        return false;
    }

    /// <summary>Prices meters, minimum charges and fees, and what has no price with the reasons.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void PriceInFull(
        PriceRow row, in TokenUsage usage, in CallContext context, MeteredQuantities? meters, ref CostEstimate result) =>
        result = new CostEstimate(in usage, row, new CallCalculation(row.Version, row.Combination, in usage, meters, in context));

    /// <summary>The first combination that the provider does not sell and that the call has.</summary>
    private static CostIssue? FindForbidden(
        CompiledVersion version, RuleCombination combination, in TokenUsage usage, in CallContext context, MeteredQuantities? meters)
    {
        foreach (ImmutableArray<string> names in version.Version.Never)
        {
            bool all = true;
            foreach (string name in names)
            {
                all &= Occurs(name, version, combination, in usage, in context, meters);
            }

            if (all)
            {
                return PricingIssues.Forbidden(version, names);
            }
        }

        return null;
    }

    /// <summary>Whether the call has what a name stands for: a rule that applies, the tier, a bucket or a meter that was used.</summary>
    private static bool Occurs(
        string name,
        CompiledVersion version,
        RuleCombination combination,
        in TokenUsage usage,
        in CallContext context,
        MeteredQuantities? meters)
    {
        foreach (int index in combination.Matched)
        {
            if (version.Rules[index].Rule.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return ServiceTiers.Normalize(context.Tier).Equals(name, StringComparison.OrdinalIgnoreCase)
            || (context.IsBatch && name.Equals(ServiceTiers.Batch, StringComparison.OrdinalIgnoreCase))
            || (TokenBuckets.TryParse(name, out TokenBucket bucket) && usage[bucket] != 0)
            || meters?[name] > 0;
    }
}
