using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LlmCostModel.Logs;

/// <summary>Messages of Cline and its kin.</summary>
internal sealed class ClineFormat : LogFormat
{
    public override string Name => "cline";

    public override string Description => "messages of Cline and Roo Code";

    public override LogFormatReader Open() => new Reader();

    private sealed class Reader : LogFormatReader
    {
        public override IEnumerable<LogEntry>? Read(JsonElement record) =>
            record.ValueKind == JsonValueKind.Object
            && record.Text("type") is "say" or "ask"
            && record.Text(record.Text("type")!) is { } said
            && record.TryGetProperty("ts", out JsonElement ts)
                ? ReadCline(said, record).ToEntries().Select(entry => entry.KnownBy($"{ts.GetRawText()} {record.Text("text")}"))
                : null;

        /// <summary>Cline's messages have the counts of a request as JSON in their text (cline/cline, src/shared/ExtensionMessage.ts); one
        /// without is a request that has not ended.</summary>
        private static SessionLine ReadCline(string said, JsonElement line)
        {
            bool isUsage = said is "api_req_started" or "deleted_api_reqs" or "subagent_usage";
            string text = line.Text("text") ?? "";
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
    }
}
