using System.Text.Json.Serialization;

namespace LlmCostModel;

/// <summary>An id that another id may stand for. The type is immutable.</summary>
[JsonConverter(typeof(JsonValueConverter<ModelIdCandidate>))]
public sealed record ModelIdCandidate : IJsonValue<ModelIdCandidate>
{
    /// <summary>Gets the candidate id.</summary>
    public required string ModelId { get; init; }

    /// <summary>Gets the provider that the id names; <see langword="null"/> when it names none, so that the call's own counts.</summary>
    public string? Provider { get; init; }

    /// <summary>Gets the region that the id names; <see langword="null"/> when it names none.</summary>
    public string? Region { get; init; }

    /// <summary>Gets what was done, in words, such as <c>region prefix 'us.' taken off</c>; empty when the id was taken as it is.</summary>
    public IReadOnlyList<string> Steps { get; init => field = EquatableList<string>.Of(value); } = [];

    /// <summary>Gets what the id says of the request, such as the size of an image; <see langword="null"/> for nothing. It counts for
    /// attributes that the call does not give.</summary>
    public CallAttributes? Attributes { get; init; }

    /// <summary>Gets the service tier that the id asks for; <see langword="null"/> when it names none. It counts for calls that give no
    /// tier.</summary>
    public string? Tier { get; init; }

    /// <summary>Gets the snapshot that the candidate leaves the date out of; <see langword="null"/> for none. One that is younger than the
    /// prices, and in no rate card, does not count: it may have its own price.</summary>
    public ModelSnapshot? Snapshot { get; init; }

    /// <summary>Gets whether another instant may lead to another model, so that the match must not be remembered.</summary>
    public bool DependsOnTime { get; init; }

    /// <summary>Shows model, provider and what was done.</summary>
    /// <returns>Such as <c>claude-opus-4-8 at bedrock: region prefix 'us.' taken off</c>.</returns>
    public override string ToString() =>
        $"{ModelId} at {Provider ?? "any provider"}" + (Steps.Count == 0 ? "" : ": " + string.Join(", ", Steps));

    private static readonly JsonObject<ModelIdCandidate> Shape = new JsonObject<ModelIdCandidate>(() => new() { ModelId = "" })
        .Required("modelId", JsonOf.Text, value => value.ModelId, (owner, value) => owner with { ModelId = value })
        .Optional("provider", JsonOf.Text, value => value.Provider, (owner, value) => owner with { Provider = value })
        .Optional("region", JsonOf.Text, value => value.Region, (owner, value) => owner with { Region = value })
        .Optional("steps", JsonOf.List(JsonOf.Text), value => value.Steps, (owner, value) => owner with { Steps = value })
        .Optional("attributes", JsonOf.Value<CallAttributes>(),
            value => value.Attributes, (owner, value) => owner with { Attributes = value })
        .Optional("tier", JsonOf.Text, value => value.Tier, (owner, value) => owner with { Tier = value })
        .Optional("snapshot", JsonOf.Value<ModelSnapshot>(), value => value.Snapshot, (owner, value) => owner with { Snapshot = value })
        .Optional("dependsOnTime", JsonOf.Flag, value => value.DependsOnTime, (owner, value) => owner with { DependsOnTime = value });

    static JsonConverter<ModelIdCandidate> IJsonValue<ModelIdCandidate>.Json => Shape;
}
