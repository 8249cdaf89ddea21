using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace LlmCostModel;

/// <summary>Prices one call. The steps stand here in the order in which they are taken; each one answers, or hands the call on to the
/// next.</summary>
/// <remarks>The first steps write the result in the place where the caller wants it: it is too large to be copied from method to
/// method.</remarks>
internal static class CallPricer
{
    /// <summary>Prices a call of an id that was looked up: a plain call of a plain model ends at this step.</summary>
    /// <remarks>Small enough to be inlined in the caller, and apart from the other steps, which would make it save registers that it does
    /// not use.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Price(
        RateStore store,
        ResolvedModel model,
        in TokenUsage usage,
        in CallContext context,
        MeteredQuantities? meters,
        ref CostEstimate result)
    {
        // There is one row, whatever the instant and the size of the call.
        if (meters is null && model.PlainRow is { } plain && IsPlain(in context) && CostEstimate.TryMultiply(plain, in usage, ref result))
        {
            return;
        }

        PriceByRules(store, model, in usage, in context, meters, ref result);
    }

    /// <summary>The total alone, by the same steps; strict or not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool TryGetTotal(
        RateStore store,
        ResolvedModel model,
        in TokenUsage usage,
        in CallContext context,
        out decimal amount) =>
        (model.PlainRow is { } plain && IsPlain(in context) && plain.TryMultiply(in usage, out amount))
        || TryGetTotalByRules(store.Clock, model, in usage, in context, out amount);

    /// <summary>Prices tokens by the one row that the rules lead to.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void PriceByRules(
        RateStore store,
        ResolvedModel model,
        in TokenUsage usage,
        in CallContext context,
        MeteredQuantities? meters,
        ref CostEstimate result)
    {
        PriceRow? row = meters is null ? FindRow(store.Clock, model, in usage, in context) : null;
        if (row is not null && CostEstimate.TryMultiply(row, in usage, ref result))
        {
            return;
        }

        PriceStepByStep(store, model, row, in usage, in context, meters, ref result);
    }

    /// <summary>Prices tokens by the one row that the rules lead to, if they all have a price in it.</summary>
    internal static bool TryPriceByRules(
        TimeProvider clock, ResolvedModel model, in TokenUsage usage, in CallContext context, ref CostEstimate result) =>
        FindRow(clock, model, in usage, in context) is { } row && CostEstimate.TryMultiply(row, in usage, ref result);

    /// <summary>The other steps. In strict mode, what is then not wholly priced throws.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void PriceStepByStep(
        RateStore store,
        ResolvedModel model,
        PriceRow? row,
        in TokenUsage usage,
        in CallContext context,
        MeteredQuantities? meters,
        ref CostEstimate result)
    {
        result = row is not null && model.IsPlainId
            ? PriceTokens(row, in usage, in context)
            : PriceLeniently(store.Clock, model, in usage, in context, meters);
        if (result.Status != CostStatus.Priced && store.Strict)
        {
            ThrowUnpriced(in result);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryGetTotalByRules(
        TimeProvider clock,
        ResolvedModel model,
        in TokenUsage usage,
        in CallContext context,
        out decimal amount) =>
        (FindRow(clock, model, in usage, in context) is { } row && row.TryMultiply(in usage, out amount))
        || TryGetTotalStepByStep(clock, model, in usage, in context, out amount);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryGetTotalStepByStep(
        TimeProvider clock,
        ResolvedModel model,
        in TokenUsage usage,
        in CallContext context,
        out decimal amount)
    {
        CostEstimate estimate = PriceLeniently(clock, model, in usage, in context, meters: null);
        bool isPriced = estimate.Status == CostStatus.Priced;
        amount = isPriced ? estimate.Total.GetValueOrDefault().Amount : 0;
        return isPriced;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static PriceRow? FindRow(TimeProvider clock, ResolvedModel model, in TokenUsage usage, in CallContext context) =>
        model.Pricing is not { } pricing || (context.Provider is not null && !IsSoldAt(context.Provider, pricing)) ? null
            : model.IsPlainId ? pricing.FindRow(in usage, in context, clock)
            : FindRowWithFactsOfId(clock, model, in usage, in context);

    /// <summary>Apart, because the changed context would take room and time on the stack of every call.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static PriceRow? FindRowWithFactsOfId(TimeProvider clock, ResolvedModel model, in TokenUsage usage, in CallContext context)
    {
        ResolvedModel then = model.At(in context, clock);
        CallContext served = then.WithFactsOfId(in context);
        return then.Pricing!.FindRow(in usage, in served, clock);
    }

    /// <summary>The other steps, whether strictness is asked for or not.</summary>
    /// <param name="clock">What says now.</param>
    /// <param name="model">The model.</param>
    /// <param name="usage">What was consumed.</param>
    /// <param name="context">What else decides the price.</param>
    /// <param name="meters">What was consumed besides tokens.</param>
    /// <param name="isSmall">Whether rules on the size of a call take it for a small one, because it is a sum of calls.</param>
    internal static CostEstimate PriceLeniently(
        TimeProvider clock,
        ResolvedModel model,
        in TokenUsage usage,
        in CallContext context,
        MeteredQuantities? meters,
        bool isSmall = false)
    {
        if (model.Pricing is not { } pricing)
        {
            return new CostEstimate(in usage, model.Issue!);
        }

        if (context.Provider is not null && !IsSoldAt(context.Provider, pricing))
        {
            return new CostEstimate(in usage, model.NotSoldAt(context.Provider));
        }

        return model.IsPlainId
            ? Price(pricing, in usage, in context, meters, clock, isSmall)
            : PriceWithFactsOfId(model, in usage, in context, meters, clock, isSmall);
    }

    /// <summary>Prices a call of a model at a provider that sells it.</summary>
    internal static CostEstimate Price(
        CompiledPricing pricing,
        in TokenUsage usage,
        in CallContext context,
        MeteredQuantities? meters,
        TimeProvider clock,
        bool isSmall = false)
    {
        Debug.Assert(
            context.Provider is null || IsSoldAt(context.Provider, pricing),
            "Another provider has other prices: the step before has asked.");
        long instant = pricing.DependsOnTime ? CompiledPricing.InstantOf(in context, clock) : 0;
        if (pricing.At(instant, context.IncludeAnnounced) is not { } version)
        {
            return new CostEstimate(in usage, pricing, instant);
        }

        RuleCombination combination = version.Combine(isSmall ? default : usage, in context, instant, out bool areTiersPriced);
        if (!areTiersPriced)
        {
            return new CostEstimate(in usage, version.TierWithoutPrice(in context));
        }

        if (version.FindForbidden(combination.Matched, in usage, in context, meters) is { } forbidden)
        {
            return new CostEstimate(in usage, forbidden);
        }

        PriceRow row = version.RowFor(combination);
        return meters is { Count: > 0 } ? PriceInFull(row, in usage, in context, meters)
            : version.IsTokensOnly ? PriceTokens(row, in usage, in context)
            : PriceMarginally(row, in usage, in context);
    }

    private static bool IsPlain(in CallContext context) =>
        context.Tier is null && !context.IsBatch && context.Provider is null && context.Attributes is null;

    private static bool IsSoldAt(string provider, CompiledPricing pricing) =>
        pricing.Card.Provider is not { } own || own.Equals(provider, StringComparison.OrdinalIgnoreCase);

    private static CostEstimate PriceWithFactsOfId(
        ResolvedModel model, in TokenUsage usage, in CallContext context, MeteredQuantities? meters, TimeProvider clock, bool isSmall)
    {
        ResolvedModel then = model.At(in context, clock);
        CallContext served = then.WithFactsOfId(in context);
        return Price(then.Pricing!, in usage, in served, meters, clock, isSmall);
    }

    /// <summary>Prices tokens by one row: in 64 bits or more, and without those that have no price.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static CostEstimate PriceTokens(PriceRow row, in TokenUsage usage, in CallContext context)
    {
        if (!row.UsesUnknown(in usage))
        {
            return new CostEstimate(in usage, row, row.Multiply(in usage));
        }

        return row.TryKeepFacts(in context, out object? facts)
            ? new CostEstimate(in usage, row, row.UsesKnown(in usage) ? row.Multiply(in usage) : null, facts)
            : PriceInFull(row, in usage, in context, meters: null);
    }

    /// <summary>Prices tokens of which some may be beyond a marginal threshold.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static CostEstimate PriceMarginally(PriceRow row, in TokenUsage usage, in CallContext context)
    {
        MarginalSplit split = new(row.Version, row.Combination, in usage);
        return row.Version.IsMarginalTokensOnly && !split.UsesUnknown()
            ? new CostEstimate(in usage, row, split.ComputeTotal())
            : PriceInFull(row, in usage, in context, meters: null);
    }

    /// <summary>Prices meters, minimum charges and fees, and what has no price with the reasons.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static CostEstimate PriceInFull(PriceRow row, in TokenUsage usage, in CallContext context, MeteredQuantities? meters) =>
        new(in usage, row, new CallCalculation(row.Version, row.Combination, in usage, meters, in context));

    [DoesNotReturn]
    private static void ThrowUnpriced(in CostEstimate result) => throw new UnpricedException(result.Issues);
}
