using System.Globalization;
using System.Text.Json;

namespace LlmCostModel.Catalog;

/// <summary>Looks into tables that may be written in any way.</summary>
internal static class TableJson
{
    /// <summary>The text of a property; <see langword="null"/> when there is none, or it is not a string.</summary>
    internal static string? Text(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object
        && element.TryGetProperty(name, out JsonElement text)
        && text.ValueKind == JsonValueKind.String
        && text.GetString() is { Length: > 0 } value
            ? value
            : null;

    /// <summary>A property that is always there.</summary>
    /// <exception cref="FormatException">It is not.</exception>
    internal static JsonElement Required(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value)
            ? value
            : throw new FormatException($"'{name}' is missing.");

    /// <summary>A whole number that is always there.</summary>
    /// <exception cref="FormatException">It is not, or is something else.</exception>
    internal static long RequiredWhole(this JsonElement element, string name) =>
        element.Required(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out long number)
            ? number
            : throw new FormatException($"'{name}' is not a whole number.");

    /// <summary>A day, as the first moment of it.</summary>
    /// <exception cref="FormatException">It is not a day.</exception>
    internal static DateTimeOffset Date(string name, string text) =>
        DateOnly.TryParse(text, CultureInfo.InvariantCulture, out DateOnly date)
            ? new DateTimeOffset(date, TimeOnly.MinValue, TimeSpan.Zero)
            : throw new FormatException($"'{name}' is '{text}', not a date.");

    /// <summary>What is wrong with a table, in words of tables: those of the JSON reader say nothing of what stands there.</summary>
    internal static string Describe(Exception exception) => exception switch
    {
        InvalidOperationException => "a value is of another kind than the format has there.",
        OverflowException => "a number is too large.",
        _ => exception.Message,
    };

    /// <summary>The object in a property; <see langword="null"/> when there is none, or it is something else.</summary>
    internal static JsonElement? Object(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object
        && element.TryGetProperty(name, out JsonElement value)
        && value.ValueKind == JsonValueKind.Object
            ? value
            : null;

    /// <summary>The items of the list in a property; empty when there is none, or it is something else.</summary>
    internal static IEnumerable<JsonElement> List(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object
        && element.TryGetProperty(name, out JsonElement value)
        && value.ValueKind == JsonValueKind.Array
            ? value.EnumerateArray()
            : [];
}
