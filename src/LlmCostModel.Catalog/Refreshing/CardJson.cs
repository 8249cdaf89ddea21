using System.Text.Json;

namespace LlmCostModel.Catalog;

/// <summary>Writes JSON in one line with spaces, as cards have it.</summary>
internal static class CardJson
{
    internal static string OnOneLine(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => $"{{ {string.Join(", ", element.EnumerateObject().Select(Member))} }}",
        JsonValueKind.Array => $"[ {string.Join(", ", element.EnumerateArray().Select(OnOneLine))} ]",
        _ => element.GetRawText(),
    };

    private static string Member(JsonProperty member) => $"{CardText.Quoted(member.Name)}: {OnOneLine(member.Value)}";
}
