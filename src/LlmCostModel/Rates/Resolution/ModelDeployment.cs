using System.ComponentModel;

namespace LlmCostModel;

/// <summary>What one of the caller's own deployment names stands for. The type is immutable.</summary>
[TypeConverter(typeof(ModelDeploymentConverter))]
public sealed record ModelDeployment
{
    /// <summary>Gets the id of the model that is deployed.</summary>
    public required string Model { get; init; }

    /// <summary>Gets the provider that bills it; <see langword="null"/> when the model id alone says it.</summary>
    public string? Provider { get; init; }

    /// <summary>Gets the region of the deployment; <see langword="null"/> for none in particular.</summary>
    public string? Region { get; init; }
}
