using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace LlmCostModel;

/// <summary>What one call consumed, as <b>disjoint</b> token counts: every token is in exactly one bucket.</summary>
/// <remarks>
/// <para>Providers count in two ways. Where cached tokens are inside the input count and reasoning inside the output count
/// (OpenAI, DeepSeek, Gemini's cache), use <see cref="FromInclusive"/>; where each count stands alone (Anthropic, Bedrock Converse),
/// set the properties. Both reject invalid counts.</para>
/// <para><see langword="default"/> is a call that consumed no tokens. Counts are never negative. The type is immutable.</para>
/// </remarks>
public readonly partial record struct TokenUsage
{
    private readonly TokenCounts _counts;

    /// <summary>Gets the text input tokens that were neither read from a cache nor written to one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative. This holds for every count of the type.</exception>
    public long Input { get => _counts[(int)TokenBucket.Input]; init => this[TokenBucket.Input] = value; }

    /// <summary>Gets the text input tokens read from a cache.</summary>
    public long CacheRead { get => _counts[(int)TokenBucket.CacheRead]; init => this[TokenBucket.CacheRead] = value; }

    /// <summary>Gets the input tokens written to a cache with the provider's default time to live.</summary>
    public long CacheWrite { get => _counts[(int)TokenBucket.CacheWrite]; init => this[TokenBucket.CacheWrite] = value; }

    /// <summary>Gets the input tokens written to a cache for 5 minutes.</summary>
    public long CacheWrite5m { get => _counts[(int)TokenBucket.CacheWrite5m]; init => this[TokenBucket.CacheWrite5m] = value; }

    /// <summary>Gets the input tokens written to a cache for 30 minutes.</summary>
    public long CacheWrite30m { get => _counts[(int)TokenBucket.CacheWrite30m]; init => this[TokenBucket.CacheWrite30m] = value; }

    /// <summary>Gets the input tokens written to a cache for 1 hour.</summary>
    public long CacheWrite1h { get => _counts[(int)TokenBucket.CacheWrite1h]; init => this[TokenBucket.CacheWrite1h] = value; }

    /// <summary>Gets the fresh audio input tokens.</summary>
    public long AudioInput { get => _counts[(int)TokenBucket.AudioInput]; init => this[TokenBucket.AudioInput] = value; }

    /// <summary>Gets the audio input tokens read from a cache.</summary>
    public long AudioCacheRead { get => _counts[(int)TokenBucket.AudioCacheRead]; init => this[TokenBucket.AudioCacheRead] = value; }

    /// <summary>Gets the fresh image input tokens.</summary>
    public long ImageInput { get => _counts[(int)TokenBucket.ImageInput]; init => this[TokenBucket.ImageInput] = value; }

    /// <summary>Gets the image input tokens read from a cache.</summary>
    public long ImageCacheRead { get => _counts[(int)TokenBucket.ImageCacheRead]; init => this[TokenBucket.ImageCacheRead] = value; }

    /// <summary>Gets the fresh video input tokens.</summary>
    public long VideoInput { get => _counts[(int)TokenBucket.VideoInput]; init => this[TokenBucket.VideoInput] = value; }

    /// <summary>Gets the video input tokens read from a cache.</summary>
    public long VideoCacheRead { get => _counts[(int)TokenBucket.VideoCacheRead]; init => this[TokenBucket.VideoCacheRead] = value; }

    /// <summary>Gets the text output tokens without reasoning.</summary>
    public long Output { get => _counts[(int)TokenBucket.Output]; init => this[TokenBucket.Output] = value; }

    /// <summary>Gets the reasoning (thinking) tokens.</summary>
    public long Reasoning { get => _counts[(int)TokenBucket.Reasoning]; init => this[TokenBucket.Reasoning] = value; }

    /// <summary>Gets the audio output tokens.</summary>
    public long AudioOutput { get => _counts[(int)TokenBucket.AudioOutput]; init => this[TokenBucket.AudioOutput] = value; }

    /// <summary>Gets the image output tokens.</summary>
    public long ImageOutput { get => _counts[(int)TokenBucket.ImageOutput]; init => this[TokenBucket.ImageOutput] = value; }

    /// <summary>Gets the video output tokens.</summary>
    public long VideoOutput { get => _counts[(int)TokenBucket.VideoOutput]; init => this[TokenBucket.VideoOutput] = value; }

    /// <summary>Gets the input tokens written to a cache for 12 hours.</summary>
    public long CacheWrite12h { get => _counts[(int)TokenBucket.CacheWrite12h]; init => this[TokenBucket.CacheWrite12h] = value; }

    /// <summary>Gets all input tokens: fresh, read from a cache and written to one, of every modality.</summary>
    /// <exception cref="OverflowException">The sum exceeds <see cref="long.MaxValue"/>.</exception>
    public long TotalInput => Sum(TokenBuckets.Inputs);

    /// <summary>Gets the input tokens of every modality that were neither read from a cache nor written to one.</summary>
    /// <exception cref="OverflowException">The sum exceeds <see cref="long.MaxValue"/>.</exception>
    public long FreshInput => Sum(TokenBuckets.FreshInputs);

    /// <summary>Gets the input tokens of every modality that were read from a cache.</summary>
    /// <exception cref="OverflowException">The sum exceeds <see cref="long.MaxValue"/>.</exception>
    public long TotalCacheRead => Sum(TokenBuckets.CacheReads);

    /// <summary>Gets the input tokens written to a cache, of every time to live.</summary>
    /// <exception cref="OverflowException">The sum exceeds <see cref="long.MaxValue"/>.</exception>
    public long TotalCacheWrite => Sum(TokenBuckets.CacheWrites);

    /// <summary>Gets all output tokens: text, reasoning and every other modality.</summary>
    /// <exception cref="OverflowException">The sum exceeds <see cref="long.MaxValue"/>.</exception>
    public long TotalOutput => Sum(TokenBuckets.Outputs);

    /// <summary>Gets the count of one bucket.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bucket"/> is not a bucket, or the count is negative.</exception>
    public long this[TokenBucket bucket]
    {
        get => _counts[Index(bucket)];
        init => _counts[Index(bucket)] = NotNegative(value, bucket);
    }

    private static int Index(TokenBucket bucket)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(unchecked((uint)bucket), (uint)TokenBuckets.Count, nameof(bucket));
        return (int)bucket;
    }

    /// <summary>The counts by the value of <see cref="TokenBucket"/>, for code that treats all buckets alike.</summary>
    internal static ReadOnlySpan<long> CountsOf(in TokenUsage usage) => usage._counts;

    private TokenUsage(in TokenCounts counts) => _counts = counts;

    /// <summary>Makes a usage from counts that are already known to be disjoint and not negative.</summary>
    internal static TokenUsage FromCounts(in TokenCounts counts) => new(in counts);

    /// <summary>Adds two usages bucket by bucket.</summary>
    /// <remarks>Prices of long contexts are decided per call: add <em>costs</em> of calls, not their usage, where a model has such
    /// tiers.</remarks>
    /// <param name="left">The first usage.</param>
    /// <param name="right">The second usage.</param>
    /// <returns>The sums.</returns>
    /// <exception cref="OverflowException">A sum exceeds <see cref="long.MaxValue"/>.</exception>
    public static TokenUsage operator +(TokenUsage left, TokenUsage right)
    {
        TokenCounts sum = default;
        for (int i = 0; i < TokenBuckets.Count; i++)
        {
            sum[i] = Add((TokenBucket)i, left._counts[i], right._counts[i]);
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
                    $"Subtracting {right._counts[i]} from {left._counts[i]} {TokenBuckets.NameOf((TokenBucket)i)} tokens leaves less "
                        + $"than nothing. " +
                    $"Subtract a usage that is part of the first one."));
            }
        }

        return new TokenUsage(in difference);
    }

    /// <inheritdoc cref="op_Addition(TokenUsage, TokenUsage)"/>
    public static TokenUsage Add(TokenUsage left, TokenUsage right) => left + right;

    /// <inheritdoc cref="op_Subtraction(TokenUsage, TokenUsage)"/>
    public static TokenUsage Subtract(TokenUsage left, TokenUsage right) => left - right;

    /// <summary>Determines whether all counts are equal.</summary>
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
        foreach (TokenBucketInfo row in TokenBuckets.All)
        {
            if (this[row.Bucket] != 0)
            {
                text.Append(text.Length == 0 ? "" : ", ").Append(CultureInfo.InvariantCulture, $"{row.Name} {this[row.Bucket]}");
            }
        }

        return text.Length == 0 ? "no tokens" : text.ToString();
    }

    private static long Add(TokenBucket bucket, long left, long right)
    {
        long sum = unchecked(left + right);
        return sum >= 0 ? sum : throw new OverflowException(string.Create(
            CultureInfo.InvariantCulture,
            $"{left} and {right} {TokenBuckets.NameOf(bucket)} tokens are more than {long.MaxValue}. Price the usage in smaller parts."));
    }

    private long Sum(ImmutableArray<TokenBucket> buckets)
    {
        long sum = 0;
        foreach (TokenBucket bucket in buckets)
        {
            sum = unchecked(sum + _counts[(int)bucket]);
            if (sum < 0)
            {
                throw new OverflowException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"The counts add up to more than {long.MaxValue} tokens. Price the usage in smaller parts."));
            }
        }

        return sum;
    }
}
