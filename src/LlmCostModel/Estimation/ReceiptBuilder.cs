namespace LlmCostModel;

/// <summary>Explains an estimate.</summary>
internal static class ReceiptBuilder
{
    /// <summary>Prices a call and explains it, all at one instant.</summary>
    internal static CostReceipt Explain(
        RateStore store, string requestedId, in TokenUsage usage, in CallContext context, MeteredQuantities? meters)
    {
        CallContext pinned = store.Pin(in context);
        ResolvedModel model = store.Index.Find(requestedId, in pinned).At(in pinned, store.Clock);
        CostEstimate estimate = default;
        CallPricer.Price(store, model, in usage, in pinned, meters, ref estimate);
        return Build(requestedId, model, in estimate, in pinned, meters, store.Clock);
    }

    private static CostReceipt Build(
        string requestedId,
        ResolvedModel model,
        in CostEstimate estimate,
        in CallContext context,
        MeteredQuantities? meters,
        TimeProvider clock)
    {
        CostReceipt receipt = new()
        {
            RequestedId = requestedId,
            Resolution = model.Resolution,
            At = context.At ?? clock.GetUtcNow(),
            Status = estimate.Status,
            Issues = estimate.Issues,
            Total = estimate.Total,
        };
        if (estimate.Row is not { } row)
        {
            return receipt;
        }

        CompiledVersion version = row.Version;
        TokenUsage usage = estimate.Usage;
        CallContext full = model.WithFactsOfId(in context);
        CallCalculation calculation = estimate.Calculation ?? new CallCalculation(version, row.Combination, in usage, meters, in full);
        List<ReceiptAdjustment> adjustments = [];
        Money? list = TryPriceWithoutOverlays(version, row.Combination, in usage, meters, in full, estimate.Total, adjustments);
        return receipt with
        {
            Lines = [.. calculation.Lines],
            ListTotal = list,
            Credits = ListPrice.CreditsOf(version, list),
            CreditWorth = version.Worth,
            Adjustments = adjustments,
            CacheSavings = ComputeCacheSavings(version.Pricing, in estimate, in full, meters, clock),
            AppliedRules = [.. version.RulesIn(row.Combination.Matched).Select(rule => rule.Rule.Name)],
            ValidFrom = version.Version.From,
            Beginning = version.Version.Beginning,
            ValidUntil = version.Version.Until,
            AsOf = version.Version.AsOf ?? version.Pricing.Card.AsOf,
            Basis = version.Version.Basis,
            Notes = [.. PriceDoubts.Of(version, receipt.At)],
        };
    }

    /// <summary>The list price and what each overlay makes of it; nothing where no decimal holds one of these amounts: the receipt of the
    /// call that was made must not fail for prices that it did not have.</summary>
    private static Money? TryPriceWithoutOverlays(
        CompiledVersion version,
        RuleCombination combination,
        in TokenUsage usage,
        MeteredQuantities? meters,
        in CallContext context,
        Money? total,
        List<ReceiptAdjustment> adjustments)
    {
        try
        {
            return PriceWithoutOverlays(version, combination, in usage, meters, in context, total, adjustments);
        }
        catch (OverflowException)
        {
            adjustments.Clear();
            return null;
        }
    }

    /// <summary>Prices the call without overlays, then with one more of them at a time.</summary>
    private static Money? PriceWithoutOverlays(
        CompiledVersion version,
        RuleCombination combination,
        in TokenUsage usage,
        MeteredQuantities? meters,
        in CallContext context,
        Money? total,
        List<ReceiptAdjustment> adjustments)
    {
        RuleSet overlays = combination.Matched & version.OverlayRules;
        if (overlays.IsEmpty)
        {
            return total;
        }

        RuleSet applied = combination.Matched.Without(version.OverlayRules);
        CallCalculation list = new(version, combination with { Matched = applied }, in usage, meters, in context);
        decimal before = list.Total;
        foreach (int index in overlays)
        {
            applied = applied.With(index);
            decimal after = new CallCalculation(version, combination with { Matched = applied }, in usage, meters, in context).Total;
            CompiledRule rule = version.Rules[index];
            adjustments.Add(new ReceiptAdjustment
            {
                Overlay = rule.Origin,
                Rule = rule.Rule.Name,
                Amount = ExactSum.Of(after, -before),
            });
            before = after;
        }

        return list.Status == CostStatus.Unpriced ? null : new Money(list.Total, version.Pricing.Card.Currency);
    }

    private static Money? ComputeCacheSavings(
        CompiledPricing pricing, in CostEstimate estimate, in CallContext context, MeteredQuantities? meters, TimeProvider clock)
    {
        if (estimate.Status != CostStatus.Priced)
        {
            return null;
        }

        try
        {
            TokenUsage usage = estimate.Usage;
            TokenUsage uncached = usage.WithoutCache();
            if (uncached == usage)
            {
                return new Money(0, pricing.Card.Currency);
            }

            CostEstimate without = CallPricer.Price(pricing, in uncached, in context, meters, clock);
            return without.Status == CostStatus.Priced
                ? new Money(ExactSum.Of(without.Total!.Value.Amount, -estimate.Total!.Value.Amount), pricing.Card.Currency)
                : null;
        }
        catch (OverflowException)
        {
            return null; // No number holds what a call would have been that was never made; the receipt of the one that was must not fail.
        }
    }
}
