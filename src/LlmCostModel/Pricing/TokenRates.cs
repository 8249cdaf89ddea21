namespace LlmCostModel;

/// <summary>Prices of one model's tokens, each per 1,000,000 tokens in the rate card's currency.</summary>
/// <remarks>
/// <see langword="null"/> is "not known", 0 is "free"; in a rule, <see langword="null"/> is "as before". Prices are not negative.
/// Equality is numeric: 2.5 equals 2.50. The type is immutable.
/// </remarks>
public sealed partial record TokenRates
{
    /// <summary>The rates of which none is known; shared, for nothing can change it.</summary>
    internal static TokenRates None { get; } = new();

    private readonly decimal?[] _rates;

    /// <summary>Makes rates in which no price is known.</summary>
    public TokenRates() => _rates = new decimal?[TokenBuckets.Count];

    /// <summary>Takes over an array of prices that are known not to be negative, one per bucket.</summary>
    internal TokenRates(decimal?[] rates) => _rates = rates;

    // `with` must not share the array that the new object's init accessors write to.
    private TokenRates(TokenRates original) => _rates = [.. original._rates];

    /// <summary>Gets the price of text input that was neither read from a cache nor written to one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative. This holds for every price of the type.</exception>
    public decimal? Input { get => _rates[(int)TokenBucket.Input]; init => Set(TokenBucket.Input, value); }

    /// <summary>Gets the price of text input read from a cache.</summary>
    public decimal? CacheRead { get => _rates[(int)TokenBucket.CacheRead]; init => Set(TokenBucket.CacheRead, value); }

    /// <summary>Gets the price of input written to a cache with the provider's default time to live.</summary>
    public decimal? CacheWrite { get => _rates[(int)TokenBucket.CacheWrite]; init => Set(TokenBucket.CacheWrite, value); }

    /// <summary>Gets the price of input written to a cache for 5 minutes.</summary>
    public decimal? CacheWrite5m { get => _rates[(int)TokenBucket.CacheWrite5m]; init => Set(TokenBucket.CacheWrite5m, value); }

    /// <summary>Gets the price of input written to a cache for 30 minutes.</summary>
    public decimal? CacheWrite30m { get => _rates[(int)TokenBucket.CacheWrite30m]; init => Set(TokenBucket.CacheWrite30m, value); }

    /// <summary>Gets the price of input written to a cache for 1 hour.</summary>
    public decimal? CacheWrite1h { get => _rates[(int)TokenBucket.CacheWrite1h]; init => Set(TokenBucket.CacheWrite1h, value); }

    /// <summary>Gets the price of input written to a cache for 12 hours.</summary>
    public decimal? CacheWrite12h { get => _rates[(int)TokenBucket.CacheWrite12h]; init => Set(TokenBucket.CacheWrite12h, value); }

    /// <summary>Gets the price of fresh audio input.</summary>
    public decimal? AudioInput { get => _rates[(int)TokenBucket.AudioInput]; init => Set(TokenBucket.AudioInput, value); }

    /// <summary>Gets the price of audio input read from a cache.</summary>
    public decimal? AudioCacheRead { get => _rates[(int)TokenBucket.AudioCacheRead]; init => Set(TokenBucket.AudioCacheRead, value); }

    /// <summary>Gets the price of fresh image input.</summary>
    public decimal? ImageInput { get => _rates[(int)TokenBucket.ImageInput]; init => Set(TokenBucket.ImageInput, value); }

    /// <summary>Gets the price of image input read from a cache.</summary>
    public decimal? ImageCacheRead { get => _rates[(int)TokenBucket.ImageCacheRead]; init => Set(TokenBucket.ImageCacheRead, value); }

    /// <summary>Gets the price of fresh video input.</summary>
    public decimal? VideoInput { get => _rates[(int)TokenBucket.VideoInput]; init => Set(TokenBucket.VideoInput, value); }

    /// <summary>Gets the price of video input read from a cache.</summary>
    public decimal? VideoCacheRead { get => _rates[(int)TokenBucket.VideoCacheRead]; init => Set(TokenBucket.VideoCacheRead, value); }

    /// <summary>Gets the price of text output without reasoning.</summary>
    public decimal? Output { get => _rates[(int)TokenBucket.Output]; init => Set(TokenBucket.Output, value); }

    /// <summary>Gets the price of reasoning (thinking) output.</summary>
    public decimal? Reasoning { get => _rates[(int)TokenBucket.Reasoning]; init => Set(TokenBucket.Reasoning, value); }

    /// <summary>Gets the price of audio output.</summary>
    public decimal? AudioOutput { get => _rates[(int)TokenBucket.AudioOutput]; init => Set(TokenBucket.AudioOutput, value); }

    /// <summary>Gets the price of image output.</summary>
    public decimal? ImageOutput { get => _rates[(int)TokenBucket.ImageOutput]; init => Set(TokenBucket.ImageOutput, value); }

    /// <summary>Gets the price of video output.</summary>
    public decimal? VideoOutput { get => _rates[(int)TokenBucket.VideoOutput]; init => Set(TokenBucket.VideoOutput, value); }

    /// <summary>Gets the price of one bucket per 1,000,000 tokens, <see langword="null"/> when it is not known.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bucket"/> is not a bucket.</exception>
    public decimal? this[TokenBucket bucket]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(unchecked((uint)bucket), (uint)TokenBuckets.Count, nameof(bucket));
            return _rates[(int)bucket];
        }
    }

    /// <summary>Returns a copy in which one bucket has the given price.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="perMillionTokens">The price per 1,000,000 tokens, not negative; <see langword="null"/> makes it unknown.</param>
    /// <returns>The copy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The bucket does not exist or the price is negative.</exception>
    public TokenRates With(TokenBucket bucket, decimal? perMillionTokens)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(unchecked((uint)bucket), (uint)TokenBuckets.Count, nameof(bucket));
        TokenRates copy = new(this);
        copy.Set(bucket, perMillionTokens);
        return copy;
    }

    /// <summary>Determines whether all prices are numerically equal.</summary>
    /// <param name="other">The rates to compare with.</param>
    /// <returns><see langword="true"/> if every bucket has the same price or is unknown in both.</returns>
    public bool Equals(TokenRates? other) => other is not null && _rates.AsSpan().SequenceEqual(other._rates);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach (decimal? rate in _rates)
        {
            hash.Add(rate);
        }

        return hash.ToHashCode();
    }

    /// <summary>Lists the known prices in the invariant culture.</summary>
    /// <returns>Such as <c>Input 0.55, CacheRead 0.14, Output 2.19 per 1,000,000 tokens</c>.</returns>
    public override string ToString()
    {
        IEnumerable<TokenBucketInfo> known = TokenBuckets.All.Where(row => this[row.Bucket] is not null);
        string text = string.Join(", ", known.Select(row => $"{row.Name} {AmountFormat.ToText(this[row.Bucket]!.Value)}"));
        return text.Length == 0 ? "no known prices" : text + " per 1,000,000 tokens";
    }

    private void Set(TokenBucket bucket, decimal? perMillionTokens) =>
        _rates[(int)bucket] = RateGuard.NotNegative(perMillionTokens, TokenBuckets.NameOf(bucket));
}
