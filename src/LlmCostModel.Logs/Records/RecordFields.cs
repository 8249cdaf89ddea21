using System.Text;
using System.Text.Json;

namespace LlmCostModel.Logs;

/// <summary>Looks up what a record states: members of JSON, or the texts of a row, which has no other values.</summary>
/// <param name="record">A JSON object.</param>
internal readonly struct RecordFields(JsonElement record)
{
    /// <summary>What the tools that write tables write for nothing.</summary>
    private static readonly string[] Nothing = ["", "null", "NULL", "None", "NaN", "\\N"];

    private static readonly byte[][] NothingInAscii = [.. Nothing.Select(Encoding.ASCII.GetBytes)];

    /// <summary>The record itself.</summary>
    public JsonElement Record => record;

    /// <summary>All members.</summary>
    public IEnumerable<JsonProperty> Members => record.EnumerateObject();

    /// <summary>The fields of a record; <see langword="null"/> when it is not an object.</summary>
    public static RecordFields? Of(JsonElement record) => record.ValueKind == JsonValueKind.Object ? new(record) : null;

    /// <summary>Whether a value in ASCII says that there is none.</summary>
    public static bool IsNothing(ReadOnlySpan<byte> ascii)
    {
        foreach (byte[] word in NothingInAscii)
        {
            if (ascii.SequenceEqual(word))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether all of these names are there, with or without a value.</summary>
    public bool Has(params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (!record.TryGetProperty(name, out _))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether one of these names is there, with or without a value.</summary>
    public bool HasAny(params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (record.TryGetProperty(name, out _))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The first of these that has a value, as text; <see langword="null"/> when none has.</summary>
    public string? Text(params ReadOnlySpan<string> names) => Find(names)?.Text;

    /// <summary>A count of 0 or more; <see langword="null"/> when it is not stated.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public long? Count(params ReadOnlySpan<string> names) =>
        Find(names) is not { } found ? null
        : !IsGrouped(found.Text) && ExactDecimal.TryParse(found.Text, out decimal count, out bool isTooPrecise)
            && !isTooPrecise && decimal.IsInteger(count)
            && count is >= 0 and <= long.MaxValue ? (long)count
        : throw new FormatException($"{found.Name} is '{Shown(found.Text)}', not a whole number of 0 or more.");

    /// <summary>An amount or a quantity; <see langword="null"/> when it is not stated.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public decimal? Amount(params ReadOnlySpan<string> names) =>
        Find(names) is not { } found ? null
        : ExactDecimal.TryParse(found.Text.StartsWith('$') ? found.Text[1..] : found.Text, out decimal amount, out _) ? amount
        : throw new FormatException($"{found.Name} is '{Shown(found.Text)}', not a number.");

    /// <summary>An instant; <see langword="null"/> when it is not stated. One without an offset is taken as UTC: to be read so only where
    /// the writer means that.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public DateTimeOffset? Instant(params ReadOnlySpan<string> names) =>
        Find(names) is not { } found ? null
        : LogInstant.Parse(found.Text, out _)
            ?? throw new FormatException($"{found.Name} is '{Shown(found.Text)}', not an instant such as 2025-09-05T16:00:00Z.");

    /// <summary>Whether a member says so; <see langword="null"/> when it says neither.</summary>
    public bool? Flag(params ReadOnlySpan<string> names) =>
        Text(names) is not { } text ? null
        : text.Equals("true", StringComparison.OrdinalIgnoreCase) || text is "1" ? true
        : text.Equals("false", StringComparison.OrdinalIgnoreCase) || text is "0" ? false
        : null;

    /// <summary>An object in a member, which may be written as a text; <see langword="null"/> when there is none.</summary>
    public RecordFields? Object(params ReadOnlySpan<string> names) => Json(JsonValueKind.Object, names) is { } found ? new(found) : null;

    /// <summary>A list in a member, which may be written as a text; <see langword="null"/> when there is none.</summary>
    public JsonElement? List(params ReadOnlySpan<string> names) => Json(JsonValueKind.Array, names);

    /// <summary>The texts of a list in a member, with commas between them, or the text that is there instead; <see langword="null"/> when
    /// there is none.</summary>
    public string? Texts(string name)
    {
        if (List(name) is not { } list)
        {
            return Text(name);
        }

        string texts = string.Join(',', list.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.String).Select(TextOf));
        return texts.Length == 0 ? null : texts;
    }

    /// <summary>All that a record says of which calls it tells, and no counts: texts, and whether something holds.</summary>
    public string Names() => string.Join('\n', record.EnumerateObject()
        .Where(member => member.Value.ValueKind is JsonValueKind.String or JsonValueKind.True or JsonValueKind.False)
        .Select(member => $"{member.Name}={member.Value}").Order(StringComparer.Ordinal));

    private JsonElement? Json(JsonValueKind kind, ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (record.TryGetProperty(name, out JsonElement value))
            {
                value = value.ValueKind == JsonValueKind.String ? Parsed(value.GetString()!, kind) : value;
                if (value.ValueKind == kind)
                {
                    return value;
                }
            }
        }

        return null;
    }

    private static JsonElement Parsed(string text, JsonValueKind kind)
    {
        if (!text.AsSpan().TrimStart().StartsWith(kind == JsonValueKind.Object ? "{" : "["))
        {
            return default;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(HalfCharacters.Replace(Encoding.UTF8.GetBytes(text)));
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return default;
        }
    }

    /// <summary>A text as a table has it; null when it says nothing.</summary>
    internal static string? Stated(string text) => text.Trim() is var stated && Nothing.Contains(stated) ? null : stated;

    private (string Name, string Text)? Find(ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (record.TryGetProperty(name, out JsonElement value) && TextOf(value) is { } text && !Nothing.Contains(text))
            {
                return (name, text);
            }
        }

        return null;
    }

    private static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!.Trim(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => null,
    };

    /// <summary>Whether a point may stand between thousands, as in German: <c>1.000</c> would be 1.</summary>
    private static bool IsGrouped(string text) => text.Length > 4 && text[^4] == '.' && text.AsSpan().ContainsAnyInRange('0', '9')
        && !text.AsSpan()[^3..].ContainsAnyExceptInRange('0', '9');

    private static string Shown(string text) => text.Length > 60 ? text[..60] + "..." : text;
}
