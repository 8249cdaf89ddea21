using System.Text.Json;

namespace LlmCostModel.Logs;

/// <summary>Transcripts of Claude Code, and what <c>claude --output-format stream-json</c> prints: the lines without a call, and results
/// that are the sum of lines that are there. Messages are bodies of their own.</summary>
/// <remarks>https://docs.claude.com/en/docs/claude-code/sdk/sdk-headless. Read 2026-11-26.</remarks>
internal sealed class ClaudeCodeFormat : LogFormat
{
    private static readonly string[] WithoutCall = ["system", "user", "summary", "file-history-snapshot", "queue-operation", "progress"];

    public override string Name => "claude-code";

    public override string Description => "sessions of Claude Code";

    public override LogFormatReader Open() => new Reader();

    private sealed class Reader : LogFormatReader
    {
        private readonly HashSet<string> _sessions = new(StringComparer.Ordinal);

        public override IEnumerable<LogEntry>? Read(JsonElement record)
        {
            if (record.ValueKind != JsonValueKind.Object || record.Text("type") is not { } type)
            {
                return null;
            }

            string? session = record.Text("session_id") ?? record.Text("sessionId");
            if (type == "assistant" && session is not null)
            {
                _sessions.Add(session);
                return null;
            }

            bool isSumOfLines = type == "result" && session is not null && _sessions.Contains(session);
            bool isWithoutCall = WithoutCall.Contains(type) && (session ?? record.Text("uuid") ?? record.Text("leafUuid")) is not null;
            return isSumOfLines || isWithoutCall ? [] : null;
        }
    }
}
