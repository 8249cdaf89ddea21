namespace LlmCostModel.Planning.Tests;

/// <summary>A second simulator, written from the rules alone: prefixes are texts in a list, every request looks at all of them.</summary>
internal sealed class NaiveCache(CachePolicy policy)
{
    private readonly List<Entry> _entries = [];
    private long _clock;
    private decimal _endedStorage;

    /// <summary>Tokens times seconds over the lives of all entries, each from its writing to when it expires.</summary>
    internal decimal StorageTokenSeconds => _endedStorage + _entries.Sum(StorageOf);

    internal (long Read, long Written) Send(DateTimeOffset at, string scope, IReadOnlyList<PromptSegment> prompt)
    {
        if (policy.TimeToLive is { } life)
        {
            _endedStorage += _entries.Where(entry => at - entry.UsedAt > life).Sum(StorageOf);
            _entries.RemoveAll(entry => at - entry.UsedAt > life);
        }

        string[] names = new string[prompt.Count];
        long[] ends = new long[prompt.Count];
        for (int i = 0; i < prompt.Count; i++)
        {
            names[i] = (i == 0 ? scope + "|" : names[i - 1]) + prompt[i].Content + "/";
            ends[i] = (i == 0 ? 0 : ends[i - 1]) + prompt[i].Tokens;
        }

        return policy is PrefixCachePolicy prefix ? Blocks(prefix, at, names, ends) : Entries((EntryCachePolicy)policy, at, names, ends, prompt);
    }

    private (long Read, long Written) Blocks(PrefixCachePolicy rule, DateTimeOffset at, string[] names, long[] ends)
    {
        int run = 0;
        while (run < names.Length && Readable(names[run], at))
        {
            run++;
        }

        for (int i = names.Length - 1; i >= 0; i--)
        {
            if (i >= run)
            {
                Put(names[i], at);
            }
            else if (rule.RefreshOnRead)
            {
                Use(Live(names[i])!, at);
            }
        }

        while (_entries.Count > (rule.CapacityBlocks ?? long.MaxValue))
        {
            _entries.Remove(_entries.MinBy(entry => entry.Order)!);
        }

        long Count(long tokens) => tokens / rule.Granularity * rule.Granularity is var steps && steps >= rule.MinimumTokens ? steps : 0;
        long read = run == 0 ? 0 : Count(ends[run - 1]);
        return (read, Math.Max(0, (ends.Length == 0 ? 0 : Count(ends[^1])) - read));
    }

    private (long Read, long Written) Entries(EntryCachePolicy rule, DateTimeOffset at, string[] names, long[] ends, IReadOnlyList<PromptSegment> prompt)
    {
        int[] marks =
        [
            .. Enumerable.Range(0, names.Length)
                .Where(i => (prompt[i].Breakpoint || (rule.AutomaticBreakpoint && i == names.Length - 1)) && ends[i] >= rule.MinimumTokens)
                .TakeLast(rule.MaximumBreakpoints),
        ];
        int hit = Enumerable.Range(0, names.Length)
            .Where(i => marks.Any(mark => i <= mark && mark - i < rule.Lookback) && Readable(names[i], at))
            .DefaultIfEmpty(-1)
            .Max();
        if (rule.RefreshOnRead)
        {
            for (int i = 0; i <= hit; i++)
            {
                if (Live(names[i]) is { } entry)
                {
                    Use(entry, at);
                }
            }
        }

        if (rule.DetectCommonPrefix)
        {
            DetectCommonPrefix(rule, at, names, ends);
        }

        foreach (int mark in marks)
        {
            if (mark > hit || Live(names[mark]) is not { } entry || entry.ReadableFrom == DateTimeOffset.MaxValue) // or only seen
            {
                Put(names[mark], at, ends[mark]);
            }
        }

        long read = hit < 0 ? 0 : ends[hit];
        return (read, marks.Length == 0 ? 0 : ends[marks[^1]] - read);
    }

    /// <summary>What was seen before is an entry from now on, up to where this prompt departs from it; the rest is seen now.</summary>
    private void DetectCommonPrefix(EntryCachePolicy rule, DateTimeOffset at, string[] names, long[] ends)
    {
        int common = names.TakeWhile(name => Live(name) is not null).Count();
        foreach (string name in names)
        {
            Entry? known = Live(name);
            if (known is null)
            {
                _entries.Add(known = new() { Name = name, ReadableFrom = DateTimeOffset.MaxValue, UsedAt = at });
            }

            if (rule.RefreshOnRead)
            {
                Use(known, at);
            }
        }

        if (common > 0 && ends[common - 1] >= rule.MinimumTokens)
        {
            Entry shared = Live(names[common - 1])!;
            shared.ReadableFrom = Earlier(shared.ReadableFrom, at + rule.ReadableAfter);
        }
    }

    private static DateTimeOffset Earlier(DateTimeOffset left, DateTimeOffset right) => left < right ? left : right;

    private Entry? Live(string name) => _entries.Find(entry => entry.Name == name);

    private bool Readable(string name, DateTimeOffset at) => Live(name) is { } entry && entry.ReadableFrom <= at;

    private void Use(Entry entry, DateTimeOffset at)
    {
        entry.UsedAt = at;
        entry.Order = _clock++;
    }

    private decimal StorageOf(Entry entry) =>
        policy is EntryCachePolicy { BillsStorage: true } ? entry.Tokens * (decimal)(entry.UsedAt - entry.WrittenAt + policy.TimeToLive!.Value).TotalSeconds : 0;

    private void Put(string name, DateTimeOffset at, long tokens = 0)
    {
        Entry? entry = Live(name);
        if (entry is null)
        {
            _entries.Add(entry = new() { Name = name, ReadableFrom = DateTimeOffset.MaxValue, WrittenAt = at, Tokens = tokens });
        }

        entry.ReadableFrom = Earlier(entry.ReadableFrom, at + policy.ReadableAfter);
        Use(entry, at);
    }

    private sealed class Entry
    {
        internal required string Name { get; init; }

        internal required DateTimeOffset ReadableFrom { get; set; }

        internal DateTimeOffset UsedAt { get; set; }

        internal DateTimeOffset WrittenAt { get; init; }

        internal long Tokens { get; init; }

        internal long Order { get; set; }
    }
}
