using System.Text.Json.Serialization;

namespace LlmCostModel;

/// <summary>Which model an id stands for, and how that was found.</summary>
[JsonConverter(typeof(JsonValueConverter<ModelResolution>))]
public sealed record ModelResolution : IJsonValue<ModelResolution>
{
    /// <summary>Gets the id that was asked for.</summary>
    public required string RequestedId { get; init; }

    /// <summary>Gets the canonical id of the model.</summary>
    public required string ModelId { get; init; }

    /// <summary>Gets the provider whose prices apply; <see langword="null"/> when the rate card names none.</summary>
    public string? Provider { get; init; }

    /// <summary>Gets the name of the rate card.</summary>
    public required string RateCard { get; init; }

    /// <summary>Gets the kind of match.</summary>
    public required MatchKind Kind { get; init; }

    /// <summary>Gets the region that the id itself names; <see langword="null"/> when it names none. It counts for calls that give no
    /// region; <c>global</c> counts for all.</summary>
    public string? Region { get; init; }

    /// <summary>Gets what the id itself says of the request; <see langword="null"/> when it says nothing. It counts for attributes that the
    /// call does not give.</summary>
    public CallAttributes? Attributes { get; init; }

    /// <summary>Gets the service tier that the id itself asks for; <see langword="null"/> when it names none. It counts for calls that give
    /// no tier.</summary>
    public string? Tier { get; init; }

    /// <summary>Gets what was done to the id, in order, in words; empty for an exact match.</summary>
    public IReadOnlyList<string> Steps { get; init => field = EquatableList<string>.Of(value); } = [];

    /// <summary>Shows model, provider, card and how it was found.</summary>
    /// <returns>Such as <c>gpt-4o at openai, from card openai (Exact)</c>.</returns>
    public override string ToString() =>
        $"{ModelId} at {Provider ?? "any provider"}, from card {RateCard} ({Kind})"
        + (Steps.Count == 0 ? "" : ": " + string.Join(", ", Steps));

    private static readonly JsonObject<ModelResolution> Shape = new JsonObject<ModelResolution>(
        () => new() { RequestedId = "", ModelId = "", RateCard = "", Kind = MatchKind.Exact })
        .Required("requestedId", JsonOf.Text, value => value.RequestedId, (owner, value) => owner with { RequestedId = value })
        .Required("modelId", JsonOf.Text, value => value.ModelId, (owner, value) => owner with { ModelId = value })
        .Optional("provider", JsonOf.Text, value => value.Provider, (owner, value) => owner with { Provider = value })
        .Required("rateCard", JsonOf.Text, value => value.RateCard, (owner, value) => owner with { RateCard = value })
        .Required("kind", JsonOf.Name<MatchKind>(), value => value.Kind, (owner, value) => owner with { Kind = value })
        .Optional("region", JsonOf.Text, value => value.Region, (owner, value) => owner with { Region = value })
        .Optional("attributes", JsonOf.Value<CallAttributes>(),
            value => value.Attributes, (owner, value) => owner with { Attributes = value })
        .Optional("tier", JsonOf.Text, value => value.Tier, (owner, value) => owner with { Tier = value })
        .Optional("steps", JsonOf.List(JsonOf.Text), value => value.Steps, (owner, value) => owner with { Steps = value });

    static JsonConverter<ModelResolution> IJsonValue<ModelResolution>.Json => Shape;
}
