using System.Numerics;

namespace LlmCostModel;

/// <summary>Explains an estimate.</summary>
internal static class ReceiptBuilder
{
    internal static CostReceipt Build(string requestedId, ResolvedModel model, in CostEstimate estimate, in CallContext context, MeteredQuantities? meters, TimeProvider clock)
    {
        CostReceipt receipt = new()
        {
            RequestedId = requestedId,
            Resolution = model.Resolution,
            At = context.At ?? clock.GetUtcNow(),
            Status = estimate.Status,
            Issues = estimate.Issues,
            Currency = estimate.Currency,
            TotalAmount = estimate.TotalAmount,
        };
        if (estimate.Row is not { } row)
        {
            return receipt;
        }

        CompiledVersion version = row.Version;
        TokenUsage usage = estimate.Usage;
        CallContext full = model.Served(in context);
        CallCalculation calculation = estimate.Calculation ?? new CallCalculation(version, row.Combination, in usage, meters, in full);
        List<ReceiptAdjustment> adjustments = [];
        return receipt with
        {
            Lines = [.. calculation.Lines.Select(line => Line(version, line))],
            ListAmount = ListAmount(version, row.Combination, in usage, meters, in full, estimate.TotalAmount, adjustments),
            Adjustments = adjustments,
            CacheSavings = CacheSavings(version.Pricing, in estimate, in full, meters, clock),
            AppliedRules = [.. RulesIn(version, row.Combination.Matched).Select(rule => rule.Rule.Name)],
            ValidFrom = version.Version.From,
            ValidUntil = version.Version.Until,
            AsOf = version.Version.AsOf ?? version.Pricing.Card.AsOf,
        };
    }

    private static ReceiptLine Line(CompiledVersion version, CalculatedLine line)
    {
        RateCard card = version.Pricing.Card;
        CompiledRule? setBy = line.SetBy < 0 ? null : version.Rules[line.SetBy];
        IEnumerable<string> modifiers = RulesIn(version, line.Modifiers).Select(rule => rule.Rule.Name);
        return new ReceiptLine
        {
            Name = line.Name,
            Bucket = line.Bucket,
            Quantity = line.Quantity,
            Unit = line.Unit,
            Rate = line.Rate,
            Per = line.Per,
            Amount = line.Amount,
            IsRounded = line.IsRounded,
            BilledAs = line.PricedAs,
            Rules = setBy is null ? [.. modifiers] : [setBy.Rule.Name, .. modifiers],
            RateCard = setBy is { IsOverlay: true } ? setBy.Origin : card.Name,
            Source = setBy?.Rule.Source ?? (setBy is { IsOverlay: true } ? null : version.Version.Source ?? card.Source),
        };
    }

    /// <summary>Prices the call without overlays, then with one more of them at a time.</summary>
    private static decimal? ListAmount(
        CompiledVersion version,
        RuleCombination combination,
        in TokenUsage usage,
        MeteredQuantities? meters,
        in CallContext context,
        decimal? total,
        List<ReceiptAdjustment> adjustments)
    {
        ulong overlays = combination.Matched & version.OverlayRules;
        if (overlays == 0)
        {
            return total;
        }

        ulong applied = combination.Matched & ~version.OverlayRules;
        CallCalculation list = new(version, combination with { Matched = applied }, in usage, meters, in context);
        decimal before = list.Total;
        for (; overlays != 0; overlays &= overlays - 1)
        {
            int index = BitOperations.TrailingZeroCount(overlays);
            applied |= 1ul << index;
            decimal after = new CallCalculation(version, combination with { Matched = applied }, in usage, meters, in context).Total;
            CompiledRule rule = version.Rules[index];
            adjustments.Add(new ReceiptAdjustment(rule.Origin, rule.Rule.Name, DecimalParts.AddExactly(after, -before)));
            before = after;
        }

        return list.Status == CostStatus.Unpriced ? null : list.Total;
    }

    private static decimal? CacheSavings(CompiledPricing pricing, in CostEstimate estimate, in CallContext context, MeteredQuantities? meters, TimeProvider clock)
    {
        if (estimate.Status != CostStatus.Priced)
        {
            return null;
        }

        TokenUsage usage = estimate.Usage;
        TokenUsage uncached = usage.WithoutCache();
        if (uncached == usage)
        {
            return 0;
        }

        try
        {
            CostEstimate without = default;
            CallPricer.Price(pricing, in uncached, in context, meters, clock, ref without);
            return without.Status == CostStatus.Priced ? DecimalParts.AddExactly(without.TotalAmount!.Value, -estimate.TotalAmount!.Value) : null;
        }
        catch (OverflowException)
        {
            return null; // No decimal holds the amount of a call that was never made; the receipt of the one that was must not fail for it.
        }
    }

    private static IEnumerable<CompiledRule> RulesIn(CompiledVersion version, ulong rules) =>
        version.Rules.Where((_, index) => (rules & (1ul << index)) != 0);
}
