using System.Globalization;

namespace LlmCostModel;

// Ways to a usage: from counts that overlap, and from another usage.
public readonly partial record struct TokenUsage
{
    /// <summary>Makes usage from <b>inclusive</b> counts: the input contains cached tokens, the output contains reasoning.</summary>
    /// <remarks>Where more is inside, such as audio tokens, take it out with <see cref="Move"/>.</remarks>
    /// <param name="input">All input tokens.</param>
    /// <param name="output">All output tokens.</param>
    /// <param name="cacheRead">The part of the input that was read from a cache.</param>
    /// <param name="cacheWrite">The part of the input that was written to a cache with the provider's default time to live.</param>
    /// <param name="reasoning">The part of the output that is reasoning.</param>
    /// <returns>The same tokens as disjoint counts.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative.</exception>
    /// <exception cref="ArgumentException">A part is greater than its whole.</exception>
    public static TokenUsage FromInclusive(long input, long output, long cacheRead = 0, long cacheWrite = 0, long reasoning = 0)
    {
        NotNegative(input, nameof(input));
        NotNegative(output, nameof(output));
        return new TokenUsage
        {
            Input = Rest(input, nameof(input), (cacheRead, nameof(cacheRead)), (cacheWrite, nameof(cacheWrite))),
            CacheRead = cacheRead,
            CacheWrite = cacheWrite,
            Output = Rest(output, nameof(output), (reasoning, nameof(reasoning))),
            Reasoning = reasoning,
        };
    }

    /// <summary>Returns a copy in which one bucket has the given count.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="count">The count, not negative.</param>
    /// <returns>The copy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The bucket does not exist, or the count is negative.</exception>
    public TokenUsage With(TokenBucket bucket, long count)
    {
        TokenCounts counts = _counts;
        counts[Index(bucket)] = NotNegative(count, bucket);
        return new TokenUsage(in counts);
    }

    /// <summary>Returns a copy in which some tokens of one bucket are counted in another, such as the audio among the input
    /// tokens.</summary>
    /// <param name="count">How many tokens to move, not negative.</param>
    /// <param name="from">The bucket that holds them.</param>
    /// <param name="to">The bucket that they belong to.</param>
    /// <returns>The copy; it has as many tokens.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A bucket does not exist, or the count is negative.</exception>
    /// <exception cref="ArgumentException"><paramref name="from"/> does not hold so many tokens.</exception>
    /// <exception cref="OverflowException">The count of <paramref name="to"/> would exceed <see cref="long.MaxValue"/>.</exception>
    public TokenUsage Move(long count, TokenBucket from, TokenBucket to)
    {
        NotNegative(count, nameof(count));
        if (count > this[from])
        {
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Cannot count {count} of {this[from]} {TokenBuckets.NameOf(from)} tokens as {TokenBuckets.Get(to).Name}: " +
                    $"a part cannot exceed its whole."),
                nameof(count));
        }

        TokenCounts counts = _counts;
        counts[(int)from] -= count;
        counts[Index(to)] = Add(to, counts[Index(to)], count);
        return new TokenUsage(in counts);
    }

    /// <summary>What the call would have consumed if there were no cache: everything read or written is fresh input.</summary>
    /// <returns>The same tokens in other buckets.</returns>
    /// <exception cref="OverflowException">A sum exceeds <see cref="long.MaxValue"/>.</exception>
    public TokenUsage WithoutCache()
    {
        TokenCounts counts = default;
        foreach (TokenBucketInfo row in TokenBuckets.All)
        {
            counts[(int)row.Uncached] = Add(row.Uncached, counts[(int)row.Uncached], _counts[(int)row.Bucket]);
        }

        return new(in counts);
    }

    /// <summary>Makes a usage of one count for each bucket.</summary>
    /// <param name="counts">The counts, by the value of <see cref="TokenBucket"/>; those that are left out at the end are 0.</param>
    /// <returns>The usage.</returns>
    /// <exception cref="ArgumentException">There are more counts than buckets.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative.</exception>
    public static TokenUsage FromCounts(ReadOnlySpan<long> counts)
    {
        if (counts.Length > TokenBuckets.Count)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"There are {counts.Length} counts, and {TokenBuckets.Count} buckets. Give at most one count for each."), nameof(counts));
        }

        TokenCounts own = default;
        for (int i = 0; i < counts.Length; i++)
        {
            own[i] = NotNegative(counts[i], (TokenBucket)i);
        }

        return new(in own);
    }

    // The name of a bucket is made only when it is needed.
    private static long NotNegative(long count, TokenBucket bucket) => count >= 0 ? count : NotNegative(count, TokenBuckets.NameOf(bucket));

    private static long NotNegative(long count, string name) =>
        count >= 0
            ? count
            : throw new ArgumentOutOfRangeException(
                name,
                count,
                "A token count cannot be negative. Pass 0 when the provider reports none.");

    /// <summary>What is left of <paramref name="whole"/> without <paramref name="parts"/>; each step is checked, so no sum can
    /// wrap.</summary>
    private static long Rest(long whole, string name, params ReadOnlySpan<(long Count, string Name)> parts)
    {
        long rest = whole;
        foreach ((long count, string part) in parts)
        {
            NotNegative(count, part);
            if (count > rest)
            {
                throw new ArgumentException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{part} ({count}) cannot exceed what is left ({rest}) of {name} ({whole}): inclusive counts contain their parts. " +
                    $"Set the properties of TokenUsage where the provider counts them apart."));
            }

            rest -= count;
        }

        return rest;
    }
}
