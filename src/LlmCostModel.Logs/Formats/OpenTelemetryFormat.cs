using System.Runtime.InteropServices;
using System.Text.Json;

namespace LlmCostModel.Logs;

/// <summary>Spans of OpenTelemetry, exported as OTLP or as the SDKs write them.</summary>
internal sealed class OpenTelemetryFormat : LogFormat
{
    public override string Name => "otel";

    public override string Description => "spans of OpenTelemetry";

    public override LogFormatReader Open() => new Reader();

    private sealed class Reader : LogFormatReader
    {
        private readonly SpanReader _spans = new();
        private long? _first;

        public override IEnumerable<LogEntry>? Read(JsonElement record)
        {
            bool isOther = SpanExport.IsOther(record);
            if (isOther && JsonMarshal.GetRawUtf8Value(record).IndexOf("gen_ai."u8) >= 0)
            {
                return
                [
                    LogEntry.WithoutUsage("Metrics and log events of OpenTelemetry about models (gen_ai.*) are not read: they do not say "
                        + "of which calls they are. Export the spans."),
                ];
            }

            if (SpanExport.Read(record) is not { } spans || (isOther && spans.Count == 0))
            {
                return isOther ? [] : null;
            }

            _first ??= Line;
            return _spans.Read(spans, Line);
        }

        /// <summary>Spans of other things stand between those of calls; that there is no call is said of the whole log.</summary>
        public override IEnumerable<LogEntry> Finish() => _first is not { } line ? [] : _spans.IsAny ? _spans.Finish() :
        [
            LogEntry.Unreadable($"None of the {_spans.Spans} spans states a usage (gen_ai.usage.input_tokens, or llm.token_count.prompt).")
                .At(line),
        ];
    }
}
