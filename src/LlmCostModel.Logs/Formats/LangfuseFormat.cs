using System.Text.Json;

namespace LlmCostModel.Logs;

/// <summary>Observations of Langfuse: from its API, its exports, or inside of traces.</summary>
/// <remarks>
/// https://langfuse.com/docs/observability/features/token-and-cost-tracking and langfuse/langfuse,
/// packages/shared/src/server/ingestion/types.ts, read 2026-11-26: usage by type, where a type whose name begins with <c>input_</c> or
/// <c>output_</c> is taken out of <c>input</c> and <c>output</c> when it is recorded, and <c>total</c> is the sum. Types may also be the
/// application's own; the total tells then whether they overlap. Exports write the names in snake case. Cost is what Langfuse computed, or
/// was given.
/// </remarks>
internal sealed class LangfuseFormat : LogFormat
{
    private static readonly string[] Types =
        ["GENERATION", "EMBEDDING", "SPAN", "EVENT", "AGENT", "TOOL", "CHAIN", "RETRIEVER", "EVALUATOR", "GUARDRAIL"];

    public override string Name => "langfuse";

    public override string Description => "observations of Langfuse";

    internal override IReadOnlyList<string> Marks { get; } = ["traceId", "trace_id", "data", "observations"];

    public override LogFormatReader Open() => new Reader();

    private sealed class Reader : LogFormatReader
    {
        public override IEnumerable<LogEntry>? Read(JsonElement record) =>
            WrappedRecords.Read(record, IsOwn, ReadOne, "data", "observations");

        private static bool IsOwn(RecordFields fields) =>
            fields.HasAny("traceId", "trace_id")
            && fields.Has("id", "type")
            && fields.HasAny("startTime", "start_time")
            && fields.HasAny("usageDetails", "usage_details", "calculatedTotalCost", "costDetails", "cost_details", "parentObservationId",
                "parent_observation_id")
            && fields.Text("type") is { } type && Types.Contains(type, StringComparer.OrdinalIgnoreCase);

        private static LogEntry? ReadOne(RecordFields fields)
        {
            UsageTypes usage = UsageTypes.Of(fields.Object("usageDetails", "usage_details"), fields.Object("usage"));
            bool isCall = fields.Text("type") is { } type
                && (type.Equals("GENERATION", StringComparison.OrdinalIgnoreCase)
                    || type.Equals("EMBEDDING", StringComparison.OrdinalIgnoreCase));
            if (!isCall && usage.IsEmpty)
            {
                return null;
            }

            LoggedCall call = new()
            {
                Model = fields.Text("model", "providedModelName", "provided_model_name"),
                Usage = usage.Counts,
                Doubts = [.. usage.Doubts],
                At = fields.Instant("startTime", "start_time"),
                Identity = new CallIdentity { RequestId = fields.Text("id") },
                Reported = LoggedCall.CostOf(
                    fields.Object("costDetails", "cost_details")?.Amount("total")
                    ?? fields.Amount("calculatedTotalCost", "totalCost", "total_cost")),
                Tags =
                [
                    ("user", fields.Text("userId", "user_id")),
                    ("session", fields.Text("sessionId", "session_id")),
                    ("trace", fields.Text("traceId", "trace_id")),
                    ("environment", fields.Text("environment")),
                    ("feature", fields.Text("name")),
                    ("tags", fields.Texts("tags")),
                ],
            };
            if (call.Usage is null && fields.Text("level") == "ERROR")
            {
                call.Doubts.Add($"The call failed ({fields.Text("statusMessage", "status_message") ?? "ERROR"}), and what it consumed is "
                    + "not stated.");
            }

            return call.ToEntry();
        }
    }
}
