using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LlmCostModel;

/// <summary>Writes the members of an enumeration by their names in camel case, such as <c>cacheWrite5m</c>, as values and as keys; reads
/// them
/// without regard to case.</summary>
/// <remarks>Numbers are not read: they would mean another member when one is added. Immutable.</remarks>
/// <typeparam name="TEnum">The enumeration.</typeparam>
public sealed class JsonNameConverter<TEnum> : JsonConverter<TEnum>
    where TEnum : struct, Enum
{
    private static readonly FrozenDictionary<TEnum, string> Names =
        Enum.GetValues<TEnum>().ToFrozenDictionary(value => value, value => JsonNamingPolicy.CamelCase.ConvertName(value.ToString()));

    private static readonly FrozenDictionary<string, TEnum> Values =
        Names.ToFrozenDictionary(pair => pair.Value, pair => pair.Key, StringComparer.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override TEnum Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String ? Find(reader.GetString()!) : throw NotKnown(JsonWords.Of(reader.TokenType));

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, TEnum value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(NameOf(value));
    }

    /// <inheritdoc/>
    public override TEnum ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Find(reader.GetString()!);

    /// <inheritdoc/>
    public override void WriteAsPropertyName(Utf8JsonWriter writer, TEnum value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WritePropertyName(NameOf(value));
    }

    private static TEnum Find(string name) => Values.TryGetValue(name, out TEnum value) ? value : throw NotKnown($"'{name}'");

    private static string NameOf(TEnum value) => Names.TryGetValue(value, out string? name) ? name : throw NotKnown(value.ToString("D"));

    private static JsonException NotKnown(string what) =>
        new($"{what} is not a {typeof(TEnum).Name}. Known: {string.Join(", ", Names.Values)}.");
}
