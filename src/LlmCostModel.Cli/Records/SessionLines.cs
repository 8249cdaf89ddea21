using System.Globalization;
using System.Text;
using System.Text.Json;
using LlmCostModel.Cli.Output;

namespace LlmCostModel.Cli.Records;

/// <summary>Reads what lines of agents' sessions mean together: lines without a call, sums beside their parts, and counters that only
/// grow.</summary>
/// <remarks>Claude Code's <c>--output-format stream-json</c> and transcripts
/// (https://docs.claude.com/en/docs/claude-code/sdk/sdk-headless), and Codex' rollouts, whose <c>token_count</c> events repeat the totals
/// of the session (https://github.com/openai/codex, <c>codex-rs/protocol</c>).</remarks>
internal sealed class SessionLines
{
    private static readonly string[] WithoutCall = ["system", "user", "summary", "file-history-snapshot", "queue-operation", "progress"];

    private readonly HashSet<string> _sessions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _total = new(StringComparer.Ordinal);
    private string? _model;

    /// <summary>Reads a line: the body of a call, or nothing where the line tells of none; <see langword="null"/> when the line is to be
    /// read by itself.</summary>
    public (byte[]? Body, DateTimeOffset? At)? Read(JsonElement line)
    {
        if (line.ValueKind != JsonValueKind.Object || Text(line, "type") is not { } type)
        {
            return null;
        }

        if (line.TryGetProperty("payload", out JsonElement payload) && payload.ValueKind == JsonValueKind.Object)
        {
            return ReadCodex(type, payload, line);
        }

        string? session = Text(line, "session_id") ?? Text(line, "sessionId");
        if (type == "assistant" && session is not null)
        {
            _sessions.Add(session);
            return null;
        }

        bool isSumOfLines = type == "result" && session is not null && _sessions.Contains(session);
        bool isWithoutCall = WithoutCall.Contains(type) && (session ?? Text(line, "uuid") ?? Text(line, "leafUuid")) is not null;
        return isSumOfLines || isWithoutCall ? (null, null) : null;
    }

    private (byte[]? Body, DateTimeOffset? At)? ReadCodex(string type, JsonElement payload, JsonElement line)
    {
        switch (type)
        {
            case "turn_context":
                _model = Text(payload, "model") ?? _model;
                return (null, null);
            case "event_msg" when Text(payload, "type") == "token_count":
                return (payload.TryGetProperty("info", out JsonElement info) ? ReadCounter(info) : null, At(line));
            case "session_meta" or "response_item" or "compacted" or "event_msg" or "world_state":
                return (null, null);
            default:
                return null;
        }
    }

    /// <summary>What the session used since the last totals; nothing when they are the same.</summary>
    private byte[]? ReadCounter(JsonElement info)
    {
        if (info.ValueKind != JsonValueKind.Object
            || !info.TryGetProperty("total_token_usage", out JsonElement total)
            || total.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        Dictionary<string, long> now = total.EnumerateObject()
            .Where(count => count.Value.ValueKind == JsonValueKind.Number && count.Value.TryGetInt64(out _))
            .ToDictionary(count => count.Name, count => count.Value.GetInt64(), StringComparer.Ordinal);

        // A session that is resumed or compacted may begin to count anew.
        bool isAnew = now.Any(count => count.Value < _total.GetValueOrDefault(count.Key));
        Dictionary<string, long> used = now.ToDictionary(
            count => count.Key,
            count => count.Value - (isAnew ? 0 : _total.GetValueOrDefault(count.Key)),
            StringComparer.Ordinal);
        _total.Clear();
        foreach ((string name, long count) in now)
        {
            _total[name] = count;
        }

        return used.Values.All(count => count == 0) ? null : Body(used);
    }

    /// <summary>The counts of one request as the Responses API states them.</summary>
    private byte[] Body(Dictionary<string, long> used) => Encoding.UTF8.GetBytes(JsonText.Write(
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
        },
        indented: false));

    private static DateTimeOffset? At(JsonElement line) =>
        Text(line, "timestamp") is { } text
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset at)
            ? at.ToUniversalTime()
            : null;

    private static string? Text(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
