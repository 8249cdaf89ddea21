using System.Globalization;
using System.Text;
using System.Text.Json;

namespace LlmCostModel.Logs;

/// <summary>Writes what is read of an export in protobuf as OTLP JSON.</summary>
/// <remarks>opentelemetry-proto, trace/v1/trace.proto and common/v1/common.proto (read 2026-11-27). Exports of traces, metrics and logs
/// have the same outer fields; what has the ids of a span in their lengths is one.</remarks>
internal static class OtlpMessage
{
    private const int TraceIdLength = 16;
    private const int SpanIdLength = 8;
    private const byte First = (1 << 3) | 2; // the tag of field 1 when it is a message

    /// <summary>Whether a file that begins so may be an export: messages within messages, each no longer than the one around it.</summary>
    public static bool MayBegin(ReadOnlySpan<byte> start)
    {
        if (start.Length < 4 || start[0] != First || !TryLength(ref start, out int outer))
        {
            return false;
        }

        // The resource, the spans of a scope, or the address of a schema.
        byte tag = start.IsEmpty ? (byte)0 : start[0];
        int before = start.Length;
        bool isField = tag is First or First + 8 or First + 16;
        if (!isField || !TryLength(ref start, out int inner) || inner > outer - (before - start.Length))
        {
            return false;
        }

        // A text may begin with line ends, and even so a resource does not go on as a text does.
        return tag != First || inner == 0 || (start.Length > 0 && start[0] is First or First + 6 or First + 16);
    }

    /// <summary>Writes it.</summary>
    /// <exception cref="InvalidDataException">It is cut off.</exception>
    public static void WriteJson(ReadOnlySpan<byte> export, Utf8JsonWriter writer)
    {
        int spans = 0;
        writer.WriteStartObject();
        writer.WriteStartArray("resourceSpans");
        ProtoReader resources = new(export);
        while (resources.Read())
        {
            spans += resources is { Field: 1, IsBytes: true } ? WriteResource(resources.Value, writer) : 0;
        }

        writer.WriteEndArray();
        if (spans == 0)
        {
            // Metrics or logs: whether they tell of calls is all that matters.
            writer.WriteStartArray("resourceLogs");
            if (export.IndexOf("gen_ai."u8) >= 0)
            {
                writer.WriteStringValue("gen_ai.");
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static int WriteResource(ReadOnlySpan<byte> resource, Utf8JsonWriter writer)
    {
        int spans = 0;
        writer.WriteStartObject();
        writer.WriteStartArray("scopeSpans");
        ProtoReader scopes = new(resource);
        while (scopes.Read())
        {
            if (scopes is not { Field: 2, IsBytes: true })
            {
                continue;
            }

            writer.WriteStartObject();
            writer.WriteStartArray("spans");
            ProtoReader items = new(scopes.Value);
            while (items.Read())
            {
                if (items is { Field: 2, IsBytes: true } && IsSpan(items.Value))
                {
                    spans++;
                    WriteSpan(items.Value, writer);
                }
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        return spans;
    }

    private static bool IsSpan(ReadOnlySpan<byte> item)
    {
        ProtoReader fields = new(item);
        return fields.Read() && fields.Field == 1 && fields.Value.Length == TraceIdLength
            && fields.Read() && fields.Field == 2 && fields.Value.Length == SpanIdLength;
    }

    private static void WriteSpan(ReadOnlySpan<byte> span, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        ProtoReader fields = new(span);
        while (fields.Read())
        {
            string? id = fields.Field switch { 1 => "traceId", 2 => "spanId", 4 => "parentSpanId", _ => null };
            if (id is not null && fields.IsBytes)
            {
                writer.WriteString(id, Convert.ToHexStringLower(fields.Value.ToArray()));
            }
            else if (fields.Field == 7 && !fields.IsBytes)
            {
                writer.WriteString("startTimeUnixNano", fields.Number.ToString(CultureInfo.InvariantCulture));
            }
        }

        writer.WriteStartArray("attributes");
        fields = new(span);
        while (fields.Read())
        {
            if (fields is { Field: 9, IsBytes: true })
            {
                WriteAttribute(fields.Value, writer);
            }
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteAttribute(ReadOnlySpan<byte> attribute, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        ProtoReader fields = new(attribute);
        while (fields.Read())
        {
            if (fields is { Field: 1, IsBytes: true })
            {
                writer.WriteString("key", Encoding.UTF8.GetString(fields.Value));
            }
            else if (fields is { Field: 2, IsBytes: true })
            {
                writer.WriteStartObject("value");
                WriteValue(fields.Value, writer);
                writer.WriteEndObject();
            }
        }

        writer.WriteEndObject();
    }

    /// <summary>A text, a truth or a number; lists and maps hold no counts.</summary>
    private static void WriteValue(ReadOnlySpan<byte> value, Utf8JsonWriter writer)
    {
        ProtoReader kinds = new(value);
        while (kinds.Read())
        {
            switch (kinds.Field)
            {
                case 1 when kinds.IsBytes:
                    writer.WriteString("stringValue", Encoding.UTF8.GetString(kinds.Value));
                    break;
                case 2:
                    writer.WriteBoolean("boolValue", kinds.Number != 0);
                    break;
                case 3:
                    writer.WriteString("intValue", unchecked((long)kinds.Number).ToString(CultureInfo.InvariantCulture));
                    break;
                case 4 when BitConverter.UInt64BitsToDouble(kinds.Number) is var number && double.IsFinite(number):
                    writer.WriteNumber("doubleValue", number);
                    break;
            }
        }
    }

    /// <summary>Takes a tag and the length behind it.</summary>
    private static bool TryLength(ref ReadOnlySpan<byte> bytes, out int length)
    {
        length = 0;
        for (int i = 1; i < Math.Min(bytes.Length, 5); i++)
        {
            length |= (bytes[i] & 0x7F) << (7 * (i - 1));
            if (bytes[i] < 0x80)
            {
                bytes = bytes[(i + 1)..];
                return length > 0;
            }
        }

        return false;
    }
}
