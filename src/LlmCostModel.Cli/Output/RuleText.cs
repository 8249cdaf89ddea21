using System.Text.Json;

namespace LlmCostModel.Cli.Output;

/// <summary>A rule of a rate card in words: its name, when it applies and what it does.</summary>
internal sealed record RuleText(string Name, string When, string Then)
{
    public static RuleText Of(JsonElement rule) =>
        new(
            rule.GetProperty(nameof(Name)).GetString()!,
            rule.TryGetProperty(nameof(When), out JsonElement when) ? Words(when) : "always",
            string.Join(
                "; ",
                rule.EnumerateObject()
                    .Where(property => property.Name is not (nameof(Name) or nameof(When) or "Source"))
                    .Select(property => $"{JsonText.Camel(property.Name)} {Words(property.Value)}")));

    private static string Words(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => string.Join(
                ", ",
                value.EnumerateObject().Select(property => $"{JsonText.Camel(property.Name)} {Words(property.Value)}")),
            JsonValueKind.Array => string.Join(" / ", value.EnumerateArray().Select(Words)),
            JsonValueKind.String => value.GetString()!,
            _ => value.GetRawText(),
        };
}
