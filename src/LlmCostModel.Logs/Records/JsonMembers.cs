using System.Text.Json;

namespace LlmCostModel.Logs;

/// <summary>Looks members of lines up that may be missing, or something else.</summary>
internal static class JsonMembers
{
    public static string? Text(this JsonElement owner, string name) =>
        owner.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public static JsonElement? Object(this JsonElement owner, string name) =>
        owner.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Object ? value : null;
}
