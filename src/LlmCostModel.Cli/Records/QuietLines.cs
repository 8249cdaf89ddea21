using System.Text.Json;

namespace LlmCostModel.Cli.Records;

/// <summary>Knows the lines of whole logs that tell of no call: what began, what was said, and what a tool did.</summary>
/// <remarks>Codex' <c>exec --json</c> (openai/codex, sdk/typescript/src/events.ts), the sessions of GitHub Copilot (github/copilot-sdk,
/// session events), Bedrock's ConverseStream, and the requests among Pydantic AI's messages. Read 2026-11-26.</remarks>
internal sealed class QuietLines
{
    private static readonly string[] OfCodex = ["thread.started", "turn.started", "item.started", "item.updated", "item.completed"];

    private static readonly string[] OfCopilot = ["session", "user", "assistant", "tool", "subagent", "hook", "system"];

    private static readonly string[] OfConverse =
        ["messageStart", "contentBlockStart", "contentBlockDelta", "contentBlockStop", "messageStop"];

    private bool _hasCopilotUsage;

    /// <summary>Whether an object is such a line.</summary>
    public bool Take(JsonElement line)
    {
        if (line.Text("type") is { } type)
        {
            return (OfCodex.Contains(type) && !line.TryGetProperty("usage", out _)) || IsOfCopilot(type, line);
        }

        bool isRequest = line.Text("kind") == "request"
            && line.TryGetProperty("parts", out JsonElement parts) && parts.ValueKind == JsonValueKind.Array;
        return isRequest
            || (line.EnumerateObject().Any() && line.EnumerateObject().All(member => OfConverse.Contains(member.Name)));
    }

    /// <summary>What stands beside the usage of each call repeats it; without one, what may hold counts is not passed over.</summary>
    private bool IsOfCopilot(string type, JsonElement line)
    {
        if (line.Object("data") is not { } data || !type.Contains('.') || !OfCopilot.Contains(type.Split('.')[0]))
        {
            return false;
        }

        if (type == "assistant.usage")
        {
            _hasCopilotUsage = true;
            return false;
        }

        return type != "session.compaction_complete" // a call of its own
            && (_hasCopilotUsage || !data.EnumerateObject().Any(member => MayCount(member.Name)));
    }

    private static bool MayCount(string name) =>
        name.Contains("token", StringComparison.OrdinalIgnoreCase)
        || name.Contains("usage", StringComparison.OrdinalIgnoreCase)
        || name.Contains("metrics", StringComparison.OrdinalIgnoreCase);
}
