using System.Runtime.CompilerServices;

namespace LlmCostModel.Logs;

/// <summary>What calls of one group come to that lie together in a log: added up before the group itself is touched, so that threads need
/// not share it.</summary>
internal struct GroupTally
{
    /// <summary>How many buckets there may be.</summary>
    public const int MostBuckets = 18;

    private Counts _counts;
    private AmountTally _amounts;
    private AmountTally _saved;

    /// <summary>The group.</summary>
    public GroupKey Group;

    /// <summary>How many calls.</summary>
    public int Calls;

    /// <summary>How many of them used a cache, and have an amount with and without it.</summary>
    public int Cached;

    /// <summary>Whether the sums of the group hold it already.</summary>
    public bool IsAdded;

    public readonly ExactSum Amount => _amounts.ToSum();

    public readonly ExactSum Saved => _saved.ToSum();

    /// <summary>What was consumed.</summary>
    public readonly TokenUsage Usage
    {
        get
        {
            TokenUsage usage = default;
            for (int i = 0; i < TokenBuckets.All.Length; i++)
            {
                usage = _counts[i] == 0 ? usage : usage.With((TokenBucket)i, _counts[i]);
            }

            return usage;
        }
    }

    /// <summary>All tokens.</summary>
    public readonly long Tokens
    {
        get
        {
            long tokens = 0;
            foreach (long count in (ReadOnlySpan<long>)_counts)
            {
                tokens += count;
            }

            return tokens;
        }
    }

    /// <summary>Adds a call.</summary>
    public void Add(ReadOnlySpan<long> counts, decimal amount, decimal? saved)
    {
        Calls++;
        for (int i = 0; i < counts.Length; i++)
        {
            _counts[i] += counts[i];
        }

        _amounts.Add(amount);
        if (saved is { } less)
        {
            Cached++;
            _saved.Add(less);
        }
    }

    /// <summary>Adds a call of which the counts are added apart, by amounts in units of a scale.</summary>
    public void Add(long amount, long? saved, int scale)
    {
        Calls++;
        _amounts.Add(amount, scale);
        if (saved is { } less)
        {
            Cached++;
            _saved.Add(less, scale);
        }
    }

    /// <summary>Adds calls of which the counts are added apart, by sums in units of a scale.</summary>
    public void Add(int calls, Int128 amount, int cached, Int128 saved, int scale)
    {
        Calls += calls;
        Cached += cached;
        _amounts.Add(amount, scale);
        _saved.Add(saved, scale);
    }

    /// <summary>Adds tokens.</summary>
    public void Consume(int bucket, long count) => _counts[bucket] += count;

    /// <summary>Takes a call out that was added.</summary>
    public void Remove(ReadOnlySpan<long> counts, decimal amount, decimal? saved)
    {
        Calls--;
        for (int i = 0; i < counts.Length; i++)
        {
            _counts[i] -= counts[i];
        }

        _amounts.Add(-amount);
        if (saved is { } less)
        {
            Cached--;
            _saved.Add(-less);
        }
    }

    [InlineArray(MostBuckets)]
    private struct Counts
    {
        private long _first;
    }
}
