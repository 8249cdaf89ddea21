using System.Text.Json.Serialization;

namespace LlmCostModel.Planning;

/// <summary>A cache that is read only where an earlier request wrote an entry: at its breakpoints and, where the provider sets one, at the
/// end of the prompt.</summary>
/// <remarks>The rule of Anthropic, Amazon Bedrock, OpenAI from GPT-5.6, and Alibaba's explicit cache. A read takes the longest entry that
/// is a prefix of the prompt;
/// what lies between it and the request's highest breakpoint is written, once.</remarks>
[JsonConverter(typeof(JsonValueConverter<EntryCachePolicy>))]
public sealed record EntryCachePolicy : CachePolicy, IJsonValue<EntryCachePolicy>
{
    /// <summary>Gets whether the end of every prompt is a breakpoint without being asked for.</summary>
    /// <value>Default <see langword="true"/>. When <see langword="false"/>, a prompt without breakpoints is neither read from the cache nor
    /// written to it.</value>
    public bool AutomaticBreakpoint { get; init; } = true;

    /// <summary>Gets how many breakpoints of one request count, the automatic one included; the last ones of the prompt are kept.</summary>
    /// <value>Default: no limit. 4 at Anthropic and OpenAI.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int MaximumBreakpoints { get; init => field = AtLeastOne(value, nameof(MaximumBreakpoints)); } = int.MaxValue;

    /// <summary>Gets how many segments, counted back from each breakpoint and including the one that ends there, are searched for an
    /// entry.</summary>
    /// <value>Default: no limit. 20 at Anthropic. It plays no part in a trace of blocks, see <see
    /// cref="PromptRequest.WholeBlocks"/>.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int Lookback { get; init => field = AtLeastOne(value, nameof(Lookback)); } = int.MaxValue;

    /// <summary>Gets whether the cache itself notices what two prompts have in common and writes an entry there, which the third can read
    /// (DeepSeek V4).</summary>
    /// <value>Default <see langword="false"/>. Takes memory for every live segment, not only for every entry.</value>
    public bool DetectCommonPrefix { get; init; }

    /// <summary>Gets whether the time that entries live is paid for, by token (Gemini): from when an entry is written until it expires,
    /// whether or not it is read.</summary>
    /// <value>Default <see langword="false"/>. Needs a <see cref="CachePolicy.TimeToLive"/>, and excludes <see cref="DetectCommonPrefix"/>:
    /// a <see cref="CacheSimulator"/> refuses anything else.</value>
    public bool BillsStorage { get; init; }

    private static int AtLeastOne(int value, string name) =>
        value >= 1 ? value : throw new ArgumentOutOfRangeException(name, value, "At least 1. Leave it out where there is no limit.");

    internal override string ToText() => Shape.ToText(this);

    internal static readonly JsonObject<EntryCachePolicy> Shape = new JsonObject<EntryCachePolicy>(() => new())
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
        .Optional("automaticBreakpoint", JsonOf.Flag,
            value => value.AutomaticBreakpoint, (owner, value) => owner with { AutomaticBreakpoint = value })
        .Optional("maximumBreakpoints", JsonOf.Int32,
            value => value.MaximumBreakpoints, (owner, value) => owner with { MaximumBreakpoints = value })
        .Optional("lookback", JsonOf.Int32, value => value.Lookback, (owner, value) => owner with { Lookback = value })
        .Optional("detectCommonPrefix", JsonOf.Flag,
            value => value.DetectCommonPrefix, (owner, value) => owner with { DetectCommonPrefix = value })
        .Optional("billsStorage", JsonOf.Flag, value => value.BillsStorage, (owner, value) => owner with { BillsStorage = value });

    static JsonConverter<EntryCachePolicy> IJsonValue<EntryCachePolicy>.Json => Shape;
}
