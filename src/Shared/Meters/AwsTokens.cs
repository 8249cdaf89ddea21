namespace LlmCostModel;

/// <summary>What the usage types of AWS count, as in <c>USE1-...-cache-write-tokens-1h</c>.</summary>
internal static class AwsTokens
{
    /// <summary>The tokens of a usage type; <see langword="null"/> when they are not known.</summary>
    /// <param name="what">Such as <c>input</c> or <c>cache-write</c>.</param>
    /// <param name="lifetime">How long the cache keeps what is written, such as <c>1h</c>; empty when it is not stated.</param>
    internal static TokenBucket? BucketOf(string what, string lifetime) => (what, lifetime) switch
    {
        ("input", "") => TokenBucket.Input,
        ("output", "") => TokenBucket.Output,
        ("cache-read", "") => TokenBucket.CacheRead,
        ("cache-write", "") => TokenBucket.CacheWrite,
        ("cache-write", "5m") => TokenBucket.CacheWrite5m,
        ("cache-write", "30m") => TokenBucket.CacheWrite30m,
        ("cache-write", "1h") => TokenBucket.CacheWrite1h,
        _ => null,
    };
}
