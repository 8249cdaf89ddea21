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
