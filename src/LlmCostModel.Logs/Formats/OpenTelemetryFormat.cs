using System.Text.Json;

namespace LlmCostModel.Logs;

/// <summary>Spans of OpenTelemetry, exported as OTLP JSON.</summary>
internal sealed class OpenTelemetryFormat : LogFormat
{
    public override string Name => "otel";

    public override string Description => "spans of OpenTelemetry";

    public override LogFormatReader Open() => new Reader();

    private sealed class Reader : LogFormatReader
    {
        public override IEnumerable<LogEntry>? Read(JsonElement record) => !SpanReader.IsExport(record)
            ? null
            : SpanReader.Read(record).Select(span =>
                span.Call is { } call ? LogEntry.Of(call, span.Span?.Tags).KnownBy(span.Span?.Key) : LogEntry.Unreadable(span.Fault!));
    }
}
