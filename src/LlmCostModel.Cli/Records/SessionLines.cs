using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
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
    private readonly SdkLines _sdk = new();
    private readonly QuietLines _quiet = new();
    private string? _model;

    /// <summary>Reads a line: the body of a call, or nothing where the line tells of none; <see langword="null"/> when the line is to be
    /// read by itself.</summary>
    public SessionLine? Read(JsonElement line)
    {
        if (line.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        if (_quiet.Take(line))
        {
            return default(SessionLine);
        }

        if (Text(line, "type") is not { } type)
        {
            return null;
        }

        if (type is "say" or "ask" && Text(line, type) is { } said && line.TryGetProperty("ts", out _))
        {
            return ReadCline(said, line);
        }

        if (_sdk.Read(type, line) is { } part)
        {
            return part;
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
        return isSumOfLines || isWithoutCall ? default(SessionLine) : null;
    }

    /// <summary>Cline's messages have the counts of a request as JSON in their text (cline/cline, src/shared/ExtensionMessage.ts); one
    /// without is a request that has not ended.</summary>
    private static SessionLine ReadCline(string said, JsonElement line)
    {
        bool isUsage = said is "api_req_started" or "deleted_api_reqs" or "subagent_usage";
        string text = Text(line, "text") ?? "";
        if (!isUsage || !text.Contains("\"tokensIn\"", StringComparison.Ordinal))
        {
            return default;
        }

        bool isInstant = line.GetProperty("ts") is { ValueKind: JsonValueKind.Number } ts && ts.TryGetInt64(out long milliseconds)
            && milliseconds is > 0 and < 100_000_000_000_000;
        DateTimeOffset? at = isInstant ? DateTimeOffset.FromUnixTimeMilliseconds(line.GetProperty("ts").GetInt64()) : null;
        return new(WithModel(text, line), at, null);
    }

    /// <summary>The model stands beside the text, where it stands anywhere.</summary>
    private static byte[] WithModel(string text, JsonElement line)
    {
        try
        {
            if (line.Object("modelInfo")?.Text("modelId") is { } model && JsonNode.Parse(text) is JsonObject body)
            {
                body["modelId"] = model;
                text = body.ToJsonString();
            }
        }
        catch (JsonException)
        {
            // The reader says what is wrong with it.
        }

        return Encoding.UTF8.GetBytes(text);
    }

    private SessionLine? ReadCodex(string type, JsonElement payload, JsonElement line)
    {
        switch (type)
        {
            case "turn_context":
                _model = Text(payload, "model") ?? _model;
                return default(SessionLine);
            case "event_msg" when Text(payload, "type") == "token_count":
                return payload.TryGetProperty("info", out JsonElement info) ? ReadCounter(info) with { At = At(line) } : default;
            case "session_meta" or "response_item" or "compacted" or "event_msg" or "world_state":
                return default(SessionLine);
            default:
                return null;
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
