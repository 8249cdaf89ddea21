using System.Text.Json.Serialization;

namespace LlmCostModel.Catalog;

/// <summary>A model as one provider sells it. The type is immutable.</summary>
[JsonConverter(typeof(JsonValueConverter<ModelAtProvider>))]
public sealed record ModelAtProvider : IJsonValue<ModelAtProvider>
{
    /// <summary>Gets the provider; <see langword="null"/> for a card without one.</summary>
    public string? Provider { get; init; }

    /// <summary>Gets the id of the model.</summary>
    public required string Model { get; init; }

    /// <summary>Shows both.</summary>
    /// <returns>Such as <c>gpt-4o at openai</c>.</returns>
    public override string ToString() => Provider is null ? Model : $"{Model} at {Provider}";

    private static readonly JsonObject<ModelAtProvider> Shape = new JsonObject<ModelAtProvider>(() => new() { Model = "" })
        .Optional("provider", JsonOf.Text, value => value.Provider, (owner, value) => owner with { Provider = value })
        .Required("model", JsonOf.Text, value => value.Model, (owner, value) => owner with { Model = value });

    static JsonConverter<ModelAtProvider> IJsonValue<ModelAtProvider>.Json => Shape;
}
