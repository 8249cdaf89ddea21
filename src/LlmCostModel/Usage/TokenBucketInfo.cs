namespace LlmCostModel;

/// <summary>What holds for one token bucket: a row of <see cref="TokenBuckets.All"/>. Immutable.</summary>
public sealed class TokenBucketInfo
{
    internal TokenBucketInfo(TokenBucket bucket, string name, string description)
    {
        Bucket = bucket;
        Name = name;
        JsonName = char.ToLowerInvariant(name[0]) + name[1..];
        Description = description;
        Uncached = bucket;
    }

    /// <summary>Gets the bucket.</summary>
    public TokenBucket Bucket { get; }

    /// <summary>Gets the name of the enumeration, which rate cards, receipts and metrics use, such as <c>CacheWrite5m</c>.</summary>
    public string Name { get; }

    /// <summary>Gets the name as a key of JSON, such as <c>cacheWrite5m</c>.</summary>
    public string JsonName { get; }

    /// <summary>Gets whether the tokens are input or output.</summary>
    public TokenSide Side { get; internal init; }

    /// <summary>Gets what the tokens stand for. Cache writes and reasoning are text: no provider prices them by modality.</summary>
    public TokenModality Modality { get; internal init; }

    /// <summary>Gets what the tokens have to do with a prompt cache.</summary>
    public CacheRole CacheRole { get; internal init; }

    /// <summary>Gets how long written tokens are kept; <see langword="null"/> for the provider's default time, and where nothing is
    /// written.</summary>
    public TimeSpan? TimeToLive { get; internal init; }

    /// <summary>Gets the bucket that the tokens would be in if there were no cache; the bucket itself where a cache has no part.</summary>
    public TokenBucket Uncached { get; internal init; }

    /// <summary>Gets the bucket that providers usually bill the tokens as when they state no price for them.</summary>
    /// <value><see langword="null"/> when there is no such habit.</value>
    /// <remarks>For suggestions only: a price that a rate card does not state is unknown, unless the card says <c>BilledAs</c>
    /// itself.</remarks>
    public TokenBucket? BilledLike { get; internal init; }

    /// <summary>Gets a phrase for help texts, such as <c>input tokens read from a cache</c>.</summary>
    public string Description { get; }

    /// <summary>Returns the name.</summary>
    /// <returns>The <see cref="Name"/>.</returns>
    public override string ToString() => Name;
}
