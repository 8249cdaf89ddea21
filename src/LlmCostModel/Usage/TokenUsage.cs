using System.Globalization;
using System.Text;

namespace LlmCostModel;

/// <summary>What one call consumed, as <b>disjoint</b> token counts: every token is in exactly one bucket.</summary>
/// <remarks>
/// <para>Providers count in two ways. Where cached tokens are inside the input count and reasoning inside the output count
/// (OpenAI, DeepSeek, Gemini's cache), use <see cref="FromInclusive"/>; where each count stands alone (Anthropic, Bedrock Converse), use
/// <see cref="FromExclusive"/>. Both reject counts that cannot be.</para>
/// <para><see langword="default"/> is a call that consumed no tokens. Counts are never negative. The type is immutable.</para>
/// </remarks>
public readonly partial record struct TokenUsage
{
    private readonly TokenCounts _counts;

    /// <summary>Gets the text input tokens that were neither read from a cache nor written to one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative. This holds for every count of the type.</exception>
    public long Input { get => _counts[(int)TokenBucket.Input]; init => _counts[(int)TokenBucket.Input] = NotNegative(value, nameof(Input)); }

    /// <summary>Gets the text input tokens read from a cache.</summary>
    public long CacheRead { get => _counts[(int)TokenBucket.CacheRead]; init => _counts[(int)TokenBucket.CacheRead] = NotNegative(value, nameof(CacheRead)); }

    /// <summary>Gets the input tokens written to a cache with the provider's default time to live.</summary>
    public long CacheWrite { get => _counts[(int)TokenBucket.CacheWrite]; init => _counts[(int)TokenBucket.CacheWrite] = NotNegative(value, nameof(CacheWrite)); }

    /// <summary>Gets the input tokens written to a cache for 5 minutes.</summary>
    public long CacheWrite5m { get => _counts[(int)TokenBucket.CacheWrite5m]; init => _counts[(int)TokenBucket.CacheWrite5m] = NotNegative(value, nameof(CacheWrite5m)); }

    /// <summary>Gets the input tokens written to a cache for 30 minutes.</summary>
    public long CacheWrite30m { get => _counts[(int)TokenBucket.CacheWrite30m]; init => _counts[(int)TokenBucket.CacheWrite30m] = NotNegative(value, nameof(CacheWrite30m)); }

    /// <summary>Gets the input tokens written to a cache for 1 hour.</summary>
    public long CacheWrite1h { get => _counts[(int)TokenBucket.CacheWrite1h]; init => _counts[(int)TokenBucket.CacheWrite1h] = NotNegative(value, nameof(CacheWrite1h)); }

    /// <summary>Gets the fresh audio input tokens.</summary>
    public long AudioInput { get => _counts[(int)TokenBucket.AudioInput]; init => _counts[(int)TokenBucket.AudioInput] = NotNegative(value, nameof(AudioInput)); }

    /// <summary>Gets the audio input tokens read from a cache.</summary>
    public long AudioCacheRead { get => _counts[(int)TokenBucket.AudioCacheRead]; init => _counts[(int)TokenBucket.AudioCacheRead] = NotNegative(value, nameof(AudioCacheRead)); }

    /// <summary>Gets the fresh image input tokens.</summary>
    public long ImageInput { get => _counts[(int)TokenBucket.ImageInput]; init => _counts[(int)TokenBucket.ImageInput] = NotNegative(value, nameof(ImageInput)); }

    /// <summary>Gets the image input tokens read from a cache.</summary>
    public long ImageCacheRead { get => _counts[(int)TokenBucket.ImageCacheRead]; init => _counts[(int)TokenBucket.ImageCacheRead] = NotNegative(value, nameof(ImageCacheRead)); }

    /// <summary>Gets the fresh video input tokens.</summary>
    public long VideoInput { get => _counts[(int)TokenBucket.VideoInput]; init => _counts[(int)TokenBucket.VideoInput] = NotNegative(value, nameof(VideoInput)); }

    /// <summary>Gets the video input tokens read from a cache.</summary>
    public long VideoCacheRead { get => _counts[(int)TokenBucket.VideoCacheRead]; init => _counts[(int)TokenBucket.VideoCacheRead] = NotNegative(value, nameof(VideoCacheRead)); }

    /// <summary>Gets the text output tokens without reasoning.</summary>
    public long Output { get => _counts[(int)TokenBucket.Output]; init => _counts[(int)TokenBucket.Output] = NotNegative(value, nameof(Output)); }

    /// <summary>Gets the reasoning (thinking) tokens.</summary>
    public long Reasoning { get => _counts[(int)TokenBucket.Reasoning]; init => _counts[(int)TokenBucket.Reasoning] = NotNegative(value, nameof(Reasoning)); }

    /// <summary>Gets the audio output tokens.</summary>
    public long AudioOutput { get => _counts[(int)TokenBucket.AudioOutput]; init => _counts[(int)TokenBucket.AudioOutput] = NotNegative(value, nameof(AudioOutput)); }

    /// <summary>Gets the image output tokens.</summary>
    public long ImageOutput { get => _counts[(int)TokenBucket.ImageOutput]; init => _counts[(int)TokenBucket.ImageOutput] = NotNegative(value, nameof(ImageOutput)); }

    /// <summary>Gets the video output tokens.</summary>
    public long VideoOutput { get => _counts[(int)TokenBucket.VideoOutput]; init => _counts[(int)TokenBucket.VideoOutput] = NotNegative(value, nameof(VideoOutput)); }

    /// <summary>Gets all input tokens: fresh, read from a cache and written to one, of every modality.</summary>
    /// <exception cref="OverflowException">The sum exceeds <see cref="long.MaxValue"/>.</exception>
    public long TotalInput => checked(FreshInput + TotalCacheRead + TotalCacheWrite);

    /// <summary>Gets the input tokens of every modality that were neither read from a cache nor written to one.</summary>
    /// <exception cref="OverflowException">The sum exceeds <see cref="long.MaxValue"/>.</exception>
    public long FreshInput => checked(Input + AudioInput + ImageInput + VideoInput);

    /// <summary>Gets the input tokens of every modality that were read from a cache.</summary>
    /// <exception cref="OverflowException">The sum exceeds <see cref="long.MaxValue"/>.</exception>
    public long TotalCacheRead => checked(CacheRead + AudioCacheRead + ImageCacheRead + VideoCacheRead);

    /// <summary>Gets the input tokens written to a cache, of every time to live.</summary>
    /// <exception cref="OverflowException">The sum exceeds <see cref="long.MaxValue"/>.</exception>
    public long TotalCacheWrite => checked(CacheWrite + CacheWrite5m + CacheWrite30m + CacheWrite1h);

    /// <summary>Gets all output tokens: text, reasoning and every other modality.</summary>
    /// <exception cref="OverflowException">The sum exceeds <see cref="long.MaxValue"/>.</exception>
    public long TotalOutput => checked(Output + Reasoning + AudioOutput + ImageOutput + VideoOutput);

    /// <summary>Gets the count of one bucket.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bucket"/> is not a bucket, or the count is negative.</exception>
    public long this[TokenBucket bucket]
    {
        get => _counts[Index(bucket)];
        init => _counts[Index(bucket)] = NotNegative(value, bucket.ToString());
    }

    private static int Index(TokenBucket bucket)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)bucket, (uint)TokenBuckets.Count, nameof(bucket));
        return (int)bucket;
    }

    /// <summary>The counts by the value of <see cref="TokenBucket"/>, for code that treats all buckets alike.</summary>
    internal static ReadOnlySpan<long> CountsOf(in TokenUsage usage) => usage._counts;

    private TokenUsage(in TokenCounts counts) => _counts = counts;

    /// <summary>Makes a usage from counts that are already known to be disjoint and not negative.</summary>
    internal static TokenUsage FromCounts(in TokenCounts counts) => new(in counts);

    /// <summary>Adds two usages bucket by bucket.</summary>
    /// <remarks>Prices of long contexts are decided per call: add <em>costs</em> of calls, not their usage, where a model has such tiers.</remarks>
    /// <param name="left">The first usage.</param>
    /// <param name="right">The second usage.</param>
    /// <returns>The sums.</returns>
    /// <exception cref="OverflowException">A sum exceeds <see cref="long.MaxValue"/>.</exception>
    public static TokenUsage operator +(TokenUsage left, TokenUsage right)
    {
        TokenCounts sum = default;
        for (int i = 0; i < TokenBuckets.Count; i++)
        {
            sum[i] = checked(left._counts[i] + right._counts[i]);
        }

        return new TokenUsage(in sum);
    }

    /// <summary>Subtracts one usage from another bucket by bucket.</summary>
    /// <param name="left">The usage to subtract from.</param>
    /// <param name="right">The usage to subtract.</param>
    /// <returns>The differences.</returns>
    /// <exception cref="OverflowException">A difference would be negative.</exception>
    public static TokenUsage operator -(TokenUsage left, TokenUsage right)
    {
        TokenCounts difference = default;
        for (int i = 0; i < TokenBuckets.Count; i++)
        {
            difference[i] = left._counts[i] - right._counts[i];
            if (difference[i] < 0)
            {
                throw new OverflowException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Subtracting {right._counts[i]} from {left._counts[i]} {TokenBuckets.Names[i]} tokens leaves less than nothing. Subtract a usage that is part of the first one."));
            }
        }

        return new TokenUsage(in difference);
    }

    /// <inheritdoc cref="op_Addition(TokenUsage, TokenUsage)"/>
    public static TokenUsage Add(TokenUsage left, TokenUsage right) => left + right;

    /// <inheritdoc cref="op_Subtraction(TokenUsage, TokenUsage)"/>
    public static TokenUsage Subtract(TokenUsage left, TokenUsage right) => left - right;

    /// <summary>Tells whether all counts are equal.</summary>
    /// <param name="other">The usage to compare with.</param>
    /// <returns><see langword="true"/> if every bucket has the same count.</returns>
    public bool Equals(TokenUsage other) => CountsOf(in this).SequenceEqual(CountsOf(in other));

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach (long count in CountsOf(in this))
        {
            hash.Add(count);
        }

        return hash.ToHashCode();
    }

    /// <summary>Lists the counts that are not zero, in the invariant culture.</summary>
    /// <returns>Such as <c>Input 400, CacheRead 600, Output 500</c>; <c>no tokens</c> when all are zero.</returns>
    public override string ToString()
    {
        StringBuilder text = new();
        for (int i = 0; i < TokenBuckets.Count; i++)
        {
            if (_counts[i] != 0)
            {
                text.Append(text.Length == 0 ? "" : ", ").Append(CultureInfo.InvariantCulture, $"{TokenBuckets.Names[i]} {_counts[i]}");
            }
        }

        return text.Length == 0 ? "no tokens" : text.ToString();
    }
}
