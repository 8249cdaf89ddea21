using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LlmCostModel;

/// <summary>How single values are written as JSON: numbers with all their digits and no zeros behind them, instants and days as ISO 8601,
/// enumerations by name.</summary>
internal static class JsonOf
{
    private const string AllDigits = "0.############################";

    internal static readonly JsonConverter<string> Text = new Simple<string>(
        static (ref reader) => reader.GetString()!, static (writer, value) => writer.WriteStringValue(value));

    internal static readonly JsonConverter<bool> Flag = new Simple<bool>(
        static (ref reader) => reader.GetBoolean(), static (writer, value) => writer.WriteBooleanValue(value));

    internal static readonly JsonConverter<long> Int64 = new Simple<long>(
        static (ref reader) => Quoted(ref reader) is { } text
            ? long.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : reader.GetInt64(),
        static (writer, value) => writer.WriteNumberValue(value));

    internal static readonly JsonConverter<int> Int32 = new Simple<int>(
        static (ref reader) => checked((int)Int64.Read(ref reader, typeof(long), null!)),
        static (writer, value) => writer.WriteNumberValue(value));

    internal static readonly JsonConverter<decimal> Decimal = new Simple<decimal>(
        static (ref reader) => Quoted(ref reader) is { } text
            ? decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture) : reader.GetDecimal(),
        static (writer, value) =>
            writer.WriteRawValue(value.ToString(AllDigits, CultureInfo.InvariantCulture), skipInputValidation: true));

    internal static readonly JsonConverter<double> Double = new Simple<double>(
        static (ref reader) => reader.GetDouble(), static (writer, value) => writer.WriteNumberValue(value));

    internal static readonly JsonConverter<DateTimeOffset> Instant = new Simple<DateTimeOffset>(
        static (ref reader) => ReadInstant(ref reader),
        static (writer, value) =>
        {
            if (value.Offset == TimeSpan.Zero)
            {
                writer.WriteStringValue(value.UtcDateTime);
            }
            else
            {
                writer.WriteStringValue(value);
            }
        });

    internal static readonly JsonConverter<DateOnly> Date = OfText(
        text => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture),
        date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    internal static readonly JsonConverter<TimeSpan> Duration = OfText(
        text => TimeSpan.ParseExact(text, "c", CultureInfo.InvariantCulture),
        duration => duration.ToString("c", CultureInfo.InvariantCulture));

    private delegate T Reading<T>(ref Utf8JsonReader reader);

    /// <summary>A date alone is midnight UTC; a time needs its offset, or the same text would be another instant on another
    /// machine.</summary>
    private static DateTimeOffset ReadInstant(ref Utf8JsonReader reader)
    {
        string text = reader.GetString() ?? "";
        if (text.Length == "yyyy-MM-dd".Length)
        {
            return new DateTimeOffset(Date.Read(ref reader, typeof(DateOnly), null!), TimeOnly.MinValue, TimeSpan.Zero);
        }

        return text.EndsWith('Z') || text.AsSpan(Math.Min(text.Length, 16)).ContainsAny('+', '-')
            ? reader.GetDateTimeOffset()
            : throw new FormatException($"'{text}' is not an instant with its offset, such as 2026-01-31T08:00:00Z.");
    }

    /// <summary>A value that is a text.</summary>
    internal static JsonConverter<T> OfText<T>(Func<string, T> parse, Func<T, string> write) =>
        new Simple<T>((ref reader) => parse(reader.GetString()!), (writer, value) => writer.WriteStringValue(write(value)));

    /// <summary>A member of an enumeration by its name.</summary>
    internal static JsonConverter<T> Name<T>()
        where T : struct, Enum => new JsonNameConverter<T>();

    /// <summary>A type of the library that says how it is written.</summary>
    internal static JsonConverter<T> Value<T>()
        where T : IJsonValue<T> => new JsonValueConverter<T>();

    /// <summary>A value by the JSON of another one.</summary>
    internal static JsonConverter<T> By<T, TOther>(JsonConverter<TOther> json, Func<T, TOther> to, Func<TOther, T> from) =>
        new Mapped<T, TOther>(json, to, from);

    internal static JsonConverter<IReadOnlyList<T>> List<T>(JsonConverter<T> item) => new Items<T>(item);

    internal static JsonConverter<ImmutableArray<T>> Array<T>(JsonConverter<T> item) =>
        By<ImmutableArray<T>, IReadOnlyList<T>>(List(item), array => array, list => [.. list]);

    /// <summary>Values by name, in their order.</summary>
    internal static JsonConverter<IReadOnlyList<KeyValuePair<string, T>>> Entries<T>(JsonConverter<T> value) => new Named<T>(value);

    /// <summary>A value, or null where there is none and that says something.</summary>
    internal static JsonConverter<T?> OrNull<T>(JsonConverter<T> value)
        where T : struct => new Nothing<T>(value);

    private static string? Quoted(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.String ? reader.GetString() : null;

    private sealed class Simple<T>(Reading<T> read, Action<Utf8JsonWriter, T> write) : JsonConverter<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => read(ref reader);

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => write(writer, value);
    }

    private sealed class Mapped<T, TOther>(JsonConverter<TOther> json, Func<T, TOther> to, Func<TOther, T> from) : JsonConverter<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            from(json.Read(ref reader, typeof(TOther), options)!);

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => json.Write(writer, to(value), options);
    }

    private sealed class Nothing<T>(JsonConverter<T> json) : JsonConverter<T?>
        where T : struct
    {
        public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Null ? null : json.Read(ref reader, typeof(T), options);

        public override void Write(Utf8JsonWriter writer, T? value, JsonSerializerOptions options)
        {
            if (value is { } known)
            {
                json.Write(writer, known, options);
            }
            else
            {
                writer.WriteNullValue();
            }
        }
    }

    private sealed class Items<T>(JsonConverter<T> item) : JsonConverter<IReadOnlyList<T>>
    {
        public override IReadOnlyList<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType != JsonTokenType.StartArray)
            {
                throw new JsonException($"A list is a JSON array, not a {reader.TokenType}.");
            }

            List<T> items = [];
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                items.Add(item.Read(ref reader, typeof(T), options)!);
            }

            return items;
        }

        public override void Write(Utf8JsonWriter writer, IReadOnlyList<T> value, JsonSerializerOptions options)
        {
            writer.WriteStartArray();
            foreach (T one in value)
            {
                item.Write(writer, one, options);
            }

            writer.WriteEndArray();
        }
    }

    private sealed class Named<T>(JsonConverter<T> item) : JsonConverter<IReadOnlyList<KeyValuePair<string, T>>>
    {
        public override IReadOnlyList<KeyValuePair<string, T>> Read(
            ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                throw new JsonException($"Named values are a JSON object, not a {reader.TokenType}.");
            }

            List<KeyValuePair<string, T>> entries = [];
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                string name = reader.GetString()!;
                reader.Read();
                entries.Add(new(name, item.Read(ref reader, typeof(T), options)!));
            }

            return entries;
        }

        public override void Write(Utf8JsonWriter writer, IReadOnlyList<KeyValuePair<string, T>> value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            foreach ((string name, T one) in value)
            {
                writer.WritePropertyName(name);
                item.Write(writer, one, options);
            }

            writer.WriteEndObject();
        }
    }
}
