using System.Text.Json;

namespace LlmCostModel.Logs;

/// <summary>Logs as Portkey exports them.</summary>
/// <remarks>https://portkey.ai/docs/product/observability/logs-export, read 2026-11-26: <c>req_units</c> and <c>res_units</c> are tokens,
/// <c>cost</c> is in US cents, <c>is_success</c> is 1 or 0. The response is there where it was asked for.</remarks>
internal sealed class PortkeyFormat : LogFormat
{
    public override string Name => "portkey";

    public override string Description => "logs of Portkey";

    public override LogFormatReader Open() => new Reader();

    private sealed class Reader : LogFormatReader
    {
        public override IEnumerable<LogEntry>? Read(JsonElement record) => WrappedRecords.Read(record, IsOwn, ReadOne);

        private static bool IsOwn(RecordFields fields) => fields.Has("ai_org", "ai_model") && fields.HasAny("req_units", "total_units");

        private static LogEntry ReadOne(RecordFields fields)
        {
            LoggedCall call = new()
            {
                Model = fields.Text("ai_model"),
                At = fields.Instant("created_at"),
                Provider = ProviderNames.Of(fields.Text("ai_org")),
                Identity = new CallIdentity { RequestId = fields.Text("id") },
                Reported = LoggedCall.CostOf(fields.Amount("cost") / 100, fields.Text("cost_currency")),
                Tags = Tags(fields),
            };
            if (fields.Text("cache_status") is { } cache && cache.EndsWith("HIT", StringComparison.OrdinalIgnoreCase))
            {
                return (call with { Unbilled = "Portkey answered from its own cache." }).ToEntry();
            }

            if (Body(fields, "response") is { } response && LoggedBody.TryRead(response.Record, Body(fields, "request")) is { } read)
            {
                return call.ToEntry(read);
            }

            long input = fields.Count("req_units") ?? 0;
            long output = fields.Count("res_units") ?? 0;
            if (input + output > 0)
            {
                call.Doubts.Add("How much of the prompt came from a cache is not stated: the export is without the response. All of it is "
                    + "priced as read anew.");
                return (call with { Usage = new TokenUsage { Input = input, Output = output } }).ToEntry();
            }

            return fields.Amount("response_status_code") is >= 400 and { } status
                ? (call with { Unbilled = FormattableString.Invariant($"The provider answered with status {status}.") }).ToEntry()
                : call.ToEntry();
        }

        /// <summary>A body by itself or with what is around it.</summary>
        private static RecordFields? Body(RecordFields fields, string name) =>
            fields.Object($"{name}.body") ?? fields.Object(name)?.Object("body") ?? fields.Object(name);

        private static IEnumerable<(string Name, string? Value)> Tags(RecordFields fields)
        {
            yield return ("trace", fields.Text("trace_id"));
            foreach (JsonProperty property in fields.Object("metadata")?.Members ?? [])
            {
                yield return (property.Name == "_user" ? "user" : property.Name, property.Value.ToString());
            }
        }
    }
}
