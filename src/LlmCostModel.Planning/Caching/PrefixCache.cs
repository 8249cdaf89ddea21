namespace LlmCostModel.Planning;

/// <summary>Finds the longest run of live blocks from the start of a prompt.</summary>
internal sealed class PrefixCache(PrefixCachePolicy policy, CacheStore store) : IPromptCache
{
    private int[] _slots = new int[64];

    public CacheUse Send(long now, MeasuredPrompt prompt)
    {
        int run = FindRun(now, prompt);
        long read = Cacheable(run == 0 ? 0 : prompt.Ends[run - 1]);
        long written = Math.Max(0, Cacheable(prompt.Count == 0 ? 0 : prompt.Ends[^1]) - read);

        // From the end to the start, so that the start is the newest: without it the rest would be of no use.
        for (int i = prompt.Count - 1; i >= run; i--)
        {
            store.Write(prompt.Prefixes[i], now, now + policy.ReadableAfter.Ticks);
        }

        if (policy.RefreshOnRead)
        {
            for (int i = run - 1; i >= 0; i--)
            {
                store.Touch(_slots[i], now);
            }
        }

        if (policy.CapacityBlocks is { } capacity)
        {
            store.Trim(capacity);
        }

        return new(read, written);
    }

    private int FindRun(long now, MeasuredPrompt prompt)
    {
        if (prompt.Count > _slots.Length)
        {
            _slots = new int[Math.Max(prompt.Count, _slots.Length * 2)];
        }

        for (int i = 0; i < prompt.Count; i++)
        {
            int slot = store.Find(prompt.Prefixes[i]);
            if (slot < 0 || !store.IsReadable(slot, now))
            {
                return i;
            }

            _slots[i] = slot;
        }

        return prompt.Count;
    }

    /// <summary>What of a prefix a hit or a write counts: whole steps, and nothing below the minimum.</summary>
    private long Cacheable(long tokens)
    {
        long steps = tokens - (tokens % policy.Granularity);
        return steps >= policy.MinimumTokens ? steps : 0;
    }
}
