using System.Text.Json;

namespace LlmCostModel.Logs;

/// <summary>Events and objects of Claude's Managed Agents.</summary>
internal sealed class ManagedAgentsFormat : LogFormat
{
    public override string Name => "claude-managed-agents";

    public override string Description => "sessions of Claude's Managed Agents";

    public override LogFormatReader Open() => new Reader();

    private sealed class Reader : LogFormatReader
    {
        private readonly AgentLines _agents = new();

        public override IEnumerable<LogEntry>? Read(JsonElement record) =>
            record.ValueKind == JsonValueKind.Object && record.Text("type") is { } type && _agents.Take(type, record, Line) ? [] : null;

        public override IEnumerable<LogEntry> Finish() =>
            _agents.Finish().Select(one => LogEntry.OfBody(() => Read(one), one.Stated.Line).In(one.Stated.Line, one.Stated.Number));

        private static ModelCall Read(AgentCall one)
        {
            ModelCall call = ModelCall.FromResponse(one.Body, ApiFormat.AnthropicMessages) with { At = one.Stated.At };
            UsageReading reading = one.IsSum ? call.Reading with { Calls = null } : call.Reading;
            return call with
            {
                Reading = one.Reason is { } reason && reading.Status == UsageStatus.Complete
                    ? reading with { Status = UsageStatus.Partial, Reason = reason }
                    : reading,
            };
        }
    }
}
