using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LlmCostModel;

/// <summary>A row of a <see cref="JsonObject{T}"/>.</summary>
internal abstract class JsonMember<T>(string name)
{
    internal string Name { get; } = name;

    internal bool IsRequired { get; init; }

    internal abstract void Write(Utf8JsonWriter writer, T owner, JsonSerializerOptions options);

    internal abstract T Read(ref Utf8JsonReader reader, T owner, JsonSerializerOptions options);
}

/// <summary>A row whose values have one type.</summary>
internal sealed class JsonMember<T, TValue>(string name, JsonConverter<TValue> json, Func<T, TValue?> get, Func<T, TValue, T> with)
    : JsonMember<T>(name)
{
    internal TValue? Default { get; init; }

    /// <summary>Determines whether there is no value to get; <see langword="null"/> compares it with the default instead.</summary>
    internal Func<T, bool>? IsAbsent { get; init; }

    internal override void Write(Utf8JsonWriter writer, T owner, JsonSerializerOptions options)
    {
        if (IsRequired || !(IsAbsent?.Invoke(owner) ?? IsDefault(get(owner))))
        {
            writer.WritePropertyName(Name);
            json.Write(writer, get(owner)!, options);
        }
    }

    internal override T Read(ref Utf8JsonReader reader, T owner, JsonSerializerOptions options) =>
        with(owner, json.Read(ref reader, typeof(TValue), options)!);

    private bool IsDefault(TValue? value) =>
        EqualityComparer<TValue>.Default.Equals(value, Default) || (value is ICollection { Count: 0 }
            && Default is ICollection { Count: 0 });
}
