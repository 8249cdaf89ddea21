using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace LlmCostModel;

/// <summary>Writes single values of a rate card; what is absent is left out.</summary>
internal static class JsonWriting
{
    internal static void WriteText(this Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    internal static void WriteFlag(this Utf8JsonWriter json, string name, bool value)
    {
        if (value)
        {
            json.WriteBoolean(name, true);
        }
    }

    /// <summary>All digits, no exponent, no trailing zeros.</summary>
    internal static void WriteExact(this Utf8JsonWriter json, string name, decimal? value)
    {
        if (value is { } number)
        {
            json.WritePropertyName(name);
            json.WriteRawValue(AmountFormat.ToText(number));
        }
    }

    internal static void WriteInstant(this Utf8JsonWriter json, string name, DateTimeOffset? value)
    {
        if (value?.UtcDateTime is { } instant)
        {
            string format = instant.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'";
            json.WriteString(name, instant.ToString(format, CultureInfo.InvariantCulture));
        }
    }

    internal static void WriteTexts(this Utf8JsonWriter json, string? name, ImmutableArray<string> values)
    {
        if (name is not null && values.IsEmpty)
        {
            return;
        }

        if (name is not null)
        {
            json.WritePropertyName(name);
        }

        json.WriteStartArray();
        foreach (string value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}
