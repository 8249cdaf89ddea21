using System.ComponentModel;
using System.Text.Json.Serialization;

namespace LlmCostModel;

/// <summary>What one of the caller's own deployment names stands for. The type is immutable.</summary>
[TypeConverter(typeof(ModelDeploymentConverter))]
[JsonConverter(typeof(JsonValueConverter<ModelDeployment>))]
public sealed record ModelDeployment : IJsonValue<ModelDeployment>
{
    /// <summary>Gets the id of the model that is deployed.</summary>
    public required string Model { get; init; }

    /// <summary>Gets the provider that bills it; <see langword="null"/> when the model id alone says it.</summary>
    public string? Provider { get; init; }

    /// <summary>Gets the region of the deployment; <see langword="null"/> for none in particular.</summary>
    public string? Region { get; init; }

    /// <summary>Shows model, provider and region.</summary>
    /// <returns>Such as <c>gpt-4o at azure in eu</c>.</returns>
    public override string ToString() => Model + (Provider is null ? "" : $" at {Provider}") + (Region is null ? "" : $" in {Region}");

    private static readonly JsonObject<ModelDeployment> Shape = new JsonObject<ModelDeployment>(() => new() { Model = "" })
        .Required("model", JsonOf.Text, value => value.Model, (owner, value) => owner with { Model = value })
        .Optional("provider", JsonOf.Text, value => value.Provider, (owner, value) => owner with { Provider = value })
        .Optional("region", JsonOf.Text, value => value.Region, (owner, value) => owner with { Region = value });

    static JsonConverter<ModelDeployment> IJsonValue<ModelDeployment>.Json => Shape;
}
