using System.Text.Json;

namespace LlmCostModel.Logs;

/// <summary>Whose call a response was, where it or what was logged around it says so: <c>user</c>, <c>metadata</c> and
/// <c>tags</c>.</summary>
internal static class RecordTags
{
    private const int MostDeep = 3;

    /// <summary>How the lines of agents name their session, and what they work on: Claude Code and its SDK.</summary>
    private static readonly (string Name, string Tag)[] OfSessions =
        [("sessionId", "session"), ("session_id", "session"), ("gitBranch", "branch"), ("cwd", "project")];

    private static readonly string[] Inner = ["response", "message", "body", "res", "output", "data", "payload", "request", "req"];

    /// <summary>The tags of a response and of what is around it; the outer ones count.</summary>
    public static Dictionary<string, string> Of(JsonElement root)
    {
        Dictionary<string, string> tags = new(StringComparer.Ordinal);
        Add(tags, root, depth: 0);
        return tags;
    }

    /// <summary>When a response says that it was made; <see langword="null"/> when it does not. What is logged around it says when it was
    /// logged.</summary>
    public static string? CreatedOf(JsonElement root)
    {
        JsonElement element = root;
        string? created = null;
        for (int depth = 0; depth <= MostDeep && element.ValueKind == JsonValueKind.Object; depth++)
        {
            created = element.TryGetProperty("created", out JsonElement at) || element.TryGetProperty("created_at", out at)
                ? at.ToString()
                : null;

            JsonElement owner = element;
            element = Inner.Take(3).Select(name => owner.TryGetProperty(name, out JsonElement inner) ? inner : default)
                .FirstOrDefault(inner => inner.ValueKind == JsonValueKind.Object);
        }

        return created;
    }

    private static void Add(Dictionary<string, string> tags, JsonElement element, int depth)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        AddText(tags, element, "user");
        foreach ((string name, string tag) in depth == 0 ? OfSessions : [])
        {
            AddText(tags, element, name, tag);
        }

        foreach (string name in (ReadOnlySpan<string>)["tags", "metadata"])
        {
            if (element.TryGetProperty(name, out JsonElement members) && members.ValueKind == JsonValueKind.Object)
            {
                foreach (JsonProperty member in members.EnumerateObject())
                {
                    AddText(tags, members, member.Name);
                }
            }
        }

        foreach (string name in Inner)
        {
            if (depth < MostDeep && element.TryGetProperty(name, out JsonElement inner))
            {
                Add(tags, inner, depth + 1);
            }
        }
    }

    private static void AddText(Dictionary<string, string> tags, JsonElement owner, string name, string? tag = null)
    {
        if (owner.TryGetProperty(name, out JsonElement value)
            && value.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False)
        {
            tags.TryAdd(tag ?? name, RecordMembers.Scalar(value, name));
        }
    }
}
