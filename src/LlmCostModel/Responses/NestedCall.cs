using System.Text.Json.Serialization;

namespace LlmCostModel;

/// <summary>A call that the provider made inside a call and bills by itself, at the prices of its own model and its own size. It is not
/// part of <see cref="UsageReading.Usage"/>. The type is immutable.</summary>
[JsonConverter(typeof(JsonValueConverter<NestedCall>))]
public sealed record NestedCall : IJsonValue<NestedCall>
{
    /// <summary>Gets what the call was made for.</summary>
    public required CallRole Role { get; init; }

    /// <summary>Gets the id of the model that answered; <see langword="null"/> when the response names none, so that it is the model of the
    /// whole call.</summary>
    public string? Model { get; init; }

    /// <summary>Gets what it consumed.</summary>
    public required TokenUsage Usage { get; init; }

    /// <summary>Gets how it was served, as far as the response says so of this call; the rest is as the whole call was served.</summary>
    public CallContext Served { get; init; }

    /// <summary>Gets what it consumed besides tokens; <see langword="null"/> means nothing.</summary>
    public MeteredQuantities? Meters { get; init; }

    /// <summary>Shows role, model and usage in the invariant culture.</summary>
    /// <returns>Such as <c>Advisor claude-opus-4-8: Input 400, Output 500</c>.</returns>
    public override string ToString() => $"{Role} {Model ?? "of the same model"}: {Usage}";

    private static readonly JsonObject<NestedCall> Shape = new JsonObject<NestedCall>(() => new() { Role = CallRole.Main, Usage = default })
        .Required("role", JsonOf.Name<CallRole>(), value => value.Role, (owner, value) => owner with { Role = value })
        .Optional("model", JsonOf.Text, value => value.Model, (owner, value) => owner with { Model = value })
        .Required("usage", JsonOf.Value<TokenUsage>(), value => value.Usage, (owner, value) => owner with { Usage = value })
        .Optional("served", JsonOf.Value<CallContext>(), value => value.Served, (owner, value) => owner with { Served = value })
        .Optional("meters", JsonOf.Value<MeteredQuantities>(), value => value.Meters, (owner, value) => owner with { Meters = value });

    static JsonConverter<NestedCall> IJsonValue<NestedCall>.Json => Shape;
}
