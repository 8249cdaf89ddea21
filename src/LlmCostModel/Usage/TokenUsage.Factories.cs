using System.Globalization;

namespace LlmCostModel;

// The named ways in: each says whether the counts it takes overlap.
public readonly partial record struct TokenUsage
{
    /// <summary>Makes usage from <b>inclusive</b> counts: cached, audio, image and video tokens are inside <paramref name="input"/>;
    /// reasoning, audio, image and video output inside <paramref name="output"/>; cached audio inside both the audio input and the cache reads.</summary>
    /// <param name="input">All input tokens.</param>
    /// <param name="output">All output tokens.</param>
    /// <param name="cacheRead">The part of the input that was read from a cache, of every modality.</param>
    /// <param name="cacheWrite">The part of the input written to a cache with the provider's default time to live.</param>
    /// <param name="cacheWrite5m">The part of the input written to a cache for 5 minutes.</param>
    /// <param name="cacheWrite30m">The part of the input written to a cache for 30 minutes.</param>
    /// <param name="cacheWrite1h">The part of the input written to a cache for 1 hour.</param>
    /// <param name="reasoning">The part of the output that is reasoning.</param>
    /// <param name="audioInput">The part of the input that is audio, cached or not.</param>
    /// <param name="audioCacheRead">The part of the audio input that was read from a cache.</param>
    /// <param name="imageInput">The part of the input that is images, cached or not.</param>
    /// <param name="imageCacheRead">The part of the image input that was read from a cache.</param>
    /// <param name="videoInput">The part of the input that is video, cached or not.</param>
    /// <param name="videoCacheRead">The part of the video input that was read from a cache.</param>
    /// <param name="audioOutput">The part of the output that is audio.</param>
    /// <param name="imageOutput">The part of the output that is images.</param>
    /// <param name="videoOutput">The part of the output that is video.</param>
    /// <returns>The same tokens as disjoint counts.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative.</exception>
    /// <exception cref="ArgumentException">A part is greater than its whole.</exception>
    public static TokenUsage FromInclusive(
        long input,
        long output,
        long cacheRead = 0,
        long cacheWrite = 0,
        long cacheWrite5m = 0,
        long cacheWrite30m = 0,
        long cacheWrite1h = 0,
        long reasoning = 0,
        long audioInput = 0,
        long audioCacheRead = 0,
        long imageInput = 0,
        long imageCacheRead = 0,
        long videoInput = 0,
        long videoCacheRead = 0,
        long audioOutput = 0,
        long imageOutput = 0,
        long videoOutput = 0)
    {
        NotNegative(input, nameof(input));
        NotNegative(output, nameof(output));
        NotNegative(cacheRead, nameof(cacheRead));
        NotNegative(audioInput, nameof(audioInput));
        NotNegative(imageInput, nameof(imageInput));
        NotNegative(videoInput, nameof(videoInput));

        long freshAudio = Rest(audioInput, nameof(audioInput), (audioCacheRead, nameof(audioCacheRead)));
        long freshImage = Rest(imageInput, nameof(imageInput), (imageCacheRead, nameof(imageCacheRead)));
        long freshVideo = Rest(videoInput, nameof(videoInput), (videoCacheRead, nameof(videoCacheRead)));
        return new TokenUsage
        {
            Input = Rest(
                input,
                nameof(input),
                (cacheRead, nameof(cacheRead)),
                (cacheWrite, nameof(cacheWrite)),
                (cacheWrite5m, nameof(cacheWrite5m)),
                (cacheWrite30m, nameof(cacheWrite30m)),
                (cacheWrite1h, nameof(cacheWrite1h)),
                (freshAudio, "fresh " + nameof(audioInput)),
                (freshImage, "fresh " + nameof(imageInput)),
                (freshVideo, "fresh " + nameof(videoInput))),
            CacheRead = Rest(
                cacheRead,
                nameof(cacheRead),
                (audioCacheRead, nameof(audioCacheRead)),
                (imageCacheRead, nameof(imageCacheRead)),
                (videoCacheRead, nameof(videoCacheRead))),
            CacheWrite = cacheWrite,
            CacheWrite5m = cacheWrite5m,
            CacheWrite30m = cacheWrite30m,
            CacheWrite1h = cacheWrite1h,
            AudioInput = freshAudio,
            AudioCacheRead = audioCacheRead,
            ImageInput = freshImage,
            ImageCacheRead = imageCacheRead,
            VideoInput = freshVideo,
            VideoCacheRead = videoCacheRead,
            Output = Rest(
                output,
                nameof(output),
                (reasoning, nameof(reasoning)),
                (audioOutput, nameof(audioOutput)),
                (imageOutput, nameof(imageOutput)),
                (videoOutput, nameof(videoOutput))),
            Reasoning = reasoning,
            AudioOutput = audioOutput,
            ImageOutput = imageOutput,
            VideoOutput = videoOutput,
        };
    }

    /// <summary>Makes usage from <b>exclusive</b> counts: no count contains another one.</summary>
    /// <param name="input">Fresh text input tokens.</param>
    /// <param name="output">Text output tokens without reasoning.</param>
    /// <param name="cacheRead">Text input tokens read from a cache.</param>
    /// <param name="cacheWrite">Input tokens written to a cache with the provider's default time to live.</param>
    /// <param name="cacheWrite5m">Input tokens written to a cache for 5 minutes.</param>
    /// <param name="cacheWrite30m">Input tokens written to a cache for 30 minutes.</param>
    /// <param name="cacheWrite1h">Input tokens written to a cache for 1 hour.</param>
    /// <param name="reasoning">Reasoning tokens.</param>
    /// <param name="audioInput">Fresh audio input tokens.</param>
    /// <param name="audioCacheRead">Audio input tokens read from a cache.</param>
    /// <param name="imageInput">Fresh image input tokens.</param>
    /// <param name="imageCacheRead">Image input tokens read from a cache.</param>
    /// <param name="videoInput">Fresh video input tokens.</param>
    /// <param name="videoCacheRead">Video input tokens read from a cache.</param>
    /// <param name="audioOutput">Audio output tokens.</param>
    /// <param name="imageOutput">Image output tokens.</param>
    /// <param name="videoOutput">Video output tokens.</param>
    /// <returns>The counts as given.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative.</exception>
    /// <exception cref="OverflowException">All input, or all output, exceeds <see cref="long.MaxValue"/>.</exception>
    public static TokenUsage FromExclusive(
        long input,
        long output,
        long cacheRead = 0,
        long cacheWrite = 0,
        long cacheWrite5m = 0,
        long cacheWrite30m = 0,
        long cacheWrite1h = 0,
        long reasoning = 0,
        long audioInput = 0,
        long audioCacheRead = 0,
        long imageInput = 0,
        long imageCacheRead = 0,
        long videoInput = 0,
        long videoCacheRead = 0,
        long audioOutput = 0,
        long imageOutput = 0,
        long videoOutput = 0)
    {
        TokenUsage usage = new()
        {
            Input = input,
            CacheRead = cacheRead,
            CacheWrite = cacheWrite,
            CacheWrite5m = cacheWrite5m,
            CacheWrite30m = cacheWrite30m,
            CacheWrite1h = cacheWrite1h,
            AudioInput = audioInput,
            AudioCacheRead = audioCacheRead,
            ImageInput = imageInput,
            ImageCacheRead = imageCacheRead,
            VideoInput = videoInput,
            VideoCacheRead = videoCacheRead,
            Output = output,
            Reasoning = reasoning,
            AudioOutput = audioOutput,
            ImageOutput = imageOutput,
            VideoOutput = videoOutput,
        };
        _ = usage.TotalInput;
        _ = usage.TotalOutput;
        return usage;
    }

    private static long NotNegative(long count, string name) =>
        count >= 0 ? count : throw new ArgumentOutOfRangeException(name, count, "A token count cannot be negative. Pass 0 when the provider reports none.");

    /// <summary>What is left of <paramref name="whole"/> without <paramref name="parts"/>; each step is checked, so the sum of the parts cannot wrap.</summary>
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
                    $"{part} ({count}) cannot exceed what is left ({rest}) of {name} ({whole}): inclusive counts contain their parts. Use FromExclusive where the provider counts them apart."));
            }

            rest -= count;
        }

        return rest;
    }
}
