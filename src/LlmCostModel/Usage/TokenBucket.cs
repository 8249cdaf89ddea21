using System.Text.Json.Serialization;

namespace LlmCostModel;

/// <summary>The kinds of token that providers price apart. Every token of a call is in exactly one bucket.</summary>
/// <remarks>
/// The names are those of a rate card's <c>PerMillionTokens</c>. Anything else that is billed (searches, seconds, images, pages)
/// is a meter, see <see cref="MeteredQuantities"/>. <see cref="TokenBuckets"/> says what holds for each bucket;
/// the order of the members means nothing.
/// </remarks>
[JsonConverter(typeof(JsonNameConverter<TokenBucket>))]
public enum TokenBucket
{
    /// <summary>Text input that was neither read from a cache nor written to one.</summary>
    Input,

    /// <summary>Text input read from a cache.</summary>
    CacheRead,

    /// <summary>Input written to a cache with the provider's default time to live.</summary>
    CacheWrite,

    /// <summary>Input written to a cache for 5 minutes.</summary>
    CacheWrite5m,

    /// <summary>Input written to a cache for 30 minutes.</summary>
    CacheWrite30m,

    /// <summary>Input written to a cache for 1 hour.</summary>
    CacheWrite1h,

    /// <summary>Fresh audio input.</summary>
    AudioInput,

    /// <summary>Audio input read from a cache.</summary>
    AudioCacheRead,

    /// <summary>Fresh image input.</summary>
    ImageInput,

    /// <summary>Image input read from a cache.</summary>
    ImageCacheRead,

    /// <summary>Fresh video input.</summary>
    VideoInput,

    /// <summary>Video input read from a cache.</summary>
    VideoCacheRead,

    /// <summary>Text output without reasoning.</summary>
    Output,

    /// <summary>Reasoning (thinking) output.</summary>
    Reasoning,

    /// <summary>Audio output.</summary>
    AudioOutput,

    /// <summary>Image output.</summary>
    ImageOutput,

    /// <summary>Video output.</summary>
    VideoOutput,

    // New buckets come last, whatever their kind: values must not change, and TokenBuckets.All says where a receipt lists them.

    /// <summary>Input written to a cache for 12 hours.</summary>
    CacheWrite12h,
}
