using System.Text.Json.Serialization;

namespace LlmCostModel.Planning;

/// <summary>When a provider's prompt cache stores a prompt and when it finds one again. Prices are not part of it: they stay in the rate
/// card.</summary>
/// <remarks>
/// <para>There are two kinds. <see cref="PrefixCachePolicy"/> matches any shared prefix, block by block (OpenAI up to GPT-5.5, vLLM).
/// <see cref="EntryCachePolicy"/> matches only where an earlier request wrote an entry (Anthropic, OpenAI from GPT-5.6). The same traffic
/// can have a hit rate of
/// 88% under one and none under the other.</para>
/// <para>A policy is a claim about a provider's documents, not about its servers. Immutable; a combination that cannot be is rejected when
/// it is built.</para>
/// </remarks>
[JsonConverter(typeof(JsonValueConverter<CachePolicy>))]
public abstract record CachePolicy : IJsonValue<CachePolicy>
{
    private protected CachePolicy()
    {
    }

    /// <summary>Gets the name, such as <c>anthropic-5m</c>; empty for a policy of the caller's own.</summary>
    public string Name { get; init; } = "";

    /// <summary>Gets the day on which the provider's documents said so; <see langword="null"/> for a policy of the caller's own.</summary>
    public DateOnly? AsOf { get; init; }

    /// <summary>Gets where it was read; <see langword="null"/> for a policy of the caller's own.</summary>
    public Uri? Source { get; init; }

    /// <summary>Gets what the documents leave open and how this policy fills it, in a sentence; <see langword="null"/> when nothing is
    /// open.</summary>
    public string? Assumption { get; init; }

    /// <summary>Gets the fewest tokens a prefix must have to be cached.</summary>
    /// <value>Default 0: any length.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public long MinimumTokens
    {
        get;
        init
        {
            field =
                value >= 0
                    ? value
                    : throw new ArgumentOutOfRangeException(
                        nameof(MinimumTokens),
                        value,
                        "A minimum cannot be negative. Use 0 where any length is cached.");
            MinimumByModel = false;
        }
    }

    /// <summary>Gets whether <see cref="MinimumTokens"/> stands for what differs by model: then a comparison takes the model's own, where
    /// <see cref="ModelCache"/> knows it.</summary>
    /// <value>Default <see langword="false"/>. Setting <see cref="MinimumTokens"/> makes it <see langword="false"/>.</value>
    public bool MinimumByModel { get; init; }

    /// <summary>Gets how long an entry lives after it was written (or last read, see <see cref="RefreshOnRead"/>), from request start to
    /// request start; it is still found at exactly this age.</summary>
    /// <value>Default <see langword="null"/>: it never expires.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive, or shorter than <see cref="ReadableAfter"/>.</exception>
    public TimeSpan? TimeToLive
    {
        get;
        init
        {
            if (value is { } life && life <= TimeSpan.Zero)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(TimeToLive),
                    value,
                    "A time to live must be longer than zero. Use null where entries never expire.");
            }

            field = value;
            CheckReadable(nameof(TimeToLive), value);
        }
    }

    /// <summary>Gets whether a read renews an entry's age. Age decides what expires and, under a capacity, what is evicted first.</summary>
    /// <value>Default <see langword="true"/>.</value>
    public bool RefreshOnRead { get; init; } = true;

    /// <summary>Gets how long after the start of the writing request an entry can be read: the time to the first token at Anthropic, the
    /// whole response at Alibaba, seconds at DeepSeek.</summary>
    /// <value>Default zero: the next request of the stream reads it, even one of the same instant. With any longer time, requests of one
    /// instant do not see each other.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, or longer than <see cref="TimeToLive"/>.</exception>
    public TimeSpan ReadableAfter
    {
        get;
        init
        {
            if (value < TimeSpan.Zero)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(ReadableAfter),
                    value,
                    "An entry cannot be readable before it is written. Use a time of zero or longer.");
            }

            field = value;
            CheckReadable(nameof(ReadableAfter), value);
        }
    }

    /// <summary>Gets the bucket that written tokens are billed in, where the provider charges writes apart.</summary>
    /// <value>Default <see langword="null"/>: writes are billed as plain input.</value>
    /// <exception cref="ArgumentOutOfRangeException">The bucket is not a cache write.</exception>
    public TokenBucket? WriteBucket
    {
        get;
        init => field = WriteBuckets.Require(value, nameof(WriteBucket));
    }

    private void CheckReadable(string name, TimeSpan? value)
    {
        if (ReadableAfter > TimeToLive)
        {
            throw new ArgumentOutOfRangeException(name, value, $"An entry readable after {ReadableAfter:c} that lives for {TimeToLive:c} "
                + $"is never read. Make TimeToLive at least as long as ReadableAfter.");
        }
    }

    /// <summary>Shows the policy as JSON on one line.</summary>
    /// <returns>Such as <c>{"name":"vllm","granularity":16}</c>.</returns>
    public sealed override string ToString() => ToText();

    internal abstract string ToText();

    static JsonConverter<CachePolicy> IJsonValue<CachePolicy>.Json => CachePolicyShape.Instance;
}
