namespace LlmCostModel.Planning;

/// <summary>Finds the longest live entry that ends within reach of one of the prompt's breakpoints.</summary>
internal sealed class EntryCache(EntryCachePolicy policy, CacheStore store) : IPromptCache
{
    private readonly List<int> _breakpoints = [];
    private Int128 _storage;

    public CacheUse Send(long now, MeasuredPrompt prompt)
    {
        _storage = 0;
        FindBreakpoints(prompt);
        int hit = FindEntry(now, prompt);
        if (policy.RefreshOnRead)
        {
            Refresh(now, prompt, upTo: hit);
        }

        if (policy.DetectCommonPrefix)
        {
            RememberCommonPrefix(now, prompt);
        }

        long readableFrom = now + policy.ReadableAfter.Ticks;
        foreach (int position in _breakpoints)
        {
            // An entry at or before the hit that is still live is read, not written; what was only seen is not an entry.
            if (position > hit || !store.IsEntry(prompt.Prefixes[position]))
            {
                PayFor(prompt.Ends[position], store.Find(prompt.Prefixes[position]), now);
                store.Write(prompt.Prefixes[position], now, readableFrom);
            }
        }

        long read = hit < 0 ? 0 : prompt.Ends[hit];
        return new(read, _breakpoints.Count == 0 ? 0 : prompt.Ends[_breakpoints[0]] - read, _storage);
    }

    /// <summary>An entry is paid for until it expires: a new one for its whole life, one that is renewed for the time since it was renewed
    /// last.</summary>
    private void PayFor(long tokens, int slot, long now)
    {
        if (policy.BillsStorage)
        {
            _storage += (Int128)tokens * (slot < 0 ? policy.TimeToLive!.Value.Ticks : now - store.UsedAt(slot));
        }
    }

    /// <summary>Collects the breakpoints that count, the last of the prompt first.</summary>
    private void FindBreakpoints(MeasuredPrompt prompt)
    {
        _breakpoints.Clear();
        for (
            int i = prompt.Count - 1;
            i >= 0 && _breakpoints.Count < policy.MaximumBreakpoints && prompt.Ends[i] >= policy.MinimumTokens;
            i--)
        {
            if (prompt.Segments[i].Breakpoint || (i == prompt.Count - 1 && (policy.AutomaticBreakpoint || prompt.HasBreakpointBeyond)))
            {
                _breakpoints.Add(i);
            }
        }
    }

    private int FindEntry(long now, MeasuredPrompt prompt)
    {
        int searched = int.MaxValue;
        int lookback = prompt.IsInBlocks ? int.MaxValue : policy.Lookback;
        foreach (int breakpoint in _breakpoints)
        {
            int last = Math.Max(0, breakpoint - (lookback - 1));
            for (int i = Math.Min(breakpoint, searched - 1); i >= last; i--)
            {
                int slot = store.Find(prompt.Prefixes[i]);
                if (slot >= 0 && store.IsReadable(slot, now))
                {
                    return i;
                }
            }

            searched = Math.Min(searched, last);
        }

        return -1;
    }

    /// <summary>Reading an entry uses all of its content, so also what shorter entries hold.</summary>
    private void Refresh(long now, MeasuredPrompt prompt, int upTo)
    {
        for (int i = 0; i <= upTo; i++)
        {
            int slot = store.Find(prompt.Prefixes[i]);
            if (slot >= 0)
            {
                PayFor(prompt.Ends[i], slot, now);
                store.Touch(slot, now);
            }
        }
    }

    /// <summary>Writes an entry where this prompt departs from all that were seen, and remembers its segments for those to come.</summary>
    private void RememberCommonPrefix(long now, MeasuredPrompt prompt)
    {
        int common = 0;
        while (common < prompt.Count && store.Find(prompt.Prefixes[common]) >= 0)
        {
            common++;
        }

        for (int i = 0; i < prompt.Count; i++)
        {
            int slot = store.Find(prompt.Prefixes[i]);
            if (slot < 0)
            {
                store.Write(prompt.Prefixes[i], now, CacheStore.Never);
            }
            else if (policy.RefreshOnRead)
            {
                store.Touch(slot, now);
            }
        }

        if (common > 0 && prompt.Ends[common - 1] >= policy.MinimumTokens)
        {
            store.MakeReadable(store.Find(prompt.Prefixes[common - 1]), now + policy.ReadableAfter.Ticks);
        }
    }
}
