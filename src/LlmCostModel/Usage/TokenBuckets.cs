using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using static LlmCostModel.TokenBucket;

namespace LlmCostModel;

/// <summary>The table of all token buckets, from which everything else that lists them follows.</summary>
/// <remarks>
/// A new bucket is a member at the end of <see cref="TokenBucket"/>, a row here at its place in a receipt, and a property of
/// <see cref="TokenUsage"/> and <see cref="TokenRates"/>. Tests and the type's initialization insist on all four.
/// </remarks>
public static class TokenBuckets
{
    /// <summary>How many numbers a usage and a price row store: even, for vectors of two; the hot path takes four at a time and the
    /// last two apart, without a loop: <see cref="PriceRow"/> and <see cref="ContextSize"/> are changed with it.</summary>
    internal const int Lanes = 18;

    /// <summary>Sets of buckets are bits of a <see cref="uint"/>.</summary>
    private const int MostBuckets = 32;

    /// <summary>Gets all buckets in the order in which a receipt lists them.</summary>
    public static ImmutableArray<TokenBucketInfo> All { get; } =
    [
        Fresh(Input, TokenModality.Text, "fresh input tokens"),
        Read(CacheRead, TokenModality.Text, Input, "input tokens read from a cache"),
        Written(CacheWrite, null, "input tokens written to a cache for the provider's default time", billedLike: Input),
        Written(CacheWrite5m, TimeSpan.FromMinutes(5), "input tokens written to a cache for 5 minutes", billedLike: CacheWrite),
        Written(CacheWrite30m, TimeSpan.FromMinutes(30), "input tokens written to a cache for 30 minutes", billedLike: CacheWrite),
        Written(CacheWrite1h, TimeSpan.FromHours(1), "input tokens written to a cache for 1 hour"),
        Written(CacheWrite12h, TimeSpan.FromHours(12), "input tokens written to a cache for 12 hours"),
        Fresh(AudioInput, TokenModality.Audio, "fresh audio input tokens"),
        Read(AudioCacheRead, TokenModality.Audio, AudioInput, "audio input tokens read from a cache"),
        Fresh(ImageInput, TokenModality.Image, "fresh image input tokens", billedLike: Input),
        Read(ImageCacheRead, TokenModality.Image, ImageInput, "image input tokens read from a cache", billedLike: CacheRead),
        Fresh(VideoInput, TokenModality.Video, "fresh video input tokens", billedLike: Input),
        Read(VideoCacheRead, TokenModality.Video, VideoInput, "video input tokens read from a cache", billedLike: CacheRead),
        Produced(Output, TokenModality.Text, "output tokens without reasoning"),
        Produced(Reasoning, TokenModality.Text, "reasoning tokens", billedLike: Output),
        Produced(AudioOutput, TokenModality.Audio, "audio output tokens"),
        Produced(ImageOutput, TokenModality.Image, "image output tokens"),
        Produced(VideoOutput, TokenModality.Video, "video output tokens"),
    ];

    private static readonly TokenBucketInfo[] ByValue = Index(All);

    /// <summary>The number of buckets; their values are all below it.</summary>
    internal static int Count { get; } = ByValue.Length;

    /// <summary>The buckets of <see cref="All"/>.</summary>
    internal static ImmutableArray<TokenBucket> InOrder { get; } = Where(_ => true);

    /// <summary>The names of <see cref="All"/>.</summary>
    internal static ImmutableArray<string> AllNames { get; } = [.. All.Select(row => row.Name)];

    internal static ImmutableArray<TokenBucket> Inputs { get; } = Where(row => row.Side == TokenSide.Input);

    internal static ImmutableArray<TokenBucket> FreshInputs { get; } =
        Where(row => row.Side == TokenSide.Input && row.CacheRole == CacheRole.None);

    internal static ImmutableArray<TokenBucket> CacheReads { get; } = Where(row => row.CacheRole == CacheRole.Read);

    /// <summary>Gets the buckets of input that is written to a cache, in the order of <see cref="All"/>.</summary>
    public static ImmutableArray<TokenBucket> CacheWrites { get; } = Where(row => row.CacheRole == CacheRole.Write);

    internal static ImmutableArray<TokenBucket> Outputs { get; } = Where(row => row.Side == TokenSide.Output);

    /// <summary>Gets what holds for one bucket.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <returns>Its row.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bucket"/> is not a bucket.</exception>
    public static TokenBucketInfo Get(TokenBucket bucket)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(unchecked((uint)bucket), (uint)Count, nameof(bucket));
        return ByValue[(int)bucket];
    }

    /// <summary>Finds a bucket by its name, in any letter case, so that names of rate cards and keys of JSON are both found.</summary>
    /// <param name="name">The name, such as <c>CacheRead</c> or <c>cacheRead</c>.</param>
    /// <param name="bucket">The bucket, when the result is <see langword="true"/>.</param>
    /// <returns>Whether a bucket has the name. Numbers are not names.</returns>
    public static bool TryParse(ReadOnlySpan<char> name, out TokenBucket bucket)
    {
        foreach (TokenBucketInfo row in All)
        {
            if (name.Equals(row.Name, StringComparison.OrdinalIgnoreCase))
            {
                bucket = row.Bucket;
                return true;
            }
        }

        bucket = default;
        return false;
    }

    internal static string NameOf(TokenBucket bucket) => ByValue[(int)bucket].Name;

    /// <summary>One bit per bucket, at the position of its value.</summary>
    internal static uint MaskOf(ImmutableArray<TokenBucket> buckets)
    {
        uint mask = 0;
        foreach (TokenBucket bucket in buckets)
        {
            mask |= 1u << (int)bucket;
        }

        return mask;
    }

    /// <summary>Orders rows by the value of their bucket. A bucket without a row would price as nothing, so nothing works without
    /// it.</summary>
    /// <exception cref="InvalidOperationException">A bucket has no row, or two; or there are more than the vectors hold.</exception>
    internal static TokenBucketInfo[] Index(ImmutableArray<TokenBucketInfo> rows)
    {
        TokenBucket[] buckets = Enum.GetValues<TokenBucket>();
        TokenBucketInfo[] index = new TokenBucketInfo[buckets.Length];
        for (int i = 0; i < buckets.Length; i++)
        {
            int count = rows.Count(row => row.Bucket == buckets[i]);
            if (count != 1 || (int)buckets[i] != i)
            {
                throw new InvalidOperationException(
                    $"TokenBucket.{buckets[i]} has the value {(int)buckets[i]} and {count} rows in TokenBuckets.All. " +
                    "Number the members from 0 and give each one row.");
            }

            index[i] = rows.First(row => row.Bucket == buckets[i]);
        }

        if (buckets.Length > Math.Min(Lanes, MostBuckets) || Lanes % 2 != 0)
        {
            throw new InvalidOperationException(
                $"There are {buckets.Length} buckets, but vectors of {Lanes} numbers and sets of {MostBuckets}. " +
                "Raise TokenBuckets.Lanes to the next multiple of 2, and load the new numbers in PriceRow.TryMultiply and ContextSize.Of.");
        }

        return index;
    }

    private static ImmutableArray<TokenBucket> Where(Func<TokenBucketInfo, bool> condition) =>
        [.. All.Where(condition).Select(row => row.Bucket)];

    // With `using static` the expression of the first argument is the member's name: no second list of names, and no reflection for it.
    private static TokenBucketInfo Fresh(
        TokenBucket bucket,
        TokenModality modality,
        string description,
        TokenBucket? billedLike = null,
        [CallerArgumentExpression(nameof(bucket))] string name = "") =>
        new(bucket, name, description) { Side = TokenSide.Input, Modality = modality, BilledLike = billedLike };

    private static TokenBucketInfo Read(
        TokenBucket bucket,
        TokenModality modality,
        TokenBucket uncached,
        string description,
        TokenBucket? billedLike = null,
        [CallerArgumentExpression(nameof(bucket))] string name = "") => new(bucket, name, description)
        {
            Side = TokenSide.Input,
            Modality = modality,
            CacheRole = CacheRole.Read,
            Uncached = uncached,
            BilledLike = billedLike,
        };

    private static TokenBucketInfo Written(
        TokenBucket bucket,
        TimeSpan? timeToLive,
        string description,
        TokenBucket? billedLike = null,
        [CallerArgumentExpression(nameof(bucket))] string name = "") => new(bucket, name, description)
        {
            Side = TokenSide.Input,
            CacheRole = CacheRole.Write,
            TimeToLive = timeToLive,
            Uncached = Input,
            BilledLike = billedLike,
        };

    private static TokenBucketInfo Produced(
        TokenBucket bucket,
        TokenModality modality,
        string description,
        TokenBucket? billedLike = null,
        [CallerArgumentExpression(nameof(bucket))] string name = "") =>
        new(bucket, name, description) { Side = TokenSide.Output, Modality = modality, BilledLike = billedLike };
}
