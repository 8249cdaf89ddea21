using System.Text.Json;

namespace LlmCostModel.Logs;

/// <summary>Transcripts of Claude Code, and what <c>claude --output-format stream-json</c> prints: the lines without a call, and results
/// that are the sum of lines that are there: only what they have more is a call. Messages are bodies of their own.</summary>
/// <remarks>https://docs.claude.com/en/docs/claude-code/sdk/sdk-headless. Read 2026-11-26.</remarks>
internal sealed class ClaudeCodeFormat : LogFormat
{
    /// <summary>What it writes beside messages: states of the session, events of a stream whose message stands whole in another line.</summary>
    private static readonly string[] WithoutCall =
    [
        "system", "user", "summary", "file-history-snapshot", "queue-operation", "progress", "attachment", "last-prompt", "custom-title",
        "ai-title", "agent-name", "agent-color", "agent-setting", "pr-link", "permission-mode", "mode", "tag", "worktree-state",
        "content-replacement", "attribution-snapshot", "stream_event", "rate_limit_event", "tool_progress", "tool_use_summary",
        "auth_status", "prompt_suggestion", "control_request", "control_response", "control_cancel_request",
    ];

    /// <summary>The model of what it says itself, such as that a request failed.</summary>
    private const string NoModel = "<synthetic>";

    public override string Name => "claude-code";

    public override string Description => "sessions of Claude Code";

    public override LogFormatReader Open() => new Reader();

    private sealed class Reader : LogFormatReader
    {
        private readonly Dictionary<string, MessageSums> _sessions = new(StringComparer.Ordinal);

        public override IEnumerable<LogEntry>? Read(JsonElement record)
        {
            if (record.ValueKind != JsonValueKind.Object || record.Text("type") is not { } type)
            {
                return null;
            }

            string? session = record.Text("session_id") ?? record.Text("sessionId");
            if (type == "assistant" && record.Object("message")?.Text("model") == NoModel)
            {
                return [];
            }

            if (type == "assistant" && session is not null)
            {
                MessageSums messages = _sessions.TryGetValue(session, out MessageSums? known) ? known : _sessions[session] = new();
                if (record.Text("session_id") is not null) // what it prints, which ends with a result
                {
                    messages.Add(record);
                }

                return null;
            }

            bool isSumOfLines = type == "result" && session is not null && _sessions.ContainsKey(session);
            if (isSumOfLines)
            {
                _sessions[session!].End(record);
            }

            bool isWithoutCall = WithoutCall.Contains(type)
                && (session ?? record.Text("uuid") ?? record.Text("leafUuid") ?? record.Text("messageId")) is not null;
            return isSumOfLines || isWithoutCall ? []
                : type == "result" && record.Text("uuid") is { } id ? [ResponseRecords.Read(record, ApiFormat.Detect).KnownBy($"result {id}")]
                : null;
        }

        public override IEnumerable<LogEntry> Finish() => _sessions.Values.Select(messages => messages.Rest()).OfType<LogEntry>();
    }
}
