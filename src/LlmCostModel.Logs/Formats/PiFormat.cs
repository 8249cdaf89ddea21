using System.Text.Json;

namespace LlmCostModel.Logs;

/// <summary>Sessions of the pi coding agent, and of those that are built on it.</summary>
/// <remarks>badlogic/pi-mono, packages/coding-agent/docs/session.md and packages/ai/src/types.ts (<c>Usage</c>), read 2026-11-26: the
/// counts of input are disjoint, <c>cacheWrite</c> holds <c>cacheWrite1h</c>, and <c>output</c> the reasoning.</remarks>
internal sealed class PiFormat : LogFormat
{
    private static readonly string[] Roles =
        ["user", "assistant", "toolResult", "bashExecution", "custom", "branchSummary", "compactionSummary", "hookMessage"];

    private static readonly string[] WithoutCall =
    [
        "model_change", "thinking_level_change", "context_transform", "ephemeral", "compaction", "branch_summary", "custom",
        "custom_message", "label", "session_info",
    ];

    private static readonly string[] Known = ["input", "output", "cacheRead", "cacheWrite", "cacheWrite1h", "totalTokens", "reasoning"];

    public override string Name => "pi";

    public override string Description => "sessions of pi";

    public override LogFormatReader Open() => new Reader();

    private sealed class Reader : LogFormatReader
    {
        private string? _session;
        private string? _project;

        public override IEnumerable<LogEntry>? Read(JsonElement record)
        {
            if (RecordFields.Of(record) is not { } fields || fields.Text("type") is not { } type)
            {
                return null;
            }

            if (type == "session" && fields.Has("id", "timestamp", "cwd"))
            {
                (_session, _project) = (fields.Text("id"), fields.Text("cwd"));
                return [];
            }

            if (type == "message" && fields.Object("message") is { } message && Roles.Contains(message.Text("role")))
            {
                RecordFields? usage = message.Object("usage");
                bool isOwn = message.Has("provider", "model") && usage?.Has("input", "output", "cacheRead", "cacheWrite") == true;
                return isOwn ? (LoggedCall.Read(() => ReadMessage(fields, message, usage!.Value)) is { } entry ? [entry] : [])
                    : _session is not null ? []
                    : null;
            }

            return _session is null || !WithoutCall.Contains(type) ? null
                : fields.Object("usage") is { } summary && summary.Has("input", "output")
                    ? (LoggedCall.Read(() => ReadSummary(fields, summary)) is { } sum ? [sum] : [])
                : [];
        }

        /// <summary>Ids are short, and a session that branches off copies the entries before it.</summary>
        private static string KeyOf(RecordFields entry) => $"{entry.Text("id")} {entry.Text("timestamp")}";

        /// <summary>What was said before is summed up by a call of its own, whose model is not named.</summary>
        private LogEntry ReadSummary(RecordFields fields, RecordFields counts) => new LoggedCall
        {
            Usage = Counts(counts),
            At = fields.Instant("timestamp"),
            Identity = new CallIdentity { RequestId = fields.Text("id") },
            Key = KeyOf(fields),
            Tags = [("session", _session), ("project", _project)],
        }.ToEntry();

        private static TokenUsage Counts(RecordFields counts)
        {
            long written = counts.Count("cacheWrite") ?? 0;
            long forAnHour = counts.Count("cacheWrite1h") ?? 0;
            long output = counts.Count("output") ?? 0;
            long reasoning = counts.Count("reasoning") ?? 0;
            return forAnHour > written || reasoning > output
                ? throw new FormatException("cacheWrite1h is more than cacheWrite, or reasoning more than output, which hold them.")
                : new TokenUsage
                {
                    Input = counts.Count("input") ?? 0,
                    CacheRead = counts.Count("cacheRead") ?? 0,
                    CacheWrite = written - forAnHour,
                    CacheWrite1h = forAnHour,
                    Output = output - reasoning,
                    Reasoning = reasoning,
                };
        }

        private LogEntry? ReadMessage(RecordFields fields, RecordFields message, RecordFields counts)
        {
            TokenUsage usage = Counts(counts);
            LoggedCall call = new()
            {
                Model = message.Text("responseModel", "model"),
                RequestedModel = message.Text("model"),
                Usage = usage,
                At = message.Instant("timestamp") ?? fields.Instant("timestamp"),
                Provider = ProviderNames.Of(message.Text("provider")),
                Identity = new CallIdentity { ResponseId = message.Text("responseId"), RequestId = fields.Text("id") },
                Key = KeyOf(fields),
                Reported = LoggedCall.ComputedCostOf(counts.Object("cost")?.Amount("total")),
                Tags = [("session", _session), ("project", _project)],
            };
            foreach (JsonProperty other in counts.Members.Where(member => !Known.Contains(member.Name)))
            {
                if (other.Value.ValueKind == JsonValueKind.Number && other.Value.GetRawText() != "0")
                {
                    call.Doubts.Add($"The usage holds what is not known here: {other.Name} {other.Value.GetRawText()}.");
                }
            }

            if (usage != default)
            {
                return call.ToEntry();
            }

            if (message.Text("stopReason") is not ("error" or "aborted"))
            {
                return null;
            }

            call.Doubts.Add($"The call failed, and what it consumed is not stated: {message.Text("errorMessage", "stopReason")}");
            return (call with { Usage = null }).ToEntry();
        }
    }
}
