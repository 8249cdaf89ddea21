using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;

namespace LlmCostModel.Planning;

/// <summary>A request as a prompt cache sees it: when it starts, what the prompt is made of, and how long the answer is.</summary>
[JsonConverter(typeof(JsonValueConverter<PromptRequest>))]
public sealed record PromptRequest : IJsonValue<PromptRequest>
{
    private readonly EquatableArray<PromptSegment> _prompt;

    /// <summary>Gets when the request starts.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Gets the prompt, from its first token on; empty for a prompt without content.</summary>
    public required ImmutableArray<PromptSegment> Prompt { get => _prompt; init => _prompt = value; }

    /// <summary>Gets who shares a cache: tenant, workspace, model and tier in one name. Requests of different scopes never read each
    /// other's entries.</summary>
    /// <value>Default empty: all in one.</value>
    /// <exception cref="ArgumentNullException">The value is <see langword="null"/>.</exception>
    public string Scope
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(Scope));
    } = "";

    /// <summary>Gets how many of the segments, from the first on, are whole blocks of a trace, which was cut by length and not at the ends
    /// of messages.</summary>
    /// <value>Default <see langword="null"/>: the segments are parts of the prompt as the caller sent them.</value>
    /// <remarks>Where it is given, an <see cref="EntryCachePolicy"/> has its automatic breakpoint at the last whole block, because what
    /// follows it never comes back, and no <see cref="EntryCachePolicy.Lookback"/>: that counts parts of messages, which a trace of
    /// blocks does not know.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int? WholeBlocks
    {
        get;
        init =>
            field =
                value is null or >= 0
                    ? value
                    : throw new ArgumentOutOfRangeException(nameof(WholeBlocks), value, "A prompt cannot have fewer than 0 whole blocks.");
    }

    /// <summary>Gets whether <see cref="At"/> only tells when the request starts after others: then prices are those of one instant for
    /// all.</summary>
    /// <value>Default <see langword="false"/>: it really started then, and has the prices of then.</value>
    public bool IsRelative { get; init; }

    /// <summary>Gets the tokens of the answer, without reasoning.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public long OutputTokens
    {
        get;
        init =>
            field =
                value >= 0
                    ? value
                    : throw new ArgumentOutOfRangeException(nameof(OutputTokens), value, "An answer cannot have fewer than 0 tokens.");
    }

    /// <summary>Gets the reasoning tokens of the answer.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public long ReasoningTokens
    {
        get;
        init =>
            field =
                value >= 0
                    ? value
                    : throw new ArgumentOutOfRangeException(
                        nameof(ReasoningTokens),
                        value,
                        "An answer cannot have fewer than 0 reasoning tokens.");
    }

    /// <summary>Shows instant and sizes in the invariant culture.</summary>
    /// <returns>Such as <c>2026-11-20T12:00:00Z: 1400 prompt tokens in 3 segments, 200 output tokens</c>.</returns>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{AmountFormat.ToText(At)}: {Prompt.Sum(segment => segment.Tokens)} prompt tokens in {Prompt.Length} segments, "
        + $"{OutputTokens + ReasoningTokens} output tokens");

    private static readonly JsonObject<PromptRequest> Shape = new JsonObject<PromptRequest>(() => new() { At = default, Prompt = [] })
        .Required("at", JsonOf.Instant, value => value.At, (owner, value) => owner with { At = value })
        .Required("prompt", JsonOf.Array(JsonOf.Value<PromptSegment>()),
            value => value.Prompt, (owner, value) => owner with { Prompt = value })
        .Optional("scope", JsonOf.Text, value => value.Scope, (owner, value) => owner with { Scope = value })
        .Optional("outputTokens", JsonOf.Int64, value => value.OutputTokens, (owner, value) => owner with { OutputTokens = value })
        .Optional("reasoningTokens", JsonOf.Int64,
            value => value.ReasoningTokens, (owner, value) => owner with { ReasoningTokens = value })
        .Maybe("wholeBlocks", JsonOf.Int32, value => value.WholeBlocks, (owner, value) => owner with { WholeBlocks = value })
        .Optional("isRelative", JsonOf.Flag, value => value.IsRelative, (owner, value) => owner with { IsRelative = value });

    static JsonConverter<PromptRequest> IJsonValue<PromptRequest>.Json => Shape;
}
