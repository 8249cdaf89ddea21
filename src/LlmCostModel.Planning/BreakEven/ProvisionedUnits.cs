using System.Text.Json.Serialization;

namespace LlmCostModel.Planning;

/// <summary>How many units of provisioned throughput (PTUs, GSUs and their like) a load needs.</summary>
/// <remarks>
/// Every provider counts in plain input tokens: an output token counts as several, a cached one as a part, or not at all. <see
/// cref="ProvisionedPresets"/> has what they publish.
/// Counts are of text; images, audio and video have weights of their own, which are not part of this.
/// </remarks>
[JsonConverter(typeof(JsonValueConverter<ProvisionedUnits>))]
public sealed record ProvisionedUnits : IJsonValue<ProvisionedUnits>
{
    private static readonly TokenBucket[] LongWrites = [TokenBucket.CacheWrite1h, TokenBucket.CacheWrite12h];

    /// <summary>Gets how many input tokens a minute one unit serves.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public required decimal TokensPerMinute { get; init => field = Positive(value, nameof(TokensPerMinute)); }

    /// <summary>Gets how many input tokens an output token counts as; reasoning is output.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public required decimal OutputWeight { get; init => field = Positive(value, nameof(OutputWeight)); }

    /// <summary>Gets how many input tokens a token read from a cache counts as: 0 at Microsoft Foundry, 0.1 at Vertex AI. There is no
    /// default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public required decimal CachedWeight { get; init => field = NotNegative(value, nameof(CachedWeight)); }

    /// <summary>Gets how many input tokens a token written to a cache for minutes counts as.</summary>
    /// <value>Default 1: writes are plain input.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public decimal WriteWeight { get; init => field = NotNegative(value, nameof(WriteWeight)); } = 1;

    /// <summary>Gets how many input tokens a token written to a cache for an hour or longer counts as.</summary>
    /// <value>Default 1: writes are plain input.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public decimal LongWriteWeight { get; init => field = NotNegative(value, nameof(LongWriteWeight)); } = 1;

    /// <summary>Gets the fewest units that are sold.</summary>
    /// <value>Default 1.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public long Minimum { get; init => field = (long)Positive(value, nameof(Minimum)); } = 1;

    /// <summary>Gets the step in which units are sold.</summary>
    /// <value>Default 1.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public long Increment { get; init => field = (long)Positive(value, nameof(Increment)); } = 1;

    /// <summary>Gets whose units these are, such as <c>vertex gemini-3.6-flash</c>.</summary>
    /// <value>Default empty.</value>
    public string Name { get; init; } = "";

    /// <summary>Gets the page that states the weights.</summary>
    public string? Source { get; init; }

    /// <summary>Gets when that page was read.</summary>
    public DateOnly? AsOf { get; init; }

    /// <summary>Gets what the weights leave out.</summary>
    public string? Assumption { get; init; }

    /// <summary>Computes how many units would just serve a load, if they were sold in any number.</summary>
    /// <param name="inputPerMinute">The input tokens a minute, cached or not.</param>
    /// <param name="cachedShare">The share of them that is read from a cache, 0 to 1; what is not read is plain input.</param>
    /// <param name="outputPerMinute">The output tokens a minute.</param>
    /// <returns>The units, correct to 28 digits.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public decimal ComputeLoad(decimal inputPerMinute, decimal cachedShare, decimal outputPerMinute)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(inputPerMinute);
        ArgumentOutOfRangeException.ThrowIfNegative(cachedShare);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(cachedShare, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(outputPerMinute);
        decimal cached = inputPerMinute * cachedShare;
        return ((inputPerMinute - cached) + (cached * CachedWeight) + (OutputWeight * outputPerMinute)) / TokensPerMinute;
    }

    /// <summary>Computes how many units would just serve a load, if they were sold in any number.</summary>
    /// <param name="perMinute">What is consumed in a minute: text only.</param>
    /// <returns>The units, correct to 28 digits.</returns>
    /// <exception cref="ArgumentException">There are tokens of images, audio or video.</exception>
    public decimal ComputeLoad(in TokenUsage perMinute)
    {
        decimal weighted = 0;
        foreach (TokenBucketInfo row in TokenBuckets.All)
        {
            if (perMinute[row.Bucket] is not 0 and var count)
            {
                weighted += count * (WeightOf(row.Bucket) ?? throw new ArgumentException(
                    $"{row.Name} has no weight here: these units are counted for text.", nameof(perMinute)));
            }
        }

        return weighted / TokensPerMinute;
    }

    /// <summary>Computes how many units must be bought for a load.</summary>
    /// <inheritdoc cref="ComputeLoad(decimal, decimal, decimal)"/>
    /// <returns>The units: at least <see cref="Minimum"/>, a multiple of <see cref="Increment"/>.</returns>
    public long ComputeNeeded(decimal inputPerMinute, decimal cachedShare, decimal outputPerMinute) =>
        Sold(ComputeLoad(inputPerMinute, cachedShare, outputPerMinute));

    /// <summary>Computes how many units must be bought for a load.</summary>
    /// <inheritdoc cref="ComputeLoad(in TokenUsage)"/>
    /// <returns>The units: at least <see cref="Minimum"/>, a multiple of <see cref="Increment"/>.</returns>
    public long ComputeNeeded(in TokenUsage perMinute) => Sold(ComputeLoad(in perMinute));

    private long Sold(decimal load) => checked((long)decimal.Ceiling(Math.Max(Minimum, load) / Increment) * Increment);

    private decimal? WeightOf(TokenBucket bucket) => bucket switch
    {
        TokenBucket.Input => 1,
        TokenBucket.CacheRead => CachedWeight,
        TokenBucket.Output or TokenBucket.Reasoning => OutputWeight,
        _ when LongWrites.Contains(bucket) => LongWriteWeight,
        _ when TokenBuckets.CacheWrites.Contains(bucket) => WriteWeight,
        _ => null,
    };

    private static decimal Positive(decimal value, string name) =>
        value > 0 ? value : throw new ArgumentOutOfRangeException(name, value, "Provisioned throughput is counted in positive numbers.");

    private static decimal NotNegative(decimal value, string name) =>
        value >= 0 ? value : throw new ArgumentOutOfRangeException(name, value, "A token counts as 0 or more input tokens.");

    /// <summary>Shows it as JSON on one line.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Shape.ToText(this);

    private static readonly JsonObject<ProvisionedUnits> Shape = new JsonObject<ProvisionedUnits>(
        () => new() { TokensPerMinute = 1, OutputWeight = 1, CachedWeight = 0 })
        .Required("tokensPerMinute", JsonOf.Decimal,
            value => value.TokensPerMinute, (owner, value) => owner with { TokensPerMinute = value })
        .Required("outputWeight", JsonOf.Decimal, value => value.OutputWeight, (owner, value) => owner with { OutputWeight = value })
        .Required("cachedWeight", JsonOf.Decimal, value => value.CachedWeight, (owner, value) => owner with { CachedWeight = value })
        .Optional("writeWeight", JsonOf.Decimal, value => value.WriteWeight, (owner, value) => owner with { WriteWeight = value })
        .Optional("longWriteWeight", JsonOf.Decimal,
            value => value.LongWriteWeight, (owner, value) => owner with { LongWriteWeight = value })
        .Optional("minimum", JsonOf.Int64, value => value.Minimum, (owner, value) => owner with { Minimum = value })
        .Optional("increment", JsonOf.Int64, value => value.Increment, (owner, value) => owner with { Increment = value })
        .Optional("name", JsonOf.Text, value => value.Name, (owner, value) => owner with { Name = value! })
        .Optional("source", JsonOf.Text, value => value.Source, (owner, value) => owner with { Source = value })
        .Maybe("asOf", JsonOf.Date, value => value.AsOf, (owner, value) => owner with { AsOf = value })
        .Optional("assumption", JsonOf.Text, value => value.Assumption, (owner, value) => owner with { Assumption = value });

    static JsonConverter<ProvisionedUnits> IJsonValue<ProvisionedUnits>.Json => Shape;
}
