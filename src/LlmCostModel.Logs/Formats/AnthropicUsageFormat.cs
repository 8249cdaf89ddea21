using System.Text.Json;

namespace LlmCostModel.Logs;

/// <summary>Reports of Anthropic's usage API: the sums of the calls of a time, by what the report is grouped by.</summary>
/// <remarks>https://platform.claude.com/docs/en/api/admin-api/usage-cost/get-messages-usage-report, read 2026-11-26. The counts are
/// disjoint; of how many calls they are the sum is not stated.</remarks>
internal sealed class AnthropicUsageFormat : LogFormat
{
    public override string Name => "anthropic-usage";

    public override string Description => "reports of Anthropic's usage API";

    internal override IReadOnlyList<string> Marks { get; } = ["results", "data"];

    public override LogFormatReader Open() => new Reader();

    private sealed class Reader : LogFormatReader
    {
        public override IEnumerable<LogEntry>? Read(JsonElement record) =>
            ReportBuckets.Of(record, "starting_at") is { } results && results.All(one => one.Result.Has("uncached_input_tokens"))
                ? results.Select(one => LoggedCall.Read(() => ReadResult(one.Bucket, one.Result))?.In(one.Result.Record)).OfType<LogEntry>()
                : null;

        private static LogEntry? ReadResult(RecordFields bucket, RecordFields result)
        {
            LoggedCall call = new()
            {
                Model = result.Text("model"),
                At = bucket.Instant("starting_at"),
                Calls = null,
                Key = $"{bucket.Text("starting_at")} {bucket.Text("ending_at")}\n{result.Names()}",
                Provider = "anthropic",
                Origin = UsageOrigin.Provider,
                Tags =
                [
                    ("workspace", result.Text("workspace_id")),
                    ("key", result.Text("api_key_id")),
                    ("user", result.Text("account_id", "service_account_id")),
                ],
            };
            if (call.Model is null)
            {
                call.Doubts.Add("The report is not grouped by model. Ask for it with group_by[]=model.");
            }

            ModelCall read = ModelCall.FromResponse(Body(result), ApiFormat.AnthropicMessages);
            return read.Reading.Usage == default(TokenUsage) && read.Reading.Meters.Count == 0 ? null : call.ToEntry(read);
        }

        /// <summary>The sums as a message states them.</summary>
        private static byte[] Body(RecordFields result) => JsonBytes.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("type", "message");
            writer.WriteString("model", result.Text("model"));
            writer.WriteStartObject("usage");
            foreach (JsonProperty member in result.Members)
            {
                string? name = member.Name switch
                {
                    "uncached_input_tokens" => "input_tokens",
                    "cache_read_input_tokens" or "cache_creation" or "output_tokens" or "server_tool_use" or "service_tier" or "speed"
                        => member.Name,
                    "inference_geo" when result.Text("inference_geo") != "not_available" => member.Name,
                    _ => null,
                };
                if (name is not null && member.Value.ValueKind != JsonValueKind.Null)
                {
                    writer.WritePropertyName(name);
                    member.Value.WriteTo(writer);
                }
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        });
    }
}
