using System.Text.Json.Serialization;

namespace LlmCostModel.Planning;

/// <summary>A cache that finds the longest prefix any earlier request had in common, in whole blocks.</summary>
/// <remarks>The rule of OpenAI up to GPT-5.5, xAI, Mistral and of serving engines such as vLLM, whose memory is a number of
/// blocks.</remarks>
[JsonConverter(typeof(JsonValueConverter<PrefixCachePolicy>))]
public sealed record PrefixCachePolicy : CachePolicy, IJsonValue<PrefixCachePolicy>
{
    /// <summary>Gets the step to which a hit is rounded down, in tokens: 128 at OpenAI, 16 at vLLM.</summary>
    /// <value>Default 1: hits are exact.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int Granularity
    {
        get;
        init =>
            field =
                value >= 1
                    ? value
                    : throw new ArgumentOutOfRangeException(
                        nameof(Granularity),
                        value,
                        "A step must have at least 1 token. Use 1 where hits are not rounded.");
    } = 1;

    /// <summary>Gets how many segments (blocks, in a trace) fit; the least recently used go first, the end of a prompt before its
    /// start.</summary>
    /// <value>Default <see langword="null"/>: no limit, as at a provider.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public long? CapacityBlocks
    {
        get;
        init =>
            field = value is null or >= 1
                ? value
                : throw new ArgumentOutOfRangeException(
                    nameof(CapacityBlocks),
                    value,
                    "A cache must hold at least 1 block. Use null for a cache without limit.");
    }

    internal override string ToText() => Shape.ToText(this);

    internal static readonly JsonObject<PrefixCachePolicy> Shape = new JsonObject<PrefixCachePolicy>(() => new())
        .Optional("name", JsonOf.Text, value => value.Name, (owner, value) => owner with { Name = value })
        .Maybe("asOf", JsonOf.Date, value => value.AsOf, (owner, value) => owner with { AsOf = value })
        .Optional("source", JsonOf.OfText(text => new Uri(text, UriKind.RelativeOrAbsolute), uri => uri.OriginalString),
            value => value.Source, (owner, value) => owner with { Source = value })
        .Optional("assumption", JsonOf.Text, value => value.Assumption, (owner, value) => owner with { Assumption = value })
        .Optional("minimumTokens", JsonOf.Int64, value => value.MinimumTokens, (owner, value) => owner with { MinimumTokens = value })
        .Optional("minimumByModel", JsonOf.Flag, value => value.MinimumByModel, (owner, value) => owner with { MinimumByModel = value })
        .Maybe("timeToLive", JsonOf.Duration, value => value.TimeToLive, (owner, value) => owner with { TimeToLive = value })
        .Optional("refreshOnRead", JsonOf.Flag, value => value.RefreshOnRead, (owner, value) => owner with { RefreshOnRead = value })
        .Optional("readableAfter", JsonOf.Duration, value => value.ReadableAfter, (owner, value) => owner with { ReadableAfter = value })
        .Maybe("writeBucket", JsonOf.Name<TokenBucket>(),
            value => value.WriteBucket, (owner, value) => owner with { WriteBucket = value })
        .Optional("granularity", JsonOf.Int32, value => value.Granularity, (owner, value) => owner with { Granularity = value })
        .Maybe("capacityBlocks", JsonOf.Int64, value => value.CapacityBlocks, (owner, value) => owner with { CapacityBlocks = value });

    static JsonConverter<PrefixCachePolicy> IJsonValue<PrefixCachePolicy>.Json => Shape;
}
