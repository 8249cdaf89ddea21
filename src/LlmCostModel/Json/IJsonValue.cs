using System.Text.Json.Serialization;

namespace LlmCostModel;

/// <summary>A value that says itself how it is written as JSON. The types of the library implement it; applications need nothing of
/// it.</summary>
/// <typeparam name="TSelf">The type itself.</typeparam>
public interface IJsonValue<TSelf>
    where TSelf : IJsonValue<TSelf>
{
    /// <summary>Gets what writes the value and reads it. Immutable.</summary>
    static abstract JsonConverter<TSelf> Json { get; }
}
