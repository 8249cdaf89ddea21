using LlmCostModel.TestData;
using LlmCostModel.Tests.Support;

namespace LlmCostModel.Tests.Estimation.Exactness;

/// <summary>Compares everything that the library says of a call with the reference.</summary>
internal static class CaseCheck
{
    /// <summary>More of a bucket may have more digits than the sum, and lines then cannot be written; no call of every day has so
    /// many.</summary>
    private const long ManyTokens = 1_000_000_000;

    /// <summary>What is wrong; null when nothing is.</summary>
    internal static string? FindFault(PricedCase one, SampleCounts? counts = null)
    {
        if (TryCreate(one) is not { } estimator)
        {
            counts?.Add("refused");
            return null;
        }

        ReferenceCost expected = ReferenceCost.Of(one);
        if (Estimate(one, estimator) is not { } estimate)
        {
            counts?.Add("valid", "overflow");
            return expected.Total.FitsDecimal() ? $"It overflows, and is {expected.Total}, which a decimal holds." : null;
        }

        counts?.Add(["valid", .. CaseFeatures.Of(one, expected)]);
        return FindFault(one, estimator, in estimate, expected);
    }

    /// <summary>The estimate; null when no decimal holds the exact amount.</summary>
    internal static CostEstimate? Estimate(PricedCase one, CostEstimator estimator)
    {
        try
        {
            return estimator.Estimate(PricedCase.Model, one.Usage, one.Context, one.Meters);
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    /// <summary>The estimator; null when the card is not valid.</summary>
    internal static CostEstimator? TryCreate(PricedCase one)
    {
        try
        {
            return one.CreateEstimator();
        }
        catch (RateCardException)
        {
            return null;
        }
    }

    /// <summary>The case with some of its rules.</summary>
    internal static PricedCase Keep(PricedCase one, Func<PriceRule, bool> isKept)
    {
        IEnumerable<PriceOverlay> overlays = one.Overlays.Select(overlay => overlay with { Rules = [.. overlay.Rules.Where(isKept)] });
        return one.With(one.Versions.Select(version => version with { Rules = [.. version.Rules.Where(isKept)] })) with
        {
            Overlays = [.. overlays.Where(overlay => !overlay.Rules.IsEmpty)],
        };
    }

    /// <summary>An estimator of a case of which something was taken out; a rule that touched only that, and would be refused, goes with
    /// it.</summary>
    internal static CostEstimator CreateOfRest(ref PricedCase one)
    {
        while (true)
        {
            try
            {
                return one.CreateEstimator();
            }
            catch (RateCardException refusal) when (refusal.Faults.Any() && refusal.Faults.All(fault => fault.Problem.StartsWith("touches no price", StringComparison.Ordinal)))
            {
                HashSet<string?> idle = [.. refusal.Faults.Select(fault => fault.Value)];
                one = Keep(one, rule => !idle.Contains(rule.Name));
            }
        }
    }

    private static string? FindFault(PricedCase one, CostEstimator estimator, in CostEstimate estimate, ReferenceCost expected)
    {
        if (estimate.Status != expected.Status || (expected.Refusal is { } refusal && (estimate.Issues is not [{ } issue] || issue.Kind != refusal)))
        {
            return $"It is {estimate.Status} ({string.Join(" ", estimate.Issues.Select(found => found.Message))}), not {expected.Status} {expected.Refusal}.";
        }

        decimal? total = estimate.Total?.Amount;
        if (total is null != (expected.Status == CostStatus.Unpriced) || (total is { } amount && !expected.Is(amount)))
        {
            return $"It costs {total}, not {expected.Total}.";
        }

        if (!estimate.Equals(estimator.GetModel(PricedCase.Model).Estimate(one.Usage, one.Context, one.Meters))
            || !estimate.Equals(estimator.Estimate(PricedCase.Model.AsSpan(), one.Usage, one.Context, one.Meters)))
        {
            return "The ways to estimate differ.";
        }

        return FindFaultOfTotal(one, estimator, in estimate) ?? FindFaultOfParts(one, estimator, in estimate, expected);
    }

    private static string? FindFaultOfTotal(PricedCase one, CostEstimator estimator, in CostEstimate estimate)
    {
        if (one.Meters.Count > 0)
        {
            return null;
        }

        bool isPriced = estimator.TryGetTotal(PricedCase.Model, one.Usage, one.Context, out decimal total);
        return isPriced == (estimate.Status == CostStatus.Priced) && total == (isPriced ? estimate.Total!.Value.Amount : 0)
            ? null
            : $"The total alone is {total}, that of the estimate {estimate.Total}.";
    }

    private static string? FindFaultOfParts(PricedCase one, CostEstimator estimator, in CostEstimate estimate, ReferenceCost expected)
    {
        try
        {
            foreach ((TokenBucket bucket, Fraction? cost) in expected.Amounts)
            {
                decimal? amount = estimate.GetAmount(bucket);
                if (amount is null != cost is null || (amount is { } known && !cost!.Value.IsExactly(known)))
                {
                    return $"{bucket} costs {amount}, not {cost}.";
                }
            }

            CostReceipt receipt = estimator.Explain(PricedCase.Model, one.Usage, one.Context, one.Meters);
            return (receipt.Status, receipt.Total) != (estimate.Status, estimate.Total)
                ? $"The receipt says {receipt.Status}, {receipt.Total}."
                : receipt.Lines.Sum(line => line.Amount) != (estimate.Total?.Amount ?? 0) ? "The lines do not sum to the total."
                : expected.Refusal is null && !receipt.AppliedRules.SequenceEqual(expected.Rules)
                    ? $"Rules {string.Join(", ", receipt.AppliedRules)} apply, not {string.Join(", ", expected.Rules)}."
                : null;
        }
        catch (OverflowException) when (expected.Amounts.Keys.Any(bucket => one.Usage[bucket] > ManyTokens))
        {
            return null;
        }
    }
}
