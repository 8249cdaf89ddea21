using System.Globalization;
using System.Text.Json;

namespace LlmCostModel.Planning;

/// <summary>What readers of JSON lines share: one document a line, faults that name the line.</summary>
internal static class JsonLines
{
    internal static IEnumerable<T> Read<T>(IEnumerable<string> lines, Func<JsonElement, int, T> read)
    {
        int number = 0;
        foreach (string line in lines)
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
            {
                using JsonDocument document = Parse(line, number);
                yield return read(document.RootElement, number);
            }
        }
    }

    internal static long Count(JsonElement line, string name, int number, long max = long.MaxValue)
    {
        if (!line.TryGetProperty(name, out JsonElement value))
        {
            throw Fault(number, name, "is missing.");
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long count) && count >= 0 && count <= max
            ? count
            : throw Fault(
                number,
                name,
                string.Create(CultureInfo.InvariantCulture, $"is {value.GetRawText()}, which is not a whole number from 0 to {max}."));
    }

    internal static string Text(JsonElement line, string name, int number) =>
        line.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw Fault(number, name, "is missing or not a string.");

    internal static FormatException Fault(int number, string name, string what) =>
        new(string.Create(CultureInfo.InvariantCulture, $"Line {number}: '{name}' {what}"));

    private static JsonDocument Parse(string line, int number)
    {
        try
        {
            JsonDocument document = JsonDocument.Parse(line);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return document;
            }

            document.Dispose();
        }
        catch (JsonException error)
        {
            throw new FormatException(FormattableString.Invariant($"Line {number} is not JSON: {JsonFaultText.Of(error)}"), error);
        }

        throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"Line {number} is not a valid JSON object."));
    }
}
