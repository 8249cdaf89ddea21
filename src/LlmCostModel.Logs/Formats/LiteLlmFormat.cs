using System.Text.Json;

namespace LlmCostModel.Logs;

/// <summary>Spend logs of LiteLLM's proxy, as its API gives them or as rows of its table.</summary>
/// <remarks>
/// BerriAI/litellm, <c>SpendLogsPayload</c> in litellm/proxy/_types.py and LiteLLM_SpendLogs in schema.prisma, read 2026-11-26. Instants
/// are UTC. <c>metadata.usage_object</c> is the usage as the proxy normalized it; before there was one, <c>additional_usage_values</c> had
/// the details beside the counts.
/// </remarks>
internal sealed class LiteLlmFormat : LogFormat
{
    public override string Name => "litellm";

    public override string Description => "spend logs of LiteLLM";

    public override LogFormatReader Open() => new Reader();

    private sealed class Reader : LogFormatReader
    {
        public override IEnumerable<LogEntry>? Read(JsonElement record) => WrappedRecords.Read(record, IsOwn, ReadOne);

        private static bool IsOwn(RecordFields fields) =>
            fields.Has("request_id", "startTime", "spend", "model")
            && fields.HasAny("call_type", "custom_llm_provider")
            && fields.HasAny("prompt_tokens", "total_tokens");

        private static LogEntry? ReadOne(RecordFields fields)
        {
            RecordFields? metadata = fields.Object("metadata");
            LoggedCall call = new()
            {
                Model = fields.Text("model", "model_group"),
                At = fields.Instant("startTime"),
                Provider = ProviderOf(fields),
                Identity = new CallIdentity { ResponseId = fields.Text("request_id") },
                Reported = LoggedCall.CostOf(fields.Amount("spend")),
                Tags = Tags(fields, metadata),
            };
            if (fields.Flag("cache_hit") == true)
            {
                return (call with { Unbilled = "The proxy answered from its own cache." }).ToEntry();
            }

            bool isEmpty = (fields.Count("total_tokens") ?? 0) == 0
                && (fields.Count("prompt_tokens") ?? 0) == 0 && (fields.Count("completion_tokens") ?? 0) == 0;
            bool isFailed = (fields.Text("status") ?? metadata?.Text("status")) == "failure";
            bool isFree = (call.Reported?.Charged.Amount ?? 0) == 0;
            if (isEmpty && isFree && (isFailed || call.Model is null))
            {
                string? message = metadata?.Object("error_information")?.Text("error_message");
                return isFailed
                    ? (call with { Unbilled = $"The proxy says that the call failed{(message is null ? "" : $": {message}")}." }).ToEntry()
                    : null; // a line of the proxy itself, such as a health check
            }

            if (isEmpty)
            {
                call.Doubts.Add("The log states no tokens of a call that succeeded.");
                return call.ToEntry();
            }

            return ReadUsage(fields, metadata, call);
        }

        private static LogEntry ReadUsage(RecordFields fields, RecordFields? metadata, LoggedCall call)
        {
            if (fields.Text("call_type")?.Contains("batch", StringComparison.Ordinal) == true)
            {
                call = call with { Calls = null, Served = new CallContext { Batch = true, Tier = ServiceTiers.Batch } };
            }

            RecordFields? stated = metadata?.Object("usage_object");
            if (stated is null && metadata is null)
            {
                call.Doubts.Add("How much of the prompt came from a cache is not stated: the log is without its metadata. "
                    + "All of it is priced as read anew.");
            }

            return call.ToEntry(ModelCall.FromResponse(JsonBytes.Write(writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("object", "chat.completion");
                writer.WriteString("id", call.Identity.ResponseId);
                writer.WriteString("model", call.Model);
                writer.WritePropertyName("usage");
                if (stated is { } usage)
                {
                    usage.Record.WriteTo(writer);
                }
                else
                {
                    WriteCounts(writer, fields, metadata?.Object("additional_usage_values"));
                }

                writer.WriteEndObject();
            })));
        }

        private static void WriteCounts(Utf8JsonWriter writer, RecordFields fields, RecordFields? additional)
        {
            string[] names = ["prompt_tokens", "completion_tokens", "total_tokens"];
            writer.WriteStartObject();
            foreach (string name in names)
            {
                if (fields.Count(name) is { } count)
                {
                    writer.WriteNumber(name, count);
                }
            }

            foreach (JsonProperty member in additional?.Members ?? [])
            {
                if (!names.Contains(member.Name) && member.Value.ValueKind != JsonValueKind.Null)
                {
                    member.WriteTo(writer);
                }
            }

            writer.WriteEndObject();
        }

        /// <summary>Who bills. Many servers speak OpenAI's protocol; their address tells them apart.</summary>
        private static string? ProviderOf(RecordFields fields)
        {
            string? provider = ProviderNames.Of(fields.Text("custom_llm_provider"));
            return provider == "openai" && fields.Text("api_base") is { } address
                && !address.Contains("api.openai.com", StringComparison.OrdinalIgnoreCase) ? null : provider;
        }

        private static IEnumerable<(string Name, string? Value)> Tags(RecordFields fields, RecordFields? metadata) =>
        [
            ("user", fields.Text("end_user") ?? fields.Text("user")),
            ("team", metadata?.Text("user_api_key_team_alias") ?? fields.Text("team_id")),
            ("key", metadata?.Text("user_api_key_alias") ?? fields.Text("api_key")),
            ("session", fields.Text("session_id")),
            ("tags", fields.Texts("request_tags")),
        ];
    }
}
