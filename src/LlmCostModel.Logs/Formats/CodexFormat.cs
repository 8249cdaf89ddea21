using System.Globalization;
using System.Text.Json;

namespace LlmCostModel.Logs;

/// <summary>Rollouts of Codex, whose <c>token_count</c> events repeat the totals of the session, and what <c>codex exec --json</c>
/// prints.</summary>
/// <remarks>https://github.com/openai/codex, <c>codex-rs/protocol</c>, sdk/typescript/src/events.ts. Read 2026-11-26.</remarks>
internal sealed class CodexFormat : LogFormat
{
    private static readonly string[] WithoutCall = ["thread.started", "turn.started", "item.started", "item.updated", "item.completed"];

    public override string Name => "codex";

    public override string Description => "sessions of Codex";

    public override LogFormatReader Open() => new Reader();

    private sealed class Reader : LogFormatReader
    {
        private readonly Dictionary<string, long> _total = new(StringComparer.Ordinal);
        private readonly Dictionary<string, string> _tags = new(StringComparer.Ordinal);
        private string? _model;
        private string? _origin;
        private int _resets;

        public override IEnumerable<LogEntry>? Read(JsonElement record)
        {
            if (record.ValueKind != JsonValueKind.Object || record.Text("type") is not { } type)
            {
                return null;
            }

            return WithoutCall.Contains(type) && !record.TryGetProperty("usage", out _) ? []
                : record.Object("payload") is { } payload
                    ? Read(type, payload, record)?.ToEntries().Select(entry => Owned(entry, record, payload))
                : null;
        }

        /// <summary>The call of the session. It has no id, but a copy of its line has the same totals, in a session that branched off with
        /// times of its own: https://github.com/ryoppippi/ccusage/issues/1370.</summary>
        private LogEntry Owned(LogEntry entry, JsonElement line, JsonElement payload)
        {
            string? total = payload.Object("info")?.Object("total_token_usage")?.GetRawText();
            string? from = _origin is null ? line.Text("timestamp") : FormattableString.Invariant($"{_origin} {_resets}");
            return entry.Call is { } call ? LogEntry.Of(call, _tags).KnownBy(from is null ? null : $"{from} {total}") : entry;
        }

        private SessionLine? Read(string type, JsonElement payload, JsonElement line)
        {
            switch (type)
            {
                case "session_meta":
                    _origin = payload.Text("forked_from_id") ?? payload.Text("id") ?? _origin;
                    AddTag("session", payload.Text("id"));
                    AddTag("project", payload.Text("cwd"));
                    AddTag("branch", payload.Object("git")?.Text("branch"));
                    return default(SessionLine);
                case "turn_context":
                    _model = payload.Text("model") ?? _model;
                    return default(SessionLine);
                case "event_msg" when payload.Text("type") == "token_count":
                    return payload.TryGetProperty("info", out JsonElement info) ? ReadCounter(info) with { At = At(line) } : default;
                case "response_item" or "compacted" or "event_msg" or "world_state":
                    return default(SessionLine);
                default:
                    return null;
            }
        }

        /// <summary>A session that goes on with another has the lines of that behind its own.</summary>
        private void AddTag(string name, string? value)
        {
            if (value is { Length: > 0 })
            {
                _tags.TryAdd(name, value);
            }
        }

        /// <summary>What the session used since the last totals; nothing when they are the same.</summary>
        private SessionLine ReadCounter(JsonElement info)
        {
            if (info.ValueKind != JsonValueKind.Object
                || !info.TryGetProperty("total_token_usage", out JsonElement total)
                || total.ValueKind != JsonValueKind.Object)
            {
                return default;
            }

            Dictionary<string, long> now = total.EnumerateObject()
                .Where(count => count.Value.ValueKind == JsonValueKind.Number && count.Value.TryGetInt64(out _))
                .ToDictionary(count => count.Name, count => count.Value.GetInt64(), StringComparer.Ordinal);

            // A session that is resumed or compacted may begin to count anew.
            bool isAnew = now.Any(count => count.Value < _total.GetValueOrDefault(count.Key));
            _resets += isAnew ? 1 : 0;
            Dictionary<string, long> used = now.ToDictionary(
                count => count.Key,
                count => count.Value - (isAnew ? 0 : _total.GetValueOrDefault(count.Key)),
                StringComparer.Ordinal);
            _total.Clear();
            foreach ((string name, long count) in now)
            {
                _total[name] = count;
            }

            return used.Values.All(count => count == 0) ? default : new SessionLine(Body(used), null, Contradiction(info, used));
        }

        /// <summary>What the session's total says otherwise than the last request.</summary>
        private static string? Contradiction(JsonElement info, Dictionary<string, long> used)
        {
            foreach (string name in (ReadOnlySpan<string>)["input_tokens", "output_tokens"])
            {
                if (info.Object("last_token_usage") is { } last
                    && last.TryGetProperty(name, out JsonElement stated)
                    && stated.ValueKind == JsonValueKind.Number
                    && stated.TryGetInt64(out long count)
                    && used.GetValueOrDefault(name) is var grown
                    && grown != count)
                {
                    return FormattableString.Invariant($"The session's total grew by {grown} {name}, and last_token_usage says {count}: ")
                        + "it may hold other calls.";
                }
            }

            return null;
        }

        /// <summary>The counts of one request as the Responses API states them.</summary>
        private byte[] Body(Dictionary<string, long> used) => JsonBytes.Write(
            writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("object", "response");
                writer.WriteString("model", _model);
                writer.WriteStartObject("usage");
                foreach ((string name, long count) in used)
                {
                    writer.WriteNumber(name, count);
                }

                writer.WriteEndObject();
                writer.WriteEndObject();
            });

        private static DateTimeOffset? At(JsonElement line) =>
            line.Text("timestamp") is { } text
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset at)
                ? at.ToUniversalTime()
                : null;
    }
}
