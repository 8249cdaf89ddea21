using System.Text.Json;

namespace LlmCostModel.Logs;

/// <summary>The members of a JSON object, each once and, where the names are listed, each known. Names are compared as JSON has them: in
/// the same case.</summary>
internal sealed class RecordMembers
{
    private const int Longest = 60;

    private readonly string _path;
    private readonly Dictionary<string, JsonElement> _values = new(StringComparer.Ordinal);

    /// <param name="element">The object.</param>
    /// <param name="path">Where it stands, with a point behind it; empty for a record.</param>
    /// <param name="known">The names that there may be; <see langword="null"/> for any.</param>
    /// <exception cref="FormatException">It is not an object, or has a name twice or one that is not known.</exception>
    public RecordMembers(JsonElement element, string path, IReadOnlyList<string>? known)
    {
        _path = path;
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException(path.Length == 0
                ? $"The record is {Shown(element)}, not an object with model and usage."
                : $"{path.TrimEnd('.')} is {Shown(element)}, not an object.");
        }

        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (known is not null && !known.Contains(property.Name))
            {
                string meant = RecordHints.For(property.Name) is { } hint && known.Contains(hint.Name) ? $"{hint.Text} "
                    : NearestName.Find(known, property.Name) is { } near ? $"Did you mean {near}? "
                    : "";
                string name = VisibleText.Short(property.Name, Longest);
                throw new FormatException($"{path}{name} is not a known {(path.Length == 0 ? "name of a record" : "count")}. "
                    + $"{meant}Known: {string.Join(", ", known)}.");
            }

            if (!_values.TryAdd(property.Name, property.Value))
            {
                throw new FormatException($"{path}{property.Name} is stated twice, so its value is not known.");
            }

            All.Add((property.Name, property.Value));
        }
    }

    /// <summary>All members in their order.</summary>
    public List<(string Name, JsonElement Value)> All { get; } = [];

    /// <summary>The text of a member; <see langword="null"/> when it is not there or null.</summary>
    public string? Text(string name) =>
        !_values.TryGetValue(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null ? null
        : value.ValueKind is JsonValueKind.String or JsonValueKind.Number ? Scalar(value, _path + name)
        : throw new FormatException($"{_path}{name} is {Shown(value)}, not a text.");

    /// <summary>The members of an object in a member; <see langword="null"/> when it is not there or null.</summary>
    public RecordMembers? Members(string name, IReadOnlyList<string>? known = null) =>
        !_values.TryGetValue(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null
            ? null
            : new(value, $"{_path}{name}.", known);

    /// <summary>A text, a number, true or false, as text.</summary>
    public static string Scalar(JsonElement value, string name) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => throw new FormatException($"{name} is {Shown(value)}, not a text."),
    };

    /// <summary>A value as a message shows it, shortened.</summary>
    public static string Shown(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        _ => value.GetRawText() is { Length: > Longest } raw ? raw[..Longest] + "..." : value.GetRawText(),
    };
}
