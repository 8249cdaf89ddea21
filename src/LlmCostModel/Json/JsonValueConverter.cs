using System.Text.Json;
using System.Text.Json.Serialization;

namespace LlmCostModel;

/// <summary>Writes and reads the types of the library with System.Text.Json, whatever the options: by reflection, by source generation,
/// ahead
/// of time. The types carry it, so that applications register nothing.</summary>
/// <remarks><c>docs/json.md</c> describes the JSON. What has its default is left out, and what cannot be right is a
/// <see cref="JsonException"/>. Immutable.</remarks>
/// <typeparam name="T">The type.</typeparam>
public sealed class JsonValueConverter<T> : JsonConverter<T>
    where T : IJsonValue<T>
{
    /// <inheritdoc/>
    public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            return T.Json.Read(ref reader, typeToConvert, options);
        }
        catch (Exception error) when (error is ArgumentException or FormatException or OverflowException)
        {
            throw new JsonException(error.Message, error);
        }
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => T.Json.Write(writer, value, options);
}
