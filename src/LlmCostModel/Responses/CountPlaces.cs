namespace LlmCostModel;

/// <summary>Where one body counts its cache and its reasoning: as its API says, and where that leaves it open, as its total
/// shows.</summary>
/// <param name="CacheApart">Whether cached and written tokens stand beside the input.</param>
/// <param name="ReasoningApart">Whether reasoning stands beside the output.</param>
/// <param name="Hidden">What the total holds besides all counts.</param>
internal readonly record struct CountPlaces(bool CacheApart, bool ReasoningApart, long Hidden)
{
    /// <summary>Decides it.</summary>
    /// <param name="raw">What the body states.</param>
    /// <param name="convention">How its API counts.</param>
    /// <param name="input">Its input.</param>
    /// <param name="output">Its output.</param>
    /// <param name="cached">Its reads and writes of the cache.</param>
    /// <exception cref="UsageFormatException">It matters and is not decided, or the total is smaller than its parts.</exception>
    internal static CountPlaces Find(in RawUsage raw, ApiConvention convention, long input, long output, long cached)
    {
        long reasoning = raw[StatedCount.Reasoning];
        Inclusion cache = OfCache(in raw, convention, input, cached);

        // The Responses shape has it inside everywhere it is spoken, xAI and Perplexity included.
        Inclusion reasoned = raw.Has(ApiEvidence.InputTokens) || reasoning == 0 ? Inclusion.Inside : convention.Reasoning;
        long others = checked(raw[StatedCount.ToolUseInput] + (convention.AudioApart ? raw[StatedCount.AudioInput] : 0));
        long inside = checked(input + output + others);
        if (!raw.Has(StatedCount.Total) || (convention.AudioApart && raw.Seconds is not null))
        {
            if (cache == Inclusion.ByTotal)
            {
                UsageErrors.CacheUndecided(convention, cached);
            }

            return new(cache == Inclusion.Apart, reasoned == Inclusion.Apart, 0);
        }

        // What the total holds besides input and output says what is apart.
        long beside = raw[StatedCount.Total] - inside;
        CountPlaces? found = null;
        for (int i = 0; i < 4; i++)
        {
            CountPlaces places = new((i & 1) != 0, (i & 2) != 0, 0);
            bool isAllowed = Allows(cache, places.CacheApart)
                && Allows(reasoned, places.ReasoningApart)
                && (places.CacheApart || cached == 0 || cache != Inclusion.ByTotal || !raw.Has(ApiEvidence.CacheApart));
            if (isAllowed && beside == (places.CacheApart ? cached : 0) + (places.ReasoningApart ? reasoning : 0))
            {
                if (found is not null)
                {
                    UsageErrors.CacheUndecided(convention, cached);
                }

                found = places;
            }
        }

        return found ?? Otherwise(in raw, convention, cache, reasoned, beside, cached);
    }

    private static Inclusion OfCache(in RawUsage raw, ApiConvention convention, long input, long cached)
    {
        if (cached == 0 || convention.Cache != Inclusion.ByTotal)
        {
            return cached == 0 ? Inclusion.Inside : convention.Cache;
        }

        if (raw.Has(StatedCount.FreshInput))
        {
            return checked(raw[StatedCount.FreshInput] + cached) <= input ? Inclusion.Inside : Inclusion.Apart;
        }

        // It says whose counts these are, and leaves the cache out of the total as well.
        if (convention.TotalMayOmitCache && raw.Has(ApiEvidence.CacheApart))
        {
            return Inclusion.Apart;
        }

        // The library leaves the cache out of the total of these, so that the total decides nothing.
        foreach (string word in convention.ApartFor)
        {
            if (raw.Model?.Contains(word, StringComparison.OrdinalIgnoreCase) == true)
            {
                UsageErrors.CacheUndecided(convention, cached);
            }
        }

        return Inclusion.ByTotal;
    }

    private static bool Allows(Inclusion inclusion, bool apart) =>
        inclusion == Inclusion.ByTotal || (inclusion == Inclusion.Apart) == apart;

    /// <summary>No reading makes the parts the total: it holds more, or it is wrong.</summary>
    private static CountPlaces Otherwise(
        in RawUsage raw, ApiConvention convention, Inclusion cache, Inclusion reasoned, long beside, long cached)
    {
        bool cacheApart = cache == Inclusion.Apart;
        bool reasoningApart =
            reasoned == Inclusion.Apart || (reasoned == Inclusion.ByTotal && raw[StatedCount.Reasoning] > raw[StatedCount.Output]);
        long beyond = beside - (cacheApart ? cached : 0);

        // Perplexity's total, and that of gateways before xAI, leaves out the reasoning that is apart.
        if (beyond == 0 && reasoningApart && convention.TotalMayOmitReasoning)
        {
            return new(cacheApart, reasoningApart, 0);
        }

        if (cacheApart && convention.TotalMayOmitCache && beside == (reasoningApart ? raw[StatedCount.Reasoning] : 0))
        {
            return new(cacheApart, reasoningApart, 0);
        }

        long hidden = beyond - (reasoningApart ? raw[StatedCount.Reasoning] : 0);
        if (hidden < 0)
        {
            UsageErrors.WrongTotal(raw[StatedCount.Total], checked(raw[StatedCount.Total] - hidden));
        }

        if (cache == Inclusion.ByTotal)
        {
            UsageErrors.CacheUndecided(convention, cached);
        }

        return new(cacheApart, reasoningApart, hidden);
    }
}
