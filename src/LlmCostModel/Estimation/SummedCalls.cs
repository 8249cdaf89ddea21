namespace LlmCostModel;

/// <summary>Prices counts that are the sum of several calls: as one call where that cannot differ, and where a rule on the size of a call
/// may, as calls that are all below its threshold, with the reason.</summary>
/// <param name="Doubt">Why the sum does not decide the price; <see langword="null"/> when it does.</param>
/// <param name="HasRequestPrice">Whether every call has a price of its own beside its tokens.</param>
internal readonly record struct SummedCalls(string? Doubt, bool HasRequestPrice)
{
    /// <summary>Judges a sum.</summary>
    /// <param name="clock">What says now.</param>
    /// <param name="resolved">The model.</param>
    /// <param name="usage">The sum.</param>
    /// <param name="context">How the calls were made.</param>
    /// <param name="calls">Of how many it is; <see langword="null"/> when that is not known.</param>
    internal static SummedCalls Judge(
        TimeProvider clock, ResolvedModel resolved, in TokenUsage usage, in CallContext context, long? calls)
    {
        if (resolved.Pricing is not { } pricing)
        {
            return default;
        }

        CallContext served = resolved.IsPlainId ? context : resolved.WithFactsOfId(in context);
        long instant = pricing.DependsOnTime ? CompiledPricing.InstantOf(in served, clock) : 0;
        if (pricing.At(instant, served.IncludeAnnounced) is not { } version)
        {
            return default;
        }

        string sum = calls is { } number ? FormattableString.Invariant($"a sum of {number} calls") : "a sum of calls";
        if (DependsOnSize(version, in usage, in served, instant))
        {
            return new(
                $"The usage is {sum}, and the price depends on the size of each, which it does not say. "
                    + "It is priced as calls below the threshold.",
                version.HasRequestPrice);
        }

        RuleCombination combination = version.Combine(in usage, in served, instant, out _);
        bool hasFees = version.Version.MinimumCharge > 0
            || version.RulesIn(combination.Matched).Any(rule => rule.Rule.FixedFee > 0)
            || (version.HasRequestPrice && calls is null);
        return new(
            hasFees ? $"The usage is {sum}, and every call has a charge of its own, of which one is priced." : null,
            version.HasRequestPrice);
    }

    /// <summary>Whether a call as large as the sum has other prices than a small one, or one in between may have.</summary>
    private static bool DependsOnSize(CompiledVersion version, in TokenUsage usage, in CallContext context, long instant)
    {
        RuleCombination whole = version.Combine(in usage, in context, instant, out _);
        RuleCombination small = version.Combine(default, in context, instant, out _);
        if (whole != small)
        {
            return true;
        }

        foreach (CompiledRule rule in version.Rules)
        {
            foreach (TokenThreshold threshold in rule.Rule.When.Tokens)
            {
                // A rule up to a size has begun and ended again before the sum.
                if (!threshold.IsLower && rule.Rule.When.Tokens.Length > 1 && ContextSize.Of(threshold.Basis, in usage) > threshold.Tokens)
                {
                    return true;
                }
            }
        }

        return false;
    }
}
