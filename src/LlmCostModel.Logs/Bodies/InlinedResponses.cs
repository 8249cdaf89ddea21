using System.Text;
using System.Text.Json;

namespace LlmCostModel.Logs;

/// <summary>Gemini gives the answers of a small batch in the batch itself, a line of its file each.</summary>
/// <remarks>https://ai.google.dev/api/batch-api#InlinedResponses (read 2026-11-26); its libraries write the names in snake case.</remarks>
internal static class InlinedResponses
{
    private const int MostDeep = 4;

    /// <summary>The answers as lines of a batch file; <see langword="null"/> when a record is not such a batch.</summary>
    public static IReadOnlyList<string>? Read(JsonElement root)
    {
        JsonElement? found = Find(root, 0);
        if (found is not { } answers)
        {
            return null;
        }

        string? created = root.TryGetProperty("metadata", out JsonElement metadata)
            && metadata.ValueKind == JsonValueKind.Object
            && metadata.TryGetProperty("createTime", out JsonElement at) ? at.GetRawText() : null;
        return
        [
            .. answers.EnumerateArray()
                .Where(answer => answer.ValueKind == JsonValueKind.Object)
                .Select(answer => Line(answer, created)),
        ];
    }

    /// <summary>An answer with what marks a line of a batch.</summary>
    private static string Line(JsonElement answer, string? created)
    {
        StringBuilder line = new("{\"processed_time\":\"\"");
        if (created is not null)
        {
            line.Append(",\"timestamp\":").Append(created);
        }

        foreach (JsonProperty member in answer.EnumerateObject().Where(IsOfALine))
        {
            line.Append(",\"").Append(member.Name).Append("\":").Append(member.Value.GetRawText());
        }

        return line.Append('}').ToString();
    }

    private static bool IsOfALine(JsonProperty member) => member.Name is "response" or "error" or "metadata" or "key";

    private static JsonElement? Find(JsonElement element, int depth)
    {
        if (element.ValueKind != JsonValueKind.Object || depth > MostDeep)
        {
            return null;
        }

        foreach (string name in (ReadOnlySpan<string>)["inlinedResponses", "inlined_responses", "response", "output", "dest"])
        {
            if (element.TryGetProperty(name, out JsonElement inner))
            {
                bool isList = inner.ValueKind == JsonValueKind.Array && name.StartsWith("inlined", StringComparison.Ordinal);
                if ((isList ? inner : Find(inner, depth + 1)) is { } found)
                {
                    return found;
                }
            }
        }

        return null;
    }
}
