using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LlmCostModel;

/// <summary>Writes rates, and parts of them, with System.Text.Json as rate-card files write them, and reads them by the same
/// readers.</summary>
internal sealed class RateJson<T>(Action<Utf8JsonWriter, T> write, Func<ConfigNode, FaultList, T> read) : JsonConverter<T>
{
    private static readonly JsonWriterOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The value on one line.</summary>
    internal string ToText(T value)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer, OneLine))
        {
            write(writer, value);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        FaultList faults = new();
        T value = read(ConfigNode.From(JsonElement.ParseValue(ref reader), typeof(T).Name), faults);
        return faults.HasErrors ? throw new JsonException(string.Join(Environment.NewLine, faults.All)) : value;
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => write(writer, value);
}
