using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LlmCostModel;

/// <summary>Writes and reads a value as a JSON object, by a table of its members. What has its default is left out, and what is left out or
/// null has its default.</summary>
/// <remarks>A table, because neither reflection nor source generation keeps the defaults of <c>init</c> properties, leaves out what is not
/// there, or turns what a property refuses into a <see cref="JsonException"/>.</remarks>
/// <param name="start">Makes the value to begin with; required members are set to anything.</param>
internal sealed class JsonObject<T>(Func<T> start) : JsonConverter<T>
{
    private static readonly JsonSerializerOptions NoOptions = new();

    private static readonly JsonWriterOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<JsonMember<T>> _members = [];
    private readonly T _start = start();
    private Func<T, T> _finish = value => value;
    private bool _knowsAll;

    /// <summary>Adds a member that is always written and must be there.</summary>
    internal JsonObject<T> Required<TValue>(string name, JsonConverter<TValue> json, Func<T, TValue> get, Func<T, TValue, T> with) =>
        Add(new JsonMember<T, TValue>(name, json, get, with) { IsRequired = true });

    /// <summary>Adds a member that is left out when it has its default.</summary>
    internal JsonObject<T> Optional<TValue>(string name, JsonConverter<TValue> json, Func<T, TValue?> get, Func<T, TValue, T> with) =>
        Add(new JsonMember<T, TValue>(name, json, get, with) { Default = get(_start) });

    /// <summary>Adds a member that is left out when there is none.</summary>
    internal JsonObject<T> Maybe<TValue>(string name, JsonConverter<TValue> json, Func<T, TValue?> get, Func<T, TValue?, T> with)
        where TValue : struct =>
        Add(new JsonMember<T, TValue>(name, json, value => get(value)!.Value, (target, value) => with(target, value))
        {
            IsAbsent = value => get(value) is null,
        });

    /// <summary>Says that other members are a mistake, because what they say would be lost.</summary>
    internal JsonObject<T> NothingElse()
    {
        _knowsAll = true;
        return this;
    }

    /// <summary>Says what to do with the value when all members are read.</summary>
    internal JsonObject<T> Finish(Func<T, T> finish)
    {
        _finish = finish;
        return this;
    }

    /// <summary>The value as JSON on one line: what values show that have no better text.</summary>
    internal string ToText(T value)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer, OneLine))
        {
            Write(writer, value, NoOptions);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (JsonMember<T> member in _members)
        {
            member.Write(writer, value, options);
        }

        writer.WriteEndObject();
    }

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException($"A {typeof(T).Name} is a JSON object, not a {reader.TokenType}.");
        }

        T value = _start;
        ulong seen = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            int index = _members.FindIndex(member => member.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
            reader.Read();
            if (index >= 0 && reader.TokenType != JsonTokenType.Null)
            {
                seen |= 1UL << index;
                value = Guarded(name, ref reader, value, index, options);
            }
            else if (index < 0 && (_knowsAll || options.UnmappedMemberHandling == JsonUnmappedMemberHandling.Disallow))
            {
                string known = string.Join(", ", _members.Select(member => member.Name));
                throw new JsonException($"A {typeof(T).Name} has no '{name}'. Known: {known}.");
            }
            else
            {
                reader.Skip();
            }
        }

        JsonMember<T>? missing = _members.Where((member, i) => member.IsRequired && (seen & (1UL << i)) == 0).FirstOrDefault();
        return missing is null ? Finished(value) : throw new JsonException($"The {typeof(T).Name} has no '{missing.Name}'.");
    }

    private JsonObject<T> Add(JsonMember<T> member)
    {
        _members.Add(member);
        return this;
    }

    private T Guarded(string name, ref Utf8JsonReader reader, T value, int index, JsonSerializerOptions options)
    {
        try
        {
            return _members[index].Read(ref reader, value, options);
        }
        catch (Exception error) when (IsOfInput(error))
        {
            throw new JsonException($"'{name}' of the {typeof(T).Name} cannot be read: {error.Message}", error);
        }
    }

    private T Finished(T value)
    {
        try
        {
            return _finish(value);
        }
        catch (Exception error) when (IsOfInput(error))
        {
            throw new JsonException($"The {typeof(T).Name} cannot be read: {error.Message}", error);
        }
    }

    private static bool IsOfInput(Exception error) =>
        error is ArgumentException or FormatException or OverflowException or InvalidOperationException or TimeZoneNotFoundException;
}
