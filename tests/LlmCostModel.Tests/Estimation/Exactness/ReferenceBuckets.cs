namespace LlmCostModel.Tests.Estimation.Exactness;

/// <summary>What the buckets are and how they follow one another, written down a second time.</summary>
internal static class ReferenceBuckets
{
    /// <summary>As a prompt holds them: what was read, what was written, longest first, what is fresh, text last; then the
    /// answer.</summary>
    internal static readonly TokenBucket[] Order =
    [
        TokenBucket.CacheRead, TokenBucket.AudioCacheRead, TokenBucket.ImageCacheRead, TokenBucket.VideoCacheRead,
        TokenBucket.CacheWrite12h, TokenBucket.CacheWrite1h, TokenBucket.CacheWrite30m, TokenBucket.CacheWrite5m, TokenBucket.CacheWrite,
        TokenBucket.VideoInput, TokenBucket.ImageInput, TokenBucket.AudioInput, TokenBucket.Input,
        TokenBucket.Reasoning, TokenBucket.Output, TokenBucket.AudioOutput, TokenBucket.ImageOutput, TokenBucket.VideoOutput,
    ];

    internal static bool IsFresh(TokenBucket bucket) =>
        bucket is TokenBucket.VideoInput or TokenBucket.ImageInput or TokenBucket.AudioInput or TokenBucket.Input;

    internal static bool IsInput(TokenBucket bucket) => bucket is not
        (TokenBucket.Output or TokenBucket.Reasoning or TokenBucket.AudioOutput or TokenBucket.ImageOutput or TokenBucket.VideoOutput);
}
