using System.Text.Json;

namespace LlmCostModel.Logs;

/// <summary>Sessions of GitHub Copilot: the lines that tell of no call. Those of a call are bodies of their own.</summary>
/// <remarks>github/copilot-sdk, session events. Read 2026-11-26.</remarks>
internal sealed class CopilotFormat : LogFormat
{
    private static readonly string[] Families = ["session", "user", "assistant", "tool", "subagent", "hook", "system"];

    public override string Name => "copilot";

    public override string Description => "sessions of GitHub Copilot";

    public override LogFormatReader Open() => new Reader();

    private sealed class Reader : LogFormatReader
    {
        private bool _hasUsage;

        public override IEnumerable<LogEntry>? Read(JsonElement record) =>
            record.ValueKind == JsonValueKind.Object && record.Text("type") is { } type && IsWithoutCall(type, record) ? [] : null;

        /// <summary>What stands beside the usage of each call repeats it; without one, what may hold counts is not passed over.</summary>
        private bool IsWithoutCall(string type, JsonElement line)
        {
            if (line.Object("data") is not { } data || !type.Contains('.') || !Families.Contains(type.Split('.')[0]))
            {
                return false;
            }

            if (type == "assistant.usage")
            {
                _hasUsage = true;
                return false;
            }

            return type != "session.compaction_complete" // a call of its own
                && (_hasUsage || !data.EnumerateObject().Any(member => MayCount(member.Name)));
        }

        private static bool MayCount(string name) =>
            name.Contains("token", StringComparison.OrdinalIgnoreCase)
            || name.Contains("usage", StringComparison.OrdinalIgnoreCase)
            || name.Contains("metrics", StringComparison.OrdinalIgnoreCase);
    }
}
