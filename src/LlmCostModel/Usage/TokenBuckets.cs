namespace LlmCostModel;

/// <summary>What holds for all token buckets: their number, order and names.</summary>
internal static class TokenBuckets
{
    /// <summary>The number of buckets.</summary>
    internal const int Count = 17;

    /// <summary>The first output bucket; all before it are input.</summary>
    internal const int FirstOutput = (int)TokenBucket.Output;

    /// <summary>All buckets in the order in which a receipt lists them.</summary>
    internal static readonly TokenBucket[] All =
    [
        TokenBucket.Input, TokenBucket.CacheRead, TokenBucket.CacheWrite, TokenBucket.CacheWrite5m, TokenBucket.CacheWrite30m,
        TokenBucket.CacheWrite1h, TokenBucket.AudioInput, TokenBucket.AudioCacheRead, TokenBucket.ImageInput, TokenBucket.ImageCacheRead,
        TokenBucket.VideoInput, TokenBucket.VideoCacheRead, TokenBucket.Output, TokenBucket.Reasoning, TokenBucket.AudioOutput,
        TokenBucket.ImageOutput, TokenBucket.VideoOutput,
    ];

    /// <summary>The names in the order of the enumeration, without the reflection that <c>Enum.ToString</c> needs.</summary>
    internal static readonly string[] Names =
    [
        nameof(TokenBucket.Input), nameof(TokenBucket.CacheRead), nameof(TokenBucket.CacheWrite), nameof(TokenBucket.CacheWrite5m),
        nameof(TokenBucket.CacheWrite30m), nameof(TokenBucket.CacheWrite1h), nameof(TokenBucket.AudioInput), nameof(TokenBucket.AudioCacheRead),
        nameof(TokenBucket.ImageInput), nameof(TokenBucket.ImageCacheRead), nameof(TokenBucket.VideoInput), nameof(TokenBucket.VideoCacheRead),
        nameof(TokenBucket.Output), nameof(TokenBucket.Reasoning), nameof(TokenBucket.AudioOutput), nameof(TokenBucket.ImageOutput),
        nameof(TokenBucket.VideoOutput),
    ];

    internal static bool IsInput(int bucket) => bucket < FirstOutput;

    internal static bool TryParse(ReadOnlySpan<char> name, out TokenBucket bucket)
    {
        for (int i = 0; i < Names.Length; i++)
        {
            if (name.Equals(Names[i], StringComparison.OrdinalIgnoreCase))
            {
                bucket = (TokenBucket)i;
                return true;
            }
        }

        bucket = default;
        return false;
    }
}
