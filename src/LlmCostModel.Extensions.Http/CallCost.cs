using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace LlmCostModel;

/// <summary>What one call of a model cost, together with what the client knows of it: what observers and ledgers get. The type is
/// immutable.</summary>
[JsonConverter(typeof(JsonValueConverter<CallCost>))]
public sealed record CallCost : IJsonValue<CallCost>
{
    /// <summary>Gets what was asked for: <c>chat</c>, <c>embeddings</c>, <c>image</c>, <c>transcription</c> or <c>speech</c>.</summary>
    public required string Operation { get; init; }

    /// <summary>Gets the call and what it cost, part by part.</summary>
    public required PricedCall Priced { get; init; }

    /// <summary>Gets the provider's name as the client gives it, such as <c>openai</c>. It names the protocol, not who bills: see <see
    /// cref="CallContext.Provider"/>.</summary>
    public string? Protocol { get; init; }

    /// <summary>Gets the tags of the <see cref="CostScope"/> in which the call was made; empty outside of one.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init => field = EquatableTexts.Of(value); } = EquatableTexts.None;

    /// <summary>Gets when the call was sent. Its prices are those of this instant.</summary>
    public DateTimeOffset At => Priced.At;

    /// <inheritdoc cref="PricedCall.Status"/>
    public CostStatus Status => Priced.Status;

    /// <inheritdoc cref="PricedCall.Total"/>
    public Money? Total => Priced.Total;

    /// <inheritdoc cref="PricedCall.Issues"/>
    public ImmutableArray<CostIssue> Issues => Priced.Issues;

    /// <summary>Gets what the model that answered consumed, as disjoint counts; <see langword="null"/> when it is not known.</summary>
    public TokenUsage? Usage => Priced.Main.Usage;

    /// <summary>Gets the model that was asked for; <see langword="null"/> when neither the request nor the client names one.</summary>
    public string? RequestedModel => Priced.Call.RequestedModel;

    /// <summary>Gets the model that answered; <see langword="null"/> when the response names none.</summary>
    public string? ResponseModel => Priced.Call.Reading.Model;

    /// <summary>Shows model, cost and issues in the invariant culture.</summary>
    /// <returns>Such as <c>o1: 0.03 USD</c> or <c>o1: unpriced: ...</c>.</returns>
    public override string ToString() => Priced.ToString();

    /// <summary>The call as JSON, on one line.</summary>
    internal string ToJson() => Shape.ToText(this);

    private static readonly JsonObject<CallCost> Shape = new JsonObject<CallCost>(() => new() { Operation = "", Priced = null! })
        .Required("operation", JsonOf.Text, value => value.Operation, (owner, value) => owner with { Operation = value })
        .Optional("protocol", JsonOf.Text, value => value.Protocol, (owner, value) => owner with { Protocol = value })
        .Optional("tags", JsonOf.By<IReadOnlyDictionary<string, string>, IReadOnlyList<KeyValuePair<string, string>>>(
                JsonOf.Entries(JsonOf.Text), tags => [.. tags.OrderBy(tag => tag.Key, StringComparer.Ordinal)], EquatableTexts.Of),
            value => value.Tags, (owner, value) => owner with { Tags = value })
        .Required("priced", JsonOf.Value<PricedCall>(), value => value.Priced, (owner, value) => owner with { Priced = value });

    static JsonConverter<CallCost> IJsonValue<CallCost>.Json => Shape;
}
