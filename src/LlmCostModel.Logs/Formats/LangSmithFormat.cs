using System.Text.Json;

namespace LlmCostModel.Logs;

/// <summary>Runs of LangSmith: from its API, its exports, or inside of traces.</summary>
/// <remarks>
/// https://docs.langchain.com/langsmith/run-data-format and https://reference.langchain.com/javascript/langsmith (<c>RunSchema</c>), read
/// 2026-11-26: <c>prompt_tokens</c> is the sum of all input, whose parts are in <c>prompt_token_details</c>; a run of a chain has the sums
/// of the runs below it. Instants are UTC.
/// </remarks>
internal sealed class LangSmithFormat : LogFormat
{
    /// <summary>Only who bills by prices of its own: the others speak protocols that many servers speak.</summary>
    private static readonly string[] Providers = ["azure", "amazon_bedrock", "google_vertexai"];

    public override string Name => "langsmith";

    public override string Description => "runs of LangSmith";

    public override LogFormatReader Open() => new Reader();

    private sealed class Reader : LogFormatReader
    {
        public override IEnumerable<LogEntry>? Read(JsonElement record) => WrappedRecords.Read(record, IsOwn, ReadOne);

        private static bool IsOwn(RecordFields fields) =>
            fields.Has("id", "run_type", "start_time") && fields.HasAny("dotted_order", "trace_id", "session_id", "extra");

        private static LogEntry? ReadOne(RecordFields fields)
        {
            if (fields.Text("run_type") is not ("llm" or "embedding"))
            {
                return null;
            }

            RecordFields? metadata = fields.Object("extra")?.Object("metadata") ?? fields.Object("metadata");
            RecordFields? parameters = fields.Object("extra")?.Object("invocation_params");
            string? provider = metadata?.Text("ls_provider");
            LoggedCall call = new()
            {
                Model = metadata?.Text("ls_model_name") ?? parameters?.Text("model", "model_name"),
                At = fields.Instant("start_time"),
                Provider = Providers.Contains(provider) ? ProviderNames.Of(provider) : null,
                Identity = new CallIdentity { RequestId = fields.Text("id") },
                Reported = LoggedCall.CostOf(fields.Amount("total_cost")),
                Tags =
                [
                    ("user", metadata?.Text("user_id", "user")),
                    ("conversation", metadata?.Text("thread_id", "conversation_id", "session_id")),
                    ("project", fields.Text("session_name", "session_id")),
                    ("trace", fields.Text("trace_id")),
                    ("feature", fields.Text("name")),
                    ("tags", fields.Texts("tags")),
                ],
            };
            RecordFields? stated = UsageOf(fields.Object("outputs")) ?? metadata?.Object("usage_metadata");
            bool hasCounts = (fields.Count("prompt_tokens") ?? 0) + (fields.Count("completion_tokens") ?? 0) > 0;
            if (stated is null && !hasCounts)
            {
                call.Doubts.Add(fields.Text("error") is { } error
                    ? $"The call failed, and what it consumed is not stated: {(error.Length > 100 ? error[..100] + "..." : error)}"
                    : "The run does not state what the call consumed.");
                return call.ToEntry();
            }

            if (stated is null && !fields.HasAny("prompt_token_details", "completion_token_details"))
            {
                call.Doubts.Add("How much of the prompt came from a cache is not stated. All of it is priced as read anew.");
            }

            return call.ToEntry(ModelCall.FromResponse(Body(call.Model, stated, fields), ApiFormat.LangChain));
        }

        /// <summary>The counts as LangChain's messages have them.</summary>
        private static byte[] Body(string? model, RecordFields? stated, RecordFields fields) => JsonBytes.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartObject("response_metadata");
            writer.WriteString("model_name", model);
            writer.WriteEndObject();
            writer.WritePropertyName("usage_metadata");
            if (stated is { } usage)
            {
                usage.Record.WriteTo(writer);
            }
            else
            {
                WriteCounts(writer, fields);
            }

            writer.WriteEndObject();
        });

        private static void WriteCounts(Utf8JsonWriter writer, RecordFields fields)
        {
            long input = fields.Count("prompt_tokens") ?? 0;
            long output = fields.Count("completion_tokens") ?? 0;
            writer.WriteStartObject();
            writer.WriteNumber("input_tokens", input);
            writer.WriteNumber("output_tokens", output);
            writer.WriteNumber("total_tokens", fields.Count("total_tokens") ?? checked(input + output));
            foreach ((string name, string details) in
                (ReadOnlySpan<(string, string)>)[("input_token_details", "prompt_token_details"),
                    ("output_token_details", "completion_token_details")])
            {
                if (fields.Object(details) is { } parts)
                {
                    writer.WritePropertyName(name);
                    parts.Record.WriteTo(writer);
                }
            }

            writer.WriteEndObject();
        }

        /// <summary>The usage among the outputs: LangSmith's own wrappers put it at the top, LangChain in its message.</summary>
        private static RecordFields? UsageOf(RecordFields? outputs)
        {
            if (outputs is not { } fields)
            {
                return null;
            }

            RecordFields? message = fields;
            if (fields.List("generations") is { } generations)
            {
                JsonElement first = generations;
                while (first.ValueKind == JsonValueKind.Array && first.GetArrayLength() > 0)
                {
                    first = first[0];
                }

                message = RecordFields.Of(first)?.Object("message");
            }

            return message?.Object("usage_metadata") ?? message?.Object("kwargs")?.Object("usage_metadata");
        }
    }
}
